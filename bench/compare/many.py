"""Ten thousand functions from one file: time and memory against the targets.

A section of compare.py. The file is made here, from a fixed seed: shares as a
profile has them (few large ones, a long tail), every kind of work, the usual
types and lengths, some answers left out. The figures are those of the stored
measurement file, so that nothing is measured.
"""

import os
import random
import statistics
import time

import trial
from acceptance import Figures

TITLE = "many: functions from one file, with stored figures (verdicts, predictions, ranking)"
STORED = trial.ROOT / "tests" / "measurements" / "stored.json"
ROUNDS = 5
NUMBERS = (10_000, 20_000, 50_000)
SECONDS, MEGABYTES = 1.0, 150      # for the first of them
LINEAR = 1.25                      # time a function may not grow by more
WORKS = ("numeric", "text", "bytes", "collections", "objects", "sorting", "parsing",
         "serialising", "mixed")
TYPES = ("list[float]", "list[int]", "list[str]", "str", "bytes", "dict[str, int]",
         "buffer[f64]", "object")


def function(rng, i, share):
    lines = [f"  - name: module.function_{i}",
             "    function:",
             f"      bound: {rng.choice(('cpu', 'cpu', 'cpu', 'mixed', 'io'))}",
             f"      work: {rng.choice(WORKS)}",
             f"      time_per_call: {rng.choice((1, 5, 45, 300, 3000)) * rng.randint(1, 9)}us"]
    if rng.random() < 0.9:
        lines.append(f"      share: {share:.6f}")
    lines += [f"    caller: {{loop: {rng.choice(('none', 'python', 'python'))}, "
              f"loop_can_move: {rng.choice(('yes', 'no', 'unknown'))}}}",
              "    inputs:",
              f"      - {{name: xs, type: \"{rng.choice(TYPES)}\", "
              f"length: {rng.choice((3, 10, 100, 1000, 5000, 100000))}}}",
              "      - {name: k, type: int}",
              "    output: {type: float}"]
    return "\n".join(lines)


def answers(number):
    """The file's text. Shares fall as 1/rank, as in most profiles."""
    rng = random.Random(number)
    total = sum(1 / (i + 1) for i in range(number))
    functions = "\n".join(function(rng, i, 1 / (i + 1) / total) for i in range(number))
    return ("ffiadvise: 1\ndefaults:\n  team: {languages: [rust, c], compile_step: ok}\n"
            f"functions:\n{functions}\n")


def run(home, path):
    """Seconds, CPU seconds and megabytes of one run."""
    began = time.perf_counter()
    child = home.start("--answers", path, "--measurements", STORED, "--format", "json",
                       "--output", os.devnull)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def many(home, _options):
    table = Figures(TITLE)
    each = []
    for number in NUMBERS:
        path = home.folder / f"many-{number}.yaml"
        path.write_text(answers(number), encoding="utf-8")
        runs = [run(home, path) for _ in range(ROUNDS)]
        statuses = {status for status, *_ in runs}
        if statuses != {0}:
            table.add(f"{number} functions", "-", "", "not testable", f"status {statuses}")
            return
        wall = statistics.median(wall for _, wall, _, _ in runs)
        cpu = statistics.median(cpu for _, _, cpu, _ in runs)
        memory = max(memory for *_, memory in runs)
        first = number == NUMBERS[0]
        table.add(f"{number} functions, time", f"{wall:.2f} s", f"< {SECONDS:g} s" if first else "",
                  wall < SECONDS if first else None,
                  f"median of {ROUNDS}; {cpu:.2f} s of CPU; {path.stat().st_size / 1e6:.1f} MB")
        table.add(f"{number} functions, memory", f"{memory:.0f} MB",
                  f"< {MEGABYTES} MB" if first else "",
                  memory < MEGABYTES if first else None)
        each.append(cpu / number)
    table.add("CPU time a function, of most against fewest", f"{each[-1] / each[0]:.2f}x",
              f"< {LINEAR:g}x", each[-1] < LINEAR, f"{1e6 * each[0]:.0f} us and {1e6 * each[-1]:.0f} us")
