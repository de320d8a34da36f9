"""Quantities that the judgement was wrong by once: each has the figure on its right side."""

import pytest
import yaml

from conftest import STORED

BASE = {
    "ffiadvise": 1, "name": "f",
    "function": {"bound": "cpu", "share": "60%", "time_per_call": "300us", "work": "collections",
                 "native_share": 0, "vectorisable": "no", "redundant_work": "no", "now": "python"},
    "caller": {"loop": "none"},
    "inputs": [{"name": "xs", "type": "dict[str, int]", "length": 1000, "access": "all"}],
    "output": {"type": "int"},
    "team": {"languages": ["none"], "compile_step": "ok"},
    "tried": ["profiled", "pure-python"],
    "library": "no",
}


@pytest.fixture
def ask(ask_about):
    """The report on the base function with some answers of another kind."""
    return lambda **changes: ask_about(BASE, changes)


def option(function, id):
    return next(o for o in function["options"] if o["id"] == id)


def likely(function, id):
    return option(function, id)["speedup"]["likely"]


def rules(function):
    return [r["rule"] for r in function["reasons"]]


def test_compiling_gains_little_where_dicts_do_the_work(ask):
    dicts = ask(function={"typed": True})
    numbers = ask(function={"typed": True, "work": "numeric"},
                  inputs=[{"name": "xs", "type": "list[float]", "length": 1000}])
    for tool in ("compile/mypyc", "compile/cython-pure"):
        assert 1 < likely(dicts, tool) < 1.6 < 3 < likely(numbers, tool)
    assert dicts["verdict"]["use"] == "stay"
    assert "reason.compiled-gains-little" in rules(dicts)
    # mypyc gains by annotations, Cython without them as well.
    bare = ask(function={"typed": False})
    assert likely(bare, "compile/mypyc") < 1.05 < likely(bare, "compile/cython-pure")


def test_one_of_many_functions_is_a_small_part_of_the_program(ask):
    def program(team, id, **function):
        found = ask(function={"share": "unknown", "typed": True, "work": "objects", **function},
                    team={"languages": ["rust"], **team})
        return option(found, id)["program_speedup"]["likely"]

    many, port = {"spread": "many-functions"}, "ffi/pyo3/by-reference"
    assert program(many, port) < program({}, port) - 0.1
    assert program(many, "compile/mypyc") == program({}, "compile/mypyc")
    # Told, the share is what was told.
    assert program(many, port, share="50%") == program({}, port, share="50%")


def test_a_port_without_effect_on_the_program_says_so(ask):
    function = ask(function={"share": "unknown", "native_share": "0%"},
                   team={"languages": ["rust"], "spread": "many-functions"})
    assert function["verdict"]["use"] == "stay"
    assert "reason.no-gain-for-the-program" in rules(function)
    told = ask(function={"native_share": "0%"},
               team={"languages": ["rust"], "spread": "many-functions"})
    assert "reason.no-gain-for-the-program" not in rules(told)


def test_a_loop_over_an_array_is_slower_than_over_a_list(ask):
    def gain(type, id):
        return likely(ask(function={"work": "numeric"}, team={"languages": ["c"]},
                          inputs=[{"name": "xs", "type": type, "length": 10000, "access": "all",
                                   "container_can_change": True}]), id)

    assert gain("buffer[f64]", "ffi/capi/zero-copy") > 2 * gain("list[float]", "ffi/capi/zero-copy")
    # With array operations each operation is fewer, not the array dearer.
    both = ask(function={"work": "numeric", "vectorisable": True},
               inputs=[{"name": "xs", "type": "buffer[f64]", "length": 10000}])
    text = ask(function={"work": "text"}, team={"languages": ["c"]},
               inputs=[{"name": "xs", "type": "buffer[u8]", "length": 10000}])
    assert likely(both, "vectorise") > 10
    assert "gain/numeric/indexed" not in option(text, "ffi/capi/zero-copy")["evidence"]


def test_an_array_taken_item_by_item_is_no_view(ask):
    def share(crosses):
        found = ask(function={"now": "native", "through": "pybind11", "work": "converting",
                              "time_per_call": "2s"}, team={"languages": ["cpp"]},
                    inputs=[{"name": "xs", "type": "buffer[f64]", "length": 6000000,
                             "access": "all", "crosses": crosses}])
        return found["verdict"]["use"], likely(found, "ffi/pybind11/zero-copy")

    assert share("item-by-item")[0] == "ffi" and share("item-by-item")[1] > 1.1
    assert share("view")[0] == "stay" and share("view")[1] < 1.01


def test_a_tool_that_misses_the_goal_gives_way(ask):
    pairs = {"output": {"type": "list[tuple[float, float]]", "length": 500, "read": "all"},
             "inputs": [{"name": "text", "type": "str", "length": 1600, "access": "all",
                         "ascii": True}], "function": {"work": "parsing"},
             "team": {"languages": ["c"]}}
    easy = ask(**pairs)
    assert easy["verdict"]["tool"]["id"] == "cffi"
    missed, reached = likely(easy, "ffi/cffi/as-is"), likely(easy, "ffi/capi/by-reference")
    assert missed < reached
    asked = ask(goal={"speedup": (missed + reached) / 2}, **pairs)
    assert asked["verdict"]["tool"]["id"] == "capi"
    assert asked["prediction"]["reaches_goal"] in ("likely", "yes")
    assert "reason.predicted-for-a-goal" in rules(asked)
    # What none of them reaches rules none of them out.
    assert ask(goal={"speedup": 5000}, **pairs)["verdict"]["tool"]["id"] == "cffi"


def test_a_library_takes_the_place_of_c_code_too(ask):
    half = {"function": {"native_share": "50%", "work": "parsing", "task": "yaml"},
            "library": "yes"}
    function = ask(**half)
    library = next(o for o in function["options"] if o["use"] == "library")
    assert library["speedup"]["likely"] > 2 and library["speedup"]["low"] < 2
    assert function["verdict"]["use"] == "library"
    assert likely(ask(**half, team={"languages": ["c"]}), "ffi/capi/by-reference") <= 2


def test_what_a_result_holds_is_made_as_well(ask):
    def cost(type, way, **more):
        found = ask(team={"languages": ["rust"]}, output={
            "type": type, "length": 100, "read": "all", **more})
        return option(found, "ffi/pyo3/by-reference")["cost"][way]["likely"]

    flat = cost("dict[str, int]", "output")
    lists = cost("dict[str, list[float]]", "output", item_length=100)
    assert lists > 5 * flat
    assert cost("dict[str, list[float]]", "output", item_length=200) > 1.5 * lists
    assert cost("list[dict[str, int]]", "output", item_length=50) > 20 * flat


def test_what_a_dict_holds_is_gone_over_as_well(ask):
    def cost(type):
        found = ask(team={"languages": ["rust"]}, inputs=[
            {"name": "xs", "type": type, "length": 100, "item_length": 50, "access": "all"}])
        return option(found, "ffi/pyo3/as-is")["cost"]["inputs"]["likely"]

    assert cost("dict[str, list[float]]") > 2 * cost("dict[str, int]")


@pytest.mark.parametrize("type, result, signature", [
    ("str", "str", "size_t f(const char *xs, size_t xs_len, char *out, size_t room)"),
    ("bytes", "int", "int64_t f(const char *xs, size_t xs_len)"),
    ("list[float]", "list[float]",
     "size_t f(const double *xs, size_t xs_len, double *out, size_t room)"),
])
def test_a_pointer_comes_with_its_length(ask, type, result, signature):
    function = ask(function={"work": "bytes", "time_per_call": "3ms"}, team={"languages": ["c"]},
                   inputs=[{"name": "xs", "type": type, "length": 5000, "access": "all"}],
                   output={"type": result, "length": 3000, "read": "all"})
    assert function["verdict"]["tool"]["id"] in ("cffi", "ctypes")
    assert function["signature"] == signature
    owned = any("owns the room" in step for step in function["next_steps"])
    assert owned == (result == "str")


def test_numbers_that_are_passed_on_leave_as_an_array(ask):
    kept = ask(function={"time_per_call": "20ms", "work": "numeric"}, team={"languages": ["rust"]},
               inputs=[{"name": "seed", "type": "int"}],
               output={"type": "list[float]", "length": 100000, "read": "passed-on"})
    assert kept["verdict"]["design"] == ["array-result"]
    assert "reason.array-result" in rules(kept)
    result = kept["boundary"][-1]
    assert (result["argument"], result["how"]) == ("result", "zero-copy")
    assert "PyArray1" in kept["signature"]
    # Objects leave as an object that makes them on demand, and a list that is read as a list.
    words = ask(output={"type": "list[str]", "length": 100000, "read": "passed-on"},
                team={"languages": ["rust"]})
    assert any("lazy-result" in o["design"] for o in words["options"])
    assert not any("array-result" in o["design"] for o in words["options"])
    read = ask(output={"type": "list[float]", "length": 100000, "read": "all"},
               team={"languages": ["rust"]})
    assert not any("array-result" in o["design"] for o in read["options"])


def native(**function):
    return {"now": "native", "through": "pyo3", "work": "text", **function}


def test_native_code_that_waits_holding_the_gil_may_let_it_go(ask):
    threads = {"concurrency": "threads", "workers": 16}
    waits = ask(function=native(bound="io", holds_gil=True, time_per_call="100ms"),
                runtime=threads, team={"languages": ["rust"]},
                inputs=[{"name": "key", "type": "str", "length": 20}], output={"type": "int"})
    assert waits["verdict"]["use"] == "ffi" and "release-gil" in waits["verdict"]["design"]
    assert waits["prediction"]["speedup"]["likely"] > 4
    free = ask(function=native(bound="io", holds_gil=False, time_per_call="100ms"),
               runtime=threads, team={"languages": ["rust"]})
    assert free["verdict"]["use"] == "stay"


def test_a_short_call_had_better_hold_the_gil(ask):
    def call(time):
        return ask(function=native(holds_gil=True, time_per_call=time),
                   runtime={"concurrency": "threads", "workers": 2},
                   team={"languages": ["rust"]}, output={"type": "int"},
                   inputs=[{"name": "path", "type": "str", "length": 20}])

    short, long = call("400ns"), call("5ms")
    assert "release-gil" not in (short["verdict"]["design"] or [])
    assert "reason.keeps-gil" in rules(short)
    assert "release-gil" in long["verdict"]["design"] and "reason.holds-gil" in rules(long)


def test_values_of_any_type_are_no_native_data(ask):
    def gain(type):
        return likely(ask(inputs=[{"name": "xs", "type": type, "length": 1000}],
                          team={"languages": ["c"]}), "ffi/capi/as-is")

    assert gain("list[any]") < gain("list[int]")


def test_a_list_is_likely_no_longer_than_there_is_time_for(ask):
    def crossing(time):
        found = ask(function={"time_per_call": time, "work": "numeric"},
                    inputs=[{"name": "xs", "type": "list[float]"}], team={"languages": ["c"]})
        return option(found, "ffi/capi/as-is")["cost"]["inputs"]

    short, long = crossing("1us"), crossing("1ms")
    assert short["likely"] < long["likely"]
    assert short["high"] == long["high"]     # it stays possible


def test_who_writes_cython_compiles_first(ask):
    typed = {"function": {"typed": True, "work": "parsing"}, "output": {"type": "int"},
             "inputs": [{"name": "data", "type": "bytes", "length": 10000}]}
    assert ask(team={"languages": ["cython"]}, **typed)["verdict"]["use"] == "compile"
    assert ask(team={"languages": ["cython", "c"]}, **typed)["verdict"]["use"] == "ffi"


def test_a_port_pays_for_an_author_whom_nobody_knows(ask):
    dicts = {"function": {"typed": False}, "team": {"languages": "unknown"}}
    found = ask(**dicts)
    assert 1.5 < max(o["speedup"]["likely"] for o in found["options"] if o["use"] == "ffi") < 3
    assert found["verdict"]["use"] == "stay" and "reason.no-author" in rules(found)
    assert ask(function={"typed": False}, team={"languages": ["c"]})["verdict"]["use"] == "ffi"
    # Where nothing may be compiled an author would be of no use either.
    never = ask(function={"typed": False}, team={"languages": "unknown", "compile_step": "never"})
    assert never["verdict"]["use"] == "stay" and "reason.no-author" not in rules(never)


def test_what_costs_nothing_is_worth_what_it_may_gain(ask):
    unknown = ask(function=native(work="unknown", time_per_call="unknown", share="unknown"),
                  inputs=[{"name": "data", "type": "bytes"}], output={"type": "unknown"},
                  team={"languages": ["rust"]})
    assert unknown["verdict"]["design"] == ["by-reference"]
    assert unknown["prediction"]["speedup"]["likely"] < 1.1 < 1.5 \
        < unknown["prediction"]["speedup"]["high"]
    assert "reason.costs-nothing" in rules(unknown)


def test_the_cores_where_it_runs_count(ask):
    def call(**runtime):
        return ask(function={"time_per_call": "2s", "work": "mixed", "share": "100%"},
                   caller={"loop": "python", "iterations": 100, "independent": True},
                   inputs=[{"name": "x", "type": "str", "length": 1000}],
                   team={"languages": "unknown"}, runtime=runtime)

    for cores in (2, 8, 32):
        speedup = option(call(cores=cores), "parallelise/processes")["speedup"]
        # At worst a tenth of it waits, and half of each core is gained.
        assert 0.95 / (0.1 + 0.9 / (cores / 2)) <= speedup["low"]
        assert speedup["low"] < speedup["likely"] < speedup["high"] <= cores
    assert not option(call(cores=1), "parallelise/processes")["fits"]
    # One of many independent turns at a time: a pool comes before a compiler.
    assert call(cores=8, concurrency="none")["verdict"]["use"] == "parallelise"


def test_likely_figures_and_scenarios_weigh_alike(ask):
    """A cautious option's least gain counts, with the answers at their likely values in both."""
    found = ask(function={"work": "numeric", "time_per_call": "45us", "vectorisable": "unknown",
                          "native_share": "unknown", "redundant_work": "unknown"},
                inputs=[{"type": "list[float]", "length": 1000}], output={"type": "unknown"},
                team={"languages": "unknown"}, tried=["profiled"], library="unknown")
    assert found["verdict"]["use"] == "compile"
    uses = found["verdict"]["agreement"]["uses"]
    assert uses["compile"] == max(uses.values())


THREADS = {"concurrency": "threads", "workers": 8, "cores": 4}
BYTES = {"inputs": [{"name": "data", "type": "bytes", "length": 1000}],
         "output": {"type": "bytes", "length": 100}}


def test_all_of_native_code_is_native(ask):
    """Whoever says so of code that holds the GIL is not told that nothing can be gained."""
    held = native(holds_gil=True, time_per_call="200ms", share="85%", work="bytes")
    for share in ("unknown", "100%"):
        found = ask(function={**held, "native_share": share}, runtime=THREADS,
                    team={"languages": ["rust"]}, **BYTES)
        assert "release-gil" in found["verdict"]["design"]
    small = ask(function={**held, "share": "2%"}, runtime=THREADS, **BYTES)
    assert rules(small)[0] == "stay.small-share-native"
    assert "keeps-gil" not in str(rules(small))
    assert small["verdict"]["title"] == "leave it as it is"


def test_what_a_veto_costs_is_not_called_little(ask):
    found = ask(function=native(holds_gil=True, time_per_call="200ms", work="bytes"),
                runtime=THREADS, team={"languages": ["none"]}, **BYTES)
    assert found["verdict"]["use"] == "stay" and "reason.price-of-the-veto" in rules(found)
    assert not {"reason.keeps-gil", "reason.is-native"} & set(rules(found))


@pytest.mark.parametrize("tool,language,word", [
    ("pyo3", "rust", "py.detach"), ("capi", "c", "Py_BEGIN_ALLOW_THREADS"),
    ("pybind11", "cpp", "gil_scoped_release"), ("nanobind", "cpp", "gil_scoped_release"),
    ("cython", "cython", "with nogil:"), ("ctypes", "c", "ctypes.CDLL"),
])
def test_letting_the_gil_go_comes_with_its_step(ask, tool, language, word):
    found = ask(function=native(through=tool, holds_gil=True, time_per_call="20ms", work="bytes"),
                runtime=THREADS, team={"languages": [language]}, **BYTES)
    assert found["verdict"]["tool"]["id"] == tool
    assert "release-gil" in found["verdict"]["design"]
    assert any(word in step for step in found["next_steps"])
    assert not any("the Python function as the reference" in step for step in found["next_steps"])


def test_an_array_is_not_made_into_objects(ask):
    def call(read):
        return ask(function={"time_per_call": "90ms", "work": "numeric"}, team={"languages": ["c"]},
                   inputs=[{"name": "xs", "type": "list[float]", "length": 100000,
                            "container_can_change": True}],
                   output={"type": "list[float]", "length": 100000, "read": read})

    def made(found):
        id = "/".join(["ffi", found["verdict"]["tool"]["id"], "+".join(found["verdict"]["design"])])
        return ["against.c-result" in option(found, id)["against_rules"],
                "list(zip(" in str(found["next_steps"])]

    array, objects = call("passed-on"), call("all")
    assert array["verdict"]["design"] == ["zero-copy", "array-result"]
    assert made(array) == [False, False]
    assert objects["verdict"]["use"] == "ffi" and made(objects) == [True, True]


def test_a_loop_that_moves_is_not_asked_to_move(ask):
    found = ask(function=native(through="ctypes", holds_gil=True, time_per_call="8ms"),
                runtime=THREADS, team={"languages": ["c"]}, **BYTES,
                caller={"loop": "python", "iterations": 2000, "loop_can_move": True})
    said = {"move-loop" in o["design"] for o in found["options"]
            if "against.ctypes-hot-loop" in o["against_rules"]}
    assert said == {False}


def test_nothing_is_compiled_where_numpy_is_imported(ask):
    found = ask(function={"work": "numeric", "vectorisable": True, "time_per_call": "1s"},
                inputs=[{"name": "xs", "type": "list[float]", "length": 100000}])
    assert "against.starting" in option(found, "compile/numba")["against_rules"]
    numpy = option(found, "vectorise")["against_rules"]
    assert "against.starting-import" in numpy and "against.starting" not in numpy


def test_a_count_turns_it_at_a_whole_number(ask):
    found = ask(function={"time_per_call": "2s", "work": "mixed", "share": "100%"},
                caller={"loop": "python", "iterations": 100, "independent": True},
                inputs=[{"name": "x", "type": "str", "length": 1000}],
                team={"languages": "unknown"}, runtime={"cores": 8, "concurrency": "none"})
    turns = {f["answer"]: f["to"] for f in found["flips"] if "to" in f}
    assert 1 <= turns["runtime.cores"] < 8 and turns["runtime.cores"] % 1 == 0


def step_text(found):
    return " ".join(found["next_steps"])


def test_numba_lets_the_gil_go_by_a_word(ask):
    found = ask(function={"now": "compiled", "through": "numba", "holds_gil": True,
                          "time_per_call": "15ms", "work": "numeric"},
                runtime=THREADS, caller={"loop": "python", "iterations": 400, "independent": True},
                inputs=[{"name": "xs", "type": "buffer[f64]", "length": 1000000}],
                output={"type": "float"})
    assert "nogil=True" in found["next_steps"][0]
    assert "nogil" not in step_text(ask())


def test_what_native_code_calls_back_can_be_compiled(ask):
    def call(times):
        return step_text(ask(function=native(through="ctypes", time_per_call="4ms", work="numeric",
                                             callbacks_per_call=times),
                             inputs=[{"name": "f", "type": "callable"}], output={"type": "float"}))

    assert "numba.cfunc" in call(5000) and "numba.cfunc" not in call(0)


def test_a_library_may_gain_more_than_the_python_part(ask):
    found = ask(function={"bound": "mixed", "wait_share": "20%", "time_per_call": "3s",
                          "work": "parsing", "task": "csv", "native_share": "50%"},
                inputs=[{"name": "path", "type": "str", "length": 60}], library="unknown",
                output={"type": "list[dict[str, str]]", "length": 200000})
    assert found["verdict"]["use"] == "library"
    assert "reason.share-at-once" in rules(found) and "reason.share" not in rules(found)


def test_a_loop_moves_where_the_call_is_something(ask):
    def call(time):
        return ask(function={"time_per_call": time, "work": "numeric"}, team={"languages": ["cpp"]},
                   caller={"loop": "python", "iterations": 10000, "loop_can_move": True},
                   inputs=[{"name": "xs", "type": "list[float]", "length": 3}],
                   output={"type": "none"})

    short, long = call("2us"), call("120ms")
    assert "reason.move-loop" in rules(short) and "takes the whole run" in step_text(short)
    assert "move-loop" in long["verdict"]["design"]
    assert "reason.loop-as-well-outside" in rules(long)
    assert not {"reason.move-loop", "reason.loop-measured"} & set(rules(long))
    assert "takes the whole run" not in step_text(long)


def test_the_gain_that_is_named_is_that_of_the_design(ask):
    found = ask(function={"time_per_call": "40ms", "work": "objects"}, team={"languages": ["rust"]},
                inputs=[{"name": "tree", "type": "object", "fields": 6, "own_class": False}],
                output={"type": "int"})
    assert found["verdict"]["design"] == ["by-reference"]
    named = next(r["text"] for r in found["reasons"] if r["rule"] == "reason.cpu-bound")
    gain = float(named.split("this kind of work runs ")[1].split("x")[0])
    assert gain == pytest.approx(found["prediction"]["speedup"]["likely"], rel=0.1)


def test_objects_made_in_python_have_no_type_of_c(run, tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(yaml.safe_dump({
        **BASE, "function": {**BASE["function"], "time_per_call": "90ms", "work": "numeric"},
        "inputs": [{"name": "xs", "type": "list[float]", "length": 1000000,
                    "container_can_change": True}],
        "output": {"type": "list[float]", "length": 1000000, "read": "passed-on"},
        "team": {"languages": ["c"]}}))
    said = run("--answers", path, "--measurements", STORED).stdout
    assert "returned as size_t with double *out" in said
    assert "or turned into objects 1" in said
