"""Installs what the probes need from PyPI for one interpreter, package by package.

    PYTHON site.py --site DIR --record FILE

The versions are those of site/MINOR.txt beside this file. What the folders of
PY_OWN in the environment (between colons) have is used from there instead. Each package that
cannot be had is recorded with the reason and the cure; the status is 0, since
a missing package costs its binding and nothing else. Run by the interpreter
the probes are for.

The record: {"cython": {"version": "3.3.1"}, "numpy": {"why_not": "...", "cure": "..."}}.
"""

import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def constraints():
    """package: version, for this minor version; empty where none are known."""
    path = os.path.join(HERE, "site", "%d.%d.txt" % sys.version_info[:2])
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as lines:
        pins = [line.strip() for line in lines if "==" in line]
    return dict(pin.split("==") for pin in pins)


def own_packages():
    """What interpreter.py found in the interpreter's own environment."""
    found = {}
    for folder in filter(None, os.environ.get("PY_OWN", "").split(":")):
        for package in ("numpy", "cffi"):
            for info in glob.glob(os.path.join(glob.escape(folder), package + "-*.dist-info")):
                version = os.path.basename(info)[len(package) + 1:-len(".dist-info")]
                found.setdefault(package, {"version": version, "own": folder})
    return found


def can_run(command):
    return subprocess.run(command + ["--version"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def pip(folder):
    """A pip of this interpreter: its own, or one in a passing environment."""
    own = [sys.executable, "-m", "pip"]
    if can_run(own):
        return own
    done = subprocess.run([sys.executable, "-m", "venv", folder], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    passing = [os.path.join(folder, "bin", "python"), "-m", "pip"]
    return passing if done.returncode == 0 and can_run(passing) else None


def install(command, site, package, version):
    """None, or why it did not work."""
    done = subprocess.run(
        command + ["install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location",
                   "--only-binary", ":all:", "--upgrade", "--target", site,
                   "%s==%s" % (package, version)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return None
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "pip ended with status %d" % done.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", required=True)
    parser.add_argument("--record", required=True)
    options = parser.parse_args()
    pins = constraints()
    had = {}
    if os.path.exists(options.record):
        with open(options.record, encoding="utf-8") as text:
            had = json.load(text)
    record = own_packages()
    named = os.environ.get("FFIADVISE_BINDINGS", "").replace(",", " ").split()
    os.makedirs(options.site, exist_ok=True)
    folder = tempfile.mkdtemp()
    try:
        command = None
        for package, version in pins.items():
            if package in record:
                continue
            if named and not any(name.startswith(package) for name in named):
                record[package] = {"why_not": "it is not among FFIADVISE_BINDINGS",
                                   "cure": "name it there, or unset it"}
                continue
            if had.get(package, {}).get("version") == version and "own" not in had[package]:
                record[package] = had[package]
                continue
            command = command or pip(os.path.join(folder, "venv"))
            if not command:
                record[package] = {"why_not": "this Python has no pip to install it with",
                                   "cure": "install pip or venv (Debian: apt-get install "
                                           "python3-venv), then build again"}
                continue
            print("pip install --target %s %s==%s" % (options.site, package, version), flush=True)
            why = install(command, options.site, package, version)
            record[package] = {"version": version} if why is None else {
                "why_not": why, "cure": "make PyPI reachable, then build again"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not pins:
        record["*"] = {"why_not": "no versions are known for Python %d.%d" % sys.version_info[:2],
                       "cure": "add src/packaging/site/%d.%d.txt" % sys.version_info[:2]}
    with open(options.record + ".partial", "w", encoding="utf-8") as out:
        json.dump(record, out, indent=1, sort_keys=True)
    os.replace(options.record + ".partial", options.record)
    if any("why_not" in entry for entry in record.values()):
        os.utime(options.record, (0, 0))  # older than any source: tried again next time
    return 0


if __name__ == "__main__":
    sys.exit(main())
