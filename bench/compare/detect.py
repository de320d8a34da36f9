"""The sections aa and delay of compare.py: what the program tells apart.

aa: the same module under two names of a binding. Both are alternatives of one
decision, as bindings of a probe always are. delay: the same statement with
additions in C behind it, more of them under each further name of a binding.
"""

import itertools
import statistics

import planted
import trial
from acceptance import NOT_NOW, Copy, Figures, exactly, judge, row, saved
from statements import STATEMENTS

PAIRS = 200
FALSE = 0.05
FOUND = 0.90
BUDGET = "5s"

# What is measured twice, by id with the binding left out.
SAME = [
    ("call.none", ""), ("call.three", ""), ("int.in", ""), ("list_float.copied", "/n=1000"),
    ("buffer.sum", "/n=1000"), ("object.attribute", ""), ("str.out", "/n=100"),
    ("dict_int.walk", "/n=100"), ("tuple.four", ""), ("list_int.out", "/n=100"),
]
BINDINGS = ("python", "capi")
TWIN = "-again"

# Statements a delay is planted in.
DELAYED = ("call", "len", "small_list", "parse", "split", "search", "join", "copy", "dumps", "sum")
DELAYS = (5, 10)                 # %
LEVELS = 7                       # numbers of additions tried
CALIBRATING = 2
CALIBRATING_RUNS = 2
HIDDEN = 0.03                    # below that share some of the additions may still hide
HIDE_MOST = 60                   # additions
ADDITIONS_NS = 4                 # of them in a ns, to begin with
RUNS = 12


def pairs(table, judged, runs):
    """The ratios of two figures that both count, of all runs that do."""
    flat = [one for each in judged for one in each if one.likely is not None]
    table.add("pairs judged", f"{len(flat)}", f">= {PAIRS}", len(flat) >= PAIRS,
              f"in {runs} runs; upper bounds among them: {sum(one.bound for one in flat)}")
    return flat


def aa(_home, options):
    ids = [f"{probe}/{binding}{size}" for probe, size in SAME for binding in BINDINGS]
    again = [f"{probe}/{binding}{TWIN}{size}" for probe, size in SAME for binding in BINDINGS]
    runs = -(-PAIRS // len(ids)) + 2
    table = Figures(f"aa: {len(ids)} measurements, each twice under two names, {runs} runs")
    kept, files = [], []
    with Copy(twins={binding + TWIN: (binding, None) for binding in BINDINGS}) as copy, \
            trial.Home(copy.program) as own:
        for number in range(runs):
            run, path = saved(own, number, *exactly(ids + again), "--budget", BUDGET)
            kept.append(run)
            files.append(path)
        good, loud = table.grades(kept)
        files = [path for run, path in zip(kept, files) if run in good]
        judged = [judge(path, zip(again, ids)) for path in files]
        later = [one for path, earlier in zip(files[1:], files)
                 for one in judge(path, [(name, name) for name in ids + again], earlier)]
    flat = pairs(table, judged, len(good))
    if not flat:
        return
    apart = sum(one.apart for one in flat)
    table.add("false differences", f"{100 * apart / len(flat):.1f} %", f"<= {100 * FALSE:.0f} %",
              NOT_NOW if loud else apart <= FALSE * len(flat), f"{apart} of {len(flat)}")
    in_words(table, "", flat)
    later = [one for one in later if one.likely is not None]
    if later:
        apart = sum(one.apart for one in later)
        table.add("a run against the one before: differences", f"{100 * apart / len(later):.1f} %",
                  "", None, f"{apart} of {len(later)}, as --compare judges")
        in_words(table, "  ", later)


def in_words(table, indent, judged):
    """Where ratios of the same to the same lie, and their intervals."""
    shown = [one for one in judged if not one.bound]
    if not shown:
        return
    outside = sum(one.low > 1 or one.high < 1 for one in shown)
    table.add(f"{indent}the interval leaves 1 out", f"{100 * outside / len(shown):.1f} %", "", None,
              "it speaks of processes, and says 5 %; a tie is taken off beside it")
    off = [100 * abs(one.likely - 1) for one in shown]
    table.add(f"{indent}ratios lie from 1", f"{statistics.median(off):.1f} %", "", None,
              f"95 % within {trial.percentile(off, 0.95):.1f} %, all within {max(off):.0f} %")


def level(number):
    """The binding whose calls add that level's number of times; level 0 never does."""
    return f"planted-{number}"


def level_id(name, number):
    return f"trial.{name}/{level(number)}"


def delayed_rows():
    rows = []
    for name in DELAYED:
        setup, statement = STATEMENTS[name]
        setup += ("\nfrom planted_costs import delay\n"
                  f"more = getattr(m, 'MORE', {{}}).get({name!r}, 0)")
        rows.append(row(f"trial.{name}", setup, f"({statement}, delay(more))",
                        ["python", *map(level, range(LEVELS + 1))]))
    return rows


def tell(copy, more):
    """The modules of the levels; more is {level: {name: additions}}."""
    for number in range(LEVELS + 1):
        copy.add_module(f"planted_{number}",
                        "from probes_python import *\n"
                        f"MORE = {more.get(number, {})!r}\n")


def line_at(x, points):
    """y at x on the line through (x, y) points: the median of the slopes of all
    pairs, and of what is left (Theil and Sen), which an odd point does not move."""
    slope = statistics.median((b[1] - a[1]) / (b[0] - a[0])
                              for a, b in itertools.combinations(points, 2) if a[0] != b[0])
    return statistics.median(y - slope * at for at, y in points) + slope * x


def costs(own, ids, names, more):
    """What each level's additions cost in these runs, as shares of the statement."""
    runs = [own.bench(*exactly(ids)).measured for _ in range(CALIBRATING_RUNS)]
    found = {name: [] for name in names}
    for name in names:
        for number, additions in more.items():
            seen = [run[level_id(name, number)] / run[level_id(name, 0)] - 1 for run in runs
                    if level_id(name, number) in run and level_id(name, 0) in run]
            if seen and statistics.median(seen) > HIDDEN:
                found[name].append((statistics.median(seen), additions[name]))
    return found


def calibrate(own, copy):
    """How many additions make the delays, in these statements and this interpreter,
    as {level: {name: additions}}. The first ones hide behind the work around
    them; from some number on each costs the same, which the line is through."""
    tell(copy, {})
    base = own.bench(*exactly(level_id(name, 0) for name in DELAYED)).measured
    names = [name for name in DELAYED if level_id(name, 0) in base]
    more = {number: {name: round(HIDE_MOST * number / LEVELS + number / LEVELS * 0.2 *
                                 base[level_id(name, 0)] * ADDITIONS_NS) for name in names}
            for number in range(1, LEVELS + 1)}
    points = {name: [] for name in names}
    for _ in range(CALIBRATING):
        tell(copy, more)
        ids = [level_id(name, number) for name in names for number in (0, *more)]
        for name, found in costs(own, ids, names, more).items():
            points[name] += found
        # What has no line has no delay planted in it.
        names = [name for name in names if len({n for _, n in points[name]}) > 1]
        more = {number: {name: max(1, round(line_at(percent / 100, points[name])))
                         for name in names} for number, percent in enumerate(DELAYS, 1)}
    return more


def delay(_home, _options):
    table = Figures(f"delay: {len(DELAYED)} statements with a planted delay, {RUNS} runs")
    twins = {level(number): ("python", f"planted_{number}") for number in range(LEVELS + 1)}
    with planted.Module() as module, \
            Copy(delayed_rows(), twins, {"planted_costs": module.path}) as copy, \
            trial.Home(copy.program) as own:
        more = calibrate(own, copy)
        names = list(more[1])
        tell(copy, more)
        ids = [level_id(name, number) for name in names for number in (0, *more)]
        kept = [saved(own, number, *exactly(ids), "--budget", BUDGET) for number in range(RUNS)]
        good, loud = table.grades([run for run, _ in kept])
        files = [path for run, path in kept if run in good]
        for number, percent in reversed(list(enumerate(DELAYS, 1))):
            pairs_asked = [(level_id(name, number), level_id(name, 0)) for name in names]
            report_delay(table, percent, names, [judge(path, pairs_asked) for path in files], loud)
            later = [one for path, earlier in zip(files[1:], files)
                     for one in judge(path, pairs_asked, earlier) if one.likely is not None]
            if later:
                found = sum(one.apart and one.likely > 1 for one in later)
                table.add("  against the run before: found",
                          f"{100 * found / len(later):.0f} %", "", None,
                          f"of {len(later)}, as --compare judges")


def report_delay(table, percent, names, judged, loud):
    """What was planted is the median over all runs, since the place of the
    additions among the statement's own work decides what they cost."""
    flat = [one for each in judged for one in each if one.likely is not None]
    if not flat:
        table.add(f"{percent} % found", "-", "", NOT_NOW, "nothing was measured")
        return
    found = sum(one.apart and one.likely > 1 for one in flat) / len(flat)
    table.add(f"a delay of {percent} %: found", f"{100 * found:.0f} %",
              f">= {100 * FOUND:.0f} %" if percent == 10 else "",
              None if percent != 10 else NOT_NOW if loud else found >= FOUND,
              f"of {len(flat)}; the other way round: "
              f"{sum(one.apart and one.likely < 1 for one in flat)}")
    for at, name in enumerate(names):
        seen = [each[at] for each in judged if each[at].likely is not None]
        if seen:
            table.add(f"  {STATEMENTS[name][1]}",
                      f"{100 * (statistics.median(one.likely for one in seen) - 1):+.1f} %", "",
                      None, f"found {sum(one.apart and one.likely > 1 for one in seen)} of "
                      f"{len(seen)}; ratios "
                      + trial.span([one.likely for one in seen], "{:.3f}".format))
