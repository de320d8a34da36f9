"""The section spread of compare.py: how far runs of the program lie apart."""

import itertools
import math
import statistics

import trial
import yardstick
from acceptance import NOT_NOW, Figures
from statements import STATEMENTS

# A short call, one with work in C, one with work in Python.
PYPERF = ("call", "copy", "generator")
PYPERF_RUNS = 4


def ratios(figures):
    """Of a run's figures, for each operation and size, every pair of bindings."""
    groups = {}
    for key, ns in figures.items():
        operation, binding, *size = key.split("/")
        groups.setdefault((operation, *size), {})[binding] = ns
    return {(group, a, b): bindings[a] / bindings[b]
            for group, bindings in groups.items()
            for a, b in itertools.combinations(sorted(bindings), 2)
            if bindings[a] > 0 and bindings[b] > 0}


def deviations(rows):
    """Over what all runs have: standard deviations and largest deviations from
    the median run, both in %."""
    shared = set(rows[0]).intersection(*rows[1:])
    spreads, largest = {}, {}
    for key in shared:
        values = [row[key] for row in rows]
        middle = statistics.median(values)
        if middle > 0:
            spreads[key] = trial.spread(values)
            largest[key] = max(abs(value / middle - 1) for value in values) * 100
    return spreads, largest


def all_deviations(rows):
    """Of every figure of every run, how far it lies from its median run, in %."""
    shared = set(rows[0]).intersection(*rows[1:])
    return [100 * abs(row[key] / statistics.median(r[key] for r in rows) - 1)
            for key in shared for row in rows]


def intervals(run):
    """Of a run's figures (low, likely, high), by id."""
    return {m["id"]: (m["ns"]["low"], m["ns"]["likely"], m["ns"]["high"])
            for m in run.report["measurements"] if m["basis"] == "measured" and m["ns"]}


def coverage(rows):
    """Of intervals (low, likely, high) by id, a row for each run: the share that
    holds the median of the other runs, and by what factor their logs would have
    to be wider for 95 % to do so."""
    held, needed = 0, []
    for number, row in enumerate(rows):
        for key, (low, likely, high) in row.items():
            others = [r[key][1] for k, r in enumerate(rows) if k != number and key in r]
            if len(others) < 2 or not 0 < low <= likely <= high < math.inf:
                continue
            middle = statistics.median(others)
            held += low <= middle <= high
            side = math.log(high / likely if middle > likely else likely / low)
            apart = abs(math.log(middle / likely))
            needed.append(apart / side if side else math.inf if apart else 0)
    if not needed:
        return None
    return 100 * held / len(needed), trial.percentile(needed, 0.95)


def spread(home, options):
    table = Figures(f"spread: {options.runs} runs of the default budget, {options.example}")
    runs, theirs = [], {name: [] for name in PYPERF}
    for number in range(options.runs):
        runs.append(home.advise(trial.EXAMPLES / f"{options.example}.yaml"))
        # The other tool in between, so that both see the same hours.
        if number * PYPERF_RUNS // options.runs != (number + 1) * PYPERF_RUNS // options.runs:
            for name in PYPERF:
                theirs[name].append(yardstick.once(*STATEMENTS[name], home.folder))
    good, loud = table.grades(runs)
    table.add("wall time", trial.span([run.wall for run in runs], "{:.2f} s".format))
    beside(table, good, theirs)
    if len(good) < 2:
        table.add("figures, ratios", "-", "", NOT_NOW, "fewer than two runs count")
        return
    bounds = [m["upper_bound"] for run in good for m in run.report["measurements"]
              if m["basis"] == "measured"]
    table.add("figures that are upper bounds", f"{100 * sum(bounds) / len(bounds):.0f} %")
    for name, rows, targets in (("figures", [run.measured for run in good], (2, 8)),
                                ("ratios", [ratios(run.measured) for run in good], (2, 6))):
        spreads, largest = deviations(rows)
        if not spreads:
            continue
        middle = statistics.median(spreads.values())
        # Almost all of them lie so near to their median run.
        near = trial.percentile(largest.values(), 0.95)
        worst = max(largest, key=largest.get)
        met = [NOT_NOW] * 2 if loud else [middle <= targets[0], near <= targets[1]]
        table.add(f"{name}: median standard deviation", f"{middle:.1f} %", f"<= {targets[0]} %",
                  met[0], f"of {len(spreads)}; 95 % below "
                  f"{trial.percentile(spreads.values(), 0.95):.1f} %")
        table.add(f"{name}: 95 % lie from their median run", f"{near:.1f} %",
                  f"<= {targets[1]} %", met[1],
                  f"the farthest of {len(good)} runs; half below "
                  f"{statistics.median(largest.values()):.1f} %, worst "
                  f"{largest[worst]:.0f} %: {describe(worst)}")
        table.add(f"{name}: 95 % of all runs' lie from it",
                  f"{trial.percentile(all_deviations(rows), 0.95):.1f} %")
    sure(table, good)
    covers = coverage([intervals(run) for run in good])
    if covers:
        table.add("intervals that hold the other runs' median", f"{covers[0]:.0f} %", "", None,
                  f"they speak of one run; {covers[1]:.1f} times as wide, 95 % would")


def sure(table, good):
    """The same of the figures that no run calls an upper bound."""
    bounds = {m["id"] for run in good for m in run.report["measurements"]
              if m["basis"] == "measured" and m["upper_bound"]}
    spreads, largest = deviations([{key: ns for key, ns in run.measured.items()
                                    if key not in bounds} for run in good])
    if spreads:
        table.add("figures that never are upper bounds",
                  f"{statistics.median(spreads.values()):.1f} %", "", None,
                  f"standard deviation, of {len(spreads)}; 95 % of them lie within "
                  f"{trial.percentile(largest.values(), 0.95):.1f} % of their median run")


def beside(table, good, theirs):
    """pyperf's spread over its runs, and its wall time against ours."""
    for name, rows in theirs.items():
        medians, lows, walls = zip(*rows)
        table.add(f"pyperf, {STATEMENTS[name][1]}: standard deviation",
                  f"{trial.spread(medians):.1f} %", "", None,
                  f"of the medians of {len(rows)} runs, {trial.spread(lows):.1f} % of the lowest;"
                  f" {statistics.median(walls):.1f} s a run")
    if good:
        each = statistics.median(run.wall / len(run.measured) for run in good)
        wall = statistics.median(row[2] for rows in theirs.values() for row in rows)
        table.add("wall time a probe, pyperf : ours", f"{wall / each:.0f} x", ">= 60 x",
                  wall / each >= 60,
                  f"{wall:.1f} s, {1000 * each:.0f} ms (a run's time over its figures)")


def describe(key):
    if isinstance(key, str):
        return key
    (operation, *size), a, b = key
    return "/".join([operation, *size]) + f" {a}:{b}"
