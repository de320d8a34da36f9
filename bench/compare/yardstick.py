"""The section pyperf of compare.py: the same statements by the real pyperf and
by ffiadvise, in turn.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import statements
import trial
from acceptance import NOT_NOW, Copy, Figures
from statements import STATEMENTS

WITHIN = (8, 15)      # % of pyperf's cleanest: 90 % of the statements, all of them
SHARE = 0.90
SECONDS_EACH = 0.11   # the default budget for each measurement


class Failed(Exception):
    """pyperf did not run; its last line says why."""


def once(setup, statement, folder):
    """(median ns, lowest ns, wall seconds) of one run of the real pyperf, by
    the interpreter that is measured."""
    import pyperf

    packages = Path(pyperf.__file__).resolve().parent.parent
    env = {**os.environ, "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    result = folder / "pyperf.json"
    result.unlink(missing_ok=True)
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "pyperf", "timeit", "--fast", "--duplicate", "64",
                           "--quiet", "--python", trial.manifest()["executable"],
                           "--inherit-environ", "PYTHONPATH,PYTHONDONTWRITEBYTECODE",
                           "-o", str(result), "-s", setup, statement],
                          env=env, check=False, capture_output=True, text=True)
    wall = time.perf_counter() - began
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or ["no word"])[-1])
    values = pyperf.Benchmark.load(str(result)).get_values()
    return statistics.median(values) * 1e9, min(values) * 1e9, wall


def pyperf(home, options):
    table = Figures(f"pyperf: {len(STATEMENTS)} statements, {options.rounds} runs of each tool in "
                    "turn")
    ours, theirs = [], {name: [] for name in STATEMENTS}
    with Copy(statements.rows()) as copy, trial.Home(copy.program) as own:
        for _ in range(options.rounds):
            # One run of ours before, between and after those of pyperf.
            for at, (name, text) in enumerate(STATEMENTS.items()):
                if at % 10 == 0:
                    ours.append(own.bench("trial", "--budget",
                                          f"{SECONDS_EACH * len(STATEMENTS):.1f}s"))
                theirs[name].append(once(*text, home.folder))
    good, loud = table.grades(ours, "runs of ours graded busy")
    if not good:
        table.add("all statements", "-", "", NOT_NOW, "no run of ours counts")
        return
    off, clean = {}, []
    for name, (_, statement) in STATEMENTS.items():
        figures = [run.measured[f"{statements.probe(name)}/python"] for run in good
                   if f"{statements.probe(name)}/python" in run.measured]
        if not figures:
            table.add(statement, "-", "", "not testable", "ours did not measure it")
            continue
        off[name] = compared(table, statement, figures, theirs[name])
        lows = [row[1] for row in theirs[name]]
        if 100 * (max(lows) / min(lows) - 1) <= WITHIN[0]:
            clean.append(name)
    summary(table, off, clean, loud)
    each = statistics.median(run.wall / len(run.measured) for run in good)
    wall = statistics.median(row[2] for rows in theirs.values() for row in rows)
    table.add("wall time a statement, pyperf : ours", f"{wall / each:.0f} x", ">= 60 x",
              wall / each >= 60, f"{wall:.1f} s, {1000 * each:.0f} ms (a run's over its figures)")


def compared(table, statement, figures, rows):
    """One statement: ours against the lowest that pyperf saw, its cleanest
    figure; in %."""
    mine = statistics.median(figures)
    medians, lows = [row[0] for row in rows], [row[1] for row in rows]
    off = 100 * (mine / min(lows) - 1)
    apart = [100 * (max(values) / min(values) - 1) for values in (lows, medians, figures)]
    table.add(statement, f"{off:+.1f} %", "", None,
              f"{trial.short(mine)} ours, {trial.short(min(lows))} pyperf's lowest; from run to run"
              f" pyperf's lowest {apart[0]:.1f} %, median {apart[1]:.0f} %; ours {apart[2]:.1f} %")
    return off


def summary(table, off, clean, loud):
    """The targets, over all statements and over those where pyperf's lowest
    agrees with itself from run to run."""
    for title, names in (("all", list(off)), ("where pyperf agrees with itself", clean)):
        if not names:
            table.add(title, "none", "", NOT_NOW, "its lowest values lie apart from run to run")
            continue
        values = [abs(off[name]) for name in names]
        near = sum(value <= WITHIN[0] for value in values) / len(values)
        worst = max(names, key=lambda name: abs(off[name]))
        # Where pyperf differs from itself by more than the target, it says nothing of ours.
        counts = not loud and names is clean and len(clean) >= len(off) / 2
        table.add(f"{title}: within {WITHIN[0]} %", f"{100 * near:.0f} % of {len(names)}",
                  f">= {100 * SHARE:.0f} %",
                  near >= SHARE if counts else None if names is not clean else NOT_NOW)
        table.add(f"{title}: the worst", f"{off[worst]:+.1f} %", f"{WITHIN[1]} %",
                  abs(off[worst]) <= WITHIN[1] if counts else
                  None if names is not clean else NOT_NOW, STATEMENTS[worst][1])
