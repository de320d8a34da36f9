"""Measures the plain function against its two ports and prints JSON.

    compare.py FOLDER        (of the built modules port_pyo3 and port_capi)

One process, alternating rounds: in each round every version is timed once, the
order rotates, and the figure is the median over the rounds, per call. Results
are compared first. A port that was not built is null.
"""

import importlib
import json
import statistics
import sys
import time
from pathlib import Path

LENGTH = 2000
DELTA = 0.8
ROUNDS = 300
SAMPLE_NS = 400_000

sys.path[:0] = [str(Path(__file__).resolve().parent), *sys.argv[1:2]]

import port  # noqa: E402


def version(name):
    try:
        return importlib.import_module(name).find_peaks
    except ModuleNotFoundError:
        return None


def sample(f, xs, calls):
    start = time.perf_counter_ns()
    for _ in range(calls):
        f(xs, DELTA)
    return (time.perf_counter_ns() - start) / calls


def main():
    xs = port.signal(LENGTH)
    expected = port.find_peaks(xs, DELTA)
    versions = {"plain": port.find_peaks, "pyo3": version("port_pyo3"), "capi": version("port_capi")}
    present = [name for name, f in versions.items() if f]
    for name in present:
        if versions[name](xs, DELTA) != expected:
            sys.exit(f"{name} gives another result than the plain function")
    calls = {}
    for name in present:
        once = min(sample(versions[name], xs, 5) for _ in range(5))
        calls[name] = max(1, round(SAMPLE_NS / once))
    times = {name: [] for name in present}
    for round_number in range(ROUNDS):
        shift = round_number % len(present)
        for name in present[shift:] + present[:shift]:
            times[name].append(sample(versions[name], xs, calls[name]))
    figures = {
        f"{name}_ns": round(statistics.median(times[name]), 1) if name in times else None
        for name in versions
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
