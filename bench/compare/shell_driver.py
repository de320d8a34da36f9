"""Times statements by themselves, in whatever shell runs it: the least of many
samples of 100 us, without gates. Used by shells.py on both sides.

    python shell_driver.py STATEMENTS.json      prints {id: ns}
"""

import gc
import itertools
import json
import sys
import time

SAMPLE = 100_000      # ns
SPENT = 30_000_000    # ns on each statement
UNROLLS = ((1000, 64), (10_000, 4), (float("inf"), 1))    # below so many ns: copies in a turn


def body(setup, statement, copies):
    space = {}
    exec(setup, space)
    names = [name for name in compile(statement, "<driver>", "eval").co_names if name in space]
    source = (f"def timed({', '.join(['it', 'clock', *names])}):\n start = clock()\n"
              " for _ in it:\n" + f"  ({statement}\n  )\n" * copies + " return clock() - start\n")
    made = {}
    exec(source, space, made)
    values = [space[name] for name in names]
    return lambda turns: made["timed"](itertools.repeat(None, turns), time.perf_counter_ns,
                                       *values)


def minimum(setup, statement):
    """ns of one execution, at best; a share of the loop around it is in it."""
    gc.disable()
    once = body(setup, statement, 1)
    rough = min(once(64) / 64 for _ in range(20))
    copies = next(copies for below, copies in UNROLLS if rough < below)
    timed = body(setup, statement, copies)
    for _ in range(64):
        timed(1)
    turns = max(1, round(SAMPLE / (rough * copies)))
    best, end = float("inf"), time.perf_counter_ns() + SPENT
    while time.perf_counter_ns() < end:
        best = min(best, timed(turns))
    return best / turns / copies


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    print(json.dumps({name: minimum(*text) for name, text in asked.items()}))
