"""Makes stored.json anew: what every example calls for, measured on this machine.

    make build && build/venv/bin/python tests/measurements/make.py

The file is what the program's cache holds, with at most so many samples of a
worker kept, evenly spread, and the interpreter's path taken out: tests need
neither, and the file stays small.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = 40
BUDGET = "90s"


def thin(run):
    own = run["ffiadvise"]
    n = len(own["full"])
    if n > KEPT:
        pick = [i * n // KEPT for i in range(KEPT)]
        for column in ("full", "half", "gate", "switched", "sweep"):
            if column in own:
                own[column] = [own[column][i] for i in pick]


def scrub(text):
    return text.replace(os.path.dirname(os.path.realpath(json.loads(text)["metadata"]
                                                         ["python_executable"])), "/usr/bin")


def all_examples():
    """The examples as one answers file: measured in one run, so that every ratio is within it."""
    functions = []
    for example in sorted((ROOT / "data" / "examples").glob("*.yaml")):
        # As text throughout: the program reads yes, no and numbers itself.
        answers = yaml.load(example.read_text(encoding="utf-8"), yaml.BaseLoader)
        del answers["ffiadvise"]
        functions.append(answers)
    return json.dumps({"ffiadvise": 1, "functions": functions})


def main():
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home}
        subprocess.run([ROOT / "build" / "ffiadvise", "--answers", "-", "--budget", BUDGET,
                        "--output", os.devnull], env=env, check=True, text=True,
                       input=all_examples())
        [cached] = Path(home).glob("ffiadvise/measurements-*.json")
        data = json.loads(scrub(cached.read_text()))
    for benchmark in data["benchmarks"]:
        for run in benchmark["runs"]:
            thin(run)
    (Path(__file__).parent / "stored.json").write_text(
        json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
