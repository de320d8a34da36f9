"""The documents say what the program does: options, statuses, keys, examples, the map."""

import os
import pty
import re
import shlex
import subprocess
import sys

import pytest
import yaml

from conftest import PROGRAM, ROOT, STORED

MAN = ROOT / "man" / "ffiadvise.1"
README = ROOT / "README.md"
MAP = ROOT / "src" / "README.md"
PAGE = MAN.read_text()

# The table of the design (cli.md): every status there is.
STATUSES = {0, 1, 2, 3, 4, 10, 11, 130, 143}


def section(name):
    return re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh |\Z)", PAGE, re.M | re.S)[1]


def words(text):
    """What mdoc's .Li lines of a section hold, without the marks between them."""
    found = []
    for line in re.findall(r"^\.(?:It )?Li (.+)$", text, re.M):
        found += [word for word in line.split() if word not in (",", ";", ".")]
    return found


# The manual page against the program.


def test_every_option_is_in_the_manual(run):
    help = run("--help").stdout
    there = set(re.findall(r"^  --([a-z-]+)", help, re.M))
    told = re.findall(r"^\.It Fl -([a-z-]+)", section("OPTIONS"), re.M)
    assert len(there) >= 13
    assert set(told) == there and len(told) == len(set(told))


def test_options_take_what_the_manual_says(run):
    takes = dict(re.findall(r"^  --([a-z-]+)( [A-Z=]+)?  ", run("--help").stdout, re.M))
    told = dict(re.findall(r"^\.It Fl -([a-z-]+)( Ar [\w=]+)?$", section("OPTIONS"), re.M))
    assert {name: bool(value) for name, value in takes.items()} == \
        {name: bool(value) for name, value in told.items()}


@pytest.mark.once
def test_no_other_option_is_named():
    known = set(re.findall(r"^\.It Fl -([a-z-]+)", section("OPTIONS"), re.M))
    for name in re.findall(r"\bFl -([a-z-]+)", PAGE):
        assert name in known, f"the manual speaks of --{name}"
    for path in (MAN, README):
        for name in re.findall(r"\bffiadvise [^\n`]*?--([a-z-]+)", path.read_text()):
            assert name in known, f"{path.name} speaks of --{name}"


@pytest.mark.once
@pytest.mark.parametrize("page", sorted(MAN.parent.glob("*.[0-9]")), ids=lambda p: p.name)
def test_mandoc_has_nothing_to_say(page):
    done = subprocess.run(["mandoc", "-T", "lint", str(page)], capture_output=True, text=True)
    # Pages of ours are not installed where the tests run.
    said = [line for line in done.stdout.splitlines() if "referenced manual not found: Xr ffiadvise"
            not in line]
    assert said == []


@pytest.mark.once
def test_generated_pages_are_what_the_data_say():
    done = subprocess.run([sys.executable, str(ROOT / "src/packaging/manual.py"), "--check"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.once
def test_statuses():
    told = [int(n) for n in re.findall(r"^\.It (\d+)$", section("EXIT STATUS"), re.M)]
    assert told == sorted(STATUSES)


@pytest.mark.once
def test_diagnostics_are_what_the_program_says():
    source = "".join(path.read_text() for path in (ROOT / "src").rglob("*.c"))
    source = re.sub(r'"\s*\n\s*"', "", source)
    told = re.findall(r'^\.It "(.+)"$', section("DIAGNOSTICS"), re.M)
    assert len(told) >= 4
    for line in told:
        for part in line.split("..."):
            if len(part) > 1:
                assert part in source, f"nothing says '{part}'"


# The answers file.


def questions():
    return [q["id"] for q in yaml.safe_load((ROOT / "data" / "questions.yaml").read_text())]


@pytest.mark.once
def test_every_key_is_in_the_manual():
    text = section("THE ANSWERS FILE")
    told, here = set(), None
    for line in text.split(".Pp\nQuantities")[0].splitlines():
        if line.startswith(".It Li "):
            heads = words(line)
            here = heads[0]
            told.update(heads)
        elif line.startswith(".Li ") and here not in (None, "tried"):
            told.update(f"{here}.{word}" for word in words(line))
    keys = set(questions())
    assert not keys - told, "not in the manual"
    sections = {key.split(".")[0] for key in keys}
    others = {"inputs.inputs:", "inputs.[]"}
    assert not {key for key in told - keys - others if key not in sections}, "no such key"


# What only names things in the report.
NAMES = {"name", "inputs.name"}


@pytest.mark.once
def test_every_answer_counts():
    """Each key is asked for by a rule, a claim or the model."""
    data = "".join((ROOT / "data" / name).read_text() for name in ("rules.yaml", "claims.yaml"))
    model = "".join(path.read_text() for path in (ROOT / "src" / "advise").glob("*.c"))
    for key in set(questions()) - NAMES:
        spoken = [key, key.replace("inputs.", "inputs.main.")]
        assert any(re.search(rf"(key|question): {re.escape(name)}\b", data) or
                   f'"{name}"' in model for name in spoken), f"nothing asks for {key}"


# The examples: every command line that begins with the program's name.


def commands_of_manual():
    return re.findall(r"^\.Dl (ffiadvise\b.*)$", PAGE, re.M)


def blocks(path, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", path.read_text(), re.M | re.S)


def commands_of_readme():
    lines = "".join(blocks(README, "console")).splitlines()
    return [m[1].replace("build/ffiadvise", "ffiadvise")
            for m in (re.match(r"\$ ((?:build/)?ffiadvise\b.*)$", line) for line in lines) if m]


@pytest.fixture
def place(tmp_path):
    """A folder with the files the examples name and a program that measures nothing."""
    place = tmp_path / "place"
    (place / "bin").mkdir(parents=True)
    program = place / "bin" / "ffiadvise"
    program.write_text("#!/bin/sh\nexec %s \"$@\" --measurements %s\n" %
                       (shlex.quote(str(PROGRAM)), shlex.quote(str(STORED))))
    program.chmod(0o755)
    score, = re.findall(r"^\.Bd -literal.*?\n(ffiadvise: 1\n.*?)^\.Ed$", PAGE, re.M | re.S)
    (place / "score.yaml").write_text(score)
    tokenise, = blocks(README, "yaml")
    (place / "tokenise.yaml").write_text(tokenise)
    (place / "data").symlink_to(ROOT / "data")
    return place


def shell(command, place, env):
    """Runs it with a terminal as standard input, at which somebody leaves at once."""
    leader, follower = pty.openpty()
    try:
        os.write(leader, b"q\n")
        return subprocess.run(["sh", "-c", command], cwd=place, stdin=follower,
                              capture_output=True, text=True, timeout=120,
                              env={**env, "PATH": f"{place / 'bin'}:{env['PATH']}"})
    finally:
        os.close(leader)
        os.close(follower)


@pytest.mark.once
def test_there_are_examples():
    assert len(commands_of_manual()) >= 6 and len(commands_of_readme()) >= 3


@pytest.mark.parametrize("command", sorted({*commands_of_manual(), *commands_of_readme()}))
def test_example(command, place, home):
    done = shell(command, place, home)
    # The manual says that native code is advised for its file.
    assert done.returncode == (10 if "--check" in command else 0), done.stderr
    if command == "ffiadvise":
        assert "1 of " in done.stderr and "left without advice" in done.stderr
    elif "measure --setup" in command:
        assert done.stderr.startswith("ffiadvise: this runs your code")
        assert done.stderr.count("\n") == 1
    else:
        assert done.stderr == ""
    written = re.search(r"(?:> |--output )(\S+)$", command)
    if written and written[1] != "/dev/null":
        assert (place / written[1]).stat().st_size > 1000


@pytest.mark.once
def test_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^    (?:make && )?make (\w+)", README.read_text(), re.M):
        assert re.search(rf"^{target}:", makefile, re.M), f"there is no 'make {target}'"


def masked(text):
    """The words of it; numbers, which differ from run to run, are all alike."""
    text = re.sub(r"\d[\d.]*(?: ?(?:ns|us|ms|s|x|k|M|%))?(?![\w.])", "#", text)
    return " ".join(text.split())


def test_readme_shows_what_the_program_says(run):
    block, = (b for b in blocks(README, "console") if "\n\n" in b)
    shown = block.split("\n", 1)[1]
    said = run("--answers", ROOT / "data" / "examples" / "score-pairs.yaml",
               "--measurements", STORED).stdout
    whole, at = masked(said), 0
    for part in re.split(r"^\.\.\.$", shown, flags=re.M):
        if part.strip().startswith("Measured"):
            assert re.search(r"^Measured\n  \d+ figures on ", said, re.M)
            continue
        found = whole.find(masked(part), at)
        assert found >= 0, f"not in the report, or not there:\n{part}\n{said}"
        at = found + len(masked(part))


# The map.


def mapped():
    """{folder: names} of the tables below the headings of folders."""
    folders = {}
    for heading, body in re.findall(r"^### (src/[a-z/]*)[^\n]*\n(.*?)(?=^##|\Z)",
                                    MAP.read_text(), re.M | re.S):
        folders[heading.rstrip("/")] = re.findall(r"^\| `(\w+)` \| \S", body, re.M)
    return folders


@pytest.mark.once
def test_every_source_file_is_on_the_map():
    folders = mapped()
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        folder = path.parent.relative_to(ROOT).as_posix()
        assert path.stem in folders.get(folder, []), f"{folder}/{path.name} is not on the map"


@pytest.mark.once
def test_the_map_names_only_what_is_there():
    assert len(mapped()) >= 10
    for folder, names in mapped().items():
        assert names, f"{folder} has no table"
        assert len(names) == len(set(names))
        for name in names:
            assert list((ROOT / folder).glob(f"{name}.[ch]")), f"there is no {folder}/{name}"


@pytest.mark.once
@pytest.mark.parametrize("path", [MAP, README], ids=["map", "readme"])
def test_paths_in_the_text_exist(path):
    text = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.M | re.S)
    named = set(re.findall(r"`((?:src|data|bench|tests|man|catalog|front|show|session|advise|"
                           r"measure|survey|base|worker)/[\w./-]*)`", text))
    assert named
    for name in named:
        places = [ROOT / name, ROOT / "src" / name]
        assert any(p.exists() or p.with_suffix(".c").exists() or p.with_suffix(".h").exists()
                   for p in places), f"{path.relative_to(ROOT)} names {name}"


@pytest.mark.once
@pytest.mark.parametrize("path", [MAN, README, MAP], ids=lambda p: p.name + "/" + p.parent.name)
def test_no_folder_of_a_person_is_named(path):
    assert not re.search(r"/(?:root|home/\w+|work|tmp)/", path.read_text())
