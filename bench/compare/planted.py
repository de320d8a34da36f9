"""The section planted of compare.py, and the module of calls that cost what they
are told to (planted.c), built for the interpreter that is measured.
"""

import json
import shlex
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

import trial
from acceptance import NOT_NOW, Copy, Figures, row

WITHIN = 5            # %
RUNS = 6
BUDGET = "2s"
WAITS = (5000, 20000, 100000)          # ns
# Of the loop in C. The first is what is taken off the others: the call, and where the
# loop ends, which the processor cannot foresee.
TURNS = (1000, 5000, 20000, 100000)

FACTS = """
import json, sysconfig
print(json.dumps([sysconfig.get_paths()["include"], sysconfig.get_config_var("EXT_SUFFIX")]))
"""


class Module:
    """planted.c, built into a folder of its own."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ffiadvise-planted-"))
        self.python = trial.manifest()["executable"]
        include, suffix = json.loads(subprocess.run(
            [self.python, "-c", FACTS], capture_output=True, text=True, check=True).stdout)
        self.path = self.folder / f"planted_costs{suffix}"
        compiler = shlex.split(shutil.which("cc") or "gcc")
        subprocess.run([*compiler, "-O2", "-fPIC", "-shared", "-I", include,
                        str(Path(__file__).with_suffix(".c")), "-o", str(self.path)], check=True)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def native_ns(self):
        """ns of the loop in C when C calls it, by its turns; in the interpreter's own binary."""
        return json.loads(subprocess.run(
            [self.python, "-c", "import planted_costs, json; print(json.dumps("
             f"[planted_costs.native_ns(n) for n in {TURNS}]))"],
            cwd=self.folder, capture_output=True, text=True, check=True).stdout)


def rows():
    setup = "from planted_costs import loop, wait_ns"
    return ([row(f"trial.wait_{n}", setup, f"wait_ns({n})") for n in WAITS] +
            [row(f"trial.loop_{n}", setup, f"loop({n})") for n in TURNS])


def planted(_home, _options):
    table = Figures(f"planted: calls that cost what they are told to, {RUNS} runs")
    with Module() as module, Copy(rows(), modules={"planted_costs": module.path}) as copy, \
            trial.Home(copy.program) as own:
        runs, native = [], []
        for _ in range(RUNS):
            native.append(module.native_ns())
            runs.append(own.bench("trial", "--budget", BUDGET))
    good, loud = table.grades(runs)
    if not good:
        table.add("all", "-", "", NOT_NOW, "no run counts")
        return

    def figure(name):
        return statistics.median(run.measured[f"trial.{name}/python"] for run in good
                                 if f"trial.{name}/python" in run.measured)

    for n in WAITS:
        off = 100 * (figure(f"wait_{n}") / n - 1)
        table.add(f"a wait of {trial.short(n)}", f"{off:+.2f} %", f"within {WITHIN} %",
                  NOT_NOW if loud else abs(off) <= WITHIN, trial.short(figure(f"wait_{n}")))
    first = figure(f"loop_{TURNS[0]}")
    for at, n in enumerate(TURNS[1:], 1):
        ours = figure(f"loop_{n}") - first
        theirs = statistics.median(row[at] - row[0] for row in native)
        off = 100 * (ours / theirs - 1)
        table.add(f"{n - TURNS[0]} turns of a C loop", f"{off:+.2f} %", f"within {WITHIN} %",
                  NOT_NOW if loud else abs(off) <= WITHIN,
                  f"{trial.short(ours)}, {trial.short(theirs)} when called and timed in C")
