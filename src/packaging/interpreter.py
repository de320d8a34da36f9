"""Says, in make's words, how to embed the interpreter that runs it.

    PYTHON src/packaging/interpreter.py

prints one assignment a line. PY_ERROR is a sentence when it cannot be
embedded; PY_NOTE one when it can, but not exactly. Whether the interpreter is
built on a shared library is seen from what this process has mapped, not from
Py_ENABLE_SHARED: Debian says 1 there for a program that is linked statically.
"""

import hashlib
import os
import shlex
import sys
import sysconfig

OLDEST, NEWEST = (3, 9), (3, 15)


def base_executable():
    """The real program behind this one, also from within a virtual environment."""
    names = [getattr(sys, "_base_executable", None), sys.executable]
    if sys.prefix != sys.base_prefix:
        version = "python%d.%d" % sys.version_info[:2]
        names.insert(1, os.path.join(sys.base_prefix, "bin", version))
    for name in names:
        real = os.path.realpath(name) if name else ""
        inside = os.path.realpath(sys.prefix) + os.sep
        if sys.prefix != sys.base_prefix and real.startswith(inside):
            continue
        if os.path.isfile(real):
            return real
    return os.path.realpath(sys.executable)


def mapped_library():
    """The libpython this process runs on; None when it is linked statically."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            path = line.split(None, 5)[-1].strip()
            if os.path.basename(path).startswith("libpython%d.%d" % sys.version_info[:2]):
                return os.path.realpath(path)
    return None


def found(folders, name):
    for folder in folders:
        if folder and name and os.path.isfile(os.path.join(folder, name)):
            return os.path.realpath(os.path.join(folder, name))
    return None


def shared_flags(library):
    folder = shlex.quote(os.path.dirname(library))
    return "%s -Wl,-rpath,%s -lpthread -ldl -lm" % (shlex.quote(library), folder)


def static_flags(library):
    """-no-pie as such interpreters are built; -rdynamic so that extension
    modules find the interpreter's symbols in the program. MODLIBS is what the
    modules inside the library need."""
    words = []
    for name in ("MODLIBS", "LIBS", "SYSLIBS"):
        words += (sysconfig.get_config_var(name) or "").split()
    libs = " ".join(dict.fromkeys(words + ["-lm"]))
    return "-no-pie -rdynamic %s %s" % (shlex.quote(library), libs)


def embedding():
    """(shared, flags, note, error)"""
    var = sysconfig.get_config_var
    library = mapped_library()
    if library:
        return 1, shared_flags(library), "", ""
    folders = [var("LIBPL"), var("LIBDIR")]
    library = found(folders, "libpython%s.a" % var("LDVERSION"))
    if library:
        return 0, static_flags(library), "", ""
    library = found([var("LIBDIR")], var("INSTSONAME"))
    if library and ".so" in library:
        note = ("this interpreter is linked statically and has no static library to embed: its "
                "shared library stands in, which overstates its costs by up to a third")
        return 1, shared_flags(library), note, ""
    return 0, "", "", "python %s has no library to link with (%s)" % (version(), cure())


def version():
    return "%d.%d.%d" % sys.version_info[:3]


def cure():
    if os.path.exists("/etc/debian_version"):
        if base_executable().startswith("/usr/bin/"):
            return "apt-get install python3-dev"
    return "install its development files, or choose another interpreter with PYTHON="


def error(flags_error):
    if sys.implementation.name != "cpython":
        return "%s is not CPython (choose another interpreter with PYTHON=)" % (
            sys.implementation.name)
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return "python %s is not supported: 3.9 to 3.15 are (choose another with PYTHON=)" % (
            version())
    if not os.path.isfile(os.path.join(sysconfig.get_path("include"), "Python.h")):
        return "python %s has no header Python.h (%s)" % (version(), cure())
    return flags_error


def tag(executable, library):
    """Names the folder of what is built for this interpreter and for no other."""
    var = sysconfig.get_config_var
    stamp = os.stat(library or executable).st_mtime_ns
    parts = [executable, sys.version, str(var("CONFIG_ARGS")), str(stamp)]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return "%s-%s" % (var("SOABI") or sys.implementation.cache_tag, digest[:8])


def assignments():
    var = sysconfig.get_config_var
    executable = base_executable()
    shared, flags, note, flags_error = embedding()
    return {
        "PY_EXE": executable,
        "PY_VERSION": version(),
        "PY_SOABI": var("SOABI") or "",
        "PY_TAG": tag(executable, mapped_library()),
        "PY_INCLUDE": sysconfig.get_path("include"),
        "PY_CFLAGS": var("CFLAGS") or "",
        "PY_EMBED_LDFLAGS": flags,
        "PY_SHARED": str(shared),
        "PY_EXT_SUFFIX": var("EXT_SUFFIX") or "",
        "PY_NOTE": note,
        "PY_ERROR": error(flags_error),
    }


def main():
    for name, value in assignments().items():
        value = " ".join(value.split()).replace("$", "$$").replace("#", "\\#")
        print("%s := %s" % (name, value))


if __name__ == "__main__":
    main()
