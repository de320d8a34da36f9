"""ffiadvise bench: what is picked, shown, kept and compared; the table on a terminal."""

import json
import re
import signal

import pytest
import yaml

from conftest import ROOT, STORED
from test_cli import in_terminal

PROBES = [probe for path in sorted((ROOT / "data" / "probes").glob("*.yaml"))
          for probe in yaml.safe_load(path.read_text())["probes"]]
BINDINGS = [b["id"] for b in yaml.safe_load((ROOT / "data" / "bindings.yaml").read_text())["bindings"]]


def stored(run, *args, status=0):
    done = run("bench", *args, "--measurements", STORED, "--format", "json")
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def ids(report):
    return {m["id"] for m in report["measurements"]}


@pytest.mark.parametrize("patterns, expected", [
    (["call"], lambda i: i.startswith("call.")),
    (["list_float.copied"], lambda i: i.startswith("list_float.copied/")),
    (["list_fl"], lambda i: i.startswith("list_float.")),
    (["capi"], lambda i: i.split("/")[1] == "capi"),
    (["cty"], lambda i: i.split("/")[1].startswith("ctypes")),
    (["call.one/p"], lambda i: i.startswith("call.one/p")),
    (["*.copied"], lambda i: i.split("/")[0].endswith(".copied")),
    (["list_*/pyo3/*"], lambda i: re.match(r"list_.*/pyo3/", i)),
    (["call.none", "dict"], lambda i: i.startswith(("call.none/", "dict."))),
    (["*"], lambda i: True),
], ids=lambda p: " ".join(p) if isinstance(p, list) else "")
def test_patterns(run, patterns, expected):
    seen, there = ids(stored(run, *patterns)), ids(stored(run, "*"))
    assert seen and seen == {i for i in there if expected(i)}


def test_without_patterns_it_is_the_calls(run):
    assert ids(stored(run)) == ids(stored(run, "call"))
    text = run("bench", "--measurements", STORED).stdout
    for group in {p["group"] for p in PROBES}:
        assert re.search(rf"\b{group}\b", text.split("There is more")[1])
    assert "There is more" not in run("bench", "call", "--measurements", STORED).stdout


def test_size(run):
    seen = ids(stored(run, "list", "--size", "1k"))
    assert seen and all(i.endswith("/n=1000") for i in seen)
    assert "call.none/python" in ids(stored(run, "call", "list", "--size", "1000"))


@pytest.mark.parametrize("args, says", [
    (["lst"], "did you mean list?"),
    (["nothing-like-it"], "--list names them"),
    (["list", "--size", "7"], "sizes there are: 1, 10"),
    (["--size", "many"], "--size"),
    (["--size", "1.5"], "no size"),
    (["--list", "--save", "x"], "--save"),
    (["--answers", "x"], "does not go with bench"),
    (["--chek"], "did you mean --check?"),
])
def test_usage_errors(run, args, says):
    done = run("bench", *args)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("ffiadvise: ") and says in done.stderr


def test_files_that_are_none(run, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    for args in (["--measurements", bad], ["--measurements", STORED, "--compare", bad],
                 ["--measurements", tmp_path / "none"]):
        done = run("bench", *args)
        assert done.returncode == 3 and done.stdout == "" and done.stderr


def test_list_has_every_cell(run):
    probes = json.loads(run("bench", "--list", "--format", "json").stdout)["probes"]
    assert sorted(p["id"] for p in probes) == sorted(p["id"] for p in PROBES)
    by_id = {p["id"]: p for p in PROBES}
    for probe in probes:
        row = by_id[probe["id"]]
        assert probe["group"] == row["group"] and probe["operation"] == row["what"]
        assert probe["sizes"] == (row.get("sizes") or [])
        claims = row.get("claims") or []
        assert probe["claims"] == ([claims] if isinstance(claims, str) else claims)
        assert list(probe["bindings"]) == BINDINGS
        for cell in probe["bindings"].values():
            assert cell is True or isinstance(cell, str) and len(cell) > 5
        for binding, why in (row.get("absent") or {}).items():
            assert probe["bindings"][binding] == why
        assert probe.get("reads") == row.get("reads")


def test_list_as_text(run):
    text = run("bench", "--list").stdout
    for probe in PROBES:
        assert re.search(rf"^  {re.escape(probe['id'])}\b", text, re.M)
    assert "Why some cells are empty" in text
    assert max(map(len, text.splitlines())) <= 80


def test_table(run):
    text = run("bench", "call", "list_float", "--measurements", STORED).stdout
    assert re.search(r"^call\.none +\d+\.\d+ \u00b1\d", text, re.M)
    assert re.search(r"^list_float\.copied +1 ", text, re.M)
    assert re.search(r"\d+x", text) and "times what it takes in Python" in text
    assert "figures from" in text or "Measured" in text
    assert max(map(len, text.splitlines())) <= 80
    plain = run("bench", "call", "--measurements", STORED, env={"LC_ALL": "C"}).stdout
    assert "+-" in plain and plain.isascii()


def test_json_is_the_report_without_advice(run):
    report = stored(run, "call")
    assert {"ffiadvise", "environments", "measurements", "not_measured"} <= set(report)
    assert not {"functions", "ranking", "compare"} & set(report)


def doctored(tmp_path, change):
    """The stored file with something else in its metadata."""
    data = json.loads(STORED.read_text())
    text = json.dumps(change(data) or data)
    path = tmp_path / "other.json"
    path.write_text(text)
    return path


def test_compare_with_itself(run):
    report = stored(run, "call", "list", "--compare", STORED)
    compare = report["compare"]
    assert {r["id"] for r in compare["ratios"]} == ids(report)
    assert not any(r["told_apart"] for r in compare["ratios"])
    assert all(r["ratio"]["low"] <= 1 <= r["ratio"]["high"] for r in compare["ratios"])
    assert compare["notes"] == [] and compare["only_now"] == []
    assert set(compare["only_then"]) == ids(stored(run, "*")) - ids(report)


def test_compare_tells_what_is_twice_as_slow(run, tmp_path):
    """Every time sample of one binding doubled: told apart there, and only there."""

    def change(data):
        for bench in data["benchmarks"]:
            if bench["metadata"]["name"].split("/")[1] != "capi":
                continue
            for one in bench["runs"]:
                if "ffiadvise" not in one:    # a reading
                    continue
                for column in ("full", "half"):
                    one["ffiadvise"][column] = [2 * ns for ns in one["ffiadvise"][column]]

    other = doctored(tmp_path, change)
    ratios = stored(run, "call", "--compare", other)["compare"]["ratios"]
    for r in ratios:
        if r["id"].split("/")[1] == "capi":
            assert r["told_apart"] and r["ratio"]["likely"] == pytest.approx(0.5, rel=0.05)
        else:
            assert not r["told_apart"]


def test_compare_says_when_it_is_from_elsewhere(run, tmp_path):
    text = STORED.read_text()
    keys = {key: re.search(rf'"(\w*{key}\w*)": ?"([^"]+)"', text) for key in ("machine_key",
                                                                              "interpreter_key")}
    assert all(keys.values()), "the stored file has no keys"
    for key, word in (("machine_key", "another machine"),
                      ("interpreter_key", "another interpreter")):
        other = tmp_path / f"{key}.json"
        other.write_text(text.replace(keys[key][2], "elsewhere"))
        done = run("bench", "call", "--measurements", STORED, "--compare", other)
        assert done.returncode == 0 and word in done.stdout, done.stderr


def test_live_run_is_kept(run, tmp_path):
    """Measured now, kept, and the same when it is read again."""
    kept = tmp_path / "kept.json"
    done = run("bench", "call.none/python", "call.none/capi", "--budget", "1s", "--save", kept,
               "--format", "json")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    report = json.loads(done.stdout)
    assert {"call.none/python", "call.none/capi"} <= ids(report)
    assert all(m["basis"] == "measured" for m in report["measurements"])
    assert "measurements_from" not in report
    again = run("bench", "call.none", "--measurements", kept, "--format", "json")
    assert {m["id"]: m["ns"] for m in json.loads(again.stdout)["measurements"]} == \
        {m["id"]: m["ns"] for m in report["measurements"]}


def test_what_is_absent_is_no_error(run):
    listed = json.loads(run("bench", "--list", "--format", "json").stdout)["probes"]
    probe, binding = next((p["id"], b) for p in listed for b, cell in p["bindings"].items()
                          if cell is not True)
    done = run("bench", f"{probe}/{binding}", "--budget", "500ms")
    assert done.returncode == 0 and binding in done.stdout


def test_table_fills_in_on_a_terminal(home):
    status, seen = in_terminal(home, "bench", "call.none", "call.one", "--budget", "2s")
    frames = seen.split("\033[J")
    assert status == 0 and len(frames) >= 3
    assert "..." in frames[0] and " sure," in frames[0]
    assert re.search(r"\033\[\d+A", frames[1]), "it was not drawn in the same place"
    assert " sure," not in frames[-1] and "call.none" in frames[-1] and "Measured" in frames[-1]
    assert len(frames) <= 2 * 10 + 6, "drawn more than ten times a second"


@pytest.mark.parametrize("args, env", [(["--plain"], {}), ([], {"TERM": "dumb"}), (["--quiet"], {})],
                         ids=["plain", "dumb", "quiet"])
def test_nothing_moves_where_it_must_not(home, args, env):
    status, seen = in_terminal(home, "bench", "call.none/python", "--budget", "500ms", *args,
                               env=env)
    assert status == 0 and "\033[J" not in seen and not re.search(r"\033\[\d+A", seen)


def test_interrupt_keeps_what_was_measured(home, tmp_path):
    kept = tmp_path / "kept.json"
    status, seen = in_terminal(home, "bench", "call.none", "--budget", "60s", "--save", kept,
                               until=b"measuring")
    assert status == -signal.SIGINT
    last = seen.split("\033[J")[-1]
    assert "call.none" in last and "Measured" in last and "stopped" in last
    assert json.loads(kept.read_text())["benchmarks"]
