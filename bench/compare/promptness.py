"""The sections of compare.py about waiting: start, budget, kill."""

import os
import re
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path

import trial
from acceptance import Copy, Figures, row

ROUNDS_HELP = 50
ROUNDS_REUSED = 20
BUDGETS = (1, 2, 5)
OVER = 1.2                       # measuring ends within the budget + 20 %
KILL_AFTER = (0.1, 0.5, 1.5, 3)  # seconds: starting, loading, measuring
# The example with the most probes: it uses the whole budget.
LONGEST = "one-key-of-a-dict"
# A loop that the interpreter can interrupt, and one in C that checks no signal.
SPINS = ["def spin():\n  while True: pass\n", "def spin(): return sum(iter(int, 1))\n"]


def hanging(number):
    return [row(f"trial.spin_{i}", SPINS[i % len(SPINS)], "spin()", always=True)
            for i in range(number)]
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
        with Copy(hanging(spins)) as copy:
            for seconds in BUDGETS:
                with trial.Hogs(hogs):
                    runs = [home.advise(answers, "--budget", f"{seconds}s", "--data", copy.data)
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
        with Copy(hanging(spins)) as copy:
            for seconds in KILL_AFTER:
                front = home.start("--answers", answers, "--fresh", "--quiet", "--data", copy.data,
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


