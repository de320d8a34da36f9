"""Every way to do it is priced and shown, in the order of advice, and is advised where
it is the right one."""

import pytest
import yaml

from conftest import EXAMPLES, ROOT

LIBRARIES = yaml.safe_load((ROOT / "data" / "libraries.yaml").read_text())["tasks"]
USES = ["stay", "restructure", "library", "vectorise", "upgrade", "compile", "parallelise",
        "async", "ffi"]
BASE = {
    "ffiadvise": 1, "name": "f",
    "function": {"bound": "cpu", "share": "60%", "time_per_call": "3ms", "work": "objects",
                 "native_share": 0, "vectorisable": "no"},
    "caller": {"loop": "python", "iterations": "10k", "loop_can_move": "no"},
    "inputs": [{"name": "xs", "type": "list[object]", "length": 1000, "fields": 3,
                "access": "all", "own_class": "no"}],
    "output": {"type": "float"},
    "team": {"languages": ["rust"], "compile_step": "ok"},
    "tried": ["profiled", "pure-python"],
}
NUMBERS = [{"name": "xs", "type": "buffer[f64]", "length": 1000, "access": "all",
            "contiguous": "yes"}]
OWN = [{**BASE["inputs"][0], "own_class": "yes", "between_calls": "mutated"}]


@pytest.fixture
def ask(ask_about):
    """The report on the base function with some answers of another kind."""
    return lambda **changes: ask_about(BASE, changes)


def option(function, id):
    return next(o for o in function["options"] if o["id"] == id)


def verdict(function):
    return function["verdict"]["use"], function["verdict"]["tool"]["id"]


def rules(function):
    return [r["rule"] for r in function["reasons"]]


@pytest.mark.parametrize("example", ["score-pairs", "io-bound", "object-graph", "no-compiler"])
def test_all_are_shown_in_the_order_of_advice(advise, example):
    options = advise(EXAMPLES / f"{example}.yaml")["functions"][0]["options"]
    uses = [o["use"] for o in options]
    assert [USES.index(u) for u in uses] == sorted(USES.index(u) for u in uses)
    ids = {o["id"] for o in options}
    assert {"stay", "compile/mypyc", "compile/cython-pure", "compile/numba",
            "parallelise/processes", "parallelise/sub-interpreters",
            "parallelise/free-threading", "async/asyncio"} <= ids
    assert len(ids) == len(options)
    for o in options:
        assert o["fits"] or o["against"], o["id"]


def test_what_is_not_measured_is_labelled(advise):
    report = advise(EXAMPLES / "score-pairs.yaml")
    figures = {m["id"]: m for m in report["measurements"]}
    for o in report["functions"][0]["options"]:
        if o["use"] in ("compile", "parallelise", "async", "library"):
            assert o["basis"] in ("reference", "assumed"), o["id"]
            assert any(figures[e]["source"] for e in o["evidence"]), o["id"]
    assert figures["compile/mypyc/numeric"]["when"] == "2026-11-25"


# Libraries.

@pytest.mark.parametrize("task", LIBRARIES, ids=lambda t: t["task"])
def test_a_task_names_its_libraries(ask, task):
    function = ask(function={"task": task["task"]})
    ids = [library["id"] for library in task["libraries"]]
    assert [o["tool"]["id"] for o in function["options"] if o["use"] == "library"] == ids
    assert all(option(function, f"library/{id}")["fits"] for id in ids)


def test_the_advised_library_comes_with_its_licence_and_how_to_install_it(ask):
    function = ask(function={"task": "json", "work": "parsing", "time_per_call": "400us"},
                   goal={"speedup": 3}, library="yes")
    assert verdict(function) == ("library", "orjson")
    assert "python -m pip install orjson" in function["next_steps"]
    [reason] = [r for r in function["reasons"] if r["rule"] == "reason.library"]
    assert "json.loads" in reason["text"] and "MIT" in reason["text"]


def test_no_library_where_the_answer_says_so(ask):
    for answer in ("no", "in-use"):
        function = ask(function={"task": "json"}, library=answer)
        assert not option(function, "library/orjson")["fits"]
    assert not option(ask(), "library")["fits"]
    assert not option(ask(function={"task": "other"}), "library")["fits"]
    assert option(ask(library="yes"), "library")["fits"]


def test_a_batch_form_shares_the_crossing(ask):
    short = {"time_per_call": "300ns", "task": "hashing"}
    singly = option(ask(function=short, library="yes", library_batch=False), "library/xxhash")
    many = option(ask(function=short, library="yes", library_batch=True), "library/xxhash")
    assert many["cost"]["call"]["likely"] < singly["cost"]["call"]["likely"] / 100
    assert any("one item a call" in text for text in singly["against"])


def test_statements_have_their_source_and_date():
    assert len(LIBRARIES) >= 20
    for library in (x for task in LIBRARIES for x in task["libraries"]):
        for key in ("replaces", "licence", "batch", "gain"):
            said = library[key]
            assert said == "unknown" or said["source"].startswith("https://"), library["id"]


# Compiled as it is.

def test_annotated_code_without_a_native_language_is_compiled(ask):
    function = ask(function={"typed": True}, team={"languages": ["none"]}, inputs=OWN)
    assert verdict(function) == ("compile", "mypyc")
    assert "reason.compile" in rules(function) and "mypyc" in " ".join(function["next_steps"])
    assert verdict(ask(function={"typed": False}, team={"languages": ["none"]},
                       inputs=OWN))[0] == "stay"
    # A class of somebody else's stays Python, and what looks its attributes up gains little.
    theirs = ask(function={"typed": True}, team={"languages": ["none"]})
    assert option(theirs, "compile/mypyc")["speedup"]["likely"] < \
        option(function, "compile/mypyc")["speedup"]["likely"] / 2


def test_what_is_spread_and_annotated_is_compiled_before_a_port_of_each(ask):
    spread = {"team": {"languages": ["rust"], "spread": "many-functions"}, "inputs": OWN}
    assert verdict(ask(function={"typed": True}, **spread)) == ("compile", "mypyc")
    assert verdict(ask(function={"typed": True}, inputs=OWN))[0] == "ffi"


def test_a_loop_over_numbers_is_compiled_by_numba(ask):
    numeric = {"function": {"work": "numeric"}, "inputs": NUMBERS}
    assert verdict(ask(team={"languages": ["none"]}, **numeric)) == ("compile", "numba")
    lists = [{"name": "xs", "type": "list[str]", "length": 1000}]
    function = ask(team={"languages": ["none"]}, function={"work": "text"}, inputs=lists)
    assert not option(function, "compile/numba")["fits"]


def test_a_reference_does_not_win_by_its_optimism(ask):
    function = ask(function={"work": "numeric", "typed": True}, inputs=NUMBERS)
    assert option(function, "compile/cython-pure")["speedup"]["high"] > 20
    assert verdict(function)[0] == "ffi"


# Several at once.

def test_independent_turns_are_spread_where_nothing_else_fits(ask):
    text = [{"name": "t", "type": "str", "length": 2000}]
    answers = {"function": {"work": "text", "typed": False}, "inputs": text, "team": {"languages": ["none"]}}
    function = ask(caller={"independent": True}, **answers)
    assert verdict(function) == ("parallelise", "processes")
    cores = 2
    assert option(function, "parallelise/processes")["speedup"]["high"] <= cores
    assert verdict(ask(caller={"independent": False}, **answers))[0] == "stay"
    assert verdict(ask(**answers))[0] == "stay"


def test_pickling_can_cost_more_than_the_cores_gain(ask):
    big = [{"name": "xs", "type": "list[object]", "length": 100000, "fields": 3}]
    function = ask(caller={"independent": True}, inputs=big)
    processes = option(function, "parallelise/processes")
    assert processes["speedup"]["likely"] < 1
    assert any("pickled" in text for text in processes["against"])


def test_the_interpreter_decides_about_threads_and_interpreters(ask):
    function = ask(caller={"independent": True})
    threads = option(function, "parallelise/free-threading")
    assert not threads["fits"] and any("GIL" in text for text in threads["against"])
    inner = option(function, "parallelise/sub-interpreters")
    assert not inner["fits"] and any("3.14" in text for text in inner["against"])
    free = ask(caller={"independent": True}, runtime={"free_threaded": True})
    assert option(free, "parallelise/free-threading")["fits"]


def test_waiting_is_overlapped(ask):
    waiting = {"bound": "io", "wait_share": "90%", "work": "converting"}
    function = ask(function=waiting, caller={"independent": True})
    assert verdict(function) == ("async", "asyncio")
    assert "reason.overlap" in rules(function)
    assert verdict(ask(function=waiting))[0] == "stay"
    loop = ask(function=waiting, caller={"independent": True}, runtime={"concurrency": "asyncio"})
    assert verdict(loop)[0] == "stay"


# Within FFI.

def test_calls_are_gathered_where_the_loop_stays(ask):
    small = {"function": {"time_per_call": "250ns", "work": "numeric"},
             "inputs": [{"name": n, "type": "float"} for n in "ab"]}
    function = ask(caller={"independent": True}, **small)
    one, batch = (option(function, f"ffi/pyo3/{way}") for way in ("as-is", "batch"))
    assert batch["fits"] and batch["cost"]["call"]["likely"] < one["cost"]["call"]["likely"] / 100
    assert batch["cost"]["inputs"]["likely"] > one["cost"]["inputs"]["likely"]
    assert not option(ask(**small), "ffi/pyo3/batch")["fits"]
    moved = ask(caller={"independent": True, "loop_can_move": True}, **small)
    assert not any("batch" in o["design"] for o in moved["options"])


def test_batches_are_advised_where_the_call_is_dear(ask):
    function = ask(caller={"independent": True}, team={"languages": ["none"]},
                   function={"time_per_call": "3us", "work": "numeric"},
                   inputs=[{"name": n, "type": "float"} for n in "ab"])
    assert verdict(function)[0] != "ffi"
    function = ask(caller={"independent": True}, team={"languages": ["c"]},
                   function={"time_per_call": "700ns", "work": "bytes"},
                   inputs=[{"name": n, "type": "int"} for n in "abc"], output={"type": "int"})
    singly = option(function, "ffi/ctypes/as-is")
    assert option(function, "ffi/ctypes/batch")["speedup"]["likely"] > \
        1.5 * singly["speedup"]["likely"]


def test_a_result_that_is_hardly_read_stays_native(ask):
    large = {"type": "list[str]", "length": 10000, "item_length": 8}
    function = ask(output={**large, "read": "few"})
    assert function["verdict"]["design"] == ["by-reference", "lazy-result"]
    assert "reason.lazy-result" in rules(function)
    result = function["boundary"][-1]
    assert result["how"] == "native-class" and function["signature"].endswith("PyResult<T>")
    assert {way["how"] for way in result["ways"]} == {"copy", "native-class"}
    # Whether a copy is cheaper for a few items is the machine's to say.
    assert ([result["shortest"]] + [turn["how"] for turn in result["turns_at"]])[-1] == "native-class"
    all_of_it = ask(output={**large, "read": "all"})
    assert not any("lazy-result" in o["design"] for o in all_of_it["options"])
    unknown = ask(output=large)
    assert "lazy-result" not in unknown["verdict"]["design"]
    items = option(ask(output={**large, "read": "item-by-item"}),
                   "ffi/pyo3/by-reference+lazy-result")
    assert items["cost"]["output"]["likely"] > \
        option(unknown, "ffi/pyo3/by-reference")["cost"]["output"]["likely"]


def test_a_fixed_interface_rules_designs_out(ask):
    function = ask(function={"interface": "fixed", "work": "numeric"},
                   caller={"loop_can_move": True, "independent": True},
                   inputs=[{"name": "xs", "type": "list[float]", "length": 1000,
                            "container_can_change": True}])
    for o in function["options"]:
        if {"move-loop", "zero-copy", "native-class"} & set(o["design"]):
            assert not o["fits"], o["id"]


def test_each_way_is_priced_at_its_length(advise):
    for example in ("score-pairs", "score-lists", "one-key-of-a-dict", "object-graph"):
        function = advise(EXAMPLES / f"{example}.yaml")["functions"][0]
        crossing = function["boundary"][0]
        ways = {way["how"]: way for way in crossing["ways"]}
        assert ways[crossing["how"]]["type"] == crossing["type"]
        assert len(ways) >= 2
        assert all(way["cost"]["likely"] > 0 and way["type"] for way in ways.values())
        for turn in crossing["turns_at"]:
            assert turn["how"] in ways
        assert crossing["shortest"] in ways


# Effects.

def test_what_starting_costs_is_spread_over_the_calls(ask):
    numeric = {"function": {"work": "numeric"}, "inputs": NUMBERS}
    long = option(ask(**numeric), "compile/numba")
    short = option(ask(runtime={"short_lived": True, "lifetime": "2s"}, **numeric),
                   "compile/numba")
    assert long["startup"] == short["startup"]
    assert short["time_after"]["likely"] > 5 * long["time_after"]["likely"]
    # 2 s of life, 60 % of it here, 3 ms a call: 400 calls share the start.
    assert short["cost"]["call"]["likely"] - long["cost"]["call"]["likely"] == pytest.approx(
        long["startup"]["likely"] / 400, rel=1e-3)
    native = option(ask(runtime={"short_lived": True, "lifetime": "2s"}, **numeric),
                    "ffi/pyo3/zero-copy")
    assert native["startup"]["likely"] < short["startup"]["likely"] / 100


def test_import_time_is_a_limit(ask):
    function = ask(runtime={"short_lived": True, "import_time": "20ms"},
                   function={"work": "numeric", "vectorisable": True}, inputs=NUMBERS)
    for id in ("vectorise", "compile/numba"):
        assert not option(function, id)["fits"]
    assert option(function, "ffi/pyo3/zero-copy")["fits"]


def test_memory_counts_copies_and_workers(ask):
    text = [{"name": "words", "type": "list[str]", "length": "100k", "item_length": 40}]
    answers = {"function": {"work": "text"}, "inputs": text}
    function = ask(goal={"memory": "1MB"}, **answers)
    copied = option(function, "ffi/pyo3/as-is")
    assert copied["memory"]["likely"] == 100000 * (24 + 40) and not copied["fits"]
    assert option(function, "ffi/pyo3/by-reference")["fits"]
    assert not option(function, "parallelise/processes")["fits"]


def test_text_that_is_not_ascii_is_encoded(ask):
    def passing(ascii):
        text = [{"name": "t", "type": "str", "length": "100k", "ascii": ascii}]
        return option(ask(function={"work": "text"}, inputs=text),
                      "ffi/pyo3/by-reference")["cost"]["inputs"]["likely"]

    assert passing(False) > 10 * passing(True)


def test_a_result_written_in_place_costs_nothing(ask):
    inputs = [{**NUMBERS[0], "writable": True}]
    answers = {k: v for k, v in BASE.items() if k != "output"}
    function = ask(function={"work": "numeric"}, inputs=inputs, output={"type": "unknown"})
    assert answers and option(function, "ffi/pyo3/zero-copy")["cost"]["output"]["likely"] == 0
    assert "reason.in-place" in rules(function)


def test_shape_is_a_length(ask):
    def passing(**size):
        inputs = [{"name": "xs", "type": "buffer[f64]", "access": "all", **size}]
        return option(ask(function={"work": "numeric"}, inputs=inputs), "ffi/pyo3/as-is")["cost"]

    assert passing(shape=[1000, 3]) == passing(length=3000)


def test_answers_about_native_code_give_reasons(ask):
    function = ask(function={"now": "native", "through": "ctypes", "holds_gil": True},
                   inputs=[{"name": "xs", "type": "list[float]", "length": 1000,
                            "crosses": "item-by-item"}],
                   runtime={"concurrency": "threads"})
    assert {"reason.through-ctypes", "reason.holds-gil", "reason.crosses"} <= set(rules(function))


@pytest.mark.parametrize("team, says", [
    ({"native_build_exists": False}, "first native module"),
    ({"platforms": ["linux-musl"]}, "wheels are rare"),
    ({"platforms": ["pyodide"]}, "built for Pyodide"),
    ({"spread": "many-functions"}, "one of them"),
])
def test_answers_about_the_team_speak_against(ask, team, says):
    against = option(ask(team=team), "ffi/pyo3/by-reference")["against"]
    assert any(says in text for text in against)
