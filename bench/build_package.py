"""Builds the probes of a binding that comes as a package, and records how it went.

    build_package.py --name ID --record FILE --package FILE --output FILE [--also FILE]...
        [--compiler COMMAND] [--run COMMAND]...
        [--compile COMMAND --objects DIR [--library FILE --library-compile COMMAND]
         --link COMMAND SOURCE...]

The commands of --run come first, in order: they generate sources, or build what
needs no objects. Then each SOURCE is compiled to an object, as many at a time as
there are CPUs; an object is kept until its source, a header or the command
changes. --package is what `build.py package` wrote; the record is that of
build.py. Where the package or a compiler is missing, or a command fails, the
binding is left out with the reason and the status is 0. Run by the interpreter
the probes are for.
"""

import argparse
import concurrent.futures
import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import time

from build import leave_out, now, record, recorded, say_of


class Failed(Exception):
    """A command that did not work; says why."""


def reason(command, text):
    """The line that tells why a command failed: the first error of a compiler, or the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line]
    told = (errors[:1] or lines[-1:] or ["it printed nothing"])[0]
    return f"{os.path.basename(command[0])} failed: {told}"


def run(command, log):
    """Runs a command and adds what it says to the log."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace",
        )
    except OSError as error:
        raise Failed(f"cannot run {command[0]}: {error.strerror}") from None
    log.append(f"$ {shlex.join(command)}\n{done.stdout}")
    if done.returncode != 0:
        raise Failed(reason(command, done.stdout))


def depends_on(path):
    """The files an object was made from, as the compiler wrote them down."""
    with open(path, encoding="utf-8") as text:
        return text.read().replace("\\\n", " ").split(":", 1)[1].split()


def is_fresh(target, command):
    """True when the object is newer than all it was made from, and was made the same way."""
    try:
        with open(target + ".command", encoding="utf-8") as text:
            same = text.read() == shlex.join(command)
        made = os.stat(target).st_mtime_ns
        return same and all(os.stat(x).st_mtime_ns < made for x in depends_on(target + ".d"))
    except (OSError, IndexError):
        return False


def compile_one(source, target, command, log):
    command = command + ["-MMD", "-MF", target + ".d", "-c", "-o", target, source]
    if is_fresh(target, command):
        return
    run(command, log)
    with open(target + ".command", "w", encoding="utf-8") as text:
        text.write(shlex.join(command))


def compile_all(options, log):
    """The objects, in the order of the link."""
    jobs = [(source, options.compile) for source in options.sources]
    if options.library:
        jobs.insert(0, (options.library, options.library_compile))  # the longest starts first
    jobs = [
        (source, os.path.join(options.objects, os.path.basename(source) + ".o"),
         shlex.split(command), log)
        for source, command in jobs
    ]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for job in [pool.submit(compile_one, *job) for job in jobs]:
            job.result()
    return [target for _, target, _, _ in jobs]


def build(options, toolchain, version, log):
    """The seconds a clean build takes: of this one, or of the last that was clean."""
    timing_path = os.path.join(options.objects, "clean-build.json") if options.objects else ""
    timing = recorded(timing_path) if options.objects else {}
    now_built = {"toolchain": toolchain, "version": version, "sources": options.sources}
    clean = any(timing.get(key) != value for key, value in now_built.items())
    if options.objects:
        if clean:
            shutil.rmtree(options.objects, ignore_errors=True)
        os.makedirs(options.objects, exist_ok=True)
    start = time.monotonic()
    for command in options.run:
        run(shlex.split(command), log)
    if options.objects:
        objects = compile_all(options, log)
        run(shlex.split(options.link) + ["-o", options.output + ".partial"] + objects, log)
        os.replace(options.output + ".partial", options.output)
    seconds = round(time.monotonic() - start, 3)
    if options.objects and clean:
        record(timing_path, seconds=seconds, **now_built)
    return seconds if clean else timing["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--record", required=True)
    parser.add_argument("--package", required=True, help="the record of the package")
    parser.add_argument("--compiler", help="left out where nothing is compiled")
    parser.add_argument("--output", required=True)
    parser.add_argument("--also", action="append", default=[])
    parser.add_argument("--run", action="append", default=[])
    parser.add_argument("--compile")
    parser.add_argument("--library")
    parser.add_argument("--library-compile")
    parser.add_argument("--link")
    parser.add_argument("--objects")
    parser.add_argument("sources", nargs="*")
    options = parser.parse_args()

    package = recorded(options.package)
    if "version" not in package:
        return leave_out(options, package["why_not"], cure=package["cure"])
    version, toolchain = package["version"], ""
    if options.compiler:
        toolchain = say_of(*shlex.split(options.compiler), "--version")
        if not toolchain:
            return leave_out(options, f"cannot run the compiler {options.compiler}",
                             version=version)
    print(f"building the probes of {options.name}", flush=True)
    log, log_path = [], os.path.splitext(options.record)[0] + ".log"
    with open(options.record + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another make may build the same
        try:
            seconds, failed = build(options, toolchain, version, log), None
        except (Failed, OSError) as error:
            failed = str(error)
    with open(log_path, "w", encoding="utf-8") as text:
        text.write("".join(log))
    if failed:
        return leave_out(options, failed, retry=True, version=version, toolchain=toolchain,
                         cure=f"read {log_path} and build again")
    record(
        options.record,
        available=True,
        version=version,
        toolchain=toolchain,
        files=[options.output] + options.also + package.get("files", []),
        seconds=seconds,
        built=now(),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
