"""Trials against the constants of src/measure/ and of the worker.

    engine.py [--runs K] [--budget DURATION] [--list] [VARIANT ...]

Each variant is the program built from a copy of the sources with one thing
changed. Those that change how samples are taken run in turn, so that the
machine's moods hit all alike; those that change only what is made of samples
are given the files that the program as it is left. Prints for each how far the
figures of its runs, and the ratios between bindings, lie apart, and how often
an interval holds the median of the runs. Needs build/compare/judge.
"""

import argparse
import itertools
import math
import os
import random
import statistics
import sys
import time

import trial
from acceptance import exactly, judge
from repeat import coverage, deviations, intervals, ratios
from tree import Tree

AS_IS = "as it is"
# Ten operations, 4 ns to 10 us, in three bindings.
PROBES = [("call.none", ""), ("call.three", ""), ("int.in", ""), ("list_float.copied", "/n=1000"),
          ("buffer.sum", "/n=1000"), ("object.attribute", ""), ("str.out", "/n=100"),
          ("dict.get", "/n=1000"), ("tuple.four", ""), ("list_int.out", "/n=100")]
BINDINGS = ("python", "capi", "pyo3")
IDS = [f"{probe}/{binding}{size}" for probe, size in PROBES for binding in BINDINGS]
PAIRS = [(f"{probe}/{a}{size}", f"{probe}/{b}{size}") for probe, size in PROBES
         for a, b in itertools.combinations(BINDINGS, 2)]


def sample(us):
    return [("worker/runner.c", r"SAMPLE_NS = 50000", f"SAMPLE_NS = {1000 * us}")]


def unroll(most):
    return [("worker/runner.c", r"\{200, 64\}", f"{{200, {most}}}")]


def workers(number):
    return [("measure/constants.h", r"WORKERS_WANTED 5", f"WORKERS_WANTED {number}")]


def gate(limit):
    return [("measure/constants.h", r"GATE_TOLERANCE 1\.25", f"GATE_TOLERANCE {limit}")]


QUARTILE = [("measure/stats.c", r"\tmedian = stats_median\(scratch, n\);\n\tleast = ",
             "\tselect_nth(scratch, n, n / 4);\n\tmedian = scratch[n / 4];\n\tleast = ")]
LEAST = [("measure/stats.c", r"middle = trimmed_mean\(sorted, n\);", "middle = sorted[0];")]
MEDIAN = [("measure/stats.c", r"middle = trimmed_mean\(sorted, n\);",
           "middle = stats_median(sorted, n);")]
DIFFERENCE = [("measure/stats.c", r"\(unroll \+ \(run->half\[s\]", "(unroll - (run->half[s]"),
              ("measure/stats.c", r"run->full\[s\] \+ \(double\)run->half\[s\]",
               "run->full[s] - (double)run->half[s]")]

# How samples are taken.
TAKEN = {
    AS_IS: [],
    "sample of 25 us": sample(25),
    "sample of 100 us": sample(100),
    "sample of 200 us": sample(200),
    "sample of 1000 us": sample(1000),
    "3 workers": workers(3),
    "9 workers": workers(9),
    "unrolled 16 times": unroll(16),
    "unrolled 32 times": unroll(32),
    "gate of half the length": [("worker/gate.c", r"GATE_ROUNDS = 2", "GATE_ROUNDS = 1")],
    "gate four times as long": [("worker/gate.c", r"GATE_ROUNDS = 2", "GATE_ROUNDS = 8")],
    "stack where it is": [("worker/runner.c", r"result = take_sample_elsewhere\(",
                           "result = take_sample(")],
    "with the garbage collector": [("worker/runner.c", r'pyhost_gc\("disable"\)',
                                    'pyhost_gc("enable")')],
}
# What is made of them.
MADE = {
    "gate within 1.05": gate("1.05"),
    "gate within 1.10": gate("1.10"),
    "gate within 1.15": gate("1.15"),
    "gate within 1.40": gate("1.40"),
    "lower quartile of a worker": QUARTILE,
    "least worker": LEAST,
    "median of the workers": MEDIAN,
    "difference of the two bodies": DIFFERENCE,
    "lower quartile, least worker": QUARTILE + LEAST,
}


class Result:
    """The runs of one variant that count, and how many were busy."""

    def __init__(self):
        self.figures, self.intervals, self.ratios, self.walls = [], [], [], []
        self.bounds, self.busy = 0, 0

    def add(self, run, path=None):
        """With the file it left, the ratios too, as the program as it is judges them."""
        if run.complaint() or run.grade == "busy":
            self.busy += 1
            return
        rows = [m for m in run.report["measurements"] if m["basis"] == "measured" and m["ns"]]
        self.figures.append({m["id"]: m["ns"]["likely"] for m in rows})
        self.intervals.append(intervals(run))
        self.bounds += sum(m["upper_bound"] for m in rows)
        self.walls.append(run.wall)
        if path:
            judged = judge(path, PAIRS)
            self.ratios.append({pair: (one.low, one.likely, one.high)
                                for pair, one in zip(PAIRS, judged) if one.likely})


def level(figures, base):
    """The geometric mean of the median figures over those of the program as it is, in %."""
    logs = [math.log(statistics.median(row[key] for row in figures if key in row) /
                     statistics.median(row[key] for row in base if key in row))
            for key in IDS if any(key in row for row in figures) and
            any(key in row for row in base)]
    return 100 * (math.exp(statistics.mean(logs)) - 1) if logs else 0


def say(table, name, result, base):
    if len(result.figures) < 2:
        table.row(name, len(result.figures), result.busy, "too few runs count")
        return
    cells, worst = [], None
    for rows in (result.figures, [ratios(row) for row in result.figures]):
        spreads, largest = deviations(rows)
        worst = worst or max(largest, key=largest.get)
        cells += [f"{statistics.median(spreads.values()):.1f}",
                  f"{trial.percentile(spreads.values(), 0.95):.1f}",
                  f"{trial.percentile(largest.values(), 0.95):.0f}"]
    covers = coverage(result.intervals)
    held = [f"{covers[0]:.0f} ({covers[1]:.1f})" if covers else "-"]
    covers = coverage(result.ratios)
    held.append(f"{covers[0]:.0f} ({covers[1]:.1f})" if covers else "-")
    table.row(name, len(result.figures), result.busy,
              f"{100 * result.bounds / (len(IDS) * len(result.figures)):.0f}",
              *cells, *held, f"{level(result.figures, base.figures):+.1f}",
              f"{statistics.median(result.walls):.2f}",
              f"{worst}: " + trial.span([row[worst] for row in result.figures], trial.short))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--budget", default="3s")
    parser.add_argument("--list", action="store_true", help="the variants")
    parser.add_argument("variants", nargs="*", metavar="VARIANT")
    options = parser.parse_args()
    if options.list:
        print("\n".join([*TAKEN, *MADE]))
        return 0
    unknown = [name for name in options.variants if name not in {**TAKEN, **MADE}]
    if unknown:
        parser.error("no variant " + ", ".join(unknown))
    wanted = options.variants or [*TAKEN, *MADE]
    taken = [name for name in TAKEN if name in wanted or name == AS_IS]
    results = {name: Result() for name in [*taken, *(name for name in MADE if name in wanted)]}
    print(f"{len(IDS)} measurements, {options.budget}, {options.runs} runs each in turn,"
          f" load {os.getloadavg()[0]:.1f}", flush=True)
    began = time.perf_counter()
    with trial.Home() as home:
        files = run_all(home, taken, results, options)
        for name in results:
            if name in MADE:
                estimate(name, results[name], files)
    columns = ["variant", "runs", "busy", "bounds_%", "sd_%", "sd_p95", "farthest_p95",
               "ratio_sd_%", "ratio_sd_p95", "ratio_farthest_p95", "held_%", "ratio_held_%",
               "level_%", "wall_s"]
    table = trial.Table(**{name: max(len(name), 29 if name == "variant" else 4)
                           for name in columns}, farthest=0)
    for name, result in results.items():
        say(table, name, result, results[AS_IS])
    print(f"{time.perf_counter() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 0


def run_all(home, taken, results, options):
    """The files that the program as it is left."""
    trees, files = {}, []
    try:
        for name in taken:
            trees[name] = Tree().__enter__()
            for change in TAKEN[name]:
                trees[name].change(*change)
            trees[name].build()
        for number in range(options.runs):
            # Another order each time: who comes after whom has no part in it.
            for name in random.sample(taken, len(taken)):
                path = home.folder / f"{number}-{taken.index(name)}.json"
                home.program = trees[name].program
                run = home.bench(*exactly(IDS), "--budget", options.budget, "--save", path)
                results[name].add(run, path if path.exists() else None)
                if name == AS_IS and path.exists():
                    files.append(path)
    finally:
        for tree in trees.values():
            tree.__exit__()
    return files


def estimate(name, result, files):
    """The same samples once more, by a program that makes something else of them."""
    with Tree() as tree, trial.Home() as home:
        for change in MADE[name]:
            tree.change(*change)
        home.program = tree.build()
        for path in files:
            result.add(home.run("bench", "--format", "json", "--quiet", "--measurements", path,
                                "*"))


if __name__ == "__main__":
    sys.exit(main())
