"""Makes stored.json anew: what examples, decisions and expert files call for, on this machine.

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
KEPT = 20
BUDGET = "150s"


def thin(run):
    own = run.get("ffiadvise", {})    # a reading has no samples
    n = len(own.get("full", ()))
    if n > KEPT:
        pick = [i * n // KEPT for i in range(KEPT)]
        for column in ("full", "half", "gate", "switched", "sweep"):
            if column in own:
                own[column] = [own[column][i] for i in pick]


def scrub(text):
    return text.replace(os.path.dirname(os.path.realpath(json.loads(text)["metadata"]
                                                         ["python_executable"])), "/usr/bin")


def all_answers():
    """They as one answers file: measured in one run, so that every ratio is within it."""
    functions = []
    for folder in ("data/examples", "tests/decisions", "tests/decisions/held",
                   "tests/decisions/unseen", "tests/decisions/blind", "tests/expert"):
        for path in sorted((ROOT / folder).glob("*.yaml")):
            # As text throughout: the program reads yes, no and numbers itself.
            answers = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
            if "ffiadvise" in answers:
                del answers["ffiadvise"]
                functions.append(answers)
    return json.dumps({"ffiadvise": 1, "functions": functions})


def main():
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home}
        subprocess.run([ROOT / "build" / "ffiadvise", "--answers", "-", "--budget", BUDGET,
                        "--output", os.devnull], env=env, check=True, text=True,
                       input=all_answers())
        [cached] = Path(home).glob("ffiadvise/measurements-*.json")
        data = json.loads(scrub(cached.read_text()))
    for benchmark in data["benchmarks"]:
        for run in benchmark["runs"]:
            thin(run)
    (Path(__file__).parent / "stored.json").write_text(
        json.dumps(data, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
