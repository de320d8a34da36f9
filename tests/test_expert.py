"""The advice on functions of well-known packages, held against what an expert would say:
see tests/expert/README.md. What is wrong is listed there, and only that may be."""

import pytest
import yaml

from conftest import ROOT, STORED

EXPERT = ROOT / "tests" / "expert"
EXPECTED = yaml.safe_load((EXPERT / "expected.yaml").read_text())

# Judges advice, which is the same in every build.
pytestmark = pytest.mark.once


def text_of(run, case, *more):
    done = run("--answers", EXPERT / f"{case}.yaml", "--measurements", STORED, *more)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def mistakes(function, text, case):
    """What is not as an expert would have it: by the words that `wrong` has."""
    found = {}
    verdict = function["verdict"]
    if verdict["use"] not in case["use"]:
        found["use"] = verdict["use"]
    speedup = function["prediction"]["speedup"]
    if "gain" in case and not speedup["low"] <= case["gain"] <= speedup["high"]:
        found["gain"] = speedup
    goal = function["prediction"]["reaches_goal"]
    if goal not in case.get("reaches", [goal]):
        found["reaches"] = goal
    found.update({word: text for word in case.get("must", {}) if word not in text})
    found.update({word: text for word in case.get("never", {}) if word in text})
    return found


def test_there_are_ten_each_with_its_judgement():
    cases = {p.stem for p in EXPERT.glob("*.yaml")} - {"expected"}
    assert cases == set(EXPECTED) and len(cases) >= 10
    for name, case in EXPECTED.items():
        assert case["use"] and case["happened"], name
        for words in ("must", "never", "wrong"):
            assert all(case.get(words, {"-": "-"}).values()), name


@pytest.mark.parametrize("name", EXPECTED)
def test_it_says_what_an_expert_would(run, advise, name):
    case = EXPECTED[name]
    function = advise(EXPERT / f"{name}.yaml")["functions"][0]
    found = mistakes(function, text_of(run, name), case)
    assert set(found) == set(case.get("wrong", {})), found


def test_an_answer_that_is_set_turns_it_as_it_should(run):
    """What an expert would try on the report: the library that was not known of, the team."""
    text = text_of(run, "polyline-decode", "--what-if", "library=yes")
    assert "does this already" in text or "maintained native library" in text
    text = text_of(run, "requests-get", "--set", "function.bound=cpu", "--set",
                   "function.wait_share=0")
    assert "event loop." not in text.split("Why")[0]
    text = text_of(run, "packaging-sort", "--set", "function.share=1%")
    assert "Leave it in Python." in text


def test_no_text_says_that_a_program_gains_more_than_is_possible(advise):
    for name in EXPECTED:
        function = advise(EXPERT / f"{name}.yaml")["functions"][0]
        share = function["answers"]["function.share"]["high"]
        limit = 1 / (1 - share)
        assert function["prediction"]["program_speedup"]["high"] <= limit * 1.001, name
