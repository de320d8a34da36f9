"""The figures of acceptance lists that are times, on this machine, now.

    compare.py [--runs K] [--rounds K] [--example NAME] [--python PYTHON] [SECTION ...]

All sections without one. Prints figure, target and whether it was met; never
fails because of a figure. README.md beside this file says what each does.
"""

import argparse
import os
import sys
import time

import trial
from detect import aa, delay
from hog import hog
from many import many
from planted import planted
from promptness import budget, kill, start
from repeat import spread
from session import session
from shells import shells
from yardstick import Failed, pyperf

SECTIONS = {"start": start, "budget": budget, "kill": kill, "session": session,
            "spread": spread, "aa": aa, "delay": delay, "planted": planted, "shells": shells,
            "hog": hog, "pyperf": pyperf, "many": many}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=10, help="runs of the section spread")
    parser.add_argument("--rounds", type=int, default=3, help="runs of pyperf for each statement")
    parser.add_argument("--hog-times", type=int, default=2,
                        help="runs of each example in each place of the section hog")
    parser.add_argument("--example", default="score-pairs")
    parser.add_argument("--python", action="append",
                        help="an interpreter for the section shells (default: each python3 "
                             "on PATH)")
    parser.add_argument("sections", nargs="*", metavar="SECTION",
                        help="of " + ", ".join(SECTIONS) + " (default: all)")
    options = parser.parse_args()
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        parser.error("no section " + ", ".join(unknown))
    began = time.perf_counter()
    facts = trial.manifest()
    print(f"{facts['implementation']} {facts['python']}, {len(trial.cpus())} CPUs,"
          f" load {os.getloadavg()[0]:.1f}")
    for name in options.sections or SECTIONS:
        at = time.perf_counter()
        with trial.Home() as home:
            try:
                SECTIONS[name](home, options)
            except Failed as error:
                print(f"not testable: pyperf: {error}")
        print(f"{time.perf_counter() - at:.0f} s, load {os.getloadavg()[0]:.1f}", flush=True)
    print(f"\n{time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    sys.exit(main())
