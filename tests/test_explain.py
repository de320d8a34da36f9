"""ffiadvise explain: every id that a report prints is explained."""

import json
import re

import pytest
import yaml

from conftest import EXAMPLES, ROOT, STORED

DATA = ROOT / "data"


def read(name):
    return yaml.safe_load((DATA / name).read_text())


PROBES = [probe for path in sorted((DATA / "probes").glob("*.yaml"))
          for probe in yaml.safe_load(path.read_text())["probes"]]
RULES = read("rules.yaml")["rules"]
QUESTIONS = read("questions.yaml")
BINDINGS = read("bindings.yaml")["bindings"]
CLAIMS = read("claims.yaml")["claims"]
WORDS = read("words.yaml")["words"]


def explained(run, ids):
    """All of them at once; then, if that fails, the one that did."""
    ids = sorted(set(ids))
    assert ids
    done = run("explain", "--", *ids)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    heads = {line.split(" ")[0].rstrip(",") for line in done.stdout.replace("\n  ", " ").split("\n")}
    for id in ids:
        assert id in heads or id[:60] in done.stdout, id
    return done.stdout


def test_rules(run):
    explained(run, [r["id"] for r in RULES])


def test_questions(run):
    explained(run, [q["id"] for q in QUESTIONS])


def test_libraries_and_tasks(run):
    tasks = read("libraries.yaml")["tasks"]
    text = explained(run, [library["id"] for task in tasks for library in task["libraries"]])
    assert "https://github.com/ijl/orjson" in text.replace("\n", "").replace(" ", "")
    assert "licence" in text and "unknown" in text
    explained(run, [task["task"] for task in tasks])


def test_bindings_and_groups(run):
    explained(run, [b["id"] for b in BINDINGS] + [p["group"] for p in PROBES])


def test_references_and_works(run):
    works = read("kernels.yaml")["works"]
    explained(run, [r["id"] for r in read("reference.yaml")["reference"]] +
              [w["work"] for w in works] + [w["kernel"] for w in works if "kernel" in w] +
              [k for w in works for k in w.get("kernels", {})])


def test_probes(run):
    explained(run, [p["id"] for p in PROBES])


def test_claims(run):
    text = explained(run, [c["id"] for c in CLAIMS] +
                     [c for p in PROBES for c in p.get("claims") or []])
    assert text.count(", a claim about native code") >= len(CLAIMS)
    assert "\n  probes " in text and "\n  compares " in text


def test_measurements(run):
    explained(run, [f"{p['id']}/{b['id']}" + (f"/n={size}" if size else "")
                    for p in PROBES for b in BINDINGS for size in (p.get("sizes") or [0])[:2]])


def test_words(run):
    explained(run, [w["word"] for w in WORDS if not w["word"].endswith("*")])


def keys_of(cond):
    if isinstance(cond, dict):
        if "key" in cond:
            yield cond["key"]
        for part in cond.values():
            yield from keys_of(part)
    elif isinstance(cond, list):
        for part in cond:
            yield from keys_of(part)


def test_what_rules_ask_about(run):
    keys = {key for rule in RULES for key in keys_of(rule.get("when"))}
    keys |= {key for rule in RULES for key in re.findall(r"\{([\w.]+)\}", rule["text"])}
    text = explained(run, keys)
    for rule in RULES:
        assert rule["id"] in text or not (list(keys_of(rule.get("when"))) or "{" in rule["text"])
    # Each has its sentence.
    for part in text.split("\n\n"):
        if ", a quantity that rules ask about" in part:
            assert "\n  is " in part, part


def test_choices_of_the_model_have_words():
    words = {(w["kind"], w["word"]) for w in WORDS}
    source = (ROOT / "src" / "advise" / "option.c").read_text()
    uses = re.search(r"use_words\[USES\] = \{(.*?)\}", source, re.S)[1]
    for use in re.findall(r'"([\w-]+)"', uses):
        assert ("use", use) in words
    for design in re.findall(r'\{DESIGN_\w+, "([\w-]+)"\}', source):
        assert ("design", design) in words


def ids_of(report):
    """Whatever in a report names something."""
    for m in report["measurements"]:
        yield m["id"]
        yield m["basis"]
        if m["environment"]:
            yield m["environment"]
    for missing in report["not_measured"]:
        yield missing["id"]
    for environment in report["environments"]:
        yield environment["id"]
        yield environment["noise"]["grade"]
        for binding in environment["bindings"]:
            yield binding["id"]
    for f in report.get("functions", []):
        yield from f["answers"]
        verdict = f["verdict"]
        yield from [verdict["use"], verdict["confidence"], *verdict["design"], *verdict["depends_on"]]
        if verdict["tool"]["id"]:
            yield verdict["tool"]["id"]
        yield f["prediction"]["basis"]
        yield from f["prediction"]["cost"]
        if f["prediction"]["reaches_goal"]:
            yield f["prediction"]["reaches_goal"]
        for b in f["boundary"]:
            yield b["how"]
            yield from (t["how"] for t in b["turns_at"])
        for o in f["options"]:
            yield from [o["id"], o["use"], o["basis"], *o["design"], *o["evidence"]]
            if o["tool"]["id"]:
                yield o["tool"]["id"]
        for r in f["reasons"]:
            yield from [r["rule"], *r["evidence"]]
        for b in f["break_even"]:
            yield b["what"]
        for flip in f["flips"]:
            yield from [flip["answer"], flip["verdict"], flip["option"]]


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_id_of_a_report(run, advise, example):
    explained(run, [id for id in ids_of(advise(example)) if id])


def test_every_id_of_the_list(run):
    listed = json.loads(run("bench", "--list", "--format", "json").stdout)["probes"]
    explained(run, [i for p in listed for i in [p["id"], p["group"], *p["bindings"], *p["claims"]]])


def test_the_figure_is_shown_where_there_is_one(run):
    text = run("explain", "call.none/pyo3", "--measurements", STORED).stdout
    assert re.search(r"^  figure +[\d.]+ ns", text, re.M)
    assert "C16" in text and "f()" in text


def test_it_is_wrapped(run):
    text = run("explain", *[r["id"] for r in RULES]).stdout
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("id, says", [
    ("lst", "did you mean list?"),
    ("stay.wait", "did you mean stay.waits?"),
    ("list_float.copid/pyo3/n=1000", "did you mean list_float.copied?"),
    ("copied", "list_float.copied"),
    ("call.none/nobody", "nothing is called"),
    ("list_float.copied/pyo3/n=1000x", "nothing is called"),
    ("ffi/pyo3/flying", "nothing is called"),
    ("C9999", "nothing is called"),
    ("", "nothing is called ''"),
    ("bell\a", r"bell\x07"),
])
def test_what_is_not_there(run, id, says):
    done = run("explain", "--", id)
    assert done.returncode == 2 and done.stdout == ""
    assert says in done.stderr and "\a" not in done.stderr


def test_it_needs_an_id(run):
    done = run("explain")
    assert done.returncode == 2 and "ID" in done.stderr
