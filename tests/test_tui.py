"""The session on the screen: what it shows, what its keys do, and its manners.

Most goes by --keys and --dump, which need no terminal; a pty with pyte shows that a terminal
gets the same, and how it is left. What each screen looks like is in test_screens.py.
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from conftest import EXAMPLES, PROGRAM, ROOT, STORED
from terminal import descendants, gone, screens, state_of, terminal  # noqa: F401

SIZES = [(80, 24), (120, 40), (40, 12)]

@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_locale_without_utf8_gets_ascii(screens, locale):
    found = screens("dump:x", env={"LC_ALL": locale})
    assert all(line.isascii() for line in found["x"])
    assert found["x"] == screens("dump:x", 80, 24, "--ascii")["x"]


def test_why_says_an_example_a_cost_and_a_source(screens):
    why = "\n".join(screens("1 ? dump:why", 80, 40)["why"])
    assert "Why it is asked" in why and "Example: 60%" in why and "Not known" in why
    assert "Amdahl" in why and "function.share" in why


ANSWERED = '1 "60%" enter "45us" enter 1 2 1 1 "list[float]" enter "1000" enter enter 3 enter '


@pytest.mark.parametrize("columns,rows,ascii", [(*SIZES[0], False), (*SIZES[0], True),
                                                (*SIZES[1], False), (*SIZES[2], False)])
def test_pages_of_the_advice(screens, columns, rows, ascii):
    keys = ANSWERED + " ".join(f"{n} dump:{n} pagedown pagedown pagedown pagedown dump:{n}-below"
                               for n in range(1, 10))
    found = screens(keys, columns, rows, *(["--ascii"] if ascii else []))
    heads = {1: "Write it natively", 2: "reason.", 3: "options that fit", 4: "result",
             5: "stay: as it is", 6: "figures", 7: "->", 8: "measured", 9: "What if an answer"}
    for n, head in heads.items():
        page = found[str(n)] + found[f"{n}-below"]
        flat = " ".join(page)
        assert len(found[str(n)]) == rows
        assert all(len(line) <= columns for line in page)
        if ascii:
            assert flat.isascii()
        if n not in (4, 7) or columns > 40:
            assert head.split()[0] in flat, f"page {n}:\n" + "\n".join(page)
        assert re.match(rf" (\d.*)?{n} ", found[str(n)][1])


def test_an_option_opens_its_cost(screens):
    found = screens(ANSWERED + "3 down enter dump:open enter dump:closed o dump:order f dump:all")
    assert any("inputs" in line and "%" in line for line in found["open"])
    assert not any("inputs" in line for line in found["closed"])
    assert "speed-up" in found["order"][3] and found["order"] != found["closed"]
    assert len(found["all"]) and found["all"][3] != found["order"][3]


def test_enter_explains_a_reason(screens, run):
    found = screens(ANSWERED + "2 dump:why down enter dump:opened enter dump:closed end enter "
                    "dump:step", 80, 40)
    reason = re.findall(r"\[(reason\.[a-z-]+)\]", "\n".join(found["why"]))[1]
    opened = "\n".join(found["opened"])
    explained = run("explain", reason).stdout.splitlines()
    assert all(line in opened for line in explained[:2]) and f"[{reason}]" in opened
    assert len(re.findall(r"\[reason\.", opened)) == 1
    assert found["closed"][2] == found["why"][2] and found["closed"] != found["opened"]
    assert "a step" in "\n".join(found["step"])


def test_what_if_stands_side_by_side_and_is_undone(screens):
    found = screens(ANSWERED + '9 w / "function.share" enter enter "5%" enter dump:after '
                    "v dump:kept u dump:undone")
    after = "\n".join(found["after"])
    assert re.search(r"function.share 60% . 5%", after)
    assert re.search(r"verdict +Write it natively .* Leave it in Python", after)
    assert "nothing yet" in "\n".join(found["undone"])
    assert "kept as 'share of the program 5%'" in "\n".join(found["kept"])


def test_variants_stand_in_a_table(screens):
    found = screens(ANSWERED + '9 w / "function.share" enter enter "5%" enter v '
                    'w / "function.share" enter enter "90%" enter v end dump:both', 100, 60)
    text = "\n".join(found["both"])
    assert text.count("share of the prog") >= 2 and re.search(r"\bnow\b", text)
    found = screens(ANSWERED + '9 w / "function.share" enter enter "5%" enter v u '
                    "n e home dump:taken d end dump:dropped u home dump:back", 100, 60)
    assert "function.share 60% \u2192 5%" in "\n".join(found["taken"])
    assert "share of the program" not in "\n".join(found["dropped"][10:])
    assert "nothing yet" in "\n".join(found["back"])


def test_variants_outlive_the_session(screens, run):
    kept = screens(ANSWERED + '9 w / "function.share" enter enter "5%" enter v '
                   'w / "function.share" enter enter "90%" enter v end dump:kept', 100, 60)
    table = [line for line in kept["kept"] if "share of the prog" in line]
    again = screens("a 9 end dump:resumed u dump:undone", 100, 60, "--resume")
    assert [line for line in again["resumed"] if "share of the prog" in line] == table
    assert "with --resume undo begins anew" in "\n".join(again["undone"])
    gone = screens("a 9 n d n d dump:dropped", 100, 60, "--resume")
    assert "share of the prog" not in "\n".join(gone["dropped"])
    assert "share of the prog" not in "\n".join(screens("a 9 end dump:x", 100, 60,
                                                        "--resume")["x"])


def test_refining_offers_what_would_turn_the_advice(screens):
    found = screens(ANSWERED + "r dump:offered - dump:next a dump:advice")
    for screen in "offered", "next":
        assert re.search("can still turn the advice|would narrow most", found[screen][2])
    assert found["offered"][4] != found["next"][4]
    assert "the advice" in found["advice"][0]


def test_what_can_turn_the_advice_is_offered_first(screens):
    found = screens('1 "40%" enter "60us" enter 1 2 1 2 "str" enter "20" enter enter 5 enter 1 r ' +
                    " ".join(f"dump:{i} -" for i in range(30)), 100, 40)
    said = [" ".join(found[str(i)][2:4]) for i in range(30)]
    kinds = ["turn the advice" in s or "would narrow" in s for s in said]
    open_ = ["hangs on the answer" in s for s in said]
    rest = ["None of the open answers" in s for s in said]
    assert any(kinds) and any(open_) and any(rest)
    for before, after in (kinds, open_), (open_, rest):
        assert max(i for i, k in enumerate(before) if k) < min(i for i, k in enumerate(after) if k)


def test_not_knowing_says_what_it_rules_out(screens):
    found = screens(ANSWERED + 'w / "vectorisable" enter enter ? dump:open', 100, 40)
    text = " ".join("\n".join(found["open"]).split())
    assert "Not known, it rules this out: vectorise" in text and "rules nothing out" not in text


def test_back_forward_and_marked_answers(screens):
    found = screens('1 "60%" enter "45us" enter 1 2 1 h h 1 dump:loop h tab dump:list', 120, 40)
    # The loop became none: whether it can move is kept, and not needed.
    assert "What kind of work" in "\n".join(found["loop"])
    line = next(line for line in found["list"] if "loop can move" in line)
    assert "not needed" in line
    found = screens('1 "60%" enter "45us" enter 1 2 1 h h 1 h 2 dump:again', 120, 40)
    assert "is it still right?" in "\n".join(found["again"])
    assert "! that loop can move" in "\n".join(found["again"])


def test_not_knowing_is_one_key_everywhere(screens):
    found = screens("- " * 9 + "dump:x")
    assert "the advice" in found["x"][0] or "arguments" in found["x"][0]


def test_the_tenth_choice_has_a_digit(screens):
    found = screens('tab home / "kind of work" enter enter 0 tab dump:list')
    assert any(re.search("kind of work +wrapping", line) for line in found["list"])


def test_wide_characters_keep_the_columns(screens):
    name = "\u540d\u524d\u306e\u9577\u3044\u95a2\u6570"
    found = screens(f'1 tab / "name" enter enter "{name}" dump:typed enter tab dump:list', 120, 40)
    typed = next(line for line in found["typed"] if name in line)
    assert typed.index("\u25b8") + 2 == typed.index(name)
    narrow = screens(f'1 tab / "name" enter enter "{name * 4}" dump:typed', 40, 12)
    assert all(sum(2 if ord(c) > 0x2e80 else 1 for c in line) <= 40 for line in narrow["typed"])


def test_a_wrong_script_is_told_with_its_place(run, tmp_path):
    (tmp_path / "keys").write_text("enter\nfrobnicate\n")
    done = run("--keys", tmp_path / "keys")
    assert done.returncode == 3 and "keys:2" in done.stderr


@pytest.mark.parametrize("seed", range(3))
def test_any_keys_in_any_order(screens, seed):
    chance = random.Random(seed)
    usual = ['"60%" enter', '"45us" enter', '"list[float]" enter', '"20k" enter', *"123wrat89vneu"]
    rare = ["enter", "esc", "tab", "backtab", "space", "up", "down", "left", "right", "home", "end",
            "pageup", "pagedown", "delete", "backspace", "f1", "^l", "^u", "^d", "^k", "^p", "^n",
            "^x", *"0456789abcdefghijklmnoprstuvwxyzGJK/?-[],.%"]
    keys = [chance.choice(usual if chance.random() < 0.4 else rare) for _ in range(400)]
    for at in range(0, 400, 40):
        keys[at] = f"size:{chance.randint(1, 140)}x{chance.randint(1, 50)}"
    found = screens(" ".join(keys) + " size:80x24 dump:end")
    assert len(found["end"]) == 24


# The same advice as from a file.


def answers_of(example):
    """The answers of an example as (key, argument, text), as they would be typed."""

    def text(value):
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(map(text, value))
        if isinstance(value, dict):
            return ", ".join(f"{k}: {v}" for k, v in value.items())
        return str(value)

    data = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text())
    for section, content in data.items():
        if section in ("ffiadvise", "inputs"):
            continue
        if section in ("goal", "function", "caller", "output", "runtime", "team"):
            for key, value in content.items():
                yield f"{section}.{key}", 0, text(value)
        else:
            yield section, 0, text(content)
    for i, entry in enumerate(data.get("inputs", [])):
        for key in sorted(entry, key=lambda k: ["type"].count(k), reverse=True):
            yield f"inputs.{key}", i, text(entry[key])


# Answered as a whole, key by key.
WHOLE = ["score-pairs", "io-bound", "threads", "callbacks", "vectorise", "already-numpy"]
QUESTIONS = {q["id"]: q for q in yaml.safe_load((ROOT / "data" / "questions.yaml").read_text())}


def keys_for(key, text):
    """The keys that answer a question."""
    question = QUESTIONS[key]
    if question["kind"] == "bool":
        return "1" if text == "yes" else "2"
    if question["kind"] not in ("choice", "choices", "outcomes"):
        return f'"{text}" enter'
    ids = [choice["id"] for choice in question["choices"]]
    keys = []
    for word in text.split(", "):
        word, _, outcome = word.partition(": ")
        keys.append("home " + "down " * ids.index(word))
        if question["kind"] != "choice":
            keys.append("space " + "space " * ["", "worse", "same", "better"].index(outcome))
    return " ".join(keys) + " enter"


def session_for(example):
    """Keys that give the answers of an example, each question found by the list."""
    given = sorted(answers_of(example), key=lambda a: (not QUESTIONS[a[0]].get("core"),
                                                       QUESTIONS[a[0]].get("core") or 0))
    arguments = 1 + max([i for _, i, _ in given], default=0)
    # The advice is where any question can be gone to, and where its answer leads back.
    keys = ["a"]
    for key, i, text in given:
        keys.append(f'w home / "{key}" enter {"n " * i} enter {keys_for(key, text)} tab a')
        if key == "inputs.type" and i == 0 and arguments > 1:
            keys.append("w t" + " a esc" * (arguments - 1) + " esc")
    return "\n".join(keys) + "\n"


@pytest.mark.parametrize("example", WHOLE)
def test_a_session_gives_the_advice_of_the_file(run, advise, tmp_path, example):
    (tmp_path / "keys").write_text(session_for(example))
    done = run("--keys", tmp_path / "keys", "--measurements", STORED, "--format", "json",
               cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    ours, theirs = json.loads(done.stdout)["functions"][0], \
        advise(EXAMPLES / f"{example}.yaml")["functions"][0]
    for function in ours, theirs:
        for answer in function["answers"].values():
            answer.pop("origin", None)
    assert ours["answers"] == theirs["answers"]
    assert ours["verdict"] == theirs["verdict"]
    assert ours["options"] == theirs["options"]


TMUX_NAMES = {"enter": "Enter", "esc": "Escape", "tab": "Tab", "space": "Space", "home": "Home",
              "down": "Down"}


class Tmux:
    """The program in a window of tmux, as a person has it."""

    def __init__(self, home, folder, command):
        self.socket = folder / "tmux"
        self.env = {**home, "TERM": "xterm-256color"}
        self.tmux("-f", "/dev/null", "new", "-d", "-x", "100", "-y", "40", command)

    def tmux(self, *args):
        done = subprocess.run(["tmux", "-S", self.socket, *args], env=self.env, text=True,
                              capture_output=True, timeout=60)
        return done.stdout

    def wait(self, text):
        end = time.monotonic() + 60
        while text not in (screen := self.tmux("capture-pane", "-p")):
            assert time.monotonic() < end, f"{text} did not come:\n{screen}"
            time.sleep(0.05)

    def press(self, script):
        """Keys as a script of --keys has them."""
        for typed, key in re.findall(r'"([^"]*)"|(\S+)', script):
            self.tmux("send-keys", *(["-l", typed] if typed else [TMUX_NAMES.get(key, key)]))

    def end(self):
        self.tmux("kill-server")


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
@pytest.mark.parametrize("example", WHOLE)
def test_a_session_in_tmux_gives_the_advice_of_the_file(home, advise, tmp_path, example):
    report = tmp_path / "report.json"
    window = Tmux(home, tmp_path, f"{PROGRAM} --measurements {STORED} --format json > {report}; "
                                  f"touch {tmp_path}/left; sleep 60")
    try:
        window.wait("figures from a file")
        window.press(session_for(example))
        window.press("q")
        window.wait("Leave?")
        window.press("enter")
        end = time.monotonic() + 60
        while not (tmp_path / "left").exists():
            assert time.monotonic() < end, window.tmux("capture-pane", "-p")
            time.sleep(0.05)
    finally:
        window.end()
    ours = json.loads(report.read_text())["functions"][0]
    theirs = advise(EXAMPLES / f"{example}.yaml")["functions"][0]
    assert ours["verdict"] == theirs["verdict"] and ours["options"] == theirs["options"]


# On a terminal.


@pytest.mark.parametrize("term,columns,rows", [("tmux-256color", 80, 24), ("linux", 120, 40),
                                               ("tmux-256color", 40, 12), ("vt100", 80, 24)])
def test_a_terminal_shows_what_the_dump_says(terminal, screens, tmp_path, term, columns, rows):
    steps = [[], ["1"], ["6", "0", "%"], ["enter", "4", "5", "u", "s", "enter"], ["2", "1", "1"],
             [*"list[float]", "enter"], [*"20k", "enter"], ["tab"], ["esc", "enter", "3"],
             ["enter", "1"], ["3"], ["4"], ["1"]]
    script = "".join(" ".join(steps[i]).replace('"', '\\"') + f" dump:{i}\n"
                     for i in range(len(steps)))
    found = screens(script, columns, rows, "--ascii")
    # Where no session was kept before.
    t = terminal("--ascii", term=term, columns=columns, rows=rows,
                 env={"XDG_STATE_HOME": str(tmp_path / "state")})
    t.wait("figures from a file")
    for i, step in enumerate(steps):
        t.press(*step)
        t.wait(lambda t, i=i: t.text() == found[str(i)])


def test_colours_only_where_they_are_wanted(terminal):
    coloured = re.compile(rb"\x1b\[(?:\d+;)*(3[0-7]|38;5;\d+|9[0-7])m")
    for env, args, term, expected in (({}, [], "tmux-256color", True), ({}, [], "linux", True),
                                      ({"NO_COLOR": "1"}, [], "tmux-256color", False),
                                      ({}, ["--no-color"], "tmux-256color", False),
                                      ({}, [], "vt100", False)):
        t = terminal(*args, env=env, term=term)
        t.wait("figures from a file").press("1", *"60%", "enter", *"45us", "enter", "2")
        t.wait("So far").press("tab").wait("To begin with").settle()
        assert bool(coloured.search(t.raw)) == expected, (env, args, term)
        # No background is ever painted, and the mouse is left alone.
        assert not re.search(rb"\x1b\[(?:\d+;)*(4[0-7]|48;5;\d+)m", t.raw)
        assert b"\x1b[?1000h" not in t.raw and b"\x1b[?1006h" not in t.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGSEGV,
                                    signal.SIGABRT])
def test_the_terminal_is_put_back_after_a_signal(terminal, home, number):
    t = terminal()
    t.wait("question 1 of").press("1").wait("question 2 of").settle()
    t.signal(number)
    assert t.end() == -number
    assert t.restored()
    assert b"\x1b[?1049l" in t.raw.split(b"\x1b[?1049h")[-1]
    kept = list(Path(home["HOME"]).rglob("session-*.yaml"))
    assert len(kept) == 1 and "bound: cpu" in kept[0].read_text()


def test_leaving_tells_the_advice_and_the_paths(terminal, home, tmp_path):
    t = terminal("--ascii", columns=100, rows=40)
    t.wait("figures from a file")
    t.press("1", *"60%", "enter", *"45us", "enter", "1", "2", "1", "1", *"list[float]", "enter",
            *"1000", "enter", "enter", "3", "enter")
    t.wait("the advice").press("s", "1", "\x15", *str(tmp_path / "mine.yaml"), "enter")
    t.wait("saved in").press("q", "enter")
    assert t.end() == 0 and t.restored()
    told = t.raw.split(b"\x1b[?1049l")[-1].decode()
    assert "Write it natively with PyO3" in told and "--resume" in told
    assert f"saved in {tmp_path}/mine.yaml" in told
    assert "share: 60%" in (tmp_path / "mine.yaml").read_text()


def test_esc_is_one_level_back_and_never_out(terminal):
    t = terminal()
    t.wait("question 1 of").press("1").wait("question 2 of")
    began = time.monotonic()
    t.press("esc").wait("question 1 of")
    assert time.monotonic() - began < 30
    for _ in range(5):
        t.press("esc").settle()
    assert t.process.poll() is None
    t.wait("first question").press("q").wait("Leave?").press("esc").wait("question 1 of")


@pytest.mark.parametrize("term", ["tmux-256color", "linux", "vt100"])
def test_arrows_of_either_kind(terminal, term):
    t = terminal("--ascii", term=term)
    t.wait("> 1  computing")
    for down, up in (("\033[B", "\033[A"), ("\033OB", "\033OA")):
        t.press(down).wait("> 2  waiting").press(up).wait("> 1  computing")


def test_what_is_pasted_is_text_and_no_keys(terminal):
    t = terminal()
    t.wait("question 1 of").settle()
    assert b"\x1b[?2004h" in t.raw
    # Where keys are no text nothing comes of it.
    t.press("\x1b[200~1\rq\r\x1b[201~").settle()
    assert "question 1 of" in t.text()[0]
    t.press("1").wait("question 2 of").press("\x1b[200~6\r0\t%\x1b[201~").wait("\u25b8 6 0 %")
    t.press("\x15", "\x1b[200~-?\x1b[201~").wait("\u25b8 -?")
    t.press("esc", "tab", "m").wait("This runs your code")
    t.press("\x1b[200~if 1:\r\tx = 2\ry = 3\x1b[201~", "tab", *"x + y", "enter")
    t.wait("Your call was measured").press("\x03")
    assert t.end() == -signal.SIGINT
    assert t.raw.rstrip().split(b"\x1b[?2004")[-1].startswith(b"l")


def test_suspended_and_continued(terminal):
    t = terminal()
    t.wait("question 1 of").press("1").wait("question 2 of").settle()
    for columns, rows in ((80, 24), (70, 30)):
        t.press("\x1a").wait(lambda t: state_of(t.process.pid) == "T")
        t.settle()
        assert t.restored()
        t.screen.reset()
        t.resize(columns, rows)
        t.signal(signal.SIGCONT)
        t.wait("question 2 of").wait(lambda t: "leave" in t.text()[-1])
    t.press(*"60%", "enter").wait("question 3 of")
    t.signal(signal.SIGTERM)
    t.end()
    assert t.restored()


def test_sizes_by_the_hundred(terminal, home):
    t = terminal("--budget", "20s", measurements=None)
    t.wait(lambda t: descendants(t.process.pid)).wait("question 1 of")
    workers = descendants(t.process.pid)
    size = 7
    for i in range(200):
        size = (size * 1103515245 + 12345) & 0x7fffffff
        columns, rows = 1 + size % 150, 1 + size // 150 % 60
        t.resize(columns, rows)
        if i % 20 == 0:
            t.press("tab" if i % 40 else "esc")
        t.read(0.005)
    t.resize(80, 24)
    t.press("esc", "esc", "\x0c")
    t.wait("question 1 of").press("1").wait("question 2 of").settle()
    t.signal(signal.SIGTERM)
    assert t.end() == -signal.SIGTERM and t.restored()
    assert "bound: cpu" in next(Path(home["HOME"]).rglob("session-*.yaml")).read_text()
    gone(workers)


def test_sizes_by_the_hundred_on_the_advice(terminal):
    t = terminal("--ascii", columns=100, rows=40)
    t.wait("figures from a file")
    t.press("1", *"60%", "enter", *"45us", "enter", "1", "2", "1", "1", *"list[float]", "enter",
            *"1000", "enter", "enter", "3", "enter")
    t.wait("the advice")
    size = 11
    for i in range(100):
        size = (size * 1103515245 + 12345) & 0x7fffffff
        t.resize(30 + size % 130, 8 + size // 150 % 60)
        t.press(str(1 + i % 9)).read(0.005)
    t.resize(80, 24)
    t.press("1", "\x0c")
    t.wait("Write it natively").wait("9 What if")
    t.press("q", "enter")
    assert t.end() == 0 and t.restored()


def test_too_small_still_takes_q(terminal):
    t = terminal(columns=30, rows=8)
    t.wait("too small").press("1", "x").settle()
    t.resize(80, 24)
    t.wait("question 1 of")
    t.resize(20, 5)
    t.wait("too small").press("q")
    assert t.end() == 0 and t.restored()


def test_a_terminal_that_is_gone_ends_it(terminal, home):
    t = terminal("--budget", "30s", measurements=None)
    t.wait("question 1 of").press("1").wait("question 2 of")
    t.wait(lambda t: descendants(t.process.pid))
    workers = descendants(t.process.pid)
    os.close(t.slave)
    os.close(t.master)
    assert t.process.wait(timeout=60) in (0, -signal.SIGHUP)
    assert "bound: cpu" in next(Path(home["HOME"]).rglob("session-*.yaml")).read_text()
    gone(workers)


def test_a_terminal_that_controls_nothing_does(terminal):
    t = terminal(controls=False)
    t.wait("question 1 of").press("1").wait("question 2 of").press("esc").wait("question 1 of")
    t.press("q", "enter")
    assert t.end() == 0 and t.restored()


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_terminal_in_a_locale_without_utf8(terminal, locale):
    t = terminal(env={"LC_ALL": locale})
    t.wait("figures from a file").press("1", *"60%", "enter", "tab").wait("all questions")
    t.wait("+ share of the program").press("\x03").end()
    assert t.raw.isascii() and t.restored()


def test_no_terminal_is_told(run):
    done = run()
    assert done.returncode == 2 and done.stdout == ""
    assert "no terminal" in done.stderr and "--answers FILE" in done.stderr


@pytest.mark.parametrize("term,word", [("dumb", "TERM is 'dumb'"), (None, "TERM is not set"),
                                       ("no-such-terminal", "of which nothing is known"),
                                       ("unknown", "TERM is 'unknown'")])
def test_a_terminal_that_cannot_do_it_gets_lines(terminal, term, word):
    t = terminal(term=term)
    t.wait(word).wait("1 of 9.")
    t.press("1\r").wait("2 of 9.").press("q\r")
    assert t.end() == 0
    assert not re.search(rb"\x1b", t.raw)


def test_without_a_worker_the_advice_says_why(home, tmp_path):
    (tmp_path / "bin").mkdir()
    program = shutil.copy(PROGRAM, tmp_path / "bin" / "ffiadvise")
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "keys").write_text("1 dump:question tab a dump:advice")
    done = subprocess.run([program, "--keys", tmp_path / "keys", "--dump", tmp_path / "dump"],
                          env=home, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "cannot run the worker" in done.stderr
    text = (tmp_path / "dump").read_text()
    assert "not measuring: cannot run the worker" in text and "no figures to go by" in text


def test_a_file_of_no_figures_ends_it(terminal, tmp_path):
    (tmp_path / "bad.json").write_text("{")
    t = terminal(measurements=tmp_path / "bad.json")
    assert t.end() == 3 and t.restored()
    assert b"bad.json" in t.raw.split(b"\x1b[?1049l")[-1]


def test_going_on_with_the_last_session(terminal, home):
    t = terminal()
    t.wait("question 1 of").press("1", *"60%", "enter").wait("question 3 of").settle()
    t.press("\x03")
    assert t.end() == -signal.SIGINT
    t = terminal("--resume")
    t.wait("question 3 of").press("up").wait("question 2 of").wait("= 60 %")
    t = terminal("--resume", "--plain", term="dumb")
    t.wait("3 of 9.").press("b\r").wait("Enter keeps 60%")


def test_old_sessions_do_not_pile_up(screens, home):
    folder = Path(home["HOME"]) / ".local" / "state" / "ffiadvise"
    for i in range(3):
        screens(f'1 "{i + 1}%" enter')
    (made, *_) = folder.glob("session-*.yaml")
    for i in range(30):
        shutil.copy(made, folder / f"session-20200101T0000{i:02}Z-2147483646.yaml")
    screens("1", 80, 24)
    assert len(list(folder.glob("session-*.yaml"))) == 20


def test_the_first_screen_speaks_of_the_session_before(screens):
    assert "--resume" not in "\n".join(screens("dump:x")["x"])
    screens("1")
    assert "--resume goes on with the session before" in " ".join(
        line.strip() for line in screens("dump:x")["x"])


def test_nothing_taken_is_no_answer(screens):
    found = screens('tab home / "native languages" enter enter down enter dump:nothing space enter '
                    "w dump:list")
    assert "nothing is taken" in "\n".join(found["nothing"])
    assert any(re.search("native languages +cpp", line) for line in found["list"])


def test_warnings_stand_on_the_first_page(screens):
    found = screens('1 "60%" enter "45us" enter tab home / "calls per" enter enter "1M" enter tab a '
                    "1 dump:first", 80, 40)
    assert re.search(r"^ ! .*function\.share", "\n".join(found["first"]), re.M)


def test_it_goes_on_with_the_session_that_was_left_last(terminal):
    first = terminal()
    first.wait("question 1 of").press("1").wait("question 2 of").settle()
    second = terminal()
    second.wait("question 1 of").press("2").wait("question 2 of").settle()
    second.press("\x03")
    second.end()
    # Its last answer is the older one; it is left later.
    first.press("\x03")
    first.end()
    t = terminal("--resume")
    t.wait("question 2 of").press("up").wait("\u25b8 1  computing")


def test_nothing_to_go_on_with_is_told(run):
    done = run("--resume", "--plain", input="")
    assert done.returncode != 0 and done.stderr.startswith("ffiadvise: ")


def test_the_result_goes_to_standard_output(terminal, tmp_path):
    with open(tmp_path / "advice.txt", "w") as file:
        t = terminal(stdout=file)
        t.wait("figures from a file")
        t.press("1", *"60%", "enter", *"45us", "enter", "2", "1", "a").wait("the advice")
        t.press("q", "enter")
        assert t.end() == 0
    text = (tmp_path / "advice.txt").read_text()
    assert "What would change it" in text and "\x1b" not in text


# While it measures.


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, signal.SIGSEGV])
def test_no_worker_is_left(terminal, number):
    t = terminal("--budget", "30s", measurements=None)
    t.wait(lambda t: any(re.search(r"measuring .* of ", line) for line in t.text()))
    t.press("1").wait("question 2 of")
    workers = descendants(t.process.pid)
    assert workers
    t.signal(number)
    assert t.end() == -number
    gone(workers)


def test_measuring_is_stopped_and_kept(terminal):
    t = terminal("--budget", "60s", measurements=None)
    t.wait(lambda t: any(re.search(r"[1-9]\d* of \d+ sure", line) for line in t.text()))
    t.press("x").wait("measuring stopped")
    t.wait(lambda t: not descendants(t.process.pid))
    t.press("1", "tab", "a").wait("the advice").wait("a call")
    t.press("q", "enter")
    assert t.end() == 0


def test_measuring_goes_on_while_questions_are_answered(terminal):
    t = terminal("--budget", "3s", measurements=None, rows=40)
    t.wait("question 1 of").press("1", *"60%", "enter", *"45us", "enter", "1", "2", "1",
                                  "1", *"dict[str, int]", "enter", *"1000", "enter", "enter", "3",
                                  "enter")
    t.wait("the advice").wait("figures measured here").wait("a call")
    t.press("q", "enter")
    assert t.end() == 0 and not descendants(t.process.pid)
