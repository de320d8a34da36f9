"""Was the advice right about published decisions? Each case beside this file is advised
on a stored measurement file, and the advice held against what came of the case. Those in
the folders of ASIDE are judged too, each group counted by itself: see README.md for what
each was kept aside from.

    table.py [--measurements FILE]      (default: tests/measurements/stored.json)

Figures that the measurement file lacks are references; the table counts the verdicts whose
prediction rests on one. Always ends with 0: how many have to be right is held by
tests/test_decisions.py, by judge() of this file.
"""

import argparse
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "compare"))

import trial  # noqa: E402

STORED = HERE.parent / "measurements" / "stored.json"
EXPECTED = yaml.safe_load((HERE / "expected.yaml").read_text())
# The groups beside the first, each in the folder of its name, and what the table calls it.
ASIDE = {
    "held": "Held: encoded before any was run; looked at since, and the model was changed after them",
    "unseen": "Unseen: the same",
    "blind": "Blind: nobody who worked on the model has read them, and no change was made after"
             " their outcome: how well it judges what it has not seen",
}
ASIDE_EXPECTED = {group: yaml.safe_load((HERE / group / "expected.yaml").read_text())
                  for group in ASIDE}
# Why the advice was wrong about a case, by what it is for want of:
# model, answer key, option, figure, or nothing (the case's outcome is not in what was known).
MISSES = yaml.safe_load((HERE / "misses.yaml").read_text()) or {}


class Judged:
    """One case: what was advised, and whether that was right."""

    def __init__(self, name, expected, function):
        self.name, self.expected, verdict = name, expected, function["verdict"]
        self.use, self.design = verdict["use"], verdict["design"]
        self.confidence = verdict["confidence"]
        self.basis = function["prediction"]["basis"]
        uses = [self.expected["use"], *self.expected.get("also", [])]
        self.use_right = self.use in uses
        # Where native code was right there is a design to judge, unless another advice
        # that was right too was given.
        wanted = {*self.expected.get("design", []), *self.expected.get("also_design", [])}
        self.has_design = self.expected["use"] == "ffi" and (
            self.use == "ffi" or not self.use_right)
        self.design_right = self.use == "ffi" and bool(wanted & set(self.design or ["as-is"]))

    @property
    def wanted(self):
        e = self.expected
        use = "|".join([e["use"], *e.get("also", [])])
        design = "|".join([*e.get("design", []), *e.get("also_design", [])])
        return f"{use}: {design}" if design else use

    @property
    def got(self):
        return f"ffi: {'+'.join(self.design or ['as-is'])}" if self.use == "ffi" else self.use


def judge(measurements=STORED, expected=EXPECTED, folder=HERE):
    """Every case of a folder, judged, in the order of its expected.yaml."""
    judged = []
    with trial.Home() as home:
        for name, case in expected.items():
            done = home.run("--answers", folder / f"{name}.yaml", "--measurements", measurements,
                            "--format", "json", "--quiet")
            if done.status not in trial.ADVISED:
                sys.exit(f"no advice for {name}; status {done.status}: {done.err.strip()}")
            judged.append(Judged(name, case, done.function))
    return judged


def judge_aside(group, measurements=STORED):
    """Every case of one group of ASIDE."""
    return judge(measurements, ASIDE_EXPECTED[group], HERE / group)


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def show(judged):
    table = trial.Table(case=28, was_right=44, advised=36, use=4, design=6, confidence=0)
    for j in judged:
        design = "-" if not j.has_design else "yes" if j.design_right else "NO"
        table.row(j.name, j.wanted, j.got, "yes" if j.use_right else "NO", design, j.confidence)

    native = [j for j in judged if j.has_design]
    advised = [j for j in native if j.use == "ffi"]
    print()
    print(f"use right:          {share(sum(j.use_right for j in judged), len(judged))}")
    print(f"design right:       {share(sum(j.design_right for j in native), len(native))} where"
          f" native code was right, {share(sum(j.design_right for j in advised), len(advised))} where it"
          " is advised too")
    for confidence in ("high", "medium", "low"):
        sure = [j for j in judged if j.confidence == confidence]
        print(f"{confidence + ' confidence:':<20}{len(sure)}, use right in"
              f" {share(sum(j.use_right for j in sure), len(sure))}")
    print(f"rest on references: {sum(j.basis == 'reference' for j in judged)} of the predictions,"
          f" {sum(j.basis == 'assumed' for j in judged)} on assumptions")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--measurements", type=Path, default=STORED)
    measurements = parser.parse_args().measurements.resolve()
    judged = judge(measurements)
    aside = {group: judge_aside(group, measurements) for group in ASIDE}

    show(judged)
    for group, title in ASIDE.items():
        print(f"\n{title}\n")
        show(aside[group])
    wrong = [j for j in judged if not j.use_right or (j.has_design and not j.design_right)]
    if wrong:
        print("\nMisses")
    for j in wrong:
        told = MISSES.get(j.name, {"for_want_of": "?", "why": "not explained"})
        print(f"  {j.name} ({told['for_want_of']}): {told['why']}")
    for name in MISSES.keys() - {j.name for j in wrong}:
        print(f"  {name} is right now: take it out of misses.yaml")


if __name__ == "__main__":
    main()
