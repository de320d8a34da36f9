"""bench/compare: what the trials rest on, without measuring anything."""

import json
import re
import subprocess
import sys

import pytest

from conftest import ROOT, STORED

sys.path.insert(0, str(ROOT / "bench" / "compare"))

import acceptance  # noqa: E402
import detect  # noqa: E402
import engine  # noqa: E402
import repeat  # noqa: E402
import statements  # noqa: E402
import trial  # noqa: E402

IDS = ["call.none/python", "list_float.copied/python/n=1000"]


def test_judge_reads_a_file_and_judges_within_it(run):
    same, unknown, apart = acceptance.judge(
        STORED, [(IDS[0], IDS[0]), (IDS[0], "no.such/python"), (IDS[1], IDS[0])])
    assert (same.low, same.likely, same.high) == (1, 1, 1) and not same.apart
    assert unknown.likely is None and not unknown.apart
    assert apart.apart and apart.low < apart.likely < apart.high
    figures = {m["id"]: m["ns"] for m in json.loads(
        run("bench", "*", "--measurements", STORED, "--format", "json").stdout)["measurements"]}
    assert apart.likely == pytest.approx(figures[IDS[1]]["likely"] / figures[IDS[0]]["likely"],
                                         rel=0.1)


def test_judge_takes_the_second_from_an_earlier_file():
    apart, same = acceptance.judge(STORED, [(IDS[1], IDS[0]), (IDS[0], IDS[0])], STORED)
    assert apart.apart and same.likely == 1 and not same.apart
    assert same.low < 1 < same.high  # two runs share no workers


def test_judge_says_what_is_wrong_with_a_file(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("[]")
    done = subprocess.run([acceptance.JUDGE, broken], input="", capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("judge: ")


@pytest.mark.parametrize("name", [*engine.TAKEN, *engine.MADE])
def test_a_variant_changes_what_is_there_once(name):
    for path, pattern, text in {**engine.TAKEN, **engine.MADE}[name]:
        source = (ROOT / "src" / path).read_text()
        assert len(re.findall(pattern, source, re.M)) == 1, f"{path}: {pattern}"
        assert re.sub(pattern, lambda _: text, source) != source


def test_a_copy_has_what_was_added():
    with acceptance.Copy(statements.rows(["call"]), {"python-again": ("python", None)},
                         {"added": "x = 1\n"}) as copy, trial.Home(copy.program) as own:
        done = own.run("bench", "--list", "--format", "json",
                       *acceptance.exactly(["trial.call/python", "call.none/python-again"]))
        listed = {row["id"]: row["bindings"] for row in json.loads(done.out)["probes"]}
        assert listed == {"trial.call": {"python": True}, "call.none": {"python-again": True}}
        assert (copy.python / "probes" / "added.py").read_text() == "x = 1\n"
        folder = copy.folder
    assert not folder.exists()


def test_every_pair_and_delay_is_measured_by_name():
    """A pattern that names more would take the budget from what is compared."""
    ids = [f"{probe}/{binding}{size}" for probe, size in detect.SAME for binding in detect.BINDINGS]
    for wanted in (ids, engine.IDS):
        with trial.Home() as home:
            done = home.run("bench", "--list", "--format", "json", *acceptance.exactly(wanted))
        listed = [(row["id"], binding) for row in json.loads(done.out)["probes"]
                  for binding in row["bindings"] for _ in row["sizes"] or [0]]
        assert len(listed) == len(wanted)


def test_a_line_through_points_is_not_moved_by_an_odd_one():
    points = [(0.03, 100), (0.06, 160), (0.09, 220), (0.12, 280), (0.15, 900)]
    assert detect.line_at(0.10, points) == pytest.approx(240, rel=0.02)


def test_how_far_runs_lie_apart():
    rows = [{"a": 99, "b": 10}, {"a": 100, "b": 10}, {"a": 104, "b": 10, "c": 1}]
    spreads, largest = repeat.deviations(rows)
    assert set(spreads) == {"a", "b"} and spreads["b"] == 0
    assert largest["a"] == pytest.approx(4)
    assert sorted(repeat.all_deviations(rows)) == pytest.approx([0, 0, 0, 0, 1, 4])


def test_how_many_intervals_hold_the_other_runs():
    rows = [{"a": (98, 100, 102)}, {"a": (98, 100, 102)}, {"a": (100, 102, 104.04)},
            {"a": (107.8, 110, 112.2)}]
    held, wider = repeat.coverage(rows)
    # 100 of others at 102, twice; 102 of others at 100; 110 of others at 100.
    assert held == pytest.approx(75) and wider == pytest.approx(4.8, rel=0.05)
