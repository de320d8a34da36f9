"""The layers, the owners of foreign headers, and what the tree may hold."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"

# From the top down; an include may point down, or stay in its own folder.
LAYERS = ["", "front", "show", "session", "advise", "measure", "survey", "catalog", "base"]
# Who may include what is not ours.
OWNERS = {
    "curses.h": {"front/term.c"},
    "yaml.h": {"catalog/yamlio.c"},
    "Python.h": {p.relative_to(SRC).as_posix() for p in (SRC / "worker").glob("*.[ch]")},
    "jansson.h": {p.relative_to(SRC).as_posix() for p in (SRC / "show").glob("*_json.[ch]")} |
                 {p.relative_to(SRC).as_posix() for p in (SRC / "measure").glob("*json*.[ch]")} |
                 {"measure/manifest.c"},
}
TOP = {"README.md", "Makefile", "LICENSE", "src", "data", "bench", "tests", "man"}

SOURCES = sorted(SRC.rglob("*.[ch]"))


def layer(path):
    return path.relative_to(SRC).parts[0] if path.parent != SRC else ""


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found[1], found[2]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(SRC).as_posix())
def test_includes_point_down(path):
    here = layer(path)
    for number, kind, name in includes(path):
        if kind != '"':
            continue
        assert (SRC / name).exists(), f"{path}:{number}: {name} is no header of ours"
        there = layer(SRC / name)
        if here == "worker":
            assert there in ("worker", "base"), f"{path}:{number}: the worker uses only base"
        elif there != here and there != "" or here != "" and there == "":
            allowed = LAYERS[LAYERS.index(here) + 1:] + ([""] if here == "front" and
                                                         name == "cli.h" else [])
            assert there in allowed, f"{path}:{number}: {here} includes {name}, which is above it"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(SRC).as_posix())
def test_foreign_headers_have_one_owner(path):
    for number, kind, name in includes(path):
        if kind == "<" and name in OWNERS:
            assert path.relative_to(SRC).as_posix() in OWNERS[name], \
                f"{path}:{number}: <{name}> belongs to {sorted(OWNERS[name])}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix == ".h"],
                         ids=lambda p: p.relative_to(SRC).as_posix())
def test_headers_begin_with_what_they_are_for(path):
    text = path.read_text()
    name = path.stem
    assert text.startswith(f"/*\n * {name}: ") or text.startswith("/*\n * "), path
    assert len(text.split("*/")[0].split()) >= 12, f"{path}: the head says too little"
    guard = f"FFIADVISE_{path.relative_to(SRC).as_posix().replace('/', '_').replace('.', '_').upper()}"
    assert f"#ifndef {guard}\n#define {guard}\n" in text, f"{path}: guard {guard}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix == ".c"],
                         ids=lambda p: p.relative_to(SRC).as_posix())
def test_own_header_comes_first(path):
    if not path.with_suffix(".h").exists():
        return
    first = next(includes(path))
    assert first[2] == path.with_suffix(".h").relative_to(SRC).as_posix(), path


def test_only_front_ends_print():
    talk = re.compile(r"\b(printf|fprintf|puts|fputs|putchar|perror)\s*\(")
    for path in SOURCES:
        here = layer(path)
        if here in ("front", "", "worker") or path.name == "mem.c":
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not talk.search(re.sub(r"/\*.*?\*/", "", line)), f"{path}:{number}: {line.strip()}"


def tracked():
    done = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                          cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def test_top_level():
    names = {p.relative_to(ROOT).parts[0] for p in tracked()}
    extra = {n for n in names if not n.startswith(".")} - TOP
    assert not extra, f"beside the fixed top level: {sorted(extra)}"


def test_front_end_links_no_python():
    program = ROOT / "build" / "ffiadvise"
    needed = subprocess.run(["readelf", "-d", str(program)], capture_output=True, text=True,
                            check=True).stdout
    assert "NEEDED" in needed and "libpython" not in needed


def test_nothing_is_left_unfinished():
    mark = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
    for path in tracked():
        if path.suffix in (".c", ".h", ".py", ".rs", ".yaml", ".md", ".mk", ".sh"):
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                assert not mark.search(line), f"{path}:{number}: {line.strip()}"
