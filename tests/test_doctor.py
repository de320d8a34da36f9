"""ffiadvise doctor: what is here, how quiet it is, what to do; and a place with nothing."""

import json
import os
import shutil
import subprocess

import pytest

from conftest import PROGRAM, ROOT, STORED


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """One checkup as JSON and as text, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    env = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    env.update(HOME=str(home), LC_ALL="C.UTF-8", TERM="dumb")

    def call(*args):
        return subprocess.run([str(PROGRAM), "doctor", *map(str, args)], env=env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)

    return json.loads(call("--format", "json").stdout), call()


def test_form(patient):
    report, text = patient
    assert report["ffiadvise"]["format"] == 1
    doctor = report["doctor"]
    assert doctor["can_measure"] is True and doctor["why_not"] is None
    assert doctor["clock"]["step_ns"] > 0 and doctor["clock"]["cost_ns"] > 0
    assert doctor["cpus_allowed"] and doctor["start_seconds"] > 0
    noise = doctor["noise"]
    assert noise["grade"] in ("quiet", "usable", "busy") and 0 <= noise["clean_share"] <= 1
    assert {c["cpu"] for c in noise["cpus"]} <= set(doctor["cpus_allowed"])
    assert max(c["clean_share"] for c in noise["cpus"]) == pytest.approx(noise["clean_share"])
    assert set(doctor["built"]) == {"debug", "pgo", "lto"}
    assert doctor["measurements"]["there"] is False
    assert text.returncode == 0 and text.stderr == ""


def test_every_binding_is_told(patient):
    report, text = patient
    environment, = report["environments"]
    for binding in environment["bindings"]:
        assert binding["id"] in text.stdout
        if not binding["available"]:
            assert binding["why_not"]
            assert any(binding["id"] in line for line in report["doctor"]["advice"])
    assert environment["python"] in text.stdout and environment["executable"] in \
        text.stdout.replace("\n" + " " * 18, "")


def test_the_file_that_is_named_is_judged(run):
    doctor = json.loads(run("doctor", "--format", "json", "--measurements", STORED).stdout)["doctor"]
    assert doctor["measurements"]["there"] and doctor["measurements"]["age_seconds"] >= 0
    assert doctor["measurements"]["usable"] or doctor["measurements"]["why_not"]


def test_a_file_that_is_none(run, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("[")
    doctor = json.loads(run("doctor", "--format", "json", "--measurements", bad).stdout)["doctor"]
    assert not doctor["measurements"]["usable"] and "bad.json" in doctor["measurements"]["why_not"]


def test_nothing_to_measure_with(run, tmp_path, home):
    alone = tmp_path / "alone" / "ffiadvise"
    alone.parent.mkdir()
    shutil.copy(PROGRAM, alone)
    for args in ([], ["--format", "json"]):
        done = subprocess.run([str(alone), "doctor", "--data", str(ROOT / "data"), *args], env=home,
                              text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
        assert done.returncode == 1 and done.stderr == "" and "cannot run the worker" in done.stdout
    doctor = json.loads(done.stdout)["doctor"]
    assert doctor["can_measure"] is False and doctor["noise"] is None and doctor["advice"]


def test_words_are_refused(run):
    done = run("doctor", "me")
    assert done.returncode == 2 and "'me'" in done.stderr
