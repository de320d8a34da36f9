"""Measure my call, on the screen: the fields, the run in the background, what is filled in and
what is said of code that fails."""

import json
import re
import signal
from pathlib import Path

import pytest

from conftest import SHELL, STORED
from terminal import descendants, gone, screens, terminal  # noqa: F401
from test_python import BASE, make_venv

SETUP = ('"def score(xs, k=2):" enter "    return sum(x * k for x in xs)" enter '
         '"xs = [1.5] * 1000" ')
CALL = f'm {SETUP} tab "score(xs)" enter '
QUICK = ("--budget", "0.5s")


def text(lines):
    return "\n".join(lines)


def test_a_call_fills_in_the_answers(screens):
    found = screens(CALL + "dump:seen enter dump:next tab dump:list", 80, 40, *QUICK)
    seen = text(found["seen"])
    assert "Your call was measured" in seen
    for label, answer in (("spends its time", "cpu"), ("argument type", r"list\[float\]"),
                          ("argument items", "1000"), ("name", "score"), ("written in", "python"),
                          ("time per call", r"\d.*(ns|us|ms)")):
        assert re.search(rf"{label} +{answer}", seen), label
    # What could be seen is not asked.
    assert "question 1 of" in found["next"][0] and "What share" in text(found["next"])
    listed = next(line for line in found["list"] if "argument type" in line)
    assert re.search(r"\u25c6 argument type +list\[float\] \(measured\)", listed)


def test_the_advice_is_that_of_measure(screens, run, tmp_path):
    budget = ("--budget", "5s")    # the call itself has to be measured, however busy it is here
    screens(CALL + "enter tab a", 80, 24, *budget, "--format", "json")
    ours = json.loads(screens.done.stdout)
    setup = "def score(xs, k=2):\n    return sum(x * k for x in xs)\nxs = [1.5] * 1000"
    done = run("measure", "--setup", setup, "--call", "score(xs)", "--measurements", STORED,
               *budget, "--format", "json")
    theirs = json.loads(done.stdout)

    def seen(report):
        return {key: a.get("value") for key, a in report["functions"][0]["answers"].items()
                if a["origin"] == "measured"}

    assert seen(ours) and seen(ours) == seen(theirs)
    for report in ours, theirs:
        (call,) = [m for m in report["measurements"] if m["id"] == "call/python"]
        assert call["basis"] == "measured" and call["samples"] > 0
        assert report["functions"][0]["answers"]["function.time_per_call"]["low"] > 0


def test_what_was_said_stays_and_is_held_against_it(screens):
    found = screens('1 "60%" enter "5s" enter tab ' + CALL + "dump:seen enter tab dump:list", 100,
                    40, *QUICK)
    assert "function.time_per_call is given as 5 s" in text(found["seen"])
    listed = text(found["list"])
    assert re.search(r"\u2713 share of the program +60%", listed)
    assert "measured" not in next(line for line in found["list"] if "time per call" in line)


def test_it_is_taken_back_and_measured_again(screens):
    found = screens(CALL + "enter tab a u dump:undone m dump:form "
                    '^u "score([1, 2])" enter dump:again enter w dump:list', 80, 40, *QUICK)
    assert "taken back" in text(found["undone"])
    # The text is still there.
    assert "return sum(x * k for x in xs)" in text(found["form"])
    assert re.search(r"argument type +list\[int\]", text(found["again"]))
    assert text(found["list"]).count("argument type") == 1


@pytest.mark.parametrize("keys,said", [
    ('tab "1 +" enter', "invalid syntax in line 1"),
    ('tab "nothing_of_that_name(3)" enter', "NameError"),
    ('"import no_such_module" tab "no_such_module.f()" enter', "no_such_module"),
    ('tab "(x for x in [1])" enter', "gives a generator"),
    ('"import os" tab "os.abort()" enter', "SIGABRT"),
    ('"raise ValueError(chr(27) + chr(91) + chr(51) + chr(49) + chr(109))" tab "1" enter',
     r"\x1b[31m"),
])
def test_code_that_fails_is_told_readably(screens, keys, said):
    found = screens(f"m {keys} dump:failed enter dump:form esc dump:question", 80, 30, *QUICK)
    failed = text(found["failed"])
    assert "It was not measured" in failed and said in failed.replace("\n   ", "")
    assert "\x1b" not in failed
    assert "Set-up" in text(found["form"]) and "Enter measure it" in found["form"][-1]
    assert "question 1 of 9" in found["question"][0]


def test_what_the_code_prints_is_shown_as_text(screens):
    found = screens('''m "print('hello' + chr(7) + chr(27) + '[2J')" tab "sum([1])" enter dump:seen''',
                    80, 40, *QUICK)
    assert r"hello\x07\x1b[2J" in text(found["seen"])


def test_there_has_to_be_a_call(screens):
    found = screens('m "x = 1" tab enter dump:x down dump:python')
    assert "there is no call yet" in text(found["x"])
    assert "virtual environment" in text(found["python"])


def test_lines_of_the_set_up_are_edited(screens):
    found = screens('m "a = 1" enter "b = 2" enter "c = 3" up home "#" up up end backspace "9" '
                    "dump:edited backtab down down down down dump:below")
    edited = [line.strip() for line in found["edited"]]
    assert any(line.endswith("a = 9") for line in edited)
    assert "#b = 2" in edited and "c = 3" in edited
    assert "Enter measure it" in found["below"][-1]


def test_many_lines_in_few_rows(screens):
    lines = " enter ".join(f'"line_{i} = {i}"' for i in range(20))
    found = screens(f"m {lines} dump:end " + "up " * 19 + "dump:top tab dump:call", 40, 12)
    assert "line_19 = 19" in text(found["end"]) and "line_0 " not in text(found["end"])
    assert "line_0 = 0" in text(found["top"]) and "line_19" not in text(found["top"])
    for lines in found.values():
        assert "Call" in text(lines) and "Interpreter" in text(lines)


def test_an_interpreter_is_named(screens, tmp_path):
    venv = make_venv(tmp_path / "venv")
    found = screens('m "import sys" tab "len(sys.prefix)" tab "no-such-python" enter dump:none '
                    f'enter ^u "{BASE}" enter dump:seen', 80, 30, *QUICK)
    assert "It was not measured" in text(found["none"]) and "no-such-python" in text(found["none"])
    assert "Your call was measured" in text(found["seen"])
    # Figures of a file are of one interpreter.
    found = screens(f'm tab "1 + 1" tab "{venv}" enter dump:other', 80, 30, *QUICK)
    assert "It was not measured" in text(found["other"]) and "not of" in text(found["other"])


def test_answers_that_were_measured_are_kept_so(screens, run, home):
    screens(CALL + "enter", 80, 24, *QUICK)
    (kept,) = Path(home["HOME"]).rglob("session-*.yaml")
    assert re.search(r"type: .*list\[float\].*# measured", kept.read_text())
    found = screens("dump:next tab dump:list", 80, 40, "--resume")
    assert "What share" in text(found["next"]) and "(measured)" in text(found["list"])


# Several interpreters.


def test_several_interpreters_are_measured_together(run, tmp_path):
    venv = make_venv(tmp_path / "venv")
    (tmp_path / "keys").write_text('1 "60%" enter "45us" enter a 8 size:80x60 dump:gaps')
    done = run("--python", BASE, "--python", venv, *QUICK, "--keys", tmp_path / "keys", "--dump",
               tmp_path / "dump", "--format", "json")
    assert done.returncode in (0, 4), done.stderr
    first, second = json.loads(done.stdout)["environments"]
    assert (first["build"]["shell"], second["build"]["shell"]) == (SHELL, "extension")
    gaps = (tmp_path / "dump").read_text()
    assert f"shell: {SHELL}" in gaps and "shell: extension" in gaps


def test_they_are_measured_when_there_is_nothing_else_to_do(terminal, tmp_path):
    venv = make_venv(tmp_path / "venv")
    t = terminal("--python", BASE, "--python", venv, "--budget", "2s", measurements=None)
    t.wait("all interpreters: ").press("1").wait("question 2 of").wait("figures measured here")
    t.press("\x03")
    assert t.end() == -signal.SIGINT and not descendants(t.process.pid)


# On a terminal.


def test_it_is_stopped(terminal):
    t = terminal(*QUICK)
    t.wait("figures from a file").press("m", *"import time", "tab", *"time.sleep(1000)", "enter")
    t.wait("is being measured").wait(lambda t: descendants(t.process.pid))
    workers = descendants(t.process.pid)
    t.press("x").wait("nothing is filled in").wait("Enter measure it")
    gone(workers)
    t.press("esc").wait("question 1 of 9").press("\x03")
    assert t.end() == -signal.SIGINT and t.restored()


def test_the_questions_go_on_meanwhile(terminal):
    t = terminal(*QUICK)
    t.wait("figures from a file")
    t.press("m", *"import time", "enter", *"f = lambda n: time.sleep(n)", "tab", *"f(2)", "enter")
    t.wait("is being measured").press("esc").wait("question 1 of").wait("your call: ")
    t.press("1").wait("question 2 of").press(*"60", "x", "backspace")
    t.wait("your call was measured and fills in answers; ^T shows it")
    t.press("\x14").wait("function.bound is given as cpu").press("esc").wait("\u25b8 60")
    t.press(*"%", "enter")
    # The call contradicts what was said of where the time goes, which is open again; what
    # could be seen is not asked.
    t.wait("question 3 of").wait("one of these tasks").press("tab").wait("all questions")
    t.wait("\u00b7 spends its time").wait("\u2713 share of the program").wait("\u25c6 time per call").press("\x03")
    assert t.end() == -signal.SIGINT


def test_nothing_is_left_of_it(terminal):
    t = terminal(*QUICK)
    t.wait("figures from a file").press("m", "tab", *"__import__('time').sleep(1000)", "enter")
    t.wait("is being measured").wait(lambda t: descendants(t.process.pid))
    workers = descendants(t.process.pid)
    t.signal(signal.SIGTERM)
    assert t.end() == -signal.SIGTERM and t.restored()
    gone(workers)


def test_measuring_is_stopped_and_goes_on(terminal):
    t = terminal("--budget", "3s", measurements=None)
    t.wait(lambda t: descendants(t.process.pid)).wait("question 1 of")
    t.press("x").wait("what there is is kept").wait(lambda t: not descendants(t.process.pid))
    t.press("1").wait("question 2 of").wait("measuring stopped, x goes on")
    t.press("\x18").wait("measuring goes on").press("6").wait("figures measured here")
    t.press("\x03")
    assert t.end() == -signal.SIGINT


def test_a_call_is_measured_where_measuring_was_stopped(terminal):
    t = terminal("--budget", "20s", measurements=None)
    t.wait(lambda t: any(re.search(r"measuring .* of ", line) for line in t.text()))
    t.press("m", "tab", *"sum([1, 2])", "enter").wait("Your call was measured")
    t.press("enter").wait("question 1 of").press("esc", "tab").wait("all questions")
    t.press("x").wait("what there is is kept").press("m", "enter").wait("is being measured")
    t.wait("Your call was measured").press("esc").wait("measuring stopped, x goes on")
    t.press("\x03")
    assert t.end() == -signal.SIGINT
