"""What the long trials share: the program in a private home, hogs, and tables.

Used by compare.py beside this file, tests/live.py and tests/ports/table.py.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = Path(os.environ.get("FFIADVISE", ROOT / "build" / "ffiadvise")).resolve()
# The data of that program.
DATA = next(d for d in (PROGRAM.parent.parent / "data", ROOT / "data")
            if (d / "questions.yaml").exists())
EXAMPLES = DATA / "examples"
# The interpreter that is measured, and what was built for it.
PYTHON_DIR = PROGRAM.parent / "python" / "default"

# 0: advice; 4: advice, but a probe failed (man ffiadvise).
ADVISED = (0, 4)

HOG = """
import os, sys
os.sched_setaffinity(0, {int(sys.argv[1])})
parent = os.getppid()
print(flush=True)
while os.getppid() == parent:
    for _ in range(1_000_000):
        pass
"""


class Hogs:
    """Processes that spin, one pinned to each of the CPUs given, at our own
    niceness. They end with the block, and also when this process dies."""

    def __init__(self, cpus):
        self.cpus = cpus
        self.running = []

    def __enter__(self):
        for cpu in self.cpus:
            hog = subprocess.Popen([sys.executable, "-c", HOG, str(cpu)], stdout=subprocess.PIPE)
            self.running.append(hog)
            hog.stdout.readline()
        return self

    def __exit__(self, *_):
        for hog in self.running:
            hog.kill()
            hog.wait()
            hog.stdout.close()


class Done:
    """One run of the program: status, both outputs, wall time in seconds."""

    def __init__(self, status, out, err, wall):
        self.status, self.out, self.err, self.wall = status, out, err, wall

    @property
    def report(self):
        return json.loads(self.out)

    @property
    def function(self):
        return self.report["functions"][0]

    @property
    def grade(self):
        return self.report["environments"][0]["noise"]["grade"]

    @property
    def measured(self):
        """What was measured, by id: likely ns."""
        return {m["id"]: m["ns"]["likely"] for m in self.report["measurements"]
                if m["basis"] == "measured" and m["ns"]}

    def complaint(self):
        """Why there is no measured advice, in one line; None where there is."""
        if self.status not in ADVISED:
            lines = self.err.strip().splitlines()
            return f"status {self.status}: {lines[-1] if lines else 'nothing on stderr'}"
        return None if self.measured else "advice without a single measurement"


class Home:
    """A private home and cache: nothing measured elsewhere is used, nothing is left."""

    def __init__(self, program=PROGRAM):
        self.program = program

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ffiadvise-trial-"))
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "FFIADVISE"))}
        self.env.update(HOME=str(self.folder), XDG_CACHE_HOME=str(self.folder / "cache"),
                        TERM="dumb", LC_ALL="C.UTF-8")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def cached(self):
        """The measurement file that the last run left, or None."""
        return next((self.folder / "cache").rglob("measurements-*.json"), None)

    def start(self, *args, **more):
        return subprocess.Popen([str(self.program), *map(str, args)], env=self.env,
                                stdin=subprocess.DEVNULL, **more)

    def run(self, *args, cpus=None, timeout=300):
        """Runs the program, on the CPUs given only, and waits for it."""
        pin = (lambda: os.sched_setaffinity(0, cpus)) if cpus else None
        began = time.perf_counter()
        child = self.start(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                           errors="replace", preexec_fn=pin)
        try:
            out, err = child.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            err += f"\nno end after {timeout} s"
        return Done(child.returncode, out, err, time.perf_counter() - began)

    def advise(self, answers, *args, **more):
        """The advice for an answers file, as JSON, measured now."""
        return self.run("--answers", answers, "--fresh", "--format", "json", "--quiet", *args, **more)

    def bench(self, *args, **more):
        """The figures of what is named, as JSON, measured now."""
        return self.run("bench", "--fresh", "--format", "json", "--quiet", *args, **more)


def cpus():
    return sorted(os.sched_getaffinity(0))


def manifest(folder=PYTHON_DIR):
    return json.loads((folder / "manifest.json").read_text())


def percentile(values, share):
    """The value below which `share` of them lie, by the nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -int(-share * len(ranked) // 1) - 1))]


def spread(values):
    """Standard deviation in % of the mean."""
    return 100 * statistics.stdev(values) / statistics.mean(values)


def short(ns):
    """A time a person reads, from nanoseconds; three digits."""
    if ns is None:
        return "-"
    for unit, size in (("ns", 1), ("us", 1e3), ("ms", 1e6)):
        if abs(ns) < 1000 * size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns / 1e9:.3g} s"


def span(values, show):
    """"low .. high", or one figure where both read the same."""
    if not values:
        return "-"
    low, high = show(min(values)), show(max(values))
    return low if low == high else f"{low} .. {high}"


def counts(values):
    """What came and how often, the most frequent first: "quiet 7, busy 3"."""
    seen = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return ", ".join(f"{value} {n}" for value, n in sorted(seen.items(), key=lambda s: -s[1]))


class Table:
    """Rows in columns of fixed width, printed as they come; the last is free."""

    def __init__(self, **widths):
        self.widths = list(widths.values())
        self.row(*(name.replace("_", " ") for name in widths))
        self.row(*("-" * (width or 12) for width in self.widths))

    def row(self, *cells):
        print("  ".join(str(c).ljust(w) for c, w in zip(cells, self.widths)).rstrip(), flush=True)
