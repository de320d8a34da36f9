"""What every test of the whole program shares: where it is, and a private home."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(os.environ.get("FFIADVISE", ROOT / "build" / "ffiadvise")).resolve()
STORED = ROOT / "tests" / "measurements" / "stored.json"
# How make has built the worker: an interpreter on no shared library is not embedded.
EMBEDDED = (ROOT / "build" / "python" / "default" / "ffiadvise-worker").exists()
SHELL = "embedded" if EMBEDDED else "extension"
EXAMPLES = ROOT / "data" / "examples"


@pytest.fixture
def home(tmp_path):
    """An environment in which nothing of the person who runs the tests is used."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "FFIADVISE"))}
    env.update(HOME=str(tmp_path), TERM="dumb", LC_ALL="C.UTF-8",
               ASAN_OPTIONS="detect_leaks=1:abort_on_error=0", UBSAN_OPTIONS="print_stacktrace=1")
    env.pop("NO_COLOR", None)
    return env


@pytest.fixture
def run(home):
    """Runs the program: run("--help").stdout; input and env can be given."""

    def call(*args, input=None, env=None, timeout=120, cwd=None):
        return subprocess.run([str(PROGRAM), *map(str, args)], input=input, text=True,
                              stdin=subprocess.DEVNULL if input is None else None,
                              capture_output=True, timeout=timeout, cwd=cwd,
                              env={**home, **(env or {})}, errors="surrogateescape")

    return call


@pytest.fixture
def ask_about(advise, tmp_path):
    """The one function of the report on base answers with some changed: of a section those
    that are given, of anything else the whole."""

    def call(base, changes):
        answers = dict(base)
        for section, values in changes.items():
            answers[section] = {**base.get(section, {}), **values} if isinstance(values, dict) \
                else values
        path = tmp_path / "answers.yaml"
        path.write_text(yaml.safe_dump(answers))
        return advise(path)["functions"][0]

    return call


@pytest.fixture
def advise(run):
    """The JSON report for an answers file, by default on the stored measurements."""

    def call(answers, measurements=STORED, status=0, *args):
        done = run("--answers", answers, "--measurements", measurements, "--format", "json", *args)
        assert done.returncode == status, done.stderr
        return json.loads(done.stdout)

    return call
