"""Probes that crash, hang, flood, eat memory or fork: each is named, and the advice comes."""

import json
import shutil

import pytest

from conftest import EXAMPLES, ROOT

BAD = {
    "segfault": ("import ctypes", "ctypes.string_at(0)", "SIGSEGV"),
    "endless": ("def spin():\n    while True: pass", "spin()", "running"),
    "flood": ("def shout():\n    while True: print('x' * 4096)", "shout()", "printed"),
    "hungry": ("kept = []\ndef eat():\n    while True: kept.append(bytearray(1 << 24))", "eat()",
               "grew"),
    "forking": ("import os, time\ndef fork():\n    for _ in range(5):\n"
                "        if os.fork() == 0:\n            time.sleep(1000)\n"
                "    os._exit(3)", "fork()", "exited"),
    "raising": ("def fail():\n    raise ValueError('no \\x1b[31m way')", "fail()", "ValueError"),
    "leaving": ("import sys", "sys.exit(0)", ""),
}


def row(name):
    setup, call, _ = BAD[name]
    return "".join([f"\n  - id: bad.{name}\n    group: bad\n    what: a probe that is {name}\n",
                    "    function: noop\n    only: [python]\n    always: yes\n",
                    f"    setup: {json.dumps(setup)}\n    call: {json.dumps(call)}\n"])


def data_with(tmp_path, names):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "probes" / "bad.yaml").write_text("probes:" + "".join(map(row, names)))
    return data


# Loading may take a fifth of the budget, and memory takes a while to be eaten.
BUDGET = {"hungry": "20s"}


@pytest.mark.parametrize("name", BAD)
def test_each_is_named_and_the_advice_comes(run, tmp_path, name):
    # The example that wants least, so that a run is over as soon as it can be.
    done = run("--answers", EXAMPLES / "fast-enough.yaml", "--data", data_with(tmp_path, [name]),
               "--budget", BUDGET.get(name, "5s"), "--format", "json")
    assert done.returncode == 4, done.stderr
    report = json.loads(done.stdout)
    [missing] = [m for m in report["not_measured"] if m["id"].startswith("bad.")]
    assert missing["failed"] and BAD[name][2] in missing["why"]
    assert "\x1b" not in missing["why"]
    assert report["functions"][0]["verdict"]["use"] == "stay"
    assert any(m["id"] == "call.one/pyo3" or m["id"] == "call.one/capi"
               for m in report["measurements"]), "the rest was not measured"


def test_all_at_once(run, tmp_path):
    done = run("--answers", EXAMPLES / "score-pairs.yaml", "--data", data_with(tmp_path, BAD),
               "--budget", "8s", "--format", "json")
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert {m["id"] for m in report["not_measured"] if m["failed"]} == \
        {f"bad.{name}/python" for name in BAD}
    assert report["functions"][0]["verdict"]["use"] == "ffi"


def test_check_gives_way(run, tmp_path):
    done = run("--answers", EXAMPLES / "score-pairs.yaml", "--data",
               data_with(tmp_path, ["raising"]), "--budget", "2s", "--check")
    assert done.returncode == 10 and "failed" in done.stderr
