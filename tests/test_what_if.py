"""Answers changed on the command line, and many functions in one file."""

import json

import pytest
import yaml

from conftest import EXAMPLES, STORED

PAIRS = EXAMPLES / "score-pairs.yaml"


def several(tmp_path, **shares):
    path = tmp_path / "several.yaml"
    functions = [{"name": name, "function": {"bound": "cpu", "work": "numeric", "share": share,
                                             "time_per_call": "45us"},
                  "inputs": [{"type": "list[float]", "length": 1000}],
                  "team": {"compile_step": "ok", "languages": ["rust"]}}
                 for name, share in shares.items()]
    path.write_text(yaml.safe_dump({"ffiadvise": 1, "functions": functions}))
    return path


def test_set_is_as_if_the_file_said_it(advise, tmp_path):
    answers = yaml.safe_load(PAIRS.read_text())
    answers["inputs"][0]["length"] = 7
    answers["library"] = "yes"
    del answers["function"]["native_share"]
    path = tmp_path / "changed.yaml"
    path.write_text(yaml.safe_dump(answers))
    said = advise(path)["functions"][0]
    set_ = advise(PAIRS, STORED, 0, "--set", "inputs[0].length=7", "--set=library=yes",
                  "--set", "function.native_share=unknown")["functions"][0]
    for key in ("verdict", "prediction", "options", "flips", "break_even"):
        assert set_[key] == said[key], key
    assert set_["answers"]["inputs[0].length"]["origin"] == "asked"


def test_set_changes_one_function_or_all(advise, tmp_path):
    path = several(tmp_path, **{"a": "30%", "a/b": "40%", "b": "20%"})

    def lengths(*args):
        return [f["answers"]["inputs[0].length"]["low"]
                for f in advise(path, STORED, 0, *args)["functions"]]

    assert lengths("--set", "inputs[0].length=5") == [5, 5, 5]
    assert lengths("--set", "b/inputs[0].length=5") == [1000, 1000, 5]
    assert lengths("--set", "a/inputs[0].length=5") == [5, 1000, 1000]
    assert lengths("--set", "a/b/inputs[0].length=5") == [1000, 5, 1000]
    assert lengths("--set", "inputs[0].length=5", "--set", "b/inputs[0].length=6") == [5, 5, 6]


@pytest.mark.parametrize("changes, says", [
    (["inputs[0].length=1M"], True),
    (["inputs[0].length=1M", "function.time_per_call=40ms"], False),
    (["function.share=1%"], False),
])
def test_a_time_that_does_not_follow_the_length_is_told(run, advise, changes, says):
    args = [part for change in changes for part in ("--what-if", change)]
    note = advise(PAIRS, STORED, 0, *args)["functions"][0]["what_if"]["note"]
    assert bool(note) == says
    for form in "text", "markdown", "html":
        told = " ".join(run("--answers", PAIRS, "--measurements", STORED, "--format", form,
                            *args).stdout.split())
        # 45 us at 1000 items
        assert ("if all of it grows with that length it is 45 ms" in told) == says


@pytest.mark.parametrize("change, says", [
    ("function.shar=1%", "did you mean 'function.share'"),
    ("function.share=7", "out of range"),
    ("function.share", "no KEY=VALUE"),
    ("=1", "no KEY=VALUE"),
    ("", "no KEY=VALUE"),
    ("inputs[3].length=1", "has 1 input, and 'inputs[3].length' is beyond"),
    ("inputs[-1].length=1", "names no input"),
    ("inputs[99999999999999999999].length=1", "names no input"),
    ("inputs.length=1", "inputs[0].length"),
    ("inputs[0].lenth=1", "did you mean 'inputs.length'"),
    ("score pears/function.share=1%", "did you mean 'score pairs'"),
    ("name=x", "stays"),
    ("inputs[0].type=list[", "type"),
])
@pytest.mark.parametrize("option", ["--set", "--what-if"])
def test_mistakes_have_place_and_cure(run, option, change, says):
    done = run("--answers", PAIRS, "--measurements", STORED, option, change)
    assert done.returncode == 2 and not done.stdout
    assert done.stderr.startswith(f"ffiadvise: {option} {change}: ") and says in done.stderr
    assert "(" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--set", "--what-if"])
def test_a_change_needs_a_file(run, option):
    done = run(option, "function.share=1%")
    assert done.returncode == 2 and "--answers FILE" in done.stderr


def test_what_if_shows_both(run, advise):
    before = advise(PAIRS)["functions"][0]
    after = advise(PAIRS, STORED, 0, "--set", "function.share=1%")["functions"][0]
    both = advise(PAIRS, STORED, 0, "--what-if", "function.share=1%")["functions"][0]
    what_if = both.pop("what_if")
    assert both == before
    assert what_if["set"] == ["function.share=1%"] and what_if["same"] is False
    assert what_if["prediction"] == after["prediction"]
    assert what_if["verdict"]["use"] == after["verdict"]["use"] == "stay"
    assert what_if["verdict"]["confidence"] == after["verdict"]["confidence"]
    text = run("--answers", PAIRS, "--measurements", STORED, "--what-if", "function.share=1%",
               "--what-if", "library=no").stdout
    [head] = [line for line in text.splitlines() if line.startswith("What if")]
    assert head == "What if function.share=1%, library=no"
    [option] = [line for line in text.splitlines() if line.startswith("* option")]
    assert option.split() == ["*", "option", "ffi/pyo3/move-loop+zero-copy", "stay"]


def test_nothing_else_changes_by_what_if_of_the_same(advise):
    what_if = advise(PAIRS, STORED, 0, "--what-if", "function.share=60%")["functions"][0]["what_if"]
    assert what_if["same"] is True


def test_agreement_says_what_the_confidence_is(advise):
    for path in sorted(EXAMPLES.glob("*.yaml")):
        verdict = advise(path)["functions"][0]["verdict"]
        agreement = verdict["agreement"]
        assert agreement["scenarios"] == 32
        assert sum(agreement["uses"].values()) == pytest.approx(1)
        assert agreement["use"] == agreement["uses"].get(verdict["use"], 0)
        assert agreement["option"] <= agreement["use"]
        assert agreement["measurements_could_turn"] in ("nothing", "option", "use")
        assert verdict["confidence"] == ("high" if agreement["use"] >= 0.9 else
                                         "medium" if agreement["use"] >= 0.6 else "low")
        turning = [u["answer"] for u in verdict["find_out"] if u["turns_option"] > 0]
        assert verdict["depends_on"] == turning
        for unknown in verdict["find_out"]:
            assert unknown["turns"] <= unknown["turns_option"] <= 1 + 1e-6
            assert 0 <= unknown["narrows"] <= 1
            assert (unknown["option"] is None) == (unknown["turns_option"] == 0)


def test_what_is_to_be_found_out_says_how(run, tmp_path):
    path = tmp_path / "little.yaml"
    path.write_text("ffiadvise: 1\nfunction: {bound: cpu, time_per_call: 45us}\n")
    text = run("--answers", path, "--measurements", STORED).stdout
    assert "Find this out first" in text and "? function.share" in text
    assert "python -m cProfile" in text


def test_break_evens_are_where_it_breaks_even(advise):
    """At the time, share and rate that are named the gain is the least that is worth it."""
    found = {b["what"]: b for b in advise(PAIRS)["functions"][0]["break_even"]}
    assert {"function.time_per_call", "function.share", "function.calls_per_second"} <= set(found)
    for what, unit, gain, least in [("function.time_per_call", "ns", "speedup", 1.5),
                                    ("function.share", "", "program_speedup", 1.05)]:
        at = found[what]["at"]
        assert at["low"] <= at["likely"] and (at["high"] is None or at["likely"] <= at["high"])
        options = advise(PAIRS, STORED, 0, "--set", f"{what}={at['likely']:.6g}{unit}",
                         "--set", "function.calls_per_second=unknown")["functions"][0]["options"]
        [option] = [o for o in options if o["id"] == found[what]["option"]]
        assert option[gain]["likely"] == pytest.approx(least, rel=0.01)


def test_of_many_the_first_are_told_in_full(advise, run, tmp_path):
    n = 120
    path = several(tmp_path, **{f"f{i}": f"{60 - i / 2:.1f}%" for i in range(n)})
    report = advise(path)
    functions = report["functions"]
    assert [f["name"] for f in functions] == [f"f{i}" for i in range(n)]
    full = {f["name"] for f in functions if f["options"]}
    assert full == {r["name"] for r in report["ranking"][:10]} and len(full) == 10
    everything = advise(path, STORED, 0, "--all")
    for brief, whole in zip(functions, everything["functions"]):
        assert set(brief) == set(whole)
        assert brief["prediction"] == whole["prediction"]
        for key in ("use", "design", "tool", "title"):
            assert brief["verdict"][key] == whole["verdict"][key]
        assert whole["options"] and whole["verdict"]["agreement"]
        assert (brief["verdict"]["agreement"] is None) == (brief["name"] not in full)
    assert [r["name"] for r in everything["ranking"]] == [r["name"] for r in report["ranking"]]
    text = run("--answers", path, "--measurements", STORED).stdout
    assert "120 functions in all; --all says as much of each" in text
    assert text.count("\nOptions ") == 10


def test_shares_that_overlap_are_told(run, advise, tmp_path):
    path = several(tmp_path, outer="90%", inner="60%")
    report = advise(path)
    assert report["overlapping"] is True
    last = report["ranking"][-1]["cumulative"]
    first = report["ranking"][0]["cumulative"]
    assert first["low"] <= last["low"] + 1e-6 and last["likely"] <= last["high"]
    assert "call each other" in " ".join(run("--answers", path, "--measurements",
                                             STORED).stdout.split())
    assert advise(several(tmp_path, a="50%", b="40%"))["overlapping"] is False


def test_names_are_written_as_json(advise, tmp_path):
    names = {f"f{i}": "1%" for i in range(101)}
    names['quote " back \\ ünï 日本'] = "1%"
    report = advise(several(tmp_path, **names))
    assert report["functions"][-1]["name"] == 'quote " back \\ ünï 日本'
    assert json.dumps(report)


def test_two_answers_together_turn_what_neither_turns_so_well(advise, tmp_path):
    answers = yaml.safe_load((EXAMPLES / "score-lists.yaml").read_text())
    del answers["function"]["vectorisable"]
    path = tmp_path / "lists.yaml"
    path.write_text(yaml.safe_dump(answers))
    now = advise(path)["functions"][0]
    flip = now["flips_of_two"][0]
    assert {a["answer"] for a in flip["answers"]} == {"function.vectorisable", "inputs[0].type"}
    assert flip["verdict"] == "vectorise" != now["verdict"]["use"]
    sets = [[f"--set={a['answer']}={a['to']}"] for a in flip["answers"]]
    alone = [advise(path, STORED, 0, *one)["functions"][0] for one in sets]
    both = advise(path, STORED, 0, *sets[0], *sets[1])["functions"][0]
    assert both["verdict"]["use"] == "vectorise"
    assert both["prediction"]["speedup"]["likely"] == pytest.approx(flip["speedup"])
    for one in alone:
        assert one["verdict"]["use"] != "vectorise" or \
            one["prediction"]["speedup"]["likely"] * 1.5 <= flip["speedup"]
    # What was told to depend on the one before is no way.
    path.write_text(yaml.safe_dump({**answers, "function": {**answers["function"],
                                                            "vectorisable": False}}))
    assert not any("vectorise" == f["verdict"]
                   for f in advise(path)["functions"][0]["flips_of_two"])
