"""Doctored measurement files: what the advice says when the machine were another.

    with_changes(scale("call.*/pyo3", 100), drop("buffer.acquire/pyo3"))

gives the path of a changed copy of the stored measurements. Times are scaled
in the raw samples, since estimates are made anew from these.
"""

import fnmatch
import json
import math
import re

MOST = 2 ** 32 - 1  # ns, the longest sample a file may hold


def timed(data):
    """The benchmarks that are no readings, which have no samples."""
    return [b for b in data["benchmarks"] if all("ffiadvise" in run for run in b["runs"])]


def scale(pattern, factor):
    def change(data):
        hits = 0
        for b in timed(data):
            if fnmatch.fnmatchcase(b["metadata"]["name"], pattern):
                hits += 1
                for run in b["runs"]:
                    own = run["ffiadvise"]
                    for column in ("full", "half"):
                        own[column] = [min(max(1, round(v * factor)), MOST) if v else 0
                                       for v in own[column]]
        assert hits, f"no measurement is called {pattern}"

    return change


def widen(name, factor):
    """Spreads the workers of one measurement evenly from 1 / factor to factor times."""

    def change(data):
        runs = next(b for b in data["benchmarks"] if b["metadata"]["name"] == name)["runs"]
        for number, run in enumerate(runs):
            by = factor ** (2 * number / (len(runs) - 1) - 1)
            own = run["ffiadvise"]
            for column in ("full", "half"):
                own[column] = [max(1, round(v * by)) if v else 0 for v in own[column]]

    return change


def per_call(run):
    """The rough time of one execution, ns, from the columns of a run."""
    own = run["ffiadvise"]
    n = len(own["full"])
    statements = own["loops"] * (own["unroll"] + own["unroll"] // 2 * (own["unroll"] > 1))
    return sorted((f + h) / statements for f, h in zip(own["full"], own["half"]))[n // 2]


def figure(runs):
    """As the program makes it: the mean of the logs without the least and the greatest."""
    middle = sorted(math.log(per_call(run)) for run in runs)[1:-1]
    return math.exp(sum(middle) / len(middle))


def figures(data):
    return {b["metadata"]["name"]: figure(b["runs"]) for b in timed(data)}


def calls(binding, factor):
    """Makes every crossing of a binding so many times as dear: each of its
    measurements gets longer by what its calls then take more."""

    def change(data):
        now = figures(data)
        more = (factor - 1) * now[f"call.one/{binding}"]
        for b in timed(data):
            name = b["metadata"]["name"]
            size = re.search(r"n=(\d+)$", name)
            crossings = int(size[1]) if name.startswith("loop.calls/") else 1
            if name.split("/")[1] == binding:
                flatten(b["runs"], now[name] + crossings * more)

    return change


def flatten(runs, ns):
    """Makes every sample take so long an execution, that nothing is left of their noise,
    which a difference of two figures would have a hundredfold."""
    for run in runs:
        own = run["ffiadvise"]
        for column, unroll in (("full", own["unroll"]),
                               ("half", own["unroll"] // 2 * (own["unroll"] > 1))):
            took = min(max(1, round(ns * own["loops"] * unroll)), MOST) if unroll else 0
            own[column] = [took if v else 0 for v in own[column]]


def like(pattern, other):
    """Makes each measurement that fits the pattern take as long as another one;
    {n} in its name is the size."""

    def change(data):
        now = figures(data)
        for name in [n for n in now if fnmatch.fnmatchcase(n, pattern)]:
            size = re.search(r"n=\d+$", name)
            target = now[other.format(n=size[0] if size else "")]
            scale(name, target / now[name])(data)

    return change


def drop(pattern):
    def change(data):
        before = len(data["benchmarks"])
        data["benchmarks"] = [b for b in data["benchmarks"]
                              if not fnmatch.fnmatchcase(b["metadata"]["name"], pattern)]
        assert len(data["benchmarks"]) < before, f"no measurement is called {pattern}"

    return change


def doctored(stored, path, *changes):
    data = json.loads(stored.read_text())
    for change in changes:
        change(data)
    path.write_text(json.dumps(data))
    return path
