"""A copy of the sources that can be changed and built without touching ours."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import trial


class Tree:
    """src/ and the Makefile in a folder of their own, and what is built already,
    so that only what changes is built again. Ends with the block."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="ffiadvise-tree-"))
        shutil.copytree(trial.ROOT / "src", self.folder / "src")
        shutil.copy2(trial.ROOT / "Makefile", self.folder / "Makefile")
        for name in ("data", "bench", "tests"):
            (self.folder / name).symlink_to(trial.ROOT / name)
        self.program = self.folder / "build" / "ffiadvise"
        self.program.parent.mkdir()
        for name in ("obj", "flags"):
            self.take(trial.ROOT / "build" / name, self.program.parent / name)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def take(source, target):
        """Times of files are kept: make goes by them."""
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy2(source, target)

    def change(self, name, pattern, text):
        """Puts text in the place of the one match of pattern in src/name."""
        path = self.folder / "src" / name
        changed, times = re.subn(pattern, text, path.read_text(encoding="utf-8"), flags=re.M)
        if times != 1:
            raise SystemExit(f"src/{name}: '{pattern}' is there {times} times, and not once")
        path.write_text(changed, encoding="utf-8")

    def make(self, *goals, python):
        """Builds; gives the folder of that interpreter's worker."""
        subprocess.run(["make", "-s", "-j2", *goals, f"PYTHON={python}"], cwd=self.folder,
                       check=True, stdout=subprocess.DEVNULL)
        return (self.folder / "build" / "python" / "default").resolve()

    def build(self):
        """The program and its worker for the interpreter that is measured, with its probes."""
        known = trial.PYTHON_DIR.resolve()
        place = self.folder / "build" / "python" / known.name
        place.mkdir(parents=True)
        self.take(known / "obj", place / "obj")
        for name in ("probes", "site", "manifest.json"):
            if (known / name).exists():
                (place / name).symlink_to(known / name)
        self.make("front", "worker", python=trial.manifest()["executable"])
        return self.program

    def worker_for(self, python):
        """The worker alone for another interpreter, in every shell the sources have,
        with a manifest that has plain Python and nothing else; the folder it lies in."""
        place = self.make("worker", python=python)
        facts = json.loads(subprocess.run([python, "-c", FACTS], capture_output=True, text=True,
                                          check=True).stdout)
        manifest = {"tag": place.name, "executable": python, **facts,
                    "bindings": [{"id": "python", "available": True}]}
        (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        (place / "probes").mkdir(exist_ok=True)
        for path, target in ((place / "interpreter", Path(python)),
                             (place / "probes" / "probes_python",
                              trial.ROOT / "bench" / "probes" / "python" / "probes_python")):
            if not path.exists():
                path.symlink_to(target)
        return place


FACTS = """
import json, platform, sys, sysconfig
print(json.dumps({"python": platform.python_version(), "implementation": sys.implementation.name,
                  "shared": bool(sysconfig.get_config_var("Py_ENABLE_SHARED")),
                  "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED"))}))
"""
