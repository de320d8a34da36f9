"""Measures the plain functions against their ports and prints JSON.

    compare.py FOLDER        (of the built modules ports_pyo3 and ports_capi)

One process; port after port, in alternating rounds: in each round every version is
timed once, the order rotates, and the figure is the median over the rounds, per
call; of the plain function the 10 % point too (what lies above the median is mostly
other programs' doing). Results are compared first.
A version that was not built, or not written, is left out.
"""

import importlib
import json
import math
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUNDS = 200
SAMPLE_NS = 400_000

sys.path[:0] = [str(HERE), *sys.argv[1:2]]


def module(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def same(a, b):
    return math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) else a == b


def sample(f, args, calls):
    start = time.perf_counter_ns()
    for _ in range(calls):
        f(*args)
    return (time.perf_counter_ns() - start) / calls


def compare(name, modules):
    plain = importlib.import_module(name)
    args = plain.arguments()
    versions = {"plain": plain.FUNCTION}
    for key, built in modules.items():
        version = getattr(built, plain.FUNCTION.__name__, None)
        if version:
            versions[key] = version
    expected = plain.FUNCTION(*args)
    for key, f in versions.items():
        if not same(f(*args), expected):
            sys.exit(f"{key} gives another result than the plain function of {name}")
    keys = list(versions)
    calls = {key: max(1, round(SAMPLE_NS / min(sample(versions[key], args, 5) for _ in range(5))))
             for key in keys}
    times = {key: [] for key in keys}
    for number in range(ROUNDS):
        shift = number % len(keys)
        for key in keys[shift:] + keys[:shift]:
            times[key].append(sample(versions[key], args, calls[key]))
    figures = {key: round(statistics.median(times[key]), 1) for key in keys}
    tenth = statistics.quantiles(times["plain"], n=10)[0]
    return {**figures, "range": [round(tenth, 1), figures["plain"]]}


def main():
    modules = {"pyo3": module("ports_pyo3"), "capi": module("ports_capi")}
    print(json.dumps({path.stem: compare(path.stem, modules)
                      for path in sorted(HERE.glob("*.yaml"))}))


if __name__ == "__main__":
    main()
