"""Measuring goes where the verdict hangs: what the report says of it, that a run that
ended early serves the same answers again, and that others have more measured."""

import json

import pytest

from conftest import EXAMPLES, STORED
from doctor_measurements import doctored, widen


def test_what_is_certain_is_not_doubted(advise):
    for example in ("already-numpy", "score-lists", "vectorise"):
        assert advise(EXAMPLES / f"{example}.yaml")["functions"][0]["doubts"] == []


def test_a_doubt_is_named_with_what_it_turns(advise, run, tmp_path):
    """The one figure the choice hangs on is spread over a wide range."""
    path = doctored(STORED, tmp_path / "doctored.json",
                    widen("kernel_numeric.plain/python/n=1000", 30))
    function = advise(EXAMPLES / "score-lists.yaml", path)["functions"][0]
    doubt = next(d for d in function["doubts"]
                 if d["measurement"] == "kernel_numeric.plain/python/n=1000")
    assert doubt["turns"] in ("use", "option")
    assert doubt["option"] in [o["id"] for o in function["options"]]
    assert 0.25 <= doubt["weight"] <= 4
    weights = [d["weight"] for d in function["doubts"]]
    assert weights == sorted(weights, reverse=True)
    ns = doubt["ns"]
    assert ns["low"] <= doubt["at"] <= ns["high"]
    if any(d["turns"] == "use" for d in function["doubts"]):
        assert function["verdict"]["confidence"] != "high"
    text = run("--answers", EXAMPLES / "score-lists.yaml", "--measurements", path).stdout
    assert "is not certain enough" in text
    assert doubt["option"] in text


def cache_file(home):
    [file] = (home / ".cache" / "ffiadvise").glob("measurements-*.json")
    return file


@pytest.fixture
def measured(run, tmp_path):
    """A report with measurements of its own cache, and what the cache holds then."""

    def call(answers, *args):
        done = run("--answers", answers, "--format", "json", *args)
        assert done.returncode in (0, 4), done.stderr
        return json.loads(done.stdout), json.loads(cache_file(tmp_path).read_text())

    return call


def names(cache):
    return {b["metadata"]["name"]: b["runs"] for b in cache["benchmarks"]}


@pytest.mark.once
def test_the_same_answers_are_served_again_and_others_have_more_measured(measured):
    """Nothing measured can turn `fast-enough`: the run ends with some of it wide, and that is as
    good the second time. `score-lists` has other figures measured beside them."""
    _, first = measured(EXAMPLES / "fast-enough.yaml", "--fresh")
    _, again = measured(EXAMPLES / "fast-enough.yaml")
    assert again == first
    report, more = measured(EXAMPLES / "score-lists.yaml")
    assert set(names(first)) <= set(names(more))
    assert set(names(more)) - set(names(first))
    assert report["functions"][0]["verdict"]["use"] == "ffi"
    runs = {run["ffiadvise"]["run"] for runs in names(more).values() for run in runs}
    assert len(runs) == 2
    assert set(more["ffiadvise"]["spared"]) <= set(names(more))


@pytest.mark.once
def test_what_was_spared_is_measured_where_it_matters(measured, tmp_path):
    """A cache in which one figure is wide and was spared: where nothing hangs on it, it is used,
    and where the choice hangs on it, it is measured anew."""
    name = "kernel_numeric.plain/python/n=1000"
    measured(EXAMPLES / "score-lists.yaml", "--fresh")
    file = cache_file(tmp_path)
    cache = json.loads(file.read_text())
    if name not in names(cache):
        pytest.skip(f"'{name}' failed here")
    before = names(cache)[name]
    widen(name, 30)(cache)
    cache["ffiadvise"]["spared"] = []
    file.write_text(json.dumps(cache))
    _, kept = measured(EXAMPLES / "score-lists.yaml")
    assert names(kept)[name] == names(cache)[name]
    cache["ffiadvise"]["spared"] = [name]
    file.write_text(json.dumps(cache))
    _, anew = measured(EXAMPLES / "score-lists.yaml")
    assert names(anew)[name] not in (names(cache)[name], before)
