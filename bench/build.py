"""Builds one binding's probes and records how it went.

    build.py copy  --record FILE [--package FILE] SOURCE TARGET   (files or packages)
    build.py c     --record FILE --output FILE [--also FILE] -- COMPILER ARGUMENTS...
    build.py cargo --record FILE --crate DIR --target-dir DIR --output FILE --cargo CARGO
    build.py cython --record FILE --package FILE --site DIR --source FILE --c-file FILE
                    --output FILE -- COMPILER ARGUMENTS...
    build.py package --site-record FILE --site DIR --record FILE NAME

The record is JSON: available, version, toolchain, files (of the probe), seconds
(of a clean build), built. src/packaging/manifest.py gathers the records. A
binding whose toolchain is missing or fails is recorded with the reason, and the
status is 0; a C compiler that fails is an error, except on the C that Cython
wrote, and where FFIADVISE_MAY_FAIL is set. `package` records what src/packaging/site.py came to with one package; the
file is replaced only when that changes, and is what --package reads. Run by the
interpreter the probes are for.
"""

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time


def write(path, text):
    """Replaces a file in one step."""
    partial = path + ".partial"
    with open(partial, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(partial, path)


def copy(source, target):
    """Replaces a file, or a package with all its files."""
    if os.path.isdir(source):
        shutil.rmtree(target + ".partial", ignore_errors=True)
        shutil.copytree(source, target + ".partial", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.rmtree(target, ignore_errors=True)
    else:
        shutil.copyfile(source, target + ".partial")
    os.replace(target + ".partial", target)


def files_of(path):
    """A file, or the files of a package."""
    if not os.path.isdir(path):
        return [path]
    return sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".py"))


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


def record(path, **values):
    write(path, json.dumps(values, indent=1, sort_keys=True) + "\n")


def recorded(path):
    try:
        with open(path, encoding="utf-8") as text:
            return json.load(text)
    except (OSError, ValueError):
        return {}


def say_of(*command, env=None):
    """The first line a program prints, or None when it cannot be run."""
    try:
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except OSError:
        return None
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else None


def version_of(kind):
    if kind == "ctypes":
        import ctypes

        return ctypes.__version__
    return platform.python_version()


def build_package(options):
    """What is known of one package in the site folder."""
    every = recorded(options.site_record)
    entry = every.get(options.package) or every.get("*") or {
        "why_not": f"{options.package} has no version for this Python",
        "cure": "add it to the file of this Python in src/packaging/site",
    }
    if "version" in entry:  # its list of files, with a digest of each
        name = f"{options.package}-{entry['version']}.dist-info"
        listed = os.path.join(entry.get("own", options.site), name, "RECORD")
        entry = {**entry, "files": [listed] if os.path.exists(listed) else []}
    text = json.dumps(entry, indent=1, sort_keys=True) + "\n"
    if not os.path.exists(options.record) or recorded(options.record) != entry:
        write(options.record, text)
    return 0


def build_copy(options):
    start = time.monotonic()
    package = recorded(options.package) if options.package else {}
    if "why_not" in package:
        if os.path.exists(options.target):
            os.remove(options.target)
        record(options.record, available=False, files=[], **package)
        return 0
    copy(options.source, options.target)
    record(
        options.record,
        available=True,
        version=package.get("version", version_of("python")),
        toolchain="",
        files=files_of(options.target) + package.get("files", []),
        seconds=round(time.monotonic() - start, 3),
        built=now(),
    )
    return 0


def build_c(options):
    command = [word for word in options.command if word != "--"]
    start = time.monotonic()
    done = subprocess.run(command)
    if done.returncode != 0:
        if not os.environ.get("FFIADVISE_MAY_FAIL"):
            return 1
        why = "the C compiler failed on its probes"
        return leave_out(options, why, retry=True, cure="read what it said in the build's log")
    record(
        options.record,
        available=True,
        version=version_of(options.version_of),
        toolchain=say_of(command[0], "--version") or command[0],
        files=[options.output] + options.also,
        seconds=round(time.monotonic() - start, 3),
        built=now(),
    )
    return 0


def field(path, pattern):
    """The group of the first match in a file."""
    with open(path, encoding="utf-8") as text:
        return re.search(pattern, text.read(), re.MULTILINE).group(1)


def numbers(version):
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def binding_of(record_path):
    return os.path.splitext(os.path.basename(record_path))[0]


def leave_out(options, why, retry=False, **more):
    """Records that there is no such binding here."""
    print(f"{binding_of(options.record)} is left out: {why}", file=sys.stderr)
    if os.path.exists(options.output):
        os.remove(options.output)
    record(options.record, available=False, why_not=why, files=[], **more)
    if retry:  # older than any source: make tries again next time
        os.utime(options.record, (0, 0))
    return 0


def limited_why_not(oldest):
    """Why there is no limited API of the version `oldest` here; None when there is."""
    if not oldest:
        return None
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "a free-threaded Python loads no module built against the limited API"
    if sys.version_info[:2] < numbers(oldest):
        here = platform.python_version()
        return f"Python {here} is older than {oldest}, whose limited API it is built against"
    return None


def cargo_run(options, env, log, *more):
    """Builds the crate; appends what cargo says to log. True when it worked."""
    command = [options.cargo, "build", "--release", "--locked", *more]
    log.write(f"$ {' '.join(command)}\n")
    log.flush()
    done = subprocess.run(
        command, cwd=options.crate, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    return done.returncode == 0


def build_cargo(options):
    env = dict(os.environ, PYO3_BUILD_EXTENSION_MODULE="1", PYO3_PYTHON=sys.executable)
    env["CARGO_TARGET_DIR"] = os.path.abspath(options.target_dir)
    if os.sep in options.cargo:  # rustc stands beside a cargo that is not on the path
        env["PATH"] = os.path.dirname(options.cargo) + os.pathsep + env.get("PATH", "")
    manifest = os.path.join(options.crate, "Cargo.toml")
    lock = os.path.join(options.crate, "Cargo.lock")
    wanted = field(manifest, r'^rust-version = "([^"]+)"')
    version = field(lock, rf'^name = "{options.name}"\nversion = "([^"]+)"')
    library = field(manifest, r'^name = "([^"]+)"')

    why = limited_why_not(options.limited)
    if why:
        cure = f"choose Python {options.limited} or newer, one with a GIL, with PYTHON="
        return leave_out(options, why, version=version, cure=cure)
    if not options.cargo or not say_of(options.cargo, "--version", env=env):
        return leave_out(options, "cargo is not installed", version=version)
    rustc = say_of(env.get("RUSTC", "rustc"), "--version", env=env)
    if not rustc:
        return leave_out(options, "rustc is not installed", version=version)
    if numbers(rustc) < numbers(wanted):
        needed_by = f"which {options.name} {version} needs"
        why = f"{' '.join(rustc.split()[:2])} is older than {wanted}, {needed_by}"
        return leave_out(options, why, version=version, toolchain=rustc)

    # A build is timed when it is clean; what was left by another compiler, or by
    # a build that never succeeded, would be of no use to it anyway.
    timing_path = os.path.join(options.target_dir, "clean-build.json")
    timing = recorded(timing_path)
    clean = timing.get("toolchain") != rustc or timing.get("version") != version
    if clean and os.path.isdir(options.target_dir):
        shutil.rmtree(options.target_dir)
    os.makedirs(options.target_dir, exist_ok=True)
    log_path = os.path.splitext(options.record)[0] + ".log"
    start = time.monotonic()
    print(f"building {options.crate} (the first time may take a minute)", flush=True)
    with open(log_path, "w", encoding="utf-8") as log:
        # Without the network a build whose crates are here still works offline.
        done = cargo_run(options, env, log) or cargo_run(options, env, log, "--offline")
    seconds = round(time.monotonic() - start, 3)
    if not done:
        with open(log_path, encoding="utf-8", errors="replace") as log:
            first = log.read().split("\n$ ")[0]
        last = [line.strip() for line in first.splitlines() if line.strip()][-1]
        return leave_out(
            options,
            f"cargo build failed: {last}",
            retry=True,
            cure=f"read {log_path} and build again",
            version=version,
            toolchain=rustc,
        )
    if clean:
        timing = {"toolchain": rustc, "version": version, "seconds": seconds}
        record(timing_path, **timing)
    copy(os.path.join(env["CARGO_TARGET_DIR"], "release", f"lib{library}.so"), options.output)
    record(
        options.record,
        available=True,
        version=version,
        toolchain=rustc,
        files=[options.output],
        seconds=timing["seconds"],
        built=now(),
    )
    return 0


def complaint(path):
    """What went wrong by a tool's log: a compiler's first error, or its last line."""
    with open(path, encoding="utf-8", errors="replace") as log:
        lines = [line.strip() for line in log if line.strip()]
    return next((line for line in lines if " error: " in line), lines[-1])


def build_cython(options):
    package = recorded(options.package)
    if "version" not in package:
        return leave_out(options, package["why_not"], cure=package["cure"])
    version = package["version"]
    compiler = [word for word in options.command if word != "--"]
    # The compiler's own folder only: what stands beside the source is no module.
    env = dict(os.environ, PYTHONPATH=os.path.abspath(options.site))
    translate = [sys.executable, "-m", "cython", "-o", options.c_file, options.source]
    toolchain = f"Cython {version}, {say_of(compiler[0], '--version') or compiler[0]}"
    os.makedirs(os.path.dirname(options.c_file), exist_ok=True)
    log_path = os.path.splitext(options.record)[0] + ".log"
    start = time.monotonic()
    for what, command in (("Cython", translate), ("the C compiler", compiler)):
        with open(log_path, "a" if command is compiler else "w", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n")
            log.flush()
            try:
                status = subprocess.run(
                    command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                ).returncode
            except OSError as error:
                log.write(f"{error}\n")
                status = 1
        if status != 0:
            return leave_out(
                options,
                f"{what} failed: {complaint(log_path)}",
                retry=True,
                cure=f"read {log_path} and build again",
                version=version,
                toolchain=toolchain,
            )
    record(
        options.record,
        available=True,
        version=version,
        toolchain=toolchain,
        files=[options.output],
        seconds=round(time.monotonic() - start, 3),
        built=now(),
    )
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, run in (
        ("copy", build_copy),
        ("c", build_c),
        ("cargo", build_cargo),
        ("cython", build_cython),
        ("package", build_package),
    ):
        sub = kinds.add_parser(kind)
        sub.set_defaults(run=run)
        sub.add_argument("--record", required=True)
        if kind == "copy":
            sub.add_argument("--package", help="the record of the one it runs on")
            sub.add_argument("source")
            sub.add_argument("target")
        if kind in ("c", "cargo", "cython"):
            sub.add_argument("--output", required=True)
        if kind in ("cython", "package"):
            sub.add_argument("--site", required=True)
        if kind == "package":
            sub.add_argument("--site-record", required=True)
            sub.add_argument("package")
        if kind == "cython":
            sub.set_defaults(name="cython")
            sub.add_argument("--package", required=True)
            sub.add_argument("--source", required=True)
            sub.add_argument("--c-file", required=True)
            sub.add_argument("command", nargs=argparse.REMAINDER)
        if kind == "c":
            sub.add_argument("--also", action="append", default=[])
            sub.add_argument("--version-of", default="python")
            sub.add_argument("command", nargs=argparse.REMAINDER)
        if kind == "cargo":
            sub.add_argument("--name", required=True, help="the crate that is the binding")
            sub.add_argument("--crate", required=True)
            sub.add_argument("--target-dir", required=True)
            sub.add_argument("--cargo", default="cargo")
            sub.add_argument("--limited", help="the oldest Python whose limited API serves")
    options = parser.parse_args()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
