"""Every line of the note the project grew from is answered by a rule or a claim,
and every rule turns on an answer or on a figure that answers make."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "tests" / "seed"
RULES = {r["id"]: r for r in yaml.safe_load((ROOT / "data/rules.yaml").read_text())["rules"]}
QUESTIONS = {q["id"] for q in yaml.safe_load((ROOT / "data/questions.yaml").read_text())}
CLAIMS = {c["id"]: c for c in yaml.safe_load((ROOT / "data/claims.yaml").read_text())["claims"]}
COVERAGE = yaml.safe_load((SEED / "coverage.yaml").read_text())


def lines():
    """(number, text) of what the note says outside its code and headings."""
    code = False
    for number, line in enumerate((SEED / "ffi-trade-offs.md").read_text().split("\n"), 1):
        text = line.strip()
        if text.startswith("```"):
            code = not code
        elif not code and text and not text.startswith("#") and text != "---" and \
                not set(text) <= set("|-: "):
            yield number, text


pytestmark = pytest.mark.once


@pytest.mark.parametrize("number, text", lines(), ids=lambda v: str(v) if isinstance(v, int) else "")
def test_each_line_of_the_seed_is_answered(number, text):
    assert number in COVERAGE, f"line {number} is answered nowhere: {text}"
    ids = COVERAGE[number]
    if ids == "-":
        return
    for name in ids:
        assert name in RULES or name in CLAIMS, f"line {number}: there is no {name}"


def test_nothing_else_is_covered():
    assert set(COVERAGE) == {number for number, _ in lines()}


def test_every_claim_is_here_and_stands_for_a_line():
    assert list(CLAIMS) == [f"C{i}" for i in range(1, 57)]
    covered = {name for ids in COVERAGE.values() if ids != "-" for name in ids}
    assert set(CLAIMS) <= covered


def keys(condition):
    """The keys that a condition asks for."""
    if not condition:
        return
    for word in ("all", "any"):
        for part in condition.get(word, []):
            yield from keys(part)
    if "not" in condition:
        yield from keys(condition["not"])
    if "key" in condition:
        yield condition["key"]


# What the facts of advise are made from: answers, by way of the model.
FACTS = re.compile(r"^(time|share|goal|cap|ffi|restructure|vectorise|option|verdict|chosen|tool|"
                   r"crossing|compute|main|loop_outside|copying|referring|loop|python|gil|veto|"
                   r"threads|library|compile|parallelise|async|cores|interpreter|native|eager)\b")


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_each_rule_turns_on_answers(rule):
    asked = set(keys(rule.get("when")))
    quoted = set(re.findall(r"\{([\w.]+)\}", rule["text"]))
    for key in asked | quoted:
        bare = key.replace("inputs.main.", "inputs.")
        assert bare in QUESTIONS or FACTS.match(key) or key == "inputs.count", \
            f"{rule['id']} asks for {key}, which nothing gives"
    # A rule that speaks always speaks of a tool or a use that answers lead to.
    assert asked or rule.get("options"), f"{rule['id']} turns on nothing"
    assert rule["source"].strip()


FACTORS = {
    "crossings, work per crossing, where the loop is": ["reason.crossing", "reason.move-loop"],
    "conversion and who owns the data": ["against.slower", "reason.native-class",
                                         "reason.native-class-reads"],
    "baseline already native, library exists, redundant work": [
        "stay.native-already", "reason.is-native", "veto.no-library", "step.idiomatic"],
    "team and distribution": ["veto.no-native-language", "against.no-wheels",
                              "against.pure-python-fallback"],
    "share of wall time, I/O": ["stay.small-share", "stay.waits"],
    "range of n": ["reason.numpy-small", "reason.one-copy"],
    "JIT start-up, interpreter, debug build": ["against.pypy", "step.maturin",
                                               "reason.short-lived"],
    "threads": ["reason.release-gil"],
    "callbacks into Python": ["reason.callbacks"],
}


@pytest.mark.parametrize("factor", FACTORS)
def test_what_decided_published_cases_has_its_rules(factor):
    for name in FACTORS[factor]:
        assert name in RULES, f"'{factor}' has no rule {name}"
