"""Every example gives its verdict on the stored measurements, and the advice
follows the measurements: doctored ones turn it, or move it by what the model says."""

import json
import math

import pytest

from conftest import EXAMPLES, STORED
from doctor_measurements import calls, doctored, drop, figures, like, scale

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


def no_gain(*kernels):
    """Native work takes as long as Python's."""
    return [like(f"kernel_{kernel}.{form}/*", f"kernel_{kernel}.plain/python/{{n}}")
            for kernel in kernels for form in ("native", "objects")]


@pytest.mark.parametrize("example, kernels", [
    ("score-pairs", ["numeric"]), ("score-lists", ["numeric"]), ("one-key-of-a-dict", ["numeric"]),
    ("threads", ["numeric"]), ("object-graph", ["graph"]), ("foreign-objects", ["graph"]),
    ("text-in-text-out", ["textscan", "tokens"])])
def test_without_native_gain_it_stays(changed, example, kernels):
    # Over an array Python takes up to so many times as long as over the list of the kernel.
    slower = [scale("kernel_numeric.native/*", 6.25)] if example == "threads" else []
    function = changed(example, *no_gain(*kernels), *slower)
    assert function["verdict"]["use"] == "stay"
    assert "reason.no-gain" in rules(function)


def test_without_native_gain_a_veto_has_no_price(changed):
    function = changed("no-compiler", *no_gain("numeric"))
    assert function["verdict"]["use"] == "stay"
    assert "reason.price-of-the-veto" not in rules(function)


@pytest.mark.parametrize("example, kernel, cap", [("already-numpy", "numeric", 1 / 0.9),
                                                  ("async-service", "tokens", 1 / 0.92)])
def test_no_native_gain_is_enough(changed, example, kernel, cap):
    """Where little of the time is Python's, native work at a thousandth does not turn it; only
    a library takes the place of what is C code already."""
    function = changed(example, scale(f"kernel_{kernel}.native/*", 0.001),
                       scale(f"kernel_{kernel}.objects/*", 0.001))
    assert function["verdict"]["use"] == "stay"
    assert all(o["speedup"]["likely"] <= cap * 1.001 for o in function["options"]
               if o["use"] not in ("parallelise", "async", "library"))


def test_dear_arrays_turn_vectorise(changed):
    function = changed("vectorise", scale("array.multiply/numpy/*", 100))
    assert (function["verdict"]["use"], function["verdict"]["tool"]["id"]) == ("ffi", "pyo3")


def test_a_cheap_crossing_moves_the_tiny_call(changed):
    """Five reads of an attribute are most of what the crossing costs. Even without them
    wrapping gains less than the 2x that so short a call has to."""
    cheap = like("object.attribute/pyo3", "call.one/pyo3")
    before, after = (option(changed("tiny-call", *c), "ffi/pyo3/by-reference")
                     for c in ((), (cheap,)))
    assert after["cost"]["inputs"]["likely"] < 0.1 * before["cost"]["inputs"]["likely"]
    assert 2 > after["speedup"]["likely"] > 1.3 * before["speedup"]["likely"]
    assert changed("tiny-call", cheap)["verdict"]["use"] == "stay"


def test_dear_native_objects_turn_the_native_class(changed):
    function = changed("object-graph", scale("list_native.frozen/pyo3/*", 100))
    assert "native-class" not in function["verdict"]["design"]


def test_dear_reads_of_foreign_objects(changed):
    """Fields that cost a hundredfold: the prediction moves by what the model says of its inputs."""
    before, after = (option(changed("foreign-objects", *c), "ffi/pyo3/by-reference")
                     for c in ((), (scale("list_object.by_reference/pyo3/*", 100),)))
    assert after["cost"]["inputs"]["likely"] == pytest.approx(
        100 * before["cost"]["inputs"]["likely"], rel=0.05)
    assert changed("foreign-objects", scale("list_object.by_reference/pyo3/*", 100))[
        "verdict"]["design"] != ["by-reference"]


def test_a_dear_release_keeps_the_gil(changed):
    function = changed("threads", scale("gil.release/pyo3", 6e4))
    assert "release-gil" not in function["verdict"]["design"]


def test_callbacks_cost_what_is_measured(changed):
    """A thousand callbacks a call: a dearer one is paid a thousand times."""
    stored = figures(json.loads(STORED.read_text()))["callback.call/pyo3/n=100"] / 100
    before, after = (option(changed("callbacks", *c), "ffi/pyo3/as-is")["cost"]["callbacks"]["likely"]
                     for c in ((), (scale("callback.call/pyo3/*", 3),)))
    assert after - before == pytest.approx(1000 * 2 * stored, rel=0.1)


def test_text_out_costs_what_is_measured(changed):
    before, after = (option(changed("text-in-text-out", *c), "ffi/pyo3/by-reference")
                     for c in ((), (scale("str.out/pyo3/*", 1000),)))
    assert after["cost"]["output"]["likely"] > 500 * before["cost"]["output"]["likely"]
    assert after["time_after"]["likely"] - before["time_after"]["likely"] == pytest.approx(
        after["cost"]["output"]["likely"] - before["cost"]["output"]["likely"], rel=0.01)


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
    assert function["verdict"]["use"] != "ffi"


@pytest.mark.parametrize("example, way", [("score-pairs", "ffi/pyo3/zero-copy"),
                                          ("score-lists", "ffi/pyo3/as-is"),
                                          ("one-key-of-a-dict", "ffi/pyo3/by-reference"),
                                          ("rare-call", "ffi/pyo3/as-is"),
                                          ("fast-enough", "ffi/pyo3/by-reference"),
                                          ("io-bound", "ffi/pyo3/as-is"),
                                          ("tiny-call", "ffi/pyo3/by-reference"),
                                          ("object-graph", "ffi/pyo3/native-class"),
                                          ("foreign-objects", "ffi/pyo3/by-reference"),
                                          ("already-numpy", "ffi/pyo3/zero-copy"),
                                          ("vectorise", "ffi/pyo3/zero-copy"),
                                          ("no-compiler", "ffi/pyo3/zero-copy"),
                                          ("threads", "ffi/pyo3/zero-copy"),
                                          ("callbacks", "ffi/pyo3/by-reference"),
                                          ("async-service", "ffi/pyo3/by-reference"),
                                          ("text-in-text-out", "ffi/pyo3/by-reference")])
def test_calls_a_hundred_times_as_dear(changed, example, way):
    """The call's part of the cost grows a hundredfold, the rest of it stays."""
    before, after = (option(changed(example, *c), way) for c in ((), (calls("pyo3", 100),)))
    parts = before["cost"]
    for part, cost in after["cost"].items():
        if part == "call":
            assert cost["likely"] == pytest.approx(100 * parts[part]["likely"], rel=0.07)
        else:
            assert cost["likely"] == pytest.approx(
                parts[part]["likely"], rel=0.15, abs=5 * parts["call"]["likely"]), part
    assert after["time_after"]["likely"] - before["time_after"]["likely"] == pytest.approx(
        sum(after["cost"][part]["likely"] - parts[part]["likely"] for part in parts),
        # Each of the times is rounded.
        abs=0.001 * after["time_after"]["likely"])


def test_dear_calls_make_the_loop_matter_more(changed):
    function = changed("score-pairs", calls("pyo3", 100))
    inside = option(function, "ffi/pyo3/move-loop+zero-copy")["time_after"]["likely"]
    outside = option(function, "ffi/pyo3/zero-copy")["time_after"]["likely"]
    assert function["verdict"]["design"] == ["move-loop", "zero-copy"]
    assert outside > 1.4 * inside


@pytest.mark.once
@pytest.mark.parametrize("example", [e for e in VERDICTS if REASONS[e].startswith("reason.")
                                     and e != "async-service"])
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


def test_threads_that_others_were_in_the_way_of_tell_nothing_of_the_machine(changed):
    """A core that somebody else has is no reason to keep the GIL."""
    def evidence(*changes):
        function = changed("threads", *changes)
        assert "release-gil" in function["verdict"]["design"]
        return next(o for o in function["options"] if "release-gil" in o["design"])["evidence"]

    def beside_others(data):
        data["ffiadvise"]["environment"]["others"] = 50

    quiet, beside = evidence(), evidence(beside_others)
    assert any(e.startswith("threads.short/") for e in quiet) and "gil-contended" not in quiet
    assert "gil-contended" in beside and not any(e.startswith("threads.") for e in beside)
