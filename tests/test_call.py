"""measure: the person's own call, run for real: what is seen of live objects, what is
said of code that fails, and what comes of answers that say something else."""

import json
import os
import pty
import subprocess

import pytest

from conftest import PROGRAM, STORED

# The advice rests on the stored figures: what is asked here is the call.
QUICK = ("--measurements", STORED, "--budget", "0.5s")


@pytest.fixture
def raw(run):
    def call(setup, expression, *args, **how):
        return run("measure", "--setup", setup, "--call", expression, *QUICK, *args, **how)

    return call


@pytest.fixture
def function(raw):
    """The report's one function."""

    def call(setup, expression, *args, **how):
        done = raw(setup, expression, "--format", "json", *args, **how)
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        (found,) = report["functions"]
        found["measurements"] = {m["id"]: m for m in report["measurements"]}
        return found

    return call


def value(function, key):
    """What an answer says and that it was measured."""
    answer = function["answers"][key]
    assert answer["origin"] == "measured", (key, answer)
    return answer["value"] if "value" in answer else (answer["low"], answer["high"])


# --- what is seen ---


def test_a_call_fills_the_answers_and_is_advised_on(function):
    found = function("def score(xs, k=2):\n    return sum(x * k for x in xs)\nxs = [1.5] * 1000",
                     "score(xs)")
    assert found["name"] == "score"
    assert value(found, "inputs[0].type") == "list[float]"
    assert value(found, "inputs[0].length") == (1000, 1000)
    assert value(found, "inputs[0].name") == "xs"
    assert value(found, "output.type") == "float"
    assert value(found, "function.now") == "python"
    low, high = value(found, "function.time_per_call")
    assert 0 < low <= high
    measured = found["measurements"]["call/python"]
    assert measured["basis"] == "measured" and measured["samples"] > 0
    assert measured["ns"]["low"] == low and measured["ns"]["high"] == high
    assert found["answers"]["function.share"]["origin"] == "unknown"
    assert found["verdict"]["title"]


OBJECTS = """
import array, datetime, enum
class Slots:
    __slots__ = ('x', 'y')
    def __init__(self): self.x, self.y = 1, 2.0
class Dict:
    def __init__(self): self.a, self.b, self.c = 1, 2, 3
class Int(int): pass
f = lambda v: None
"""


@pytest.mark.parametrize("expression, type, length", [
    ("3", "int", None), ("2.5", "float", None), ("True", "bool", None), ("None", "none", None),
    ("Int(3)", "int", None), ("'abc'", "str", 3), ("b'abcd'", "bytes", 4), ("1j", "any", None),
    ("bytearray(5)", "bytes", 5), ("[1, 2]", "list[int]", 2), ("[]", "list[any]", 0),
    ("[1, 2.5]", "list[float]", 2), ("[1, 'a']", "list[any]", 2),
    ("[[], [1], [2, 3]]", "list[list[int]]", 3), ("[1] * 99 + ['a']", "list[any]", 100),
    ("(1, 2.0, 'a')", "tuple[int, float, str]", 3), ("tuple(range(9))", "tuple[int, ...]", 9),
    ("()", "tuple[any, ...]", 0), ("{'a': [1.5]}", "dict[str, list[float]]", 1),
    ("{1, 2}", "set[int]", 2), ("frozenset('ab')", "set[str]", 2),
    ("[(1, 'a')] * 3", "list[tuple[int, str]]", 3), ("Slots()", "object", None),
    ("[Dict()] * 4", "list[object]", 4), ("{'k': Slots()}", "dict[str, object]", 1),
    ("array.array('d', [1, 2])", "buffer[f64]", 2), ("array.array('i', [1])", "buffer[i32]", 1),
    ("memoryview(b'abc')", "buffer[u8]", 3), ("len", "callable", None), ("f", "callable", None),
    ("int", "callable", None), ("datetime.datetime(2020, 1, 1)", "native", None),
    ("enum.Enum('E', 'A').A", "object", None), ("range(5)", "any", 5),
    ("__import__('collections').deque([1, 2])", "list[int]", 2),
    ("__import__('collections').Counter('aab')", "dict[str, int]", 2),
    ("[[[[[[[[[[1]]]]]]]]]]", None, 1),
])
def test_types_of_every_kind(function, expression, type, length):
    found = function(OBJECTS + f"v = {expression}\n", "f(v)")
    if type:
        assert value(found, "inputs[0].type") == type
    if length is None:
        assert found["answers"].get("inputs[0].length", {}).get("origin") in (None, "unknown")
    else:
        assert value(found, "inputs[0].length") == (length, length)
    assert value(found, "output.type") == "none"


def test_what_lies_within(function):
    found = function(OBJECTS + "words = ['ab', 'cdef', 'é']; o = Dict(); s = [Slots()] * 3\n"
                     "m = memoryview(bytes(12)).cast('B', (3, 4))\n"
                     "def g(words, o, s, m): return [b'abc', b'']\n", "g(words, o, s=s, m=m)")
    assert value(found, "inputs[0].item_length") == (1, 4)
    assert value(found, "inputs[0].ascii") == "no"
    assert value(found, "inputs[1].fields") == (1, 3)
    assert value(found, "inputs[1].own_class") == "yes"
    assert value(found, "inputs[2].fields") == (1, 2)
    assert value(found, "inputs[3].contiguous") == "yes"
    assert value(found, "inputs[3].writable") == "no"
    assert found["answers"]["inputs[3].shape"]["origin"] == "measured"
    assert value(found, "output.type") == "list[bytes]"
    assert value(found, "output.item_length") == (0, 3)


@pytest.mark.parametrize("setup, expression, now, through", [
    ("", "abs(-3)", "native", "capi"),
    ("import json; s = '[1]'", "json.loads(s)", "python", None),
    ("import functools\n@functools.lru_cache\ndef f(n): return n", "f(3)", "python", None),
    ("import functools\nf = functools.partial(pow, 2)", "f(3)", "native", "capi"),
    ("class A:\n    def __call__(self, x): return x\na = A()", "a(1)", "python", None),
    ("class A:\n    def m(self, x): return x\na = A()", "a.m(1)", "python", None),
    ("class A: pass", "A()", "python", None), ("", "dict()", "native", None),
    ("import ctypes; f = ctypes.CDLL(None).abs", "f(-3)", "native", "ctypes"),
])
def test_what_is_called(function, setup, expression, now, through):
    found = function(setup, expression)
    assert value(found, "function.now") == now
    if through:
        assert value(found, "function.through") == through


def test_a_method_takes_its_object(function):
    found = function("class A:\n    def __init__(self): self.n = 1\n"
                     "    def m(self, x): return x\na = A()", "a.m('t')")
    assert value(found, "inputs[0].type") == "object"
    assert value(found, "inputs[0].name") == "self"
    assert value(found, "inputs[1].type") == "str"


def test_stars_and_keywords(function):
    found = function("def f(a, b, *, c): return a\nargs = (1, 'x'); kw = {'c': 2.5}",
                     "f(*args, **kw)")
    assert [value(found, f"inputs[{i}].type") for i in range(3)] == ["int", "str", "float"]
    assert [value(found, f"inputs[{i}].name") for i in range(3)] == ["a", "b", "c"]


def test_waiting_is_told_from_computing(function):
    found = function("import time", "time.sleep(0.002)")
    assert value(found, "function.bound") in ("io", "mixed")
    assert value(found, "function.wait_share")[1] > 0.5


# --- the environment ---


def test_it_runs_as_python_c_does(function, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "beside.py").write_text("def f(): return 'beside'\n")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "on_path.py").write_text("def g(): return 'on path'\n")
    found = function("import sys, beside, on_path, pickle\n"
                     "assert __name__ == '__main__' and sys.argv == ['-c'], sys.argv\n"
                     "assert sys.path[0] == '' and not any('probes' in p for p in sys.path)\n"
                     "import site\nassert any(p.endswith('-packages') for p in sys.path)\n"
                     "class C: pass\npickle.loads(pickle.dumps(C()))\n"
                     "import os; assert os.environ['MINE'] == '1'\n"
                     "def both(): return beside.f() + on_path.g()",
                     "both()", cwd=tmp_path / "here",
                     env={"PYTHONPATH": str(tmp_path / "there"), "MINE": "1"})
    assert value(found, "output.length") == (13, 13)


def test_a_virtual_environment(function, tmp_path):
    base = json.loads((PROGRAM.parent / "python" / "default" / "manifest.json").read_text())
    venv = tmp_path / "venv"
    subprocess.run([base["executable"], "-m", "venv", "--without-pip", str(venv)], check=True)
    (site,) = venv.glob("lib/python3*/site-packages")
    (site / "only_here.py").write_text("def f(x): return x\n")
    (site / "extra.pth").write_text(str(tmp_path / "editable") + "\n")
    (tmp_path / "editable").mkdir()
    (tmp_path / "editable" / "edited.py").write_text("class C:\n    def __init__(self): self.a = 1\n")
    done = subprocess.run([str(PROGRAM), "measure", "--setup",
                           "import only_here, edited; c = edited.C()", "--call", "only_here.f(c)",
                           "--budget", "0.5s", "--python", str(venv), "--format", "json"],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
                          env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)})
    assert done.returncode in (0, 4), done.stderr
    report = json.loads(done.stdout)
    assert report["environments"][0]["build"]["shell"] == "extension"
    assert value(report["functions"][0], "inputs[0].type") == "object"


# --- what goes wrong ---


@pytest.mark.parametrize("setup, expression, status, says", [
    ("a = 1\nb = = 2", "f()", 2, ["set-up is no Python", "line 2 ('b = = 2')"]),
    ("", "f(1", 2, ["the call is no Python", "'f(1'"]),
    ("", "x = 3", 2, ["the call is no Python"]),
    ("", "await f()", 2, ["the call is no Python"]),
    ("a = 1\nb = 1 / 0", "abs(a)", 1, ["the set-up in line 2 ('b = 1 / 0') raised ZeroDivisionError"]),
    ("def f(x):\n    return 1 / x", "f(0)", 1,
     ["the call, in line 2 of the set-up ('return 1 / x'), raised ZeroDivisionError"]),
    ("", "nothing_there(1)", 1, ["NameError", "nothing_there"]),
    ("import not_to_be_had", "f()", 1, ["ModuleNotFoundError", "--python"]),
    ("import sys\nsys.exit(3)", "f()", 1, ["line 2 ('sys.exit(3)') called sys.exit(3)"]),
    ("import os\nf = lambda: os._exit(5)", "f()", 1, ["the call exited with status 5"]),
    ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "f()", 1,
     ["the set-up ended by SIGSEGV"]),
    ("import os, signal\nn = 0\ndef f():\n    global n\n    n += 1\n"
     "    if n == 40: os.kill(os.getpid(), signal.SIGSEGV)\n", "f()", 1, ["SIGSEGV"]),
    ("def f():\n    while True: print('x' * 10000)", "f()", 1, ["printed more than 1 MiB"]),
    ("def f():\n    yield 1", "f()", 2, ["a generator: nothing was computed", "list("]),
    ("async def f(): pass", "f()", 2, ["a coroutine", "asyncio.run"]),
    ("async def f():\n    yield 1", "f()", 2, ["an asynchronous generator"]),
    ("", "map(str, [1])", 2, ["an iterator", "list("]),
    ("", "input()", 1, ["EOFError"]),
    ("", "1 + 1", 1, ["constant"]),
    ("raise KeyboardInterrupt", "f()", 1, ["KeyboardInterrupt"]),
    ("class E(Exception):\n    def __str__(self): raise ValueError\nraise E", "f()", 1, ["raised E"]),
    ("raise ValueError('\\x1b[31mred')", "f()", 1, ["ValueError", "\\x1b[31mred"]),
])
def test_what_fails_is_told(raw, setup, expression, status, says):
    done = raw(setup, expression)
    assert done.returncode == status and done.stdout == "", done.stderr
    for part in says:
        assert part in done.stderr
    assert "\x1b" not in done.stderr and "Traceback" not in done.stderr


@pytest.mark.once
def test_a_call_that_hangs_ends(raw):
    done = raw("import time", "time.sleep(3600)", timeout=60)
    assert done.returncode == 1 and "the call was still running after 10 s" in done.stderr


@pytest.mark.once
def test_a_call_of_seconds_rests_on_few_samples(function):
    found = function("import time", "time.sleep(1.1)")
    low, high = value(found, "function.time_per_call")
    assert low <= 1.1e9 <= high
    assert any("fewer than a figure needs" in w for w in found["warnings"])


@pytest.mark.once
def test_a_call_longer_than_a_sample_rests_on_one_run(function):
    found = function("import time", "time.sleep(3.6)")
    assert "call/python" not in found["measurements"]
    assert any("rests on one run" in w for w in found["warnings"])


def test_what_they_print_is_shown_and_not_sent(raw):
    done = raw("print('\\x1b]0;title\\x07 set up')", "abs(-1)")
    assert done.returncode == 0
    assert "  | \\x1b]0;title\\x07 set up" in done.stderr and "\x1b" not in done.stderr
    quiet = raw("print('set up')", "abs(-1)", "--quiet")
    assert quiet.returncode == 0 and quiet.stderr == ""


# --- what should be known ---


@pytest.mark.parametrize("setup, expression, says", [
    ("f = len", "f([1, 2] * 3)", ["the making of its argument '[1, 2] * 3'"]),
    ("xs = [1]", "len(xs) + 1", ["is not one call f(...)"]),
    ("import functools\n@functools.lru_cache\ndef f(n): return sum(range(n))", "f(3000000)",
     ["the first run took"]),
])
def test_warnings(function, setup, expression, says):
    warnings = function(setup, expression)["warnings"]
    for part in says:
        assert any(part in w for w in warnings), warnings


def test_a_call_that_grows_is_told(function):
    # Long enough for the samples it takes to be told, however busy the machine is.
    found = function("xs = []\ndef f(xs):\n    xs.extend([1] * 20)\n    return sum(xs)", "f(xs)",
                     "--budget", "6s")
    warnings = " ".join(found["warnings"])
    assert "gets slower the more often it runs" in warnings
    assert "changes the length of xs" in warnings


SPINS = """
import hashlib, threading, time
def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hashlib.sha256(bytes(10_000_000)).digest()
xs = [1.5] * 20000
def f(xs):
    t = 0.0
    for x in xs:
        t += x
    return t
"""


@pytest.mark.once
def test_threads_that_set_up_left_spinning_are_not_the_calls(function):
    """As those of a BLAS do for a while after the import of NumPy."""
    found = function(SPINS + "threading.Thread(target=spin, args=(0.15,), daemon=True).start()",
                     "f(xs)")
    assert not [w for w in found["warnings"] if "busy at once" in w]


def test_a_steady_call_has_no_warning(function):
    found = function("xs = [1.5] * 100\ndef f(xs): return sum(xs)", "f(xs)")
    assert not [w for w in found["warnings"] if "an upper bound" not in w]


# --- together with what is said ---


def test_answers_that_agree_stand_and_others_are_told(function, tmp_path):
    path = tmp_path / "rest.yaml"
    path.write_text("ffiadvise: 1\nname: mine\nfunction: {share: 40%, now: python, bound: io}\n"
                    "caller: {loop: python}\n"
                    "inputs: [{name: xs, type: 'list[int]', length: 10, access: all}]\n"
                    "output: {type: float}\n")
    found = function("xs = [1.5] * 1000\ndef f(xs): return sum(xs)", "f(xs)", "--answers", path)
    answers = found["answers"]
    assert found["name"] == "mine"
    assert answers["function.share"]["origin"] == "file"
    assert answers["function.now"]["origin"] == "file"
    assert answers["inputs[0].length"] == {"low": 10, "high": 1000, "unit": "count",
                                           "origin": "file"}
    assert answers["inputs[0].type"] == {"value": "list[int]", "origin": "file"}
    assert answers["function.bound"]["origin"] == "unknown"
    told = [w for w in found["warnings"] if "but the call that was measured shows" in w]
    assert [w.split()[0] for w in told] == ["function.bound", "inputs[0].type", "inputs[0].length"]
    assert "10" in told[2] and "1000" in told[2] and "list[float]" in told[1]


def test_another_number_of_inputs_is_told(function, tmp_path):
    path = tmp_path / "rest.yaml"
    path.write_text("ffiadvise: 1\ninputs: [{type: int}, {type: int}]\n")
    found = function("", "abs(-3)", "--answers", path)
    assert any("inputs has 2 entries, but the call that was measured takes 1" in w
               for w in found["warnings"])


def test_several_functions_cannot_be_one_call(raw, tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text("ffiadvise: 1\nfunctions: [{name: a}, {name: b}]\n")
    done = raw("", "abs(-3)", "--answers", path)
    assert done.returncode == 2 and "2 functions" in done.stderr
    path.write_text("ffiadvise: 1\nnonsense: 1\n")
    done = raw("", "abs(-3)", "--answers", path)
    assert done.returncode == 3 and "nonsense" in done.stderr and done.stdout == ""


def test_the_rest_is_asked(raw):
    done = raw("", "abs(-3)", "--plain", "--format", "json", input="60%\n" + "\n" * 20)
    assert done.returncode == 0, done.stderr
    assert "share of the program" in done.stderr and "What is its type" not in done.stderr
    answers = json.loads(done.stdout)["functions"][0]["answers"]
    assert answers["function.share"]["low"] == 0.6
    assert answers["function.share"]["origin"] == "asked"
    left = raw("", "abs(-3)", "--plain", input="q\n")
    assert left.returncode == 0 and left.stdout == "" and "left without advice" in left.stderr


def test_no_inputs_at_all(raw):
    done = raw("", "dict()", "--plain", "--format", "json", input="\n" * 20 + "cpu\n")
    assert done.returncode == 0, done.stderr


def test_it_says_that_it_runs_code(raw, run):
    done = raw("", "abs(-3)")
    assert "this runs your code, the call many times" in done.stderr
    assert "Measured on the call" in done.stdout
    assert "inputs[0].type: int" in done.stdout
    assert "runs your code" in run("measure", "--help").stdout


def test_a_document_has_what_was_seen(raw):
    done = raw("", "abs(-3)", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    assert "\n## Measured on the call\n" in done.stdout
    assert "].type: int\n" in done.stdout


def test_it_needs_a_call(run):
    done = run("measure", "--setup", "x = 1")
    assert done.returncode == 2 and "--call" in done.stderr
    done = run("measure", "--call", "f(x)", "--python", "a", "--python", "b")
    assert done.returncode == 2 and "names several" in done.stderr
    done = run("--call", "f(x)")
    assert done.returncode == 2 and "--call" in done.stderr


def test_output_goes_to_a_file(raw, tmp_path):
    done = raw("", "abs(-3)", "--format", "json", "--output", tmp_path / "out.json")
    assert done.returncode == 0 and done.stdout == ""
    assert json.loads((tmp_path / "out.json").read_text())["functions"]


def test_check_says_whether_it_is_ffi(raw):
    assert raw("", "abs(-3)", "--check").returncode == 11
