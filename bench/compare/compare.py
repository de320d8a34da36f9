"""The figures of acceptance lists that are times, on this machine, now.

    compare.py [--runs K] [--example NAME] [SECTION ...]

Sections: start, budget, kill, spread, pyperf, many; all of them without one. Prints
figure, target and whether it was met; never fails because of a figure.
README.md beside this file says what each section does.
"""

import argparse
import itertools
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import many
import trial

ROUNDS_HELP = 50
ROUNDS_REUSED = 20
BUDGETS = (1, 2, 5)
OVER = 1.2                       # measuring ends within the budget + 20 %
KILL_AFTER = (0.1, 0.5, 1.5, 3)  # seconds: starting, loading, measuring
PYPERF_ROUNDS = 3
# The example with the most probes: it uses the whole budget.
LONGEST = "one-key-of-a-dict"

# Statements for pyperf and for ours. An id that data/probes has not is added
# as a test-only probe. Setup and statement are the same text for both.
STATEMENTS = [
    # id, setup, statement
    ("call.none", "f = ref.noop", "f()"),
    ("trial.len_of_tuple", "t = tuple(ref.floats(1000))", "len(t)"),
    ("trial.copy_of_list", "xs = ref.floats(1000)", "xs.copy()"),
]
# A loop that the interpreter can interrupt, and one in C that checks no signal.
SPINS = ["def spin():\n  while True: pass", "def spin(): return sum(iter(int, 1))"]


def probe_row(probe_id, setup, call):
    lines = "".join(f"      {line}\n" for line in setup.splitlines())
    return (f"  - id: {probe_id}\n    group: call\n    what: a probe of the trial\n"
            f"    function: noop\n    setup: |\n{lines}    call: {call}\n"
            "    only: [python]\n    always: yes\n")


class Data:
    """A copy of the data folder with more probes in it."""

    def __init__(self, rows):
        self.rows = rows

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ffiadvise-data-"))
        shutil.copytree(trial.DATA, self.folder / "data")
        if self.rows:
            (self.folder / "data" / "probes" / "trial.yaml").write_text(
                "probes:\n" + "\n".join(probe_row(*row) for row in self.rows), encoding="utf-8")
        return self.folder / "data"

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def hanging(number):
    return [(f"trial.spin_{i}", SPINS[i % len(SPINS)], "spin()") for i in range(number)]


class Figures(trial.Table):
    """Figure, target, met; the last column says how the figure came about."""

    def __init__(self, title):
        print(f"\n{title}")
        super().__init__(figure=46, here=22, target=12, met=18, how=0)

    def add(self, what, here, target="", met=None, how=""):
        word = met if isinstance(met, str) else {None: "", True: "met", False: "NOT MET"}[met]
        self.row(what, here, target, word, how)


def milliseconds(walls):
    return f"{1000 * statistics.median(walls):.1f} ms"


def start(home, options):
    table = Figures("start: how soon it answers (wall time, starting the process included)")
    walls = [home.run("--help").wall for _ in range(ROUNDS_HELP)]
    table.add("--help", milliseconds(walls), "< 10 ms", statistics.median(walls) < 0.010,
              f"median of {len(walls)}, worst {1000 * max(walls):.1f} ms")
    answers = trial.EXAMPLES / f"{options.example}.yaml"
    first = home.advise(answers)
    if first.complaint():
        table.add("a reused run", "-", "< 100 ms", "not testable", first.complaint())
        return
    kept = home.folder / "kept.json"
    shutil.copy(home.cached(), kept)
    for what, more in [("a reused run, text", []), ("a reused run, json", ["--format", "json"]),
                       ("--measurements, text", ["--measurements", kept]),
                       ("--measurements, json", ["--measurements", kept, "--format", "json"])]:
        runs = [home.run("--answers", answers, "--quiet", *more) for _ in range(ROUNDS_REUSED)]
        walls = [run.wall for run in runs]
        faults = {run.complaint() for run in runs if run.status not in trial.ADVISED}
        table.add(what, milliseconds(walls), "< 100 ms",
                  "not testable" if faults else statistics.median(walls) < 0.100,
                  "; ".join([f"median of {len(walls)}, worst {1000 * max(walls):.1f} ms",
                             *sorted(faults)]))
    table.add("the measurement file", f"{kept.stat().st_size / 1e6:.2f} MB", "", None,
              f"{len(first.measured)} figures")
    try:
        needed = subprocess.run(["readelf", "-d", str(trial.PROGRAM)], capture_output=True,
                                text=True, check=True).stdout
        table.add("the front end links libpython", "yes" if "libpython" in needed else "no", "no",
                  "libpython" not in needed)
    except (OSError, subprocess.CalledProcessError) as error:
        table.add("the front end links libpython", "-", "no", "not testable", str(error))


def budget(home, options):
    table = Figures("budget: measuring ends within the budget + 20 % (wall time of the whole run)")
    answers = trial.EXAMPLES / f"{LONGEST}.yaml"
    busy = trial.cpus()
    conditions = [("alone", [], 0, 2), ("a hog on each CPU", busy, 0, 2),
                  ("one probe hangs", [], 1, 1), ("four probes hang", [], 4, 1),
                  ("four hang, a hog on each CPU", busy, 4, 1)]
    for name, hogs, spins, times in conditions:
        with Data(hanging(spins)) as data:
            for seconds in BUDGETS:
                with trial.Hogs(hogs):
                    runs = [home.advise(answers, "--budget", f"{seconds}s", "--data", data)
                            for _ in range(times)]
                worst = max(run.wall for run in runs)
                notes = [f"worst of {times}"] if times > 1 else []
                for run in runs:
                    notes.append(run.complaint() or note_of(run, spins))
                advised = all(run.status in trial.ADVISED for run in runs)
                table.add(f"{seconds} s, {name}", f"{worst:.2f} s", f"<= {seconds * OVER:.1f} s",
                          worst <= seconds * OVER if advised else "not testable",
                          "; ".join(notes))


def note_of(run, spins):
    """Grade, figures and what a hanging probe was answered with."""
    report = run.report
    missing = report["not_measured"]
    named = sum(re.match(r"trial\.spin_\d+", row["id"]) is not None for row in missing)
    text = f"{run.grade}, {len(run.measured)} measured"
    if len(missing) - named:
        text += f", {len(missing) - named} not"
    return text + (f", {named} of {spins} hanging named, status {run.status}" if spins else "")


def processes():
    """pid: (parent, start time, state) of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        found[int(entry.name)] = (int(fields[1]), fields[19], fields[0])
    return found


def descendants(pid, all_of_them):
    below = [p for p, (parent, _, _) in all_of_them.items() if parent == pid]
    return below + [deeper for p in below for deeper in descendants(p, all_of_them)]


def kill(home, options):
    table = Figures("kill: nothing is left a second after SIGKILL of a measuring front end")
    answers = trial.EXAMPLES / f"{LONGEST}.yaml"
    for name, spins in (("", 0), (", two probes hang", 2)):
        with Data(hanging(spins)) as data:
            for seconds in KILL_AFTER:
                front = home.start("--answers", answers, "--fresh", "--quiet", "--data", data,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(seconds)
                # Stopped, it starts no worker between the look and the kill.
                front.send_signal(signal.SIGSTOP)
                before = processes()
                workers = {pid: before[pid][1] for pid in descendants(front.pid, before)}
                front.kill()
                front.wait()
                time.sleep(1)
                after = processes()
                left = [pid for pid, began in workers.items()
                        if pid in after and after[pid][1] == began and after[pid][2] != "Z"]
                for pid in left:
                    os.kill(pid, signal.SIGKILL)
                table.add(f"killed after {seconds} s{name}", f"{len(left)} left", "0 left",
                          not left if workers else "not testable", f"of {len(workers)} processes")


def heard(runs):
    """The runs that count, and whether more than half were graded busy."""
    good = [run for run in runs if not run.complaint() and run.grade != "busy"]
    return good, len(runs) - len(good) > len(runs) / 2


def ratios(figures):
    """Of a run's figures, for each operation and size, every pair of bindings."""
    groups = {}
    for key, ns in figures.items():
        operation, binding, *size = key.split("/")
        groups.setdefault((operation, *size), {})[binding] = ns
    return {(group, a, b): bindings[a] / bindings[b]
            for group, bindings in groups.items()
            for a, b in itertools.combinations(sorted(bindings), 2)
            if bindings[a] > 0 and bindings[b] > 0}


def repeat(rows):
    """Over what all runs have: standard deviations and largest deviations from
    the median run, both in %."""
    shared = set(rows[0]).intersection(*rows[1:])
    deviations, largest = {}, {}
    for key in shared:
        values = [row[key] for row in rows]
        middle = statistics.median(values)
        if middle > 0:
            deviations[key] = trial.spread(values)
            largest[key] = max(abs(value / middle - 1) for value in values) * 100
    return deviations, largest


def spread(home, options):
    table = Figures(f"spread: {options.runs} runs of the default budget, {options.example}")
    runs = [home.advise(trial.EXAMPLES / f"{options.example}.yaml") for _ in range(options.runs)]
    good, loud = heard(runs)
    table.add("runs graded busy", f"{len(runs) - len(good)} of {len(runs)}", "", None,
              trial.counts(run.complaint() or run.grade for run in runs))
    table.add("wall time", trial.span([run.wall for run in runs], "{:.2f} s".format))
    if len(good) < 2:
        table.add("figures, ratios", "-", "", "not testable now", "fewer than two runs count")
        return
    bounds = [m["upper_bound"] for run in good for m in run.report["measurements"]
              if m["basis"] == "measured"]
    table.add("figures that are upper bounds", f"{100 * sum(bounds) / len(bounds):.0f} %")
    for name, rows, targets in (("figures", [run.measured for run in good], (2, 8)),
                                ("ratios", [ratios(run.measured) for run in good], (2, 6))):
        deviations, largest = repeat(rows)
        if not deviations:
            continue
        middle = statistics.median(deviations.values())
        # Almost all of them lie so near to their median run.
        near = trial.percentile(largest.values(), 0.95)
        worst = max(largest, key=largest.get)
        verdicts = ["not testable now"] * 2 if loud else [middle <= targets[0], near <= targets[1]]
        table.add(f"{name}: median standard deviation", f"{middle:.1f} %", f"<= {targets[0]} %",
                  verdicts[0], f"of {len(deviations)}; 95 % below "
                  f"{trial.percentile(deviations.values(), 0.95):.1f} %")
        table.add(f"{name}: 95 % lie from their median run", f"{near:.1f} %",
                  f"<= {targets[1]} %", verdicts[1],
                  f"half below {statistics.median(largest.values()):.1f} %, worst "
                  f"{largest[worst]:.0f} %: {describe(worst)}")


def describe(key):
    if isinstance(key, str):
        return key
    (operation, *size), a, b = key
    return "/".join([operation, *size]) + f" {a}:{b}"


def pyperf_once(setup, statement, folder):
    """(median ns, lowest ns, wall seconds) of one run of the real pyperf."""
    import pyperf

    packages = Path(pyperf.__file__).resolve().parent.parent
    env = {**os.environ, "PYTHONPATH": f"{packages}:{trial.PYTHON_DIR / 'probes'}",
           "PYTHONDONTWRITEBYTECODE": "1"}
    result = folder / "pyperf.json"
    result.unlink(missing_ok=True)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pyperf", "timeit", "--fast", "--duplicate", "64",
                    "--quiet", "--python", trial.manifest()["executable"],
                    "--inherit-environ", "PYTHONPATH,PYTHONDONTWRITEBYTECODE", "-o", str(result),
                    "-s", "import probes_python as ref", "-s", setup, statement],
                   env=env, check=True, capture_output=True, text=True)
    wall = time.perf_counter() - began
    values = pyperf.Benchmark.load(str(result)).get_values()
    return statistics.median(values) * 1e9, min(values) * 1e9, wall


def pyperf(home, options):
    table = Figures(f"pyperf: the same statements, {PYPERF_ROUNDS} runs of each tool in turn")
    ours, theirs = [], {row[0]: [] for row in STATEMENTS}
    known = "\n".join(path.read_text(encoding="utf-8")
                      for path in (trial.DATA / "probes").glob("*.yaml"))
    added = [row for row in STATEMENTS if f"- id: {row[0]}\n" not in known]
    with Data(added) as data:
        for _ in range(PYPERF_ROUNDS):
            ours.append(home.advise(trial.EXAMPLES / f"{options.example}.yaml", "--data", data))
            for probe_id, setup, statement in STATEMENTS:
                try:
                    theirs[probe_id].append(pyperf_once(setup, statement, home.folder))
                except subprocess.CalledProcessError as error:
                    lines = error.stderr.strip().splitlines() or ["no word"]
                    table.add("pyperf", "-", "", "not testable", lines[-1])
                    return
    good, loud = heard(ours)
    table.add("runs of ours graded busy", f"{len(ours) - len(good)} of {len(ours)}", "", None,
              trial.counts(run.complaint() or run.grade for run in ours))
    if not good:
        table.add("all statements", "-", "", "not testable now", "no run of ours counts")
        return
    for probe_id, _, statement in STATEMENTS:
        figures = [run.measured[f"{probe_id}/python"] for run in good
                   if f"{probe_id}/python" in run.measured]
        if not figures:
            table.add(statement, "-", "", "not testable", "ours did not measure it")
            continue
        compared(table, statement, figures, theirs[probe_id], loud)
    each = statistics.median(run.wall / len(run.measured) for run in good)
    theirs_each = statistics.median(wall for rows in theirs.values() for _, _, wall in rows)
    table.add("wall time a statement, pyperf : ours", f"{theirs_each / each:.0f} x", ">= 60 x",
              theirs_each / each >= 60,
              f"{theirs_each:.1f} s, {1000 * each:.0f} ms (a run's time over its figures)")


def compared(table, statement, figures, rows, loud):
    """One statement: ours against the lowest that pyperf saw, its cleanest figure."""
    mine = statistics.median(figures)
    medians, lowest = [row[0] for row in rows], min(row[1] for row in rows)
    off = 100 * (mine / lowest - 1)
    table.add(f"{statement}: against pyperf's lowest", f"{off:+.1f} %", "within 8 %",
              "not testable now" if loud else abs(off) <= 8,
              f"{trial.short(mine)} ours, {trial.short(lowest)} lowest, "
              f"{trial.short(statistics.median(medians))} median of pyperf")
    apart = [100 * (max(values) / min(values) - 1) for values in (figures, medians)]
    lows = [row[1] for row in rows]
    table.add(f"{statement}: highest to lowest run", f"{apart[0]:.1f} %", "", None,
              f"of {len(figures)} runs; pyperf {apart[1]:.1f} % (medians), "
              f"{100 * (max(lows) / min(lows) - 1):.1f} % (its lowest)")


SECTIONS = {"start": start, "budget": budget, "kill": kill, "spread": spread, "pyperf": pyperf,
            "many": lambda home, options: many.many(home, Figures(many.TITLE))}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=6, help="runs of the section spread")
    parser.add_argument("--example", default="score-pairs")
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
        with trial.Home() as home:
            SECTIONS[name](home, options)
    print(f"\n{time.perf_counter() - began:.0f} s, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.exit(main())
