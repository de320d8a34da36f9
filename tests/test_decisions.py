"""Published decisions: every one is advised, and as many are judged rightly as have been."""

import sys

import pytest
import yaml

from conftest import ROOT

DECISIONS = ROOT / "tests" / "decisions"
sys.path.insert(0, str(DECISIONS))

import table  # noqa: E402

# Judges advice, which is the same in every build.
pytestmark = pytest.mark.once

# What was reached. A change of the model may raise them; one that lowers them
# is worse at the only thing that counts.
USE_RIGHT = 0.86
DESIGN_RIGHT = 0.88
# Of those that were kept aside first.
HELD_USE_RIGHT = 0.85
# How many cases each group kept aside has, no fewer.
AT_LEAST = {"held": 20, "unseen": 40, "blind": 40}


@pytest.fixture(scope="module")
def judged():
    return table.judge()


@pytest.fixture(scope="module")
def aside():
    return {group: table.judge_aside(group) for group in table.ASIDE}


def test_every_case_says_what_came_of_it():
    cases = {p.stem for p in DECISIONS.glob("*.yaml")} - {"expected", "misses"}
    assert cases == set(table.EXPECTED) and len(cases) >= 40
    every = dict(table.EXPECTED)
    assert set(table.ASIDE) == set(AT_LEAST)
    for group, expected in table.ASIDE_EXPECTED.items():
        names = {p.stem for p in (DECISIONS / group).glob("*.yaml")} - {"expected"}
        assert names == set(expected) and len(names) >= AT_LEAST[group], group
        assert not names & every.keys(), group
        every.update(expected)
    words = {"stay", "restructure", "library", "vectorise", "upgrade", "compile", "parallelise",
             "async", "ffi"}
    for name, case in every.items():
        uses = {case["use"], *case.get("also", [])}
        assert uses <= words and case["why"], name
        assert bool(case.get("design")) == ("ffi" in uses), name


def test_each_value_has_the_place_that_says_it():
    """A value without a comment would be one that nobody said."""
    for path in DECISIONS.rglob("*.yaml"):
        if path.stem in ("expected", "misses"):
            continue
        keys = [line for line in path.read_text().splitlines()
                if line.startswith(" ") and not line.rstrip().endswith(":") and "name:" not in line]
        told = [line for line in keys if "#" in line]
        assert len(told) >= 0.5 * len(keys), path.name
        assert yaml.safe_load(path.read_text())["ffiadvise"] == 1


def test_no_case_is_in_two_groups():
    """Those kept aside would be no test of the model if one of the others were the same case."""
    sources = [case["source"] for expected in table.ASIDE_EXPECTED.values()
               for case in expected.values()]
    assert len(set(sources)) == len(sources)


def test_enough_are_right(judged):
    right = sum(j.use_right for j in judged) / len(judged)
    assert right >= USE_RIGHT


def test_cases_kept_aside_are_judged_nearly_as_well(aside):
    held = aside["held"]
    assert sum(j.use_right for j in held) / len(held) >= HELD_USE_RIGHT


def test_enough_designs_are_right(judged):
    native = [j for j in judged if j.has_design]
    assert sum(j.design_right for j in native) / len(native) >= DESIGN_RIGHT


def test_misses_are_told_in_few_words():
    for name, miss in table.MISSES.items():
        assert name in table.EXPECTED and miss["why"], name
        assert miss["for_want_of"] in ("model", "answer key", "option", "figure", "nothing"), name


def test_every_miss_is_told(judged):
    wrong = {j.name for j in judged if not j.use_right or (j.has_design and not j.design_right)}
    assert wrong == set(table.MISSES)


def test_what_is_advised_is_an_option_there_is(judged, aside):
    for j in [*judged, *(j for group in aside.values() for j in group)]:
        assert j.confidence in ("low", "medium", "high")
        assert bool(j.design) <= (j.use == "ffi"), j.name
