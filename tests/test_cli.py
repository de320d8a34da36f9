"""The command line: options, streams, statuses."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time

import pytest

from conftest import EXAMPLES, PROGRAM, STORED

SCORE = EXAMPLES / "score-pairs.yaml"


def test_help_and_version(run):
    help = run("--help")
    assert help.returncode == 0 and help.stderr == "" and "--answers FILE" in help.stdout
    assert run("-h").stdout == help.stdout
    version = run("--version")
    assert re.fullmatch(r"ffiadvise \d+\.\d+\.\d+\n", version.stdout)


def test_help_of_each_command(run):
    commands = re.findall(r"^  (\w+) ", run("--help").stdout.split("Commands\n")[1]
                          .split("\n\n")[0], re.M)
    assert {"bench", "doctor", "explain"} <= set(commands)
    for command in commands:
        help = run(command, "--help")
        assert help.returncode == 0 and help.stdout.startswith(f"ffiadvise {command} - ")
        assert "--help" in help.stdout
        assert ("--answers" in help.stdout) == (command == "measure")
        assert run("--help", command).stdout == help.stdout


@pytest.mark.parametrize("args, says", [
    (["--anwers", "x"], "did you mean --answers?"),
    (["--nonsense"], "there is no option '--nonsense'"),
    (["file.yaml"], "--answers FILE"),
    (["bnch"], "did you mean bench?"),
    (["docter", "--quiet"], "did you mean doctor?"),
    (["--size", "10"], "with a command only"),
    (["doctor", "--check"], "does not go with doctor"),
    (["explain", "--format", "json", "x"], "does not go with explain"),
    (["--answers"], "needs its FILE"),
    (["--fresh=1"], "takes no value"),
    (["--format", "xml", "--answers", "x"], "text, json, markdown or html"),
    (["doctor", "--format", "html"], "doctor writes no report"),
    (["--budget", "5", "--answers", "x"], "--budget"),
    (["--budget", "1ms", "--answers", "x"], "out of range"),
    (["--budget", "soon", "--answers", "x"], "--budget"),
    (["--fresh", "--measurements", "x", "--answers", "x"], "contradict"),
    (["--plain", "--answers", "x"], "leave one of them out"),
])
def test_usage_errors(run, args, says):
    done = run(*args)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("ffiadvise: ") and says in done.stderr


def test_nobody_to_ask(run):
    done = run()
    assert done.returncode == 2 and "--answers" in done.stderr and "--plain" in done.stderr


def test_answers_from_standard_input(run):
    done = run("--answers", "-", "--measurements", STORED, input=SCORE.read_text())
    assert done.returncode == 0 and "move the loop inside" in done.stdout


def test_missing_files(run, tmp_path):
    assert run("--answers", tmp_path / "none.yaml").returncode == 3
    assert run("--answers", tmp_path).returncode == 3
    done = run("--answers", SCORE, "--measurements", tmp_path / "none.json")
    assert done.returncode == 3 and "none.json" in done.stderr and done.stdout == ""
    done = run("--answers", SCORE, "--data", tmp_path)
    assert done.returncode == 3 and "questions.yaml" in done.stderr


def test_output_file(run, tmp_path):
    path = tmp_path / "advice.json"
    path.write_text("old")
    done = run("--answers", SCORE, "--measurements", STORED, "--format", "json", "--output", path)
    assert done.returncode == 0 and done.stdout == ""
    assert json.loads(path.read_text())["functions"]
    assert [p.name for p in tmp_path.glob("advice*")] == ["advice.json"]
    done = run("--answers", SCORE, "--measurements", STORED, "--output", tmp_path / "no" / "where")
    assert done.returncode == 1 and "cannot write" in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_a_failure(run):
    done = run("--answers", SCORE, "--measurements", STORED, "--output", "/dev/full")
    assert done.returncode == 1 and "cannot write" in done.stderr


def test_check(run):
    assert run("--answers", SCORE, "--measurements", STORED, "--check").returncode == 10
    assert run("--answers", EXAMPLES / "rare-call.yaml", "--measurements", STORED,
               "--check").returncode == 11


def in_terminal(home, *args, env=None, keys=b"", until=None, seconds=60):
    """Runs the program with standard input, output and error on a terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen([str(PROGRAM), *map(str, args)], stdin=follower, stdout=follower,
                               stderr=follower, env={**home, "TERM": "xterm", **(env or {})},
                               start_new_session=True)
    os.close(follower)
    seen, end = b"", time.monotonic() + seconds
    if keys:
        os.write(leader, keys)
    while time.monotonic() < end:
        if select.select([leader], [], [], 0.2)[0]:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
            if until and until in seen:
                until = None
                process.send_signal(signal.SIGINT)
        elif process.poll() is not None:
            break
    os.close(leader)
    return process.wait(10), seen.decode(errors="replace")


def test_colour_only_where_it_is_wanted(home):
    args = ("--answers", SCORE, "--measurements", STORED)
    assert "\033[1m" in in_terminal(home, *args)[1]
    assert "\033[" not in in_terminal(home, *args, env={"NO_COLOR": "1"})[1]
    assert "\033[1m" in in_terminal(home, *args, env={"NO_COLOR": ""})[1]
    assert "\033[" not in in_terminal(home, *args, "--no-color")[1]
    assert "\033[" not in in_terminal(home, *args, env={"TERM": "dumb"})[1]


def test_live_smoke(home, run):
    """The one live run of the tests: it measures here, shows progress, and reuses."""
    status, seen = in_terminal(home, "--answers", SCORE, "--budget", "2s")
    assert status == 0
    assert "of" in seen and "sure" in seen, "no progress was shown"
    assert "Measured" in seen and "call.one/p" in seen
    again = run("--answers", SCORE, "--format", "json")
    report = json.loads(again.stdout)
    assert again.returncode == 0 and again.stderr == ""
    measured = [m for m in report["measurements"] if m["basis"] == "measured"]
    assert {m["id"].split("/")[1] for m in measured} >= {"python", "capi", "ctypes"}
    before = {m["id"]: m["ns"] for m in measured}
    third = json.loads(run("--answers", SCORE, "--format", "json").stdout)
    after = {m["id"]: m["ns"] for m in third["measurements"] if m["basis"] == "measured"}
    assert before == after, "figures of today were not reused"


def test_interrupt_while_measuring(home):
    status, seen = in_terminal(home, "--answers", SCORE, "--fresh", "--budget", "60s",
                               until=b"measuring")
    assert status == -signal.SIGINT
    assert "stopped" in seen


def workers_of(marker):
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                line = f.read()
            with open(f"/proc/{pid}/environ", "rb") as f:
                environ = f.read()
        except OSError:
            continue
        if re.search(rb"ffiadvise[-_]worker", line) and marker.encode() in environ:
            found.append(int(pid))
    return found


def test_killed_front_end_leaves_no_worker(home):
    marker = f"FFIADVISE_TEST_MARK={os.getpid()}-{time.monotonic_ns()}"
    name, value = marker.split("=")
    process = subprocess.Popen([str(PROGRAM), "--answers", str(SCORE), "--fresh", "--budget",
                                "60s"], env={**home, name: value}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while not workers_of(marker) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers_of(marker), "no worker was seen"
    process.kill()
    process.wait()
    time.sleep(1)
    assert workers_of(marker) == []
