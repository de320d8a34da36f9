"""Reports in Markdown and HTML: whole, well formed, and nothing of a file becomes markup."""

import html
import re
from html.parser import HTMLParser

import pytest

from conftest import EXAMPLES, STORED

VOID = {"meta"}
HOSTILE = ["<script>alert(1)</script>", "a & b &amp; c", "x | y || z", "**b** _i_ ~s~ `c`",
           "[text](http://example.org) ![i](j)", "\"quoted' <b", "# head", "- item", "1. first",
           "> quote", "\\| \\\\ end\\", "$x$ <!-- --> ]]> </td></table>"]


class Page(HTMLParser):
    """Tags, the text within each, and what is not allowed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            assert name in {"lang", "charset", "name", "content", "http-equiv", "class"}, name
            assert "//" not in (value or "")
        if tag not in VOID:
            self.open.append((tag, len(self.texts)))
        self.texts.append("")

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> in {self.open}"
        self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1][1]] += data


def fill(tmp_path):
    """An answers file whose every function has a name that hurts."""
    path = tmp_path / "hostile.yaml"
    quoted = ["'" + name.replace("'", "''") + "'" for name in HOSTILE]
    path.write_text("ffiadvise: 1\nfunctions:\n" + "".join(
        f"  - name: {name}\n    function: {{bound: cpu, share: 60%, time_per_call: 45us, "
        f"work: numeric, vectorisable: no, native_share: 0}}\n    library: no\n"
        f"    tried: [pure-python]\n    caller: {{loop: python, loop_can_move: yes}}\n"
        f"    inputs:\n      - {{name: {name}, type: 'list[float]', length: 1000}}\n"
        f"    team: {{languages: [rust], compile_step: ok}}\n" for name in quoted))
    return path


def report(run, form, *args):
    done = run("--format", form, "--measurements", STORED, *args)
    assert done.returncode == 0, done.stderr
    return done.stdout


def is_whole(text):
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>\n<html lang=\"en\">")
    assert set(page.tags) <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3",
                              "p", "ul", "ol", "li", "div", "table", "thead", "tbody", "tr", "th",
                              "td", "pre", "code"}
    assert page.tags.count("h1") == 1 and page.tags.count("title") == 1
    assert "prefers-color-scheme:dark" in text and "url(" not in text and "@import" not in text
    return page


def cells(row):
    """The cells of a row of Markdown, as they were before they were escaped."""
    assert row.startswith("| ") and row.endswith("|"), row
    # An escape and what it escapes go together, so that \\| is a backslash and an end.
    parts = re.findall(r"((?:\\.|[^|\\])*)\|", row)
    return [plain(part.strip()) for part in parts[1:]]


def plain(text):
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


def tables_are_even(text):
    """Every row of a table has as many cells as its head."""
    width, seen = 0, 0
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if fenced or not line.startswith("| "):
            width = 0
            continue
        n = len(cells(line))
        assert not width or n == width, line
        width, seen = n, seen + 1
    return seen


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_examples(run, path):
    advice = run("--answers", path, "--measurements", STORED).stdout
    title = " ".join(advice.split("\n\n")[0].split("\n")[1:])
    page = is_whole(report(run, "html", "--answers", path))
    assert title in page.texts
    text = report(run, "markdown", "--answers", path)
    assert f"**{title}**" in text
    assert tables_are_even(text) > 10
    assert "## Why" in text and "## Options" in text and "\n\n\n" not in text


def test_what_hurts_stays_text_in_html(run, tmp_path):
    page = is_whole(report(run, "html", "--answers", fill(tmp_path)))
    heads = [text for tag, text in zip(page.tags, page.texts) if tag == "h2"]
    assert [head for head in heads if head in HOSTILE] == HOSTILE
    assert set(HOSTILE) <= {text for tag, text in zip(page.tags, page.texts) if tag == "td"}


def test_what_hurts_stays_text_in_markdown(run, tmp_path):
    text = report(run, "markdown", "--answers", fill(tmp_path))
    heads = [plain(line[3:]) for line in text.splitlines() if line.startswith("## ")]
    assert [head for head in heads if head in HOSTILE] == HOSTILE
    assert tables_are_even(text)
    outside = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    assert "<" not in outside
    for line in outside.splitlines():
        bare = re.sub(r"\\.", "", line.removeprefix("**").removesuffix("**"))
        assert "`" not in bare and "[" not in bare and "*" not in bare, line
    # The ranking names each, as it is.
    rows = [cells(line)[0] for line in text.splitlines() if line.startswith("| ")]
    assert set(HOSTILE) <= set(rows)


def test_bench(run, tmp_path):
    page = is_whole(report(run, "html", "bench", "list_float", "--compare", STORED))
    assert "operation" in page.texts and "pyo3" in page.texts
    text = report(run, "markdown", "bench", "list_float", "--compare", STORED)
    assert tables_are_even(text) > 4
    assert "# ffiadvise bench" in text and "## Against" in text and "## Measured" in text
    assert any(cells(line)[0] == "list_float.copied/pyo3/n=1000" for line in text.splitlines()
               if line.startswith("| "))


def test_bench_list(run):
    done = run("bench", "--list", "--format", "markdown", "list_float")
    assert done.returncode == 0 and done.stdout.count("```") == 2
    is_whole(run("bench", "--list", "--format", "html", "list_float").stdout)


def test_claims(run):
    said = run("claims", "C9", "C16", "--measurements", STORED).stdout
    page = is_whole(report(run, "html", "claims", "C9", "C16"))
    assert any(text.startswith("C16") for text in page.texts)
    text = report(run, "markdown", "claims", "C9", "C16")
    assert "# ffiadvise claims" in text and "\n- C16" in text
    assert len(re.findall(r"^- C\d+", text, re.M)) == len(re.findall(r"^C\d+", said, re.M))


def test_into_a_file(run, tmp_path):
    path = tmp_path / "advice.html"
    done = run("--answers", EXAMPLES / "score-pairs.yaml", "--measurements", STORED, "--format",
               "html", "--output", path)
    assert done.returncode == 0 and done.stdout == ""
    is_whole(path.read_text(encoding="utf-8"))
