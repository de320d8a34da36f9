"""The section shells of compare.py: the worker against the interpreter's own
binary. Both run shell_driver.py: the worker as readings, in processes that
nothing else is timed in.
"""

import json
import math
import os
import subprocess
from pathlib import Path

import shell_driver
import statements
import trial
from acceptance import NOT_NOW, Copy, Figures, row
from statements import STATEMENTS
from tree import Tree

WITHIN = 5            # %, geometric mean
AGREES = 3            # %: where the binary differs from itself by more, it says nothing
ROUNDS = 6
PROCESSES = 3         # of the binary in a round; a reading is taken in as many
BUDGET = "20s"
# What the worker is built as: a program that embeds the interpreter, or a module
# that the interpreter's own binary loads.
SHELLS = {"embedded": "ffiadvise-worker", "extension": "ffiadvise_worker.*.so"}


def interpreters():
    """Every python3 on PATH, by its own name for itself."""
    found = []
    for folder in os.get_exec_path():
        command = Path(folder) / "python3"
        if not os.access(command, os.X_OK):
            continue
        done = subprocess.run([str(command), "-c",
                               "import os, sys; print(os.path.realpath(sys.executable))"],
                              capture_output=True, text=True, check=False)
        name = done.stdout.strip()
        if done.returncode == 0 and name and name not in found:
            found.append(name)
    return found


def readings():
    return [row(statements.probe(name), f"from shell_driver import minimum\ntext = {text!r}",
                "minimum(*text)", function="__name__", reads="ns")
            for name, text in STATEMENTS.items()]


def least(rows):
    """Of each statement the least of all rounds."""
    return {name: min(each[name] for each in rows) for name in rows[0]}


def geometric(above, below):
    """The geometric mean of the quotients, as % over 1."""
    logs = [math.log(above[name] / below[name]) for name in above if name in below]
    return 100 * (math.exp(sum(logs) / len(logs)) - 1)


def in_worker(home):
    """One round of readings: {statement: ns}, the least of its processes."""
    run = home.bench("trial", "--budget", BUDGET)
    if run.complaint():
        raise RuntimeError(run.complaint())
    low = {m["id"]: m["ns"]["low"] for m in run.report["measurements"] if m["ns"]}
    return {name: low[f"{statements.probe(name)}/python"] for name in STATEMENTS
            if f"{statements.probe(name)}/python" in low}


def in_binary(python, path):
    """The same of the binary, without site as in the worker."""
    rows = [json.loads(subprocess.run([python, "-I", "-S", shell_driver.__file__, str(path)],
                                      capture_output=True, text=True, check=True).stdout)
            for _ in range(PROCESSES)]
    return least(rows)


def rounds_of(home, python, folder, worker):
    """[(the worker's, the binary's)] of each round, taken in turn."""
    asked = home.folder / "statements.json"
    asked.write_text(json.dumps(STATEMENTS), encoding="utf-8")
    with Copy(readings(), modules={"shell_driver": Path(shell_driver.__file__)}, python=folder,
              worker=worker) as copy, trial.Home(copy.program) as own:
        return [(in_worker(own), in_binary(python, asked)) for _ in range(ROUNDS)]


def compared(table, title, rounds):
    ours, theirs = zip(*rounds)
    # How well the least repeats, from the odd rounds and the even ones.
    itself = geometric(least(theirs[::2]), least(theirs[1::2]))
    off = geometric(least(ours), least(theirs))
    each = {name: 100 * (least(ours)[name] / ns - 1) for name, ns in least(theirs).items()
            if name in least(ours)}
    worst = sorted(each, key=lambda name: -abs(each[name]))[:3]
    table.add(title, f"{off:+.1f} %", f"within {WITHIN} %",
              NOT_NOW if abs(itself) > AGREES else abs(off) <= WITHIN,
              f"geometric mean of {len(each)}; the binary against itself {itself:+.1f} %; farthest: "
              + ", ".join(f"{STATEMENTS[name][1]} {each[name]:+.0f} %" for name in worst))


def one(table, home, python):
    """Every shell that the worker has for that interpreter."""
    title = subprocess.run([python, "-V"], capture_output=True, text=True,
                           check=True).stdout.strip() + f", {Path(python).parent.parent.name}"
    with Tree() as tree:
        folder = tree.worker_for(python)
        for shell, worker in SHELLS.items():
            if any(folder.glob(worker)):
                try:
                    compared(table, f"{title}: {shell}", rounds_of(home, python, folder, worker))
                except (subprocess.CalledProcessError, RuntimeError) as error:
                    table.add(f"{title}: {shell}", "-", "", "not testable", str(error))


def shells(home, options):
    table = Figures("shells: the worker against the interpreter's own binary, the least of "
                    f"{ROUNDS * PROCESSES} processes")
    for python in options.python or interpreters():
        one(table, home, python)
