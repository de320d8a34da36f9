"""The section hog of compare.py: tests/live.py with few runs of each example."""

import re
import subprocess
import sys

import trial
from acceptance import Figures

PLACES = {"beside": "a hog on one core, the other free", "same": "a hog on the core measured on"}


def hog(_home, options):
    table = Figures("hog: the verdict of every example, "
                    f"{options.hog_times} runs each beside a hog")
    for place, what in PLACES.items():
        done = subprocess.run([sys.executable, str(trial.ROOT / "tests" / "live.py"), "--times",
                               str(options.hog_times), "--where", place],
                              capture_output=True, text=True, check=False)
        lines = done.stdout.splitlines()
        ended = re.match(r"(\d+) passed, (\d+) failed$", lines[-1]) if lines else None
        if not ended:
            table.add(what, "-", "", "not testable",
                      (done.stderr.strip().splitlines() or ["no word"])[-1])
            continue
        passed, failed = map(int, ended.groups())
        table.add(what, f"{passed} of {passed + failed} as alone", "all", failed == 0,
                  grades(lines))
        for line in lines:
            if line.startswith("wrong: "):
                table.add("", "", "", None, line)


def grades(lines):
    """How the runs were graded, out of live.py's table."""
    seen = {}
    for word, times in re.findall(r"\b(quiet|usable|busy) (\d+)", "\n".join(lines)):
        seen[word] = seen.get(word, 0) + int(times)
    return ", ".join(f"{word} {times}" for word, times in seen.items())
