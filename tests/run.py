"""Runs every test and ends with the line `N passed, N failed`.

The unit tests are built with the address and undefined-behaviour sanitizers.
The tests of the whole program run twice: on the program as it is installed,
and on the sanitized build.
"""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "tests"


def unit(program):
    done = subprocess.run([str(program)], capture_output=True, text=True, errors="replace",
                          cwd=ROOT)
    text = done.stdout + done.stderr
    passed = len(re.findall(r"^\[       OK \]", text, re.M))
    failed = len(set(re.findall(r"^\[  FAILED  \] (?!\d+ test)(\S+)", text, re.M)))
    if done.returncode and not failed:
        failed = 1  # it crashed, or a sanitizer spoke
    if passed + failed == 0:
        failed = 1  # a program that runs no test is no test
    print(f"{program.name}: {passed} passed, {failed} failed", flush=True)
    if failed:
        print(text)
    return passed, failed


def whole(name, program, *args):
    report = BUILD / f"{name}.xml"
    report.unlink(missing_ok=True)
    print(f"-- whole program, {name} build", flush=True)
    env = {**os.environ, "FFIADVISE": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                           f"--junitxml={report}", *args, "tests"], cwd=ROOT, env=env)
    if not report.exists():
        return 0, 1
    suite = ElementTree.parse(report).getroot().find("testsuite")
    bad = int(suite.get("failures")) + int(suite.get("errors"))
    good = int(suite.get("tests")) - bad - int(suite.get("skipped"))
    return good, bad or (done.returncode not in (0, 1))


def main():
    results = [unit(p) for p in sorted(BUILD.glob("test_*")) if p.suffix == ""]
    results.append(whole("plain", ROOT / "build" / "ffiadvise"))
    results.append(whole("sanitized", ROOT / "build" / "asan" / "ffiadvise", "-m", "not once"))
    passed = sum(r[0] for r in results)
    failed = sum(r[1] for r in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
