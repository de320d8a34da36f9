"""Thousands of functions from one file: what a run keeps for each of them."""

import json
import os
import random
import subprocess

import pytest

from conftest import PROGRAM, STORED

WORKS = ("numeric", "text", "bytes", "collections", "objects", "sorting", "parsing", "mixed")
TYPES = ("list[float]", "list[int]", "list[str]", "str", "bytes", "dict[str, int]", "object")
KIB = 1024
ALLOWED = 150 * KIB  # KiB, of ten thousand functions: issue 5


def write(path, number):
    """Functions with different answers, in the order of their share."""
    rng = random.Random(number)
    functions = [{
        "name": f"module.function_{i}",
        "function": {"bound": rng.choice(("cpu", "mixed", "io")), "work": rng.choice(WORKS),
                     "time_per_call": f"{rng.randint(1, 5000)}us",
                     "share": 0.5 / (i + 2) if i % 2 else "unknown"},
        "caller": {"loop": rng.choice(("none", "python"))},
        "inputs": [{"type": rng.choice(TYPES), "length": rng.choice((3, 100, 5000))},
                   {"type": "int"}],
        "output": {"type": "float"},
    } for i in range(number)]
    path.write_text(json.dumps({"ffiadvise": 1, "functions": functions}))
    return path


def peak(home, path, form):
    """KiB that a run takes at its most."""
    child = subprocess.Popen([PROGRAM, "--answers", path, "--measurements", STORED, "--format", form,
                              "--output", os.devnull], env=home, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_maxrss


@pytest.mark.skipif("asan" in PROGRAM.parts, reason="the sanitizer keeps what was freed")
@pytest.mark.parametrize("form", ("text", "json"))
def test_memory_grows_by_little_and_evenly(home, tmp_path, form):
    few, more, most = (peak(home, write(tmp_path / f"{n}.yaml", n), form)
                       for n in (1000, 3000, 5000))
    first, second = (more - few) / 2000, (most - more) / 2000
    assert most + 5000 * max(first, second) < ALLOWED
    # Rooms that double make steps, so that either half may have one more of them.
    assert second < 2 * first + 1, (few, more, most)


def test_only_the_first_are_told_in_full_and_all_are_ranked(advise, tmp_path):
    number = 400
    report = advise(write(tmp_path / "many.yaml", number))
    assert len(report["functions"]) == number
    told = [f for f in report["functions"] if f.get("options")]
    assert 0 < len(told) <= 10
    assert len(report["ranking"]) > 10
    first = [entry["name"] for entry in report["ranking"][:len(told)]]
    assert sorted(first) == sorted(f["name"] for f in told)
