"""What holds for every answers file, tried on generated ones.

Whatever the answers, the report's figures are finite and in order, its costs
add up, and staying costs nothing. More calls, a larger share or slower calls
never speak against native code, a veto never lets anything in, an answer that
is not known is never surer than one that is, and units do not matter. The
files come from a fixed seed and from data/questions.yaml, so a new question is
tried as soon as it stands there. A few dozen functions make one file.
"""

import copy
import json
import math
import random

import pytest
import yaml

from conftest import ROOT, STORED

# The same properties are checked in the process, sanitized, by unit/test_properties.c.
pytestmark = pytest.mark.once

QUESTIONS = yaml.load((ROOT / "data" / "questions.yaml").read_text(encoding="utf-8"),
                      Loader=yaml.BaseLoader)
BY_ID = {question["id"]: question for question in QUESTIONS}
ENDS = ("low", "likely", "high")
USES = ("stay", "restructure", "library", "vectorise", "compile", "parallelise", "async", "ffi")
TYPES = """int float bool none str bytes tuple tuple[int,float] list list[int] list[float]
    list[bool] list[str] list[bytes] list[object] list[native] list[any] list[tuple[int,str]]
    list[list[float]] list[dict[str,int]] dict dict[str,int] dict[str,list[int]] set set[str]
    object native buffer[f64] buffer[f32] buffer[u8] buffer[c128] dataframe callable
    any""".split()
# Inside what questions.yaml allows; its own ends come on top of these.
QUANTITIES = {
    "duration": ["1ns", "850ns", "45us", "3ms", "2s"],
    "count": ["1", "2", "10", "1000", "10k"],
    "rate": ["0.001", "1", "13k", "1M"],
    "size": ["1B", "64KiB", "100MB"],
    "share": ["0", "0.1%", "50%", "99.9%", "100%"],
    "factor": ["1", "1.01x", "10x", "1e6"],
}
# Far beyond the largest size that the stored file was measured at, too.
LENGTHS = ["0", "1", "3", "100", "1000", "10k", "1M", "1e9", ["1", "10k"], ["30", "300"],
           ["0", "1e9"]]
# What is possible while nothing is said, as data/reference.yaml has it.
POSSIBLE = {
    "function.time_per_call": ["200ns", "45us", "3ms", "1s"],
    "function.share": ["5%", "20%", "60%", "100%"],
    "caller.iterations": ["10", "1000", "1M"],
    "inputs.length": ["1", "100", "1000", "10k"],
    "inputs.item_length": ["1", "4", "100"],
    "output.length": ["1", "10", "1000"],
    "function.work": ["numeric", "text", "sorting", "wrapping"],
    "function.redundant_work": ["yes", "no"],
    "inputs.access": ["all", "few", "opaque"],
    "inputs.between_calls": ["rebuilt", "reused", "mutated"],
}


def answer(rng, question):
    """Any valid answer to a question, the ends of what is allowed among them."""
    kind = question["kind"]
    if question["id"] in ("inputs.length", "output.length"):
        return rng.choice(LENGTHS)
    if kind in QUANTITIES:
        low, high = question["low"], question["high"]
        return rng.choice([low, high, [low, high], *QUANTITIES[kind]])
    if kind == "bool":
        return rng.choice(["yes", "no"])
    if kind == "type":
        return rng.choice(TYPES)
    if kind == "text":
        return rng.choice(["xs", "ünï 日本", "a" * 60, "%s%n", "x: y"])
    if kind == "shape":
        return rng.choices(QUANTITIES["count"], k=rng.randint(1, 3))
    ids = [choice["id"] for choice in question["choices"]]
    if kind == "choice":
        return rng.choice(ids)
    alone = [choice["id"] for choice in question["choices"] if choice.get("alone")]
    if alone and rng.random() < 0.2:
        return [rng.choice(alone)]
    ids = [word for word in ids if word not in alone]
    chosen = rng.sample(ids, rng.randint(1, len(ids)))
    if kind == "outcomes":
        chosen = [word + rng.choice(["", ": worse", ": same", ": better"]) for word in chosen]
    return chosen


def put(function, key, value):
    *section, last = key.split(".")
    place = function
    for name in section:
        place = place.setdefault(name, {})
    place[last] = value


def any_function(rng, density=None, inputs=None):
    """Answers to some, none or all of the questions."""
    if density is None:
        density = rng.choice([0, 0.2, 0.5, 0.8, 1])
    if inputs is None:
        inputs = rng.choice([None, 0, 1, 1, 2, 3, 64])
    function = {}
    for question in QUESTIONS:
        if question["id"] != "name" and not question["id"].startswith("inputs."):
            if rng.random() < density:
                put(function, question["id"], answer(rng, question))
            elif rng.random() < 0.1:
                put(function, question["id"], "unknown")
    if inputs is None:
        return function
    function["inputs"] = []
    for i in range(inputs):
        argument = {question["id"].removeprefix("inputs."): answer(rng, question)
                    for question in QUESTIONS
                    if question["id"].startswith("inputs.") and rng.random() < density}
        if "name" in argument:
            argument["name"] += str(i)
        function["inputs"].append(argument)
    return function


def plain_function(rng):
    """One for which native code may well be advised: work in Python on some data."""
    function = any_function(rng, 0.3, rng.choice([0, 1, 1, 2]))
    for key in ("now", "wait_share", "callbacks_per_call", "task"):
        function.get("function", {}).pop(key, None)
    function.pop("library", None)
    function.pop("goal", None)
    put(function, "function.bound", "cpu")
    put(function, "function.share", "60%")
    put(function, "function.time_per_call", rng.choice(["2us", "45us", "3ms"]))
    put(function, "function.native_share", rng.choice(["0", "10%", "40%"]))
    for argument in function["inputs"]:
        argument.update(type=rng.choice(TYPES), length=rng.choice(LENGTHS))
    return function


@pytest.fixture
def reports(run):
    """The reports of functions, in their order; a file for every fifty."""

    def refuse(word):
        raise AssertionError(f"{word} in a report")

    def call(functions):
        found = []
        for i in range(0, len(functions), 50):
            part = [{**f, "name": f"f{i + k}"} for k, f in enumerate(functions[i:i + 50])]
            done = run("--answers", "-", "--measurements", STORED, "--format", "json",
                       input=json.dumps({"ffiadvise": 1, "functions": part}, ensure_ascii=False))
            assert done.returncode == 0, done.stderr
            found += json.loads(done.stdout, parse_constant=refuse)["functions"]
        assert [f["name"] for f in found] == [f"f{i}" for i in range(len(functions))]
        return found

    return call


def number(value):
    """null is what JSON has for an open end."""
    return math.inf if value is None else value


def estimates(part, where=""):
    """Every {low, likely, high} of a report, with its place."""
    if isinstance(part, dict):
        if set(ENDS) <= set(part):
            yield where, [number(part[end]) for end in ENDS]
        for key, value in part.items():
            yield from estimates(value, f"{where}.{key}")
    elif isinstance(part, list):
        for i, value in enumerate(part):
            yield from estimates(value, f"{where}[{i}]")


def texts(report):
    """What a person reads, beside the words of the answers file."""
    yield from (reason["text"] for reason in report["reasons"])
    yield from report["next_steps"]
    for option in report["options"]:
        yield from option["for"]
        yield from option["against"]


def check_report(report, answers):
    said = json.dumps(answers, ensure_ascii=False)
    for where, (low, likely, high) in estimates(report):
        slack = 1 + 1e-5  # a report has six digits
        in_order = 0 <= low <= likely * slack and likely <= high * slack
        assert in_order, (where, low, likely, high, said)
        assert math.isfinite(low), (where, said)
    for option in [report["prediction"], *report["options"]]:
        sums = {end: sum(number(cost[end]) for cost in option["cost"].values()) for end in ENDS}
        after = {end: number(option["time_after"][end]) for end in ENDS}
        assert sums["likely"] == pytest.approx(after["likely"], rel=1e-4), said
        # Ends exclude each other: who waits does not compute.
        assert sums["low"] <= after["low"] * slack and after["high"] <= sums["high"] * slack, said
    stay = next(option for option in report["options"] if option["use"] == "stay")
    for which in ("speedup", "program_speedup"):
        assert [stay[which][end] for end in ENDS] == [1, 1, 1], said
    for text in texts(report):
        assert text.strip() and "{" not in text, (text, said)
    use = report["verdict"]["use"]
    assert use in USES
    assert any(option["use"] == use and option["fits"] for option in report["options"]), said
    assert report["next_steps"], said


def test_extreme_answers(reports):
    rng = random.Random(1)
    functions = [any_function(rng) for _ in range(120)]
    for report, function in zip(reports(functions), functions):
        check_report(report, function)


def test_every_work_bound_and_loop(reports):
    def choices(key):
        return [choice["id"] for choice in BY_ID[key]["choices"]]

    rng = random.Random(2)
    functions = [{"function": {"work": work, "bound": bound, "time_per_call": "45us"},
                  "caller": {"loop": loop, "loop_can_move": "yes"},
                  "inputs": [{"type": rng.choice(TYPES), "length": "1000"}]}
                 for work in choices("function.work")
                 for bound in choices("function.bound") for loop in choices("caller.loop")]
    functions = rng.sample(functions, 50)
    for report, function in zip(reports(functions), functions):
        check_report(report, function)


def best_native(report):
    return max((number(option["program_speedup"]["likely"]) for option in report["options"]
                if option["use"] == "ffi" and option["fits"]), default=0)


@pytest.mark.parametrize("key, values", [
    ("function.share", ["0", "1%", "5%", "20%", "60%", "95%", "100%"]),
    ("function.time_per_call", ["50ns", "1us", "10us", "45us", "1ms", "30ms", "2s"]),
    ("function.calls_per_second", ["0", "1", "10", "1000", "13k", "100k", "1M"]),
])
def test_more_to_gain_never_speaks_against_native_code(reports, key, values):
    rng = random.Random(key)
    functions = []
    for _ in range(100):
        less = plain_function(rng)
        less["function"].pop("calls_per_second", None)
        if key == "function.calls_per_second":  # with the time it makes the share
            less["function"].pop("share")
        more = copy.deepcopy(less)
        i, k = sorted(rng.sample(range(len(values)), 2))
        put(less, key, values[i])
        put(more, key, values[k])
        functions += [less, more]
    found = reports(functions)
    advised = 0
    for i in range(0, len(found), 2):
        less, more = found[i:i + 2]
        if less["warnings"] or more["warnings"]:
            continue  # contradictory answers are taken as wider ones
        said = json.dumps(functions[i:i + 2])
        # What is slower than now gets worse for the program the more it is called.
        if best_native(less) > 1:
            assert best_native(more) >= best_native(less) * (1 - 1e-4), said
        if less["verdict"]["use"] == "ffi":
            advised += 1
            assert more["verdict"]["use"] != "stay", said
    assert advised


def test_a_veto_lets_nothing_in(reports):
    rng = random.Random(4)
    functions = []
    for _ in range(30):
        free = plain_function(rng)
        put(free, "team.compile_step", rng.choice(["ok", "slow", "unknown"]))
        put(free, "team.languages", rng.choice([["rust"], ["c"], ["rust", "c"], "unknown"]))
        vetoed = copy.deepcopy(free)
        put(vetoed, *rng.choice([("team.compile_step", "never"), ("team.languages", ["none"])]))
        functions += [free, vetoed]
    found = reports(functions)
    lost = 0
    for i in range(0, len(found), 2):
        free, vetoed = ({o["id"] for o in report["options"] if o["fits"]}
                        for report in found[i:i + 2])
        assert vetoed <= free
        assert not any(option.startswith("ffi/") for option in vetoed)
        assert found[i + 1]["verdict"]["use"] != "ffi"
        lost += free > vetoed
    assert lost


def test_the_unknown_is_never_surer(reports):
    rng = random.Random(5)
    functions = []
    for _ in range(30):
        known = plain_function(rng)
        key = rng.choice(list(POSSIBLE))
        section, last = key.split(".")
        for name in ("share", "calls_per_second"):
            known["function"].pop(name, None)
        if section == "inputs" and not known["inputs"]:
            known["inputs"].append({"type": "list[float]", "length": "1000"})
        unknown = copy.deepcopy(known)
        for function, value in ((known, rng.choice(POSSIBLE[key])), (unknown, "unknown")):
            if section == "inputs":
                function["inputs"][0][last] = value
            else:
                put(function, key, value)
        functions += [known, unknown]
    found = reports(functions)
    compared = 0
    for i in range(0, len(found), 2):
        if found[i]["warnings"] or found[i + 1]["warnings"]:
            continue
        wider = {option["id"]: option for option in found[i + 1]["options"]}
        for option in found[i]["options"]:
            # What letting the GIL go needs may not be known with the rest.
            if option["id"] not in wider:
                assert "release-gil" in option["id"], (option["id"], json.dumps(functions[i]))
                continue
            for which in ("speedup", "program_speedup"):
                narrow, wide = option[which], wider[option["id"]][which]
                said = (option["id"], which, narrow, wide, json.dumps(functions[i]))
                assert number(wide["low"]) <= number(narrow["low"]) * (1 + 1e-4), said
                assert number(wide["high"]) >= number(narrow["high"]) * (1 - 1e-4), said
                compared += 1
    assert compared > 100


def test_units_do_not_matter(reports):
    rng = random.Random(6)
    same = [("function.time_per_call", "45us", "0.045ms", "45000ns", "4.5e-5s"),
            ("function.time_per_call", "2s", "2000ms", "2e9ns"),
            ("function.share", "60%", "0.6"), ("function.share", "7%", "0.07"),
            ("function.calls_per_second", "13k", "13000", "1.3e4"),
            ("goal.memory", "64KiB", "65536B"), ("goal.speedup", "10x", "10")]
    for key, *spellings in same:
        function = plain_function(rng)
        found = []
        for spelling in spellings:
            put(function, key, spelling)
            found += reports([function])
        assert all(report == found[0] for report in found), key
