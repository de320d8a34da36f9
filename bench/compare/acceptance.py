"""What the sections of compare.py share: the table of figures and targets, a
copy of the program that a trial may add probes to, and the program's own
judgement of a ratio.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import trial
import yaml

JUDGE = trial.ROOT / "build" / "compare" / "judge"
NOT_NOW = "not testable now"


class Figures(trial.Table):
    """Figure, target, met; the last column says how the figure came about."""

    def __init__(self, title):
        print(f"\n{title}")
        super().__init__(figure=46, here=22, target=12, met=18, how=0)

    def add(self, what, here, target="", met=None, how=""):
        word = met if isinstance(met, str) else {None: "", True: "met", False: "NOT MET"}[met]
        self.row(what, here, target, word, how)

    def grades(self, runs, what="runs graded busy"):
        """Says how loud it was; gives the runs that count, and whether more
        than half were busy."""
        good = [run for run in runs if not run.complaint() and run.grade != "busy"]
        lost = len(runs) - len(good)
        self.add(what, f"{lost} of {len(runs)}", "", None,
                 trial.counts(run.complaint() or run.grade for run in runs))
        return good, lost > len(runs) / 2


class Copy:
    """A copy of the program and its data, and of what was built for one
    interpreter, with additions that last as long as the block:

    rows     probes, as dicts of the fields that data/probes/*.yaml has
    twins    new binding: (the one it is like, its module or None for the same)
    modules  name: source of a Python module, or path of one of any kind,
             beside those of the bindings
    python   the folder of the interpreter's worker, probes and manifest
    worker   a pattern for the files in it that are the worker
    """

    def __init__(self, rows=(), twins=None, modules=None, python=trial.PYTHON_DIR,
                 worker="ffiadvise*worker*"):
        self.rows, self.twins, self.modules = list(rows), twins or {}, modules or {}
        self.source, self.worker = python, worker

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ffiadvise-copy-"))
        self.data = self.folder / "data"
        shutil.copytree(trial.DATA, self.data)
        self.program = self.folder / "build" / "ffiadvise"
        self.python = self.folder / "build" / "python" / "default"
        (self.python / "probes").mkdir(parents=True)
        shutil.copy2(trial.PROGRAM, self.program)
        for path in [*self.source.glob(self.worker), *self.source.glob("site"),
                     *self.source.glob("interpreter")]:
            (self.python / path.name).symlink_to(path.resolve())
        for path in (self.source / "probes").resolve().iterdir():
            (self.python / "probes" / path.name).symlink_to(path)
        self.add_bindings()
        self.add_rows(self.rows)
        for name, source in self.modules.items():
            self.add_module(name, source)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_bindings(self):
        manifest = trial.manifest(self.source)
        known = yaml.safe_load((self.data / "bindings.yaml").read_text(encoding="utf-8"))
        like = {row["id"]: row for row in known["bindings"]}
        built = {row["id"]: row for row in manifest["bindings"]}
        for name, (of, module) in self.twins.items():
            row = {key: like[of][key]
                   for key in ("folder", "module", "language", "toolchain", "cure")}
            known["bindings"].append({"id": name, "title": name, "option": False, **row,
                                      **({"module": module} if module else {})})
            manifest["bindings"].append({**built[of], "id": name})
        self.write("bindings.yaml", known)
        (self.python / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def add_rows(self, rows):
        if rows:
            self.write("probes/trial.yaml", {"probes": rows})

    def add_module(self, name, source):
        target = self.python / "probes" / (f"{name}.py" if isinstance(source, str) else source.name)
        if isinstance(source, str):
            target.write_text(source, encoding="utf-8")
        else:
            shutil.copy2(source, target)

    def write(self, name, rows):
        text = yaml.safe_dump(rows, sort_keys=False, width=10000)
        # Our files say yes and no.
        (self.data / name).write_text(text.replace(": true\n", ": yes\n").replace(
            ": false\n", ": no\n"), encoding="utf-8")


def row(probe_id, setup, call, only=("python",), **more):
    """A probe of the trial, for Copy."""
    return {"id": probe_id, "group": "trial", "what": "a probe of the trial", "function": "noop",
            **({"setup": setup} if setup else {}), "call": call, "only": list(only), **more}


class Judged:
    """A ratio as the program judges it; likely is None where it is missing."""

    def __init__(self, line):
        words = line.split()
        self.likely, self.apart, self.bound = None, False, False
        if len(words) == 5:
            self.low, self.likely, self.high = map(float, words[:3])
            self.apart, self.bound = words[3] == "1", words[4] == "1"


def judge(path, pairs, earlier=None):
    """What the program says of each pair of ids of that measurement file; or of
    the first of them in that file and the second in an earlier one."""
    text = "".join(f"{a} {b}\n" for a, b in pairs)
    out = subprocess.run([str(JUDGE), str(path), *([str(earlier)] if earlier else [])], input=text,
                         capture_output=True, text=True, check=True).stdout
    return [Judged(line) for line in out.splitlines()]


def exactly(ids):
    """Patterns for these measurements and for none that begins like one of them."""
    return [f"[{name[0]}]{name[1:]}" for name in ids]


def saved(home, number, *args):
    """One run of `bench`; gives it and the measurement file it left."""
    path = home.folder / f"run-{number}.json"
    run = home.bench(*args, "--save", path)
    return run, path
