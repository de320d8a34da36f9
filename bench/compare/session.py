"""The section session of compare.py: how soon the screen answers, on a terminal of its own."""

import os
import re
import select
import statistics
import sys
import time

import trial
from acceptance import Figures

sys.path.insert(0, str(trial.ROOT / "tests"))

from terminal import Terminal  # noqa: E402

STARTS = 20
KEYS = 200
CHANGES = 20
# The core questions, answered as for data/examples/score-pairs.yaml.
ANSWERS = ["1", *"60%", "enter", *"45us", "enter", "2", "1", "1", *"list[float]", "enter",
           *"1000", "enter", "enter", "3", "enter"]


def until(terminal, what):
    """Milliseconds until the screen has it, looked at without pause."""
    began = time.perf_counter()
    while not any(re.search(what, line) for line in terminal.text()):
        terminal.read(0.5)
        if time.perf_counter() - began > 30:
            raise RuntimeError(f"{what!r} did not come")
    return 1000 * (time.perf_counter() - began)


def press(terminal, keys, what):
    """Milliseconds from a key to what it leads to."""
    terminal.press(*keys)
    return until(terminal, what)


def frame(terminal, keys):
    """Milliseconds from a key to the last byte of the frame it leads to, without the
    emulator, which takes longer for a whole screen than the program."""
    began = last = time.perf_counter()
    terminal.press(*keys)
    data = b""
    while select.select([terminal.master], [], [], 0.02 if data else 5)[0]:
        data += os.read(terminal.master, 65536)
        last = time.perf_counter()
    terminal.stream.feed(data)
    return 1000 * (last - began)


def add(table, what, walls, median, worst=None):
    met = statistics.median(walls) < median and (worst is None or max(walls) < worst)
    target = f"< {median} ms" + (f", {worst}" if worst else "")
    table.add(what, f"{statistics.median(walls):.1f} ms", target, met,
              f"median of {len(walls)}, worst {max(walls):.1f} ms")


def starts(home, table):
    walls = []
    for _ in range(STARTS):
        began = time.perf_counter()
        terminal = Terminal(home.env, measurements=None)
        until(terminal, "question 1 of")
        walls.append(1000 * (time.perf_counter() - began))
        terminal.close()
    add(table, "the first question", walls, 50)


def keys(home, table):
    """The arrows of a question with choices, each until it is seen, while it measures."""
    terminal = Terminal(home.env, "--fresh", "--budget", "60s", measurements=None)
    until(terminal, r"measuring .* of \d+ sure")
    walls, measuring = [], 0
    for i in range(KEYS):
        walls.append(press(terminal, ["up" if i % 2 else "down"],
                           "\u25b8 1" if i % 2 else "\u25b8 2"))
        measuring += any("measuring" in line for line in terminal.text())
        time.sleep(0.02)
    terminal.close()
    add(table, f"a key ({100 * measuring // KEYS} % of them while it measures)", walls, 16, 50)


def advice(home, table):
    """The last answer of a session whose figures are there; then answers changed."""
    terminal = Terminal(home.env, columns=120, rows=40)
    until(terminal, "figures from a file")
    press(terminal, ANSWERS, "compile step\\?")
    add(table, "the advice after the last answer", [press(terminal, ["1"], "speed-up")], 100)
    walls = []
    for i in range(CHANGES):
        share = f"{20 + i}%"
        press(terminal, ["w", "/", *"function.share", "enter", "enter"], "What share")
        terminal.press(*share)
        until(terminal, f"= {20 + i} %")
        walls.append(frame(terminal, ["enter"]))
        until(terminal, f"60% . {share}")
    terminal.close()
    add(table, "before and after, once an answer is changed", walls, 10)


def session(home, _options):
    table = Figures("session: how soon the screen answers (a key until the terminal shows it)")
    for part in starts, keys, advice:
        try:
            part(home, table)
        except (RuntimeError, AssertionError, OSError) as error:
            table.add(part.__name__, "-", "", "not testable", str(error).split("\n")[0])
    table.add("CPUs, load", f"{len(trial.cpus())}, {os.getloadavg()[0]:.1f}")
