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
TURNS = (0, 1000, 10000, 100000)       # of the loop in C
NATIVE_RUNS = 5

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

    def native_ns(self, turns):
        """ns of that many turns when C calls them, in the interpreter's own binary;
        the lowest of some processes."""
        return min(float(subprocess.run(
            [self.python, "-c", f"import planted_costs; print(planted_costs.native_ns({turns}))"],
            cwd=self.folder, capture_output=True, text=True, check=True).stdout)
            for _ in range(NATIVE_RUNS))


def rows():
    setup = "from planted_costs import loop, wait_ns"
    return ([row(f"trial.wait_{n}", setup, f"wait_ns({n})") for n in WAITS] +
            [row(f"trial.loop_{n}", setup, f"loop({n})") for n in TURNS])


def planted(_home, _options):
    table = Figures(f"planted: calls that cost what they are told to, {RUNS} runs")
    with Module() as module, Copy(rows(), modules={"planted_costs": module.path}) as copy, \
            trial.Home(copy.program) as own:
        runs = [own.bench("trial", "--budget", BUDGET) for _ in range(RUNS)]
        native = {n: module.native_ns(n) for n in TURNS[1:]}
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
    # What the call itself takes is no part of the turns.
    call = figure(f"loop_{TURNS[0]}")
    table.add("the call around the loop", trial.short(call))
    for n in TURNS[1:]:
        ours = figure(f"loop_{n}") - call
        off = 100 * (ours / native[n] - 1)
        table.add(f"{n} turns of a C loop", f"{off:+.2f} %", f"within {WITHIN} %",
                  NOT_NOW if loud else abs(off) <= WITHIN,
                  f"{trial.short(ours)}, {trial.short(native[n])} when called and timed in C")
