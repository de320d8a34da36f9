"""Each trick of the boundary has its counter-case: the advice warns where the trick
is a loss, by a rule with its source, and does not advise it there."""

import re

import pytest
import yaml

from conftest import ROOT

COUNTER = ROOT / "tests" / "counter"
RULES = {r["id"]: r for r in yaml.safe_load((ROOT / "data" / "rules.yaml").read_text())["rules"]}

# case: the rule that warns; where it speaks: the beginning of an option's id whose list of
# what speaks against it has the rule, or None for the reasons of the verdict or its steps;
# and what must not come out: a use or a design.
CASES = {
    "native-class-read-from-python": ("against.native-class-read", "ffi/pyo3/native-class",
                                      "native-class"),
    "zero-copy-on-three-floats": ("against.zero-copy-short", "ffi/pyo3/zero-copy", "zero-copy"),
    "numpy-on-tiny-lists": ("reason.numpy-small", None, "vectorise"),
    "huge-intermediates": ("against.intermediates", "vectorise", "vectorise"),
    "half-moved-data-model": ("against.half-moved", "ffi/pyo3/native-class", None),
    "callback-for-each-item": ("against.callback-each-item", "ffi/pyo3/as-is", "ffi"),
    "jit-in-a-short-lived-process": ("against.jit-short-lived", "compile/numba", "compile"),
    "ctypes-in-a-hot-loop": ("against.ctypes-hot-loop", "ffi/ctypes/as-is", None),
    "two-event-loops": ("reason.two-loops", None, None),
    "logging-while-holding-the-gil": ("reason.log-holding-gil", None, None),
    "debug-build": ("reason.debug-build", None, None),
}


def said(function, rule, where):
    if where is None:
        return [r["text"] for r in function["reasons"] if r["rule"] == rule]
    option = next(o for o in function["options"] if o["id"] == where)
    text = RULES[rule]["text"]
    # A text that begins with a figure is known by what stands between figures.
    parts = [p for p in re.split(r"{[^}]*}", text) if len(p) > 8]
    return [t for t in option["against"] if all(p in t for p in parts)]


def test_every_case_is_tried():
    assert {p.stem for p in COUNTER.glob("*.yaml")} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_the_advice_warns(advise, case):
    rule, where, never = CASES[case]
    function = advise(COUNTER / f"{case}.yaml")["functions"][0]
    assert said(function, rule, where), (rule, function["verdict"])
    assert never not in (function["verdict"]["use"], *function["verdict"]["design"])
    assert RULES[rule]["source"]


@pytest.mark.parametrize("case, change, where", [
    ("native-class-read-from-python", ("between_calls: mutated", "between_calls: reused"),
     "ffi/pyo3/native-class"),
    ("zero-copy-on-three-floats", ("length: 3", "length: 3000"), "ffi/pyo3/zero-copy"),
    ("numpy-on-tiny-lists", ("length: 5", "length: 5000"), None),
    ("huge-intermediates", ("length: 100M", "length: 10k"), "vectorise"),
    ("half-moved-data-model", ("many-functions", "one-function"), "ffi/pyo3/native-class"),
    ("callback-for-each-item", ("callbacks_per_call: 1000", "callbacks_per_call: 0"),
     "ffi/pyo3/as-is"),
    ("jit-in-a-short-lived-process", ("short_lived: yes, lifetime: 1s", "short_lived: no"),
     "compile/numba"),
    ("ctypes-in-a-hot-loop", ("loop: python", "loop: none"), "ffi/ctypes/as-is"),
    ("two-event-loops", ("concurrency: asyncio", "concurrency: none"), None),
    ("logging-while-holding-the-gil", ("logging: yes", "logging: no"), None),
    ("debug-build", ("native: worse", "cache: worse"), None),
])
def test_it_is_silent_where_the_trick_is_none(advise, tmp_path, case, change, where):
    text = (COUNTER / f"{case}.yaml").read_text()
    assert change[0] in text
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace(*change))
    function = advise(path)["functions"][0]
    assert not said(function, CASES[case][0], where), function["verdict"]
