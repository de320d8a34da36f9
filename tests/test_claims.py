"""The claims of the trade-offs note: all of them judged, with evidence that fits."""

import json
import re

import pytest
import yaml

from conftest import ROOT, STORED

CLAIMS = yaml.safe_load((ROOT / "data" / "claims.yaml").read_text())["claims"]
PROBES = {row["id"]: row for path in (ROOT / "data" / "probes").glob("*.yaml")
          for row in yaml.safe_load(path.read_text())["probes"]}
BINDINGS = {row["id"] for row in
            yaml.safe_load((ROOT / "data" / "bindings.yaml").read_text())["bindings"]}
VERDICTS = {"holds", "holds-in-part", "does-not-hold", "not-told-apart", "ask-a-person",
            "not-measured"}
# What a reading may be evidence for; a time is none for a claim about mechanism.
READS = {"timing": (None, "seconds"), "allocation": ("count", "bytes"), "calls": ("count",),
         "symbols": ("names", None)}


def measured(claim):
    return [test[key] for test in claim.get("tests", [])
            for key in ("a", "b", "a_less", "b_less") if key in test]


@pytest.mark.once
def test_at_least_forty_are_judged_here():
    assert len(CLAIMS) == 56
    assert sum(c["kind"] not in ("person", "reference") for c in CLAIMS) >= 40


@pytest.mark.once
@pytest.mark.parametrize("claim", CLAIMS, ids=[c["id"] for c in CLAIMS])
def test_the_evidence_fits(claim):
    for name in measured(claim):
        found = re.fullmatch(r"([\w.]+)/([\w-]+)(?:/n=(\d+))?", name)
        probe, binding, size = found.groups()
        row = PROBES[probe]
        assert binding in BINDINGS
        assert binding not in row.get("absent", {}), f"{name}: {row['absent'][binding]}"
        assert binding in row.get("only", [binding])
        assert (int(size) in row["sizes"]) if size else not row.get("sizes"), name
    first = [PROBES[test["a"].split("/")[0]].get("reads") for test in claim.get("tests", [])]
    assert all(read in READS[claim["kind"]] for read in first), first
    assert first or claim["kind"] in ("person", "reference")


def test_they_are_told_as_text_and_json(run):
    text = run("claims", "--measurements", STORED)
    assert text.returncode == 0 and max(map(len, text.stdout.splitlines())) <= 80
    report = json.loads(run("claims", "--measurements", STORED, "--format", "json").stdout)
    assert "functions" not in report and "ranking" not in report
    assert [c["id"] for c in report["claims"]] == [c["id"] for c in CLAIMS]
    for claim in report["claims"]:
        assert claim["verdict"] in VERDICTS
        assert claim["id"] in text.stdout
        assert claim["question"] if claim["verdict"] == "ask-a-person" else True


def test_some_alone_and_some_that_are_none(run):
    report = json.loads(run("claims", "C9", "C1", "--measurements", STORED, "--format",
                            "json").stdout)
    assert [c["id"] for c in report["claims"]] == ["C9", "C1"]
    assert all(c["verdict"] == "holds" for c in report["claims"])
    done = run("claims", "C99", "--measurements", STORED)
    assert done.returncode == 2 and "C99" in done.stderr and done.stdout == ""


def test_live(run):
    done = run("claims", "C17", "C24", "C26", "--budget", "5s", "--format", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert all(c["verdict"] in VERDICTS - {"not-measured", "ask-a-person"}
               for c in report["claims"])
    scalars = next(c for c in report["claims"] if c["id"] == "C24")
    assert scalars["verdict"] == "holds-in-part", "coming in they allocate nothing, going out they do"
