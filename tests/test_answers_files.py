"""Malformed answers files are refused in one clear way, good ones are read.

Each file of tests/answers/bad says on its first line (or, where a comment
cannot stand, in a file of the same name with .expect) where its mistake is
and what has to be said of it:  # expect: LINE:COLUMN: words
"""

import re
import subprocess

import pytest

from conftest import PROGRAM, ROOT

BAD = sorted((ROOT / "tests" / "answers" / "bad").glob("*.yaml"))
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def expectation(path):
    """LINE:COLUMN and the words."""
    beside = path.with_suffix(".expect")
    if beside.exists():
        text = beside.read_text(encoding="utf-8").strip()
    else:
        first = path.read_bytes().split(b"\n", 1)[0].decode()
        assert first.startswith("# expect: "), f"{path.name} does not say what is expected"
        text = first[len("# expect: "):].strip()
    place, words = re.fullmatch(r"(\d+:\d+): (.+)", text).groups()
    return place, words


@pytest.fixture
def advise(home):
    """Runs the program on an answers file; what it says stays bytes, \\r and all."""

    def call(path, stdin=b""):
        return subprocess.run([PROGRAM, "--answers", path], input=stdin, capture_output=True,
                              timeout=60, cwd=ROOT, env=home, check=False)

    return call


def test_there_are_many():
    assert len(BAD) >= 70


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file(advise, path):
    place, words = expectation(path)
    name = str(path.relative_to(ROOT))
    done = advise(name)
    said = done.stderr.decode("utf-8")
    assert done.returncode == 3, said
    assert done.stdout == b""
    assert not CONTROL.search(said), ascii(said)
    lines = [line for line in said.splitlines() if f"{name}:{place}: " in line]
    assert any(words in line for line in lines), said


def test_bad_standard_input(advise):
    done = advise("-", stdin=b"ffiadvise: 1\nfunction:\n  share: 2\n")
    assert done.returncode == 3
    assert done.stdout == b""
    assert b"-:3:10: 'function.share': '2' is out of range" in done.stderr


def test_no_such_file(advise):
    done = advise("no/such/file.yaml")
    assert done.returncode == 3
    assert done.stdout == b""
    assert b"no/such/file.yaml" in done.stderr


def test_only_twenty_in_full(advise, tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text("ffiadvise: 1\ngoal:\n" + "".join(f"  k{i}: 1\n" for i in range(40)))
    done = advise(str(path))
    said = done.stderr.decode()
    assert done.returncode == 3
    assert said.count("is no key of 'goal'") == 20
    assert "and 20 more mistakes, on lines 23, 24" in said


def test_a_file_beyond_the_limit(advise, tmp_path):
    path = tmp_path / "long.yaml"
    with path.open("wb") as out:
        out.write(b"ffiadvise: 1\nname: ")
        for _ in range(65):
            out.write(b"x" * 1048576)
    done = advise(str(path))
    assert done.returncode == 3
    assert b"longer than 64 MiB" in done.stderr
