"""The report: JSON in the form of the contract, text that fits its width."""

import json
import re
import unicodedata

import pytest

from conftest import EXAMPLES, STORED

ESTIMATE = {"low", "likely", "high"}
FUNCTION = {"name", "answers", "warnings", "verdict", "prediction", "boundary", "signature",
            "options", "reasons", "break_even", "flips", "flips_of_two", "doubts", "next_steps"}
ENVIRONMENT = {"id", "cpu", "cores", "os", "python", "implementation", "executable", "build",
               "noise", "started", "bindings"}
PREDICTION = {"time_now", "time_after", "speedup", "program_speedup", "memory", "reaches_goal",
              "cost", "basis"}
COST = {"call", "inputs", "compute", "callbacks", "output", "wait"}


def is_estimate(value):
    return set(value) == ESTIMATE and value["low"] <= value["likely"] * 1.0001 and \
        (value["high"] is None or value["likely"] <= value["high"] * 1.0001)


@pytest.mark.parametrize("example", sorted(p.stem for p in EXAMPLES.glob("*.yaml")))
def test_json_has_the_form_of_the_contract(advise, example):
    report = advise(EXAMPLES / f"{example}.yaml")
    assert report["ffiadvise"]["format"] == 1 and re.fullmatch(r"\d+\.\d+\.\d+",
                                                               report["ffiadvise"]["version"])
    [environment] = report["environments"]
    assert ENVIRONMENT <= set(environment)
    assert environment["noise"]["grade"] in ("quiet", "usable", "busy")
    assert {"shared", "cflags", "free_threaded", "shell"} <= set(environment["build"])
    for binding in environment["bindings"]:
        assert {"id", "version", "toolchain", "available", "why_not", "cure"} <= set(binding)
        assert binding["available"] or binding["why_not"]
    ids = set()
    for m in report["measurements"]:
        ids.add(m["id"])
        assert {"id", "environment", "ns", "processes", "samples", "clean", "basis", "source",
                "when"} <= set(m)
        assert m["basis"] in ("measured", "reference", "assumed")
        assert (m["source"] is None) == (m["basis"] == "measured")
        if m["basis"] == "measured":
            assert is_estimate(m["ns"]) and m["samples"] >= m["clean"] > 0
    [function] = report["functions"]
    assert set(function) == FUNCTION
    assert PREDICTION <= set(function["prediction"])
    for key in ("time_now", "time_after", "speedup", "program_speedup", "memory"):
        assert is_estimate(function["prediction"][key]), key
    assert set(function["prediction"]["cost"]) == COST
    assert function["reasons"]
    for reason in function["reasons"]:
        assert reason["text"] and reason["source"]
        assert "{" not in reason["text"], "a figure was not filled in"
        assert set(reason["evidence"]) <= ids, "a reason names what the report does not hold"
    for o in function["options"]:
        assert set(o["evidence"]) <= ids
        assert o["fits"] or o["against"]
    for crossing in function["boundary"]:
        assert crossing["how"] in ("by-reference", "copy", "zero-copy", "native-class", "split")
        assert crossing["type"] != "?"
    assert bool(function["boundary"]) == (function["verdict"]["use"] == "ffi") == \
        bool(function["signature"])
    assert function["next_steps"]
    assert function["verdict"]["confidence"] in ("high", "medium", "low")


def test_answers_say_where_they_come_from(advise):
    answers = advise(EXAMPLES / "score-pairs.yaml")["functions"][0]["answers"]
    assert answers["function.time_per_call"] == {"low": 45000, "high": 45000, "unit": "ns",
                                                 "origin": "file"}
    assert answers["function.bound"] == {"value": "cpu", "origin": "file"}
    assert answers["inputs[0].type"]["value"] == "list[float]"
    assert answers["goal.memory"]["origin"] == "unknown"


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("example", sorted(p.stem for p in EXAMPLES.glob("*.yaml")))
def test_text_fits_eighty_columns_and_begins_with_the_verdict(run, example):
    done = run("--answers", EXAMPLES / f"{example}.yaml", "--measurements", STORED)
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and done.stderr == ""
    assert max(map(width, lines)) <= 80
    assert lines[1].endswith(".") or lines[2].endswith(".")
    assert not any(line != line.rstrip() for line in lines)
    assert "\033" not in done.stdout
    # One screen holds the verdict and begins the reasons.
    assert "Why" in lines[:24]


def said(run, example, *more):
    done = run("--answers", EXAMPLES / f"{example}.yaml", "--measurements", STORED, *more)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("example", sorted(p.stem for p in EXAMPLES.glob("*.yaml")))
def test_where_scenarios_lean_elsewhere_nothing_is_called_decided(run, advise, example):
    agreement = advise(EXAMPLES / f"{example}.yaml")["functions"][0]["verdict"]["agreement"]
    uses = agreement["uses"]
    own = advise(EXAMPLES / f"{example}.yaml")["functions"][0]["verdict"]["use"]
    leading = max(uses, key=uses.get)
    # By more than the chance of a share of 32.
    leans = uses[leading] - uses.get(own, 0) > 0.09
    assert ("Not decided (of 32 scenarios" in said(run, example)) == leans


def test_a_share_that_is_not_told_is_not_said_as_if_it_were(run):
    remark = "how much is in C already is not told"
    assert remark not in said(run, "score-pairs")
    assert remark in said(run, "score-pairs", "--set", "function.native_share=unknown")


def test_unknown_answers_are_ranked(advise, tmp_path):
    path = tmp_path / "little.yaml"
    path.write_text("ffiadvise: 1\nfunction: {bound: cpu, work: numeric, share: 60%,"
                    " time_per_call: 45us}\ninputs: [{name: xs, type: 'list[float]',"
                    " length: 1000}]\nteam: {languages: [rust]}\n")
    verdict = advise(path)["functions"][0]["verdict"]
    assert "inputs[0].container_can_change" in verdict["depends_on"]
    assert verdict["confidence"] != "high"


def test_several_functions_are_ranked(advise, tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text("""ffiadvise: 1
defaults: {team: {languages: [rust]}, function: {bound: cpu, work: numeric, vectorisable: no}}
functions:
  - {name: small, function: {share: 10%, time_per_call: 45us},
     inputs: [{name: xs, type: "list[float]", length: 1000}], output: {type: float}}
  - {name: large, function: {share: 50%, time_per_call: 45us},
     inputs: [{name: xs, type: "list[float]", length: 1000}], output: {type: float}}
""")
    report = advise(path)
    assert [f["name"] for f in report["functions"]] == ["small", "large"]
    assert [r["name"] for r in report["ranking"]] == ["large", "small"]
    first, second = report["ranking"]
    assert second["cumulative"]["likely"] > first["cumulative"]["likely"]
    assert first["cumulative"]["likely"] == pytest.approx(first["program_speedup"]["likely"],
                                                          rel=1e-3)


def test_figures_from_elsewhere_are_labelled(run, advise, tmp_path):
    data = json.loads(STORED.read_text())
    data["ffiadvise"]["environment"]["machine_key"] = "another machine"
    path = tmp_path / "elsewhere.json"
    path.write_text(json.dumps(data))
    done = run("--answers", EXAMPLES / "score-pairs.yaml", "--measurements", path)
    assert done.returncode == 0 and "taken on another machine" in " ".join(done.stdout.split())
    assert "measurements_from" in advise(EXAMPLES / "score-pairs.yaml", path)


def test_control_characters_are_shown_not_sent(run, tmp_path):
    path = tmp_path / "escape.yaml"
    path.write_text('ffiadvise: 1\nname: "\\e[31mred\\a\\u202E"\n'
                    'inputs: [{name: "\\e]0;x\\a", type: int}]\n')
    for form in ("text", "json"):
        done = run("--answers", path, "--measurements", STORED, "--format", form)
        text = done.stdout + done.stderr
        assert not any(ord(c) < 32 and c != "\n" for c in text)
        assert "\u202e" not in text if form == "text" else True
