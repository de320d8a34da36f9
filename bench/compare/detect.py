"""The sections aa and delay of compare.py: what the program tells apart.

aa: the same module under two names of a binding. Both are alternatives of one
decision, as bindings of a probe always are. delay: the same statement with
additions in C behind it, under three names of a binding: none, some, more.
"""

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
CALIBRATING = 3
CALIBRATING_RUNS = 2
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


def delayed_rows():
    rows = []
    for name in DELAYED:
        setup, statement = STATEMENTS[name]
        setup += ("\nfrom planted_costs import delay\n"
                  f"more = getattr(m, 'MORE', {{}}).get({name!r}, 0)")
        rows.append(row(f"trial.{name}", setup, f"({statement}, delay(more))",
                        ["python", *map(planted_binding, (0, *DELAYS))]))
    return rows


def planted_binding(percent):
    return f"planted-{percent}"


def delayed_id(name, percent):
    return f"trial.{name}/{planted_binding(percent)}"


def tell_more(copy, more):
    """The modules of the bindings; more is {percent: {name: additions}}."""
    for percent in (0, *DELAYS):
        copy.add_module(f"planted_{percent}",
                        "from probes_python import *\n"
                        f"MORE = {more.get(percent, {})!r}\n")


def steady(points):
    """(cost, additions) without those that cost less than fewer did: neighbours of
    the wrong order become their mean."""
    rows = []
    for cost, number in sorted(points, key=lambda point: point[1]):
        rows.append([cost, number, 1])
        while len(rows) > 1 and rows[-2][0] >= rows[-1][0]:
            b, a = rows.pop(), rows.pop()
            times = a[2] + b[2]
            rows.append([(a[0] * a[2] + b[0] * b[2]) / times,
                         (a[1] * a[2] + b[1] * b[2]) / times, times])
    return [(cost, number) for cost, number, _ in rows]


def through(x, points):
    """y at x on the line through the two points around it, or the last two."""
    (x0, y0), (x1, y1) = next(((a, b) for a, b in zip(points, points[1:]) if x <= b[0]),
                              points[-2:])
    return y0 + (x - x0) * (y1 - y0) / (x1 - x0)


def calibrate(own, copy):
    """How many additions make the delays, in these statements and this interpreter.
    The first ones hide behind the work around them, so what some numbers of them
    cost is measured, and the number taken from the line between; some times
    over, each with the points of the times before."""
    ids = [delayed_id(name, percent) for name in DELAYED for percent in (0, *DELAYS)]
    tell_more(copy, {})
    base = own.bench(*exactly(ids), "--budget", BUDGET).measured
    names = [name for name in DELAYED if delayed_id(name, 0) in base]
    points = {name: [(0.0, 0)] for name in names}
    # Four a ns to begin with.
    more = {percent: {name: max(4, round(percent / 100 * base[delayed_id(name, 0)] * 4))
                      for name in names} for percent in DELAYS}
    for _ in range(CALIBRATING):
        tell_more(copy, more)
        runs = [own.bench(*exactly(ids), "--budget", BUDGET).measured
                for _ in range(CALIBRATING_RUNS)]
        for name in names:
            for percent in DELAYS:
                costs = [run[delayed_id(name, percent)] / run[delayed_id(name, 0)] - 1
                         for run in runs
                         if delayed_id(name, percent) in run and delayed_id(name, 0) in run]
                if costs:
                    points[name].append((statistics.median(costs), more[percent][name]))
            line = steady(points[name])
            if len(line) > 1:
                for percent in DELAYS:
                    more[percent][name] = max(1, round(through(percent / 100, line)))
    return more


def delay(_home, options):
    table = Figures(f"delay: {len(DELAYED)} statements with a planted delay, {RUNS} runs")
    with planted.Module() as module, \
            Copy(delayed_rows(), {planted_binding(percent): ("python", f"planted_{percent}")
                                  for percent in (0, *DELAYS)},
                 {"planted_costs": module.path}) as copy, trial.Home(copy.program) as own:
        more = calibrate(own, copy)
        names = list(more[DELAYS[0]])
        tell_more(copy, more)
        ids = [delayed_id(name, percent) for name in names for percent in (0, *DELAYS)]
        kept = [saved(own, number, *exactly(ids), "--budget", BUDGET) for number in range(RUNS)]
        good, loud = table.grades([run for run, _ in kept])
        judged = {percent: [judge(path, [(delayed_id(name, percent), delayed_id(name, 0))
                                         for name in names])
                            for run, path in kept if run in good] for percent in DELAYS}
        files = [path for run, path in kept if run in good]
        later = {percent: [one for path, earlier in zip(files[1:], files)
                           for one in judge(path, [(delayed_id(name, percent), delayed_id(name, 0))
                                                   for name in names], earlier)]
                 for percent in DELAYS}
    for percent in reversed(DELAYS):
        report_delay(table, percent, names, judged[percent], loud)
        rows = [one for one in later[percent] if one.likely is not None]
        if rows:
            found = sum(one.apart and one.likely > 1 for one in rows)
            table.add("  against the run before: found", f"{100 * found / len(rows):.0f} %", "",
                      None, f"of {len(rows)}, as --compare judges")


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
