"""Every example gives its verdict on the stored measurements, and the advice
follows the measurements: doctored ones turn it, or move it by what the model says."""

import json
import math

import pytest

from conftest import EXAMPLES, STORED
from doctor_measurements import calls, doctored, drop, like, scale

# example: use, tool, design
VERDICTS = {
    "score-pairs": ("ffi", "pyo3", {"move-loop", "zero-copy"}),
    "score-lists": ("ffi", "pyo3", {"move-loop", "by-reference"}),
    "one-key-of-a-dict": ("ffi", "pyo3", {"by-reference"}),
    "fast-enough": ("stay", None, set()),
    "io-bound": ("stay", None, set()),
    "rare-call": ("stay", None, set()),
    "tiny-call": ("stay", None, set()),
    "object-graph": ("ffi", "pyo3", {"native-class"}),
    "foreign-objects": ("ffi", "pyo3", {"by-reference"}),
    "already-numpy": ("stay", None, set()),
    "vectorise": ("vectorise", "numpy", set()),
    "no-compiler": ("stay", None, set()),
    "threads": ("ffi", "pyo3", {"zero-copy", "release-gil"}),
    "callbacks": ("stay", None, set()),
    "async-service": ("stay", None, set()),
    "text-in-text-out": ("ffi", "pyo3", {"by-reference"}),
}
# The reason that has to be given, whatever else is said.
REASONS = {
    "score-pairs": "reason.move-loop", "score-lists": "reason.by-reference",
    "one-key-of-a-dict": "reason.one-look", "fast-enough": "stay.fast-enough",
    "io-bound": "stay.waits", "rare-call": "stay.small-share", "tiny-call": "reason.crossing",
    "object-graph": "reason.native-class", "foreign-objects": "reason.needed-fields",
    "already-numpy": "stay.native-already", "vectorise": "reason.goal-cheaper",
    "no-compiler": "reason.price-of-the-veto", "threads": "reason.release-gil",
    "callbacks": "reason.callbacks", "async-service": "reason.two-loops",
    "text-in-text-out": "reason.by-reference",
}


@pytest.fixture
def changed(advise, tmp_path):
    """The function of an example's report, on measurements changed so."""

    def call(example, *changes):
        path = doctored(STORED, tmp_path / "doctored.json", *changes) if changes else STORED
        return advise(EXAMPLES / f"{example}.yaml", path)["functions"][0]

    return call


def option(function, name):
    return next(o for o in function["options"] if o["id"] == name)


def rules(function):
    return [r["rule"] for r in function["reasons"]]


def test_every_example_is_here():
    assert {p.stem for p in EXAMPLES.glob("*.yaml")} == set(VERDICTS)


@pytest.mark.parametrize("example", VERDICTS)
def test_verdict(changed, example):
    verdict = changed(example)["verdict"]
    use, tool, design = VERDICTS[example]
    assert (verdict["use"], verdict["tool"]["id"]) == (use, tool)
    assert set(verdict["design"]) == design


@pytest.mark.parametrize("example", VERDICTS)
def test_the_reason_is_given(changed, example):
    assert REASONS[example] in rules(changed(example))


def test_caps_are_computed(changed):
    assert "1.02x" in changed("rare-call")["reasons"][0]["text"]
    # 95 % waiting of 80 %: 1 / (1 - 0.8 * 0.05 * 0.9) = 1.04 at the likely share of C code.
    io = changed("io-bound")["reasons"][0]["text"]
    assert "95 %" in io and "1.04x" in io


def test_the_copy_is_shown_as_the_loss_it_is(changed):
    function = changed("one-key-of-a-dict")
    copy = option(function, "ffi/pyo3/as-is")
    assert copy["speedup"]["high"] < 1
    assert any("slower than now" in text for text in copy["against"])
    assert "reason.one-look" in rules(function)


# Native work that takes as long as Python's turns every native verdict.
@pytest.mark.parametrize("example", ["score-pairs", "score-lists", "one-key-of-a-dict"])
def test_without_native_gain_it_stays(changed, example):
    function = changed(example,
                       like("kernel_numeric.native/*", "kernel_numeric.plain/python/{n}"),
                       like("kernel_numeric.objects/*", "kernel_numeric.plain/python/{n}"))
    assert function["verdict"]["use"] == "stay"
    assert "reason.no-gain" in rules(function)


def test_free_conversion_makes_the_copy_right(changed):
    for example in ("score-pairs", "score-lists"):
        function = changed(example, like("list_float.copied/pyo3/*", "call.one/pyo3"))
        assert set(function["verdict"]["design"]) == {"move-loop"}, example
    # Where as good, by reference is kept: it allocates nothing. The loss is gone.
    function = changed("one-key-of-a-dict", like("dict.copied/pyo3/*", "call.one/pyo3"))
    copy, kept = (option(function, f"ffi/pyo3/{way}") for way in ("as-is", "by-reference"))
    assert copy["speedup"]["likely"] == pytest.approx(kept["speedup"]["likely"], rel=0.1)


def test_dear_views_turn_zero_copy(changed):
    function = changed("score-pairs", scale("buffer.acquire/pyo3", 1000))
    assert "zero-copy" not in function["verdict"]["design"]


def test_dear_references_turn_by_reference(changed):
    function = changed("score-lists", scale("list_float.by_reference/pyo3/*", 100),
                       scale("kernel_numeric.objects/pyo3/*", 100))
    assert function["verdict"]["design"] == ["move-loop"]
    function = changed("one-key-of-a-dict", scale("dict.get/pyo3/*", 2000))
    assert function["verdict"]["use"] == "stay"


@pytest.mark.parametrize("example, way", [("score-pairs", "ffi/pyo3/zero-copy"),
                                          ("score-lists", "ffi/pyo3/as-is"),
                                          ("one-key-of-a-dict", "ffi/pyo3/by-reference"),
                                          ("rare-call", "ffi/pyo3/as-is"),
                                          ("fast-enough", "ffi/pyo3/by-reference"),
                                          ("io-bound", "ffi/pyo3/as-is")])
def test_calls_a_hundred_times_as_dear(changed, example, way):
    """The call's part of the cost grows a hundredfold, the rest of it stays."""
    before, after = (option(changed(example, *c), way) for c in ((), (calls("pyo3", 100),)))
    call = before["cost"]["call"]["likely"]
    assert after["cost"]["call"]["likely"] == pytest.approx(100 * call, rel=0.05)
    assert after["time_after"]["likely"] - before["time_after"]["likely"] == pytest.approx(
        99 * call, rel=0.15, abs=1e-4 * before["time_after"]["likely"])


def test_dear_calls_make_the_loop_matter_more(changed):
    function = changed("score-pairs", calls("pyo3", 100))
    inside = option(function, "ffi/pyo3/move-loop+zero-copy")["time_after"]["likely"]
    outside = option(function, "ffi/pyo3/zero-copy")["time_after"]["likely"]
    assert function["verdict"]["design"] == ["move-loop", "zero-copy"]
    assert outside > 1.4 * inside


@pytest.mark.parametrize("example", ["score-pairs", "score-lists", "one-key-of-a-dict"])
def test_each_measurement_that_a_reason_names_counts(changed, example):
    """Without it the report is another: a figure from elsewhere, or no reason."""
    function = changed(example)
    measured = {m["metadata"]["name"] for m in json.loads(STORED.read_text())["benchmarks"]}
    named = {e for r in function["reasons"] for e in r["evidence"]} & measured
    assert named
    for name in named:
        without = changed(example, drop(name))
        assert (without["reasons"], without["prediction"]) != \
            (function["reasons"], function["prediction"]), name


@pytest.mark.parametrize("example", VERDICTS)
def test_costs_add_up(changed, example):
    function = changed(example)
    now = function["prediction"]["time_now"]["likely"]
    for o in function["options"]:
        sums = {end: sum(part[end] for part in o["cost"].values())
                for end in ("low", "likely", "high")}
        assert sums["likely"] == pytest.approx(o["time_after"]["likely"], rel=1e-4)
        # Ends exclude each other: who waits does not compute.
        assert sums["low"] <= o["time_after"]["low"] * 1.0001
        assert o["time_after"]["high"] <= sums["high"] * 1.0001
        if o["use"] != "stay":
            assert o["speedup"]["likely"] == pytest.approx(now / o["time_after"]["likely"],
                                                           rel=1e-3)
        assert o["speedup"]["low"] <= o["speedup"]["likely"] * 1.0001
        assert o["speedup"]["likely"] <= (o["speedup"]["high"] or math.inf) * 1.0001


def test_a_veto_is_shown_with_its_price(advise, tmp_path):
    text = (EXAMPLES / "score-pairs.yaml").read_text().replace("compile_step: ok",
                                                               "compile_step: never")
    path = tmp_path / "never.yaml"
    path.write_text(text)
    function = advise(path)["functions"][0]
    assert function["verdict"]["use"] == "stay"
    [price] = [r for r in function["reasons"] if r["rule"] == "reason.price-of-the-veto"]
    assert "compile step" in price["text"] and "x" in price["text"]
    assert not any(o["fits"] for o in function["options"] if o["use"] == "ffi")
