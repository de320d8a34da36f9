"""Writes manifest.json: what an interpreter's folder holds.

    manifest.py --tag TAG --records DIR --data DIR [--shared yes|no] OUTPUT

Gathers data/bindings.yaml and the records of bench/build.py. The file is
replaced only when its content changes. Run by the interpreter it describes;
needs nothing beyond the standard library.
"""

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import sysconfig

HERE = os.path.dirname(os.path.abspath(__file__))


def scalar(text):
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return json.loads(text)
    return text


def bindings_read(path):
    """The items of bindings.yaml, which keeps every value on one line."""
    items = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            found = re.match(r"^  (- |  )(\w+):(.*)$", line)
            if not found:
                continue
            if found.group(1) == "- ":
                items.append({})
            items[-1][found.group(2)] = scalar(found.group(3))
    return items


def needs_libpython(executable):
    """True when the executable itself is linked against a shared libpython."""
    done = subprocess.run(["readelf", "-d", executable], capture_output=True, text=True)
    return "libpython" in done.stdout


def build_id(files):
    digest = hashlib.sha256()
    for path in files:
        with open(path, "rb") as content:
            digest.update(content.read())
    return digest.hexdigest()[:16]


def binding_row(binding, records):
    record = {}
    path = os.path.join(records, binding["id"] + ".json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as text:
            record = json.load(text)
    available = record.get("available", False)
    named = os.environ.get("FFIADVISE_BINDINGS")
    unbuilt = "it is not among FFIADVISE_BINDINGS" if named else "it was not built"
    why_not = None if available else record.get("why_not", unbuilt)
    cure = "name it there, or unset it" if named and not record else binding.get("cure")
    return {
        "id": binding["id"],
        "version": record.get("version", ""),
        "toolchain": record.get("toolchain", ""),
        "build": build_id(record["files"]) if available else "",
        "available": available,
        "why_not": why_not,
        "cure": None if available else record.get("cure", cure),
        "clean_build_seconds": record.get("seconds"),
        "built": record.get("built"),
    }


def manifest(options):
    shared = options.shared
    executable = os.path.realpath(sys.executable)
    return {
        "tag": options.tag,
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "executable": executable,
        "soabi": sysconfig.get_config_var("SOABI"),
        "shared": shared in ("yes", "1", "true") if shared else needs_libpython(executable),
        "cflags": sysconfig.get_config_var("CFLAGS") or "",
        "config_args": sysconfig.get_config_var("CONFIG_ARGS"),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "untested": not os.path.exists(os.path.join(
            HERE, "site", "%d.%d.txt" % sys.version_info[:2])),
        "bindings": [
            binding_row(binding, options.records)
            for binding in bindings_read(os.path.join(options.data, "bindings.yaml"))
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tag", required=True)
    parser.add_argument("--records", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--shared", default="", help="of the worker; empty: as the executable is")
    parser.add_argument("output")
    options = parser.parse_args()
    text = json.dumps(manifest(options), indent=1) + "\n"
    if os.path.exists(options.output):
        with open(options.output, encoding="utf-8") as old:
            if old.read() == text:
                return 0
    partial = options.output + ".partial"
    with open(partial, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(partial, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
