"""Does every example keep its verdict? Each is run several times, measured anew
each time in a private home: alone, and beside a process that spins on one CPU
(half of the runs on the first CPU, half on the next, and so on).

    live.py [--times N] [--budget DURATION] [--where LIST] [EXAMPLE ...]

--where same pins the program to the hog's CPU, so that it cannot move away.
Ends with the line `N passed, N failed` (runs), and 1 where one failed.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench" / "compare"))

import trial  # noqa: E402

# What the head of each example says has to come out: (use, design, kind of tool).
# Where two designs are right, which one is cheaper depends on the machine.
STAY = ("stay", frozenset(), "none")
EXPECTED = {
    "fast-enough": [STAY],
    "io-bound": [STAY],
    "rare-call": [STAY],
    "one-key-of-a-dict": [("ffi", frozenset({"by-reference"}), "binding")],
    "score-pairs": [("ffi", frozenset({"move-loop", "zero-copy"}), "binding")],
    "score-lists": [("ffi", frozenset({"move-loop", "by-reference"}), "binding"),
                    ("ffi", frozenset({"move-loop"}), "binding")],
    "tiny-call": [STAY, ("restructure", frozenset(), "none")],
    "object-graph": [("ffi", frozenset({"native-class"}), "binding")],
    "foreign-objects": [("ffi", frozenset({"by-reference"}), "binding")],
    "already-numpy": [STAY],
    "vectorise": [("vectorise", frozenset(), "library")],
    "no-compiler": [STAY],
    "threads": [("ffi", frozenset({"zero-copy", "release-gil"}), "binding")],
    "callbacks": [STAY],
    "async-service": [STAY],
    "text-in-text-out": [("ffi", frozenset({"by-reference"}), "binding")],
}
# Options that have to be shown as the loss they are: copying 1000 entries to read one.
LOSS = {"one-key-of-a-dict": "/as-is"}
WHERE = ("alone", "beside", "same")


def place(where, number, times):
    """The hog's CPUs and the program's, for one run of a row of them."""
    cpus = trial.cpus()
    hog = cpus[number * len(cpus) // times]
    return {"alone": ([], None), "beside": ([hog], None), "same": ([hog], {hog})}[where]


def judge(example, done):
    """What is wrong with this run, or None."""
    complaint = done.complaint()
    if complaint:
        return complaint
    verdict = done.function["verdict"]
    got = (verdict["use"], frozenset(verdict["design"]), verdict["tool"]["kind"])
    if got not in EXPECTED[example]:
        return "another verdict: " + name(verdict)
    if example in LOSS:
        gains = [o["id"] for o in done.function["options"]
                 if o["id"].endswith(LOSS[example]) and o["speedup"]["likely"] >= 1]
        if gains:
            return "shown as a gain: " + ", ".join(gains)
    return None


def name(verdict):
    parts = [verdict["use"], verdict["tool"]["id"], "+".join(verdict["design"])]
    return "/".join(part for part in parts if part)


def trials(home, example, where, options):
    answers = trial.EXAMPLES / f"{example}.yaml"
    for number in range(options.times):
        hogs, cpus = place(where, number, options.times)
        with trial.Hogs(hogs):
            yield home.advise(answers, "--budget", options.budget, cpus=cpus)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--budget", default="5s")
    parser.add_argument("--where", default="alone,beside", help="of " + ", ".join(WHERE))
    parser.add_argument("examples", nargs="*", metavar="EXAMPLE")
    options = parser.parse_args()
    places = options.where.split(",")
    examples = options.examples or sorted(p.stem for p in trial.EXAMPLES.glob("*.yaml"))
    if not set(places) <= set(WHERE):
        parser.error("--where takes " + ", ".join(WHERE))
    wrong = [f"{example}: EXPECTED does not say what has to come out"
             for example in examples if example not in EXPECTED]
    examples = [example for example in examples if example in EXPECTED]

    print(f"{options.times} runs each, {options.budget} at most, measured anew each time")
    table = trial.Table(example=17, where=6, right=6, time_after_likely=20, speedup_likely=16,
                        noise=26, wall_time=16, verdicts_that_came=0)
    passed = 0
    with trial.Home() as home:
        for where in places:
            for example in examples:
                runs = list(trials(home, example, where, options))
                faults = [judge(example, done) for done in runs]
                good = faults.count(None)
                passed += good
                wrong += [f"{example}, {where}, run {n + 1}: {fault}"
                          for n, fault in enumerate(faults) if fault]
                advised = [done for done in runs if done.status in trial.ADVISED]
                after = [d.function["prediction"] for d in advised]
                table.row(example, where, f"{good}/{len(runs)}",
                          trial.span([p["time_after"]["likely"] for p in after], trial.short),
                          trial.span([p["speedup"]["likely"] for p in after], "{:.3g}".format),
                          trial.counts(d.grade for d in advised),
                          trial.span([d.wall for d in runs], "{:.2f} s".format),
                          trial.counts(name(d.function["verdict"]) for d in advised))
    for line in wrong:
        print("wrong: " + line)
    print(f"{passed} passed, {len(wrong)} failed")
    return 1 if wrong or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
