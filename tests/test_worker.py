"""The real worker, driven through measure/worker.h by worker_drive, with probes
that do what no probe should: each ends with the right result and sentence, the
next worker works, and nothing is left behind."""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import uuid

import pytest

# Runs the worker and its driver, of which there is one build.
pytestmark = pytest.mark.once

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("FFIADVISE_BUILD", ROOT / "build"))
DRIVE = os.environ.get("FFIADVISE_DRIVE", str(BUILD / "tests" / "worker_drive"))
WORKER = os.environ.get(
    "FFIADVISE_WORKER", str(BUILD / "python" / "default" / "ffiadvise-worker"))
PROBES = ROOT / "tests" / "probes" / "bad"
MARK = "FFIADVISE_TEST_MARK"


def extension():
    """What drives the other shell: the module beside the program, and what loads it."""
    (module,) = pathlib.Path(WORKER).parent.glob("ffiadvise_worker.*.so")
    manifest = json.loads(module.with_name("manifest.json").read_text())
    return str(module), ["host", manifest["executable"]]


# How the tests that follow start a worker: its file, and what worker_drive is told first.
STARTED = {"embedded": lambda: (WORKER, []), "extension": extension}
if not os.path.exists(WORKER):    # an interpreter that is built on no shared library
    del STARTED["embedded"]
FIRST = next(iter(STARTED))
shell_now = FIRST


@pytest.fixture
def shell(request):
    global shell_now
    shell_now = request.param
    yield request.param
    shell_now = FIRST


both = pytest.mark.parametrize("shell", list(STARTED), indirect=True)


def load(function, call="f()", module="probes_bad", reference="-", n=0, setup="", how="load"):
    return [how, module, function, reference, str(n), setup, call]


GOOD = load("good", "f(2)", reference="probes_reference")


def marked(mark):
    """The processes that have the mark in their environment."""
    wanted = ("%s=%s" % (MARK, mark)).encode()
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def none_left(mark, seconds=1.0):
    """Waits for the last of them to go; those that are left."""
    end = time.monotonic() + seconds
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.01)
    return marked(mark)


@pytest.fixture
def mark():
    name = uuid.uuid4().hex
    yield name
    for pid in marked(name):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it went with one killed before it


def begin(mark, *commands, **kwargs):
    worker, first = STARTED[shell_now]()
    return subprocess.Popen(
        [DRIVE, worker, str(PROBES), *first, *commands], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, MARK: mark}, **kwargs)


def drive(mark, *commands):
    """The lines it prints; fails when it does not end well or leaves something."""
    out, err = begin(mark, *commands).communicate(timeout=120)
    assert err == ""
    assert none_left(mark) == []
    return out.splitlines()


@both
def test_hello_names_the_interpreter(shell, mark):
    (line,) = drive(mark, "hello")
    word, protocol, pid, build, python, implementation, executable, soabi, free = line.split(" ")
    assert (word, protocol, implementation) == ("hello", "4", "cpython")
    assert re.fullmatch("[0-9a-f]{16}", build)
    assert re.fullmatch(r"3\.\d+\.\d+\S*", python)
    assert os.access(executable, os.X_OK)
    assert soabi.startswith("cpython-3")
    assert free in ("0", "1")
    assert int(pid) > 1


@both
def test_the_interpreter_is_the_real_one_and_isolated(shell, mark):
    setup = "import sys, array, ctypes, math"
    conditions = ["'site' not in sys.modules", "sys.flags.isolated == 1",
                  "sys.path[0].endswith('bad')", "sys.executable == sys._base_executable",
                  "sys.flags.hash_randomization == 1", "sys.stdin.read() == ''"]
    for condition in conditions:
        lines = drive(mark, *load("good", "f(0) if %s else 1 / 0" % condition, setup=setup))
        assert lines[0].startswith("load good ok"), condition


@both
@pytest.mark.parametrize("function, sentence", [
    ("raises", r"refused: the statement raised ValueError: no \x1b[31mcolours"),
    ("sys_exit", "refused: the statement raised SystemExit: 4"),
    ("segfault", "died: ended by SIGSEGV"),
    ("abort", "died: ended by SIGABRT"),
    ("exit_now", "died: exited with status 3"),
    ("kill_group", "died: ended by SIGKILL"),
    ("endless", "died: was still running after 0.5 s"),
    ("endless_in_c", "died: was still running after 0.5 s"),
    ("sleep", "died: was still running after 0.5 s"),
    ("stop_itself", "died: was stopped by a signal and did not go on within 0.5 s"),
    ("flood", "died: printed more than 1 MiB"),
    ("flood_by_print", "died: printed more than 1 MiB"),
    ("close_all", "died: closed the worker's connection"),
    ("garble", "died: wrote something that is no answer into the worker's connection"),
    ("half_a_frame", "died: was still running after 0.5 s"),
    ("mute", "died: ended by SIGSEGV"),
])
def test_bad_probe(shell, mark, function, sentence):
    lines = drive(mark, "load-seconds", "0.5", *load(function), *GOOD, "block", "2")
    assert lines[0] == "load %s %s" % (function, sentence)
    assert lines[1].startswith("load good ok")
    assert lines[2:] == ["block 1 ok"]


@both
def test_memory_is_limited(shell, mark):
    lines = drive(mark, "memory", "64", *load("eat"), *GOOD)
    assert lines[0] == "load eat died: grew by more than 64 MiB"
    assert lines[1].startswith("load good ok")


def test_memory_in_whole_gibibytes_is_told_so(mark):
    lines = drive(mark, "memory", "1024", *load("eat"))
    assert lines[0] == "load eat died: grew by more than 1 GiB"


def test_a_wrong_result_is_refused_with_both_values(mark):
    lines = drive(mark, *load("wrong", "f(1)", reference="probes_reference"), *GOOD)
    assert lines[0] == "load wrong refused: the statement gives 3 at [1]['a'], the reference 2"
    assert lines[1].startswith("load good ok")


@pytest.mark.parametrize("value, reference, same", [
    ("0.1 + 0.2", "0.3", True),
    ("1.0", "1.00000001", False),
    ("float('nan')", "float('nan')", True),
    ("float('inf')", "float('inf')", True),
    ("float('inf')", "1e308", False),
    ("1", "1.0", True),
    ("(1, [2.0, {'a': 3}])", "(1, [2.0 + 1e-12, {'a': 3}])", True),
    ("[1, 2]", "(1, 2)", False),
    ("[1, 2]", "[1, 2, 3]", False),
    ("{'a': 1}", "{'b': 1}", False),
    ("'text'", "'text'", True),
    ("b'bytes'", "'bytes'", False),
    ("__import__('array').array('d', [1.0, 2.0])", "[1.0, 2.0]", True),
    ("None", "0", False),
])
def test_comparison(mark, value, reference, same):
    call = "(%s) if m.__name__ == 'probes_bad' else (%s)" % (value, reference)
    lines = drive(mark, *load("good", call, reference="probes_reference"))
    if same:
        assert lines[0].startswith("load good ok")
    else:
        assert lines[0].startswith("load good refused: the statement gives ")


@pytest.mark.parametrize("arguments, sentence", [
    (dict(function="good", module="absent"),
     "importing 'absent' raised ModuleNotFoundError: No module named 'absent'"),
    (dict(function="absent"), "'probes_bad' has no function 'absent'"),
    (dict(function="good", setup="1 / 0"), "the set-up raised ZeroDivisionError: division by zero"),
    (dict(function="good", setup="def"), "the set-up raised SyntaxError: "),
    (dict(function="good", call="f(y)"), "the statement raised NameError: name 'y' is not defined"),
    (dict(function="good", call="x = 1"), "the statement raised SyntaxError: "),
    (dict(function="good", call="2 + 3"),
     "the statement is a constant, so there is nothing to measure"),
    (dict(function="segfault", call="1", reference="probes_reference"),
     "'probes_reference' has no function 'segfault'"),
])
def test_refusals(mark, arguments, sentence):
    lines = drive(mark, *load(**{"call": "f(1)", **arguments}), *GOOD)
    assert lines[0].startswith("load %s refused: %s" % (arguments["function"], sentence))
    assert lines[1].startswith("load good ok")


@pytest.mark.parametrize("what, sentence", [
    ("m.segfault", "died: ended by SIGSEGV"),
    ("m.endless_in_c", "died: was still running after "),
    ("m.raises", "refused: the statement raised ValueError: "),
    ("m.flood", "died: printed more than 1 MiB"),
    ("m.stop_itself", "died: was stopped by a signal and did not go on within "),
])
def test_bad_in_a_block_names_the_entry(mark, what, sentence):
    """It is well when loaded; then calls is set so that its next call does it."""
    bad = load("late", "f(g)", setup="g = %s" % what)
    arm = load("good", "f(3)", setup="m.calls = 1000000")
    lines = drive(mark, "block-seconds", "0.5", *GOOD, *bad, *GOOD, "block", "2", *arm,
                  "block", "1", *GOOD, "block", "1")
    assert lines[3] == "block 3 ok"
    assert lines[5].startswith("block 1 %s" % sentence)
    assert lines[-1].startswith("block ") and lines[-1].endswith(" ok" if "died" in sentence else
                                                               "no \\x1b[31mcolours")


@both
@pytest.mark.parametrize("function", ["fork", "fork_daemon", "run_program", "fork_and_return"])
def test_children_are_gone_when_the_worker_is(shell, mark, function):
    lines = drive(mark, *load("good", "f(1)", setup="m.%s()" % function), "block", "2", "stop",
                  *GOOD)
    assert lines[0].startswith("load good ok")
    assert lines[1:3] == ["block 1 ok", "stop ok"]
    assert lines[3].startswith("load good ok")


def test_children_are_gone_before_the_front_end_is(mark):
    process = begin(mark, *load("good", "f(1)", setup="m.fork(); m.fork_daemon(); m.run_program()"),
                    "stop", "pause")
    assert process.stdout.readline().startswith("load good ok")
    assert len(marked(mark)) >= 1
    assert process.stdout.readline() == "stop ok\n"
    assert marked(mark) == [process.pid]
    process.kill()
    process.wait()


@both
@pytest.mark.parametrize("setup, call", [
    ("", "m.endless()"),
    ("", "m.endless_in_c()"),
    ("m.fork(); m.fork_daemon(); m.run_program()", "m.endless_in_c()"),
    ("m.fork(); m.fork_daemon(); m.run_program()", "m.sleep()"),
    ("", "m.stop_itself()"),
])
def test_nothing_outlives_a_front_end_that_is_killed(shell, mark, tmp_path, setup, call):
    """Some of the processes of the set-up are short-lived, so what is waited for is
    not their number but the last line of the set-up."""
    ready = tmp_path / "ready"
    process = begin(mark, *load("good", call, setup="%s\nopen(%r, 'w').close()" % (setup, str(ready))),
                    "load-seconds", "60")
    end = time.monotonic() + 30
    while not ready.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert ready.exists()
    assert len(marked(mark)) >= (5 if setup else 3)
    process.kill()
    process.wait()
    assert none_left(mark, 1.0) == []


@both
def test_nothing_outlives_an_idle_front_end_that_is_killed(shell, mark):
    process = begin(mark, *GOOD, "block", "1", "pause")
    assert process.stdout.readline().startswith("load good ok")
    assert process.stdout.readline() == "block 1 ok\n"
    process.kill()
    process.wait()
    assert none_left(mark, 1.0) == []


def read(call, names=False, function="good", **kwargs):
    return load(function, call, how="read-names" if names else "read", **kwargs)


@pytest.mark.parametrize("call, names, answer", [
    ("f(n)", False, "4 -"),
    ("-0.5", False, "-0.5 -"),
    ("2**60", False, "1.152921504606847e+18 -"),
    ("(16.5, '2026-01-31T12:00:00Z')", False, "16.5 2026-01-31T12:00:00Z"),
    ("ref.wrong(1)[1]['a']", False, "2 -"),
    ("['PyLong_AsLong', 'PyDict_Next']", True, "2 - PyLong_AsLong PyDict_Next"),
    ("[]", True, "0 -"),
    ("(['a'], '2026-01-31T12:00:00Z')", True, "1 2026-01-31T12:00:00Z a"),
])
def test_reading(mark, call, names, answer):
    lines = drive(mark, *read(call, names, n=3, reference="probes_reference"))
    assert lines == ["read good ok " + answer]


def test_a_reading_is_evaluated_once_and_not_compared(mark):
    setup = "def count():\n m.calls += 1\n return m.calls"
    once = read("count()", setup=setup, reference="probes_reference")
    assert drive(mark, *once, *once) == ["read good ok 1 -", "read good ok 2 -"]


@pytest.mark.parametrize("call, names, sentence", [
    ("'text'", False, "gives 'text', which is no number"),
    ("None", False, "gives None, which is no number"),
    ("True", False, "gives True, which is no number"),
    ("float('nan')", False, "gives nan, which is no finite number"),
    ("float('inf')", False, "gives inf, which is no finite number"),
    ("10**400", False, "gives 1"),
    ("[1]", False, "gives [1], which is no number"),
    ("3", True, "gives 3, which is no list of names"),
    ("('a', 'b', 'c')", True, "gives ('a', 'b', 'c'), which is no list of names"),
    ("['a', 3]", True, "gives 3 among its names, which is no text"),
    ("['a\\0b']", True, "gives 'a\\\\x00b' among its names, which is no text"),
    ("['\\udcff']", True, "gives '\\\\udcff' among its names, which is no text"),
    ("['a'] * 20000", True, "gives ['a', 'a'"),
    ("['a' * 1000] * 16000", True, "names are longer than 1 MiB"),
    ("(1, 'yesterday')", False, "gives the date 'yesterday', which is none like 2026-"),
    ("(1, 2)", False, "gives the date 2, which is none like 2026-"),
])
def test_a_reading_that_gives_no_such_thing_is_refused(mark, call, names, sentence):
    lines = drive(mark, *read(call, names), *read("f(1)"))
    assert lines[0].startswith("read good refused: the reading")
    assert sentence.replace("\\\\", "\\") in lines[0]
    assert lines[1] == "read good ok 2 -"


@pytest.mark.parametrize("function, sentence", [
    ("raises", r"refused: the statement raised ValueError: no \x1b[31mcolours"),
    ("absent", "refused: 'probes_bad' has no function 'absent'"),
    ("segfault", "died: ended by SIGSEGV"),
    ("exit_now", "died: exited with status 3"),
    ("endless_in_c", "died: was still running after 0.5 s"),
    ("flood", "died: printed more than 1 MiB"),
    ("close_all", "died: closed the worker's connection"),
    ("garble", "died: wrote something that is no answer into the worker's connection"),
])
def test_bad_reading(mark, function, sentence):
    lines = drive(mark, "load-seconds", "0.5", *read("f()", function=function), *read("f(1)"))
    assert lines == ["read %s %s" % (function, sentence), "read good ok 2 -"]


def test_readings_and_samples_in_one_worker(mark):
    lines = drive(mark, *GOOD, *read("f(1)"), "block", "2", *read("f(2)"), "block", "1")
    assert lines[1:] == ["read good ok 2 -", "block 1 ok", "read good ok 3 -", "block 1 ok"]


def test_stopping_early(mark):
    lines = drive(mark, "stop-after", "0.3", *load("endless_in_c"))
    assert lines == ["load endless_in_c stopped: stopped"]


@both
def test_what_is_printed_is_kept(shell, mark):
    setup = "import ctypes\nprint('from python')\nctypes.CDLL(None).puts(b'from C')"
    lines = drive(mark, *load("good", "f(1)", setup=setup), "talk")
    assert lines[1] == r"talk 19 0 from python\x0afrom C\x0a"


@both
def test_samples(shell, mark):
    lines = drive(mark, "pin", "0", "gate", "50", *GOOD,
                  *load("good", "[x for x in range(n)]", n=100000), "sample", "3", "unroll", "0",
                  "32", "sample", "1")
    assert lines[0] == "pin ok"
    assert float(lines[1].split()[1]) > 0
    samples = [[int(v) for v in line.split()[1:]] for line in lines if line.startswith("sample ")]
    assert [s[0] for s in samples] == [0, 1] * 4
    for number, loops, unroll, full, half, gate, switched in samples:
        assert loops >= 1 and full > 0 and gate > 0
        assert (half > 0) == (unroll > 1)
        assert 0 <= switched <= 255
    assert {s[2] for s in samples[0:6:2]} == {64} and samples[6][2] == 32
    assert {s[1] for s in samples[1::2]} == {1}


@both
def test_an_unpinned_probe_has_all_cpus_and_the_others_one(shell, mark):
    cpus = len(os.sched_getaffinity(0))
    first = str(min(os.sched_getaffinity(0)))
    setup = "import os"
    call = "1 / (len(os.sched_getaffinity(0)) == %d)"
    lines = drive(mark, "pin", first, *load("good", call % 1, setup=setup),
                  *load("good", call % cpus, setup=setup, how="load-unpinned"),
                  *load("good", call % 1, setup=setup), "block", "3")
    assert lines[-1] == "block 3 ok"


def test_an_unpinned_probe_tells_that_its_threads_had_no_cpu_each(mark):
    """Beside as many processes that spin as the machine has CPUs, whatever the gates say."""
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
            for _ in range(os.cpu_count())]
    try:
        lines = drive(mark, "pin", "-1", *load("good", "sum(range(1000))", n=2,
                                               how="load-unpinned"), "sample", "20")
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    switched = [int(line.split()[-1]) for line in lines if line.startswith("sample ")]
    assert len(switched) == 20
    assert sum(s > 0 for s in switched) > 10


def test_cpu_that_is_not_there(mark):
    assert drive(mark, "pin", "1000000")[0] == "pin refused: CPU 1000000 is not to be had"


def test_no_worker_program(mark):
    out = subprocess.run([DRIVE, "/nonexistent/worker", str(PROBES), "hello"],
                         capture_output=True, text=True, timeout=20)
    assert out.stdout == ("start died: starting '/nonexistent/worker' failed: "
                          "No such file or directory\n")


def test_a_program_that_is_no_worker(mark):
    out = subprocess.run([DRIVE, "/bin/true", str(PROBES), "hello"],
                         capture_output=True, text=True, timeout=20)
    assert out.stdout == "start died: worker '/bin/true': exited with status 0\n"


@pytest.mark.skipif(FIRST != "embedded", reason="there is no such program")
def test_started_by_hand_it_says_what_it_is():
    out = subprocess.run([WORKER], capture_output=True, text=True, timeout=20)
    assert out.returncode == 2
    assert out.stderr == "ffiadvise-worker: this program is started by ffiadvise\n"
