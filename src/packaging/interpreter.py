"""Says, in make's words, how to build for the interpreter that runs it.

    PYTHON src/packaging/interpreter.py [--own]

prints one assignment a line. PY_ERROR is a sentence when nothing can be built
for it. PY_SHELL says how the worker reaches it: embedded, in a program of its
own, or extension, as a module that the interpreter loads: in a virtual
environment, and where the interpreter is built on no shared library.
Whether the interpreter is built on a shared library is seen from what this
process has mapped, not from Py_ENABLE_SHARED: Debian says 1 there for a
program that is linked statically.

With --own the packages that a virtual environment has, of those the probes can
run on, are used in the place of pinned ones: PY_OWN is the folders they lie in,
between colons; they are part of the tag.

Written so that any Python can run it, if only to be told that it is too old.
"""

import glob
import hashlib
import os
import sys
import sysconfig

OLDEST = (3, 9)  # the worker needs its C API
OWN = ("numpy", "cffi")
HERE = os.path.dirname(os.path.abspath(__file__))


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


def quote(text):
    import shlex  # Python 3 has its quote()

    return shlex.quote(text)


def shared_flags(library):
    folder = quote(os.path.dirname(library))
    return "%s -Wl,-rpath,%s -lpthread -ldl -lm" % (quote(library), folder)


def embedding():
    """
    How a program embeds it; "" where that would be another interpreter than its
    own binary. A binary that uses no shared library was optimised as a whole:
    linked anew from libpython.a, Debian's is 9 % slower (bench/compare, shells),
    and a shared library beside it by up to a third.
    """
    library = mapped_library()
    return shared_flags(library) if library else ""


def version():
    return "%d.%d.%d" % sys.version_info[:3]


def cure():
    if os.path.exists("/etc/debian_version"):
        if base_executable().startswith("/usr/bin/"):
            return "apt-get install python3-dev"
    return "install its development files, or choose another interpreter with PYTHON="


def unfit():
    """Why nothing can be measured in this interpreter, before anything is asked of it."""
    name = getattr(getattr(sys, "implementation", None), "name", "cpython")
    if name != "cpython":
        return "it is %s: ffiadvise measures CPython, 3.9 and newer" % name
    if sys.version_info[:2] < OLDEST:
        return "python %s is too old: ffiadvise measures CPython 3.9 and newer" % version()
    return ""


def headers():
    if not os.path.isfile(os.path.join(sysconfig.get_path("include"), "Python.h")):
        return "python %s has no header Python.h (%s)" % (version(), cure())
    return ""


def is_virtual():
    return sys.prefix != sys.base_prefix


def own_packages():
    """(folders, "name version" of each) of what a virtual environment has of OWN."""
    folders, have = [], []
    every = [sysconfig.get_path("platlib"), sysconfig.get_path("purelib")] if is_virtual() else []
    for folder in dict.fromkeys(os.path.realpath(name) for name in every if ":" not in name):
        for package in OWN:
            for info in glob.glob(os.path.join(glob.escape(folder), package + "-*.dist-info")):
                have.append(os.path.basename(info)[:-len(".dist-info")].replace("-", " "))
                if folder not in folders:
                    folders.append(folder)
    return folders, have


def tested():
    """The versions for which what the probes need is pinned have been tried."""
    name = "%d.%d.txt" % sys.version_info[:2]
    return os.path.exists(os.path.join(HERE, "site", name))


def tag(executable, library, own):
    """Names the folder of what is built for this interpreter and for no other."""
    var = sysconfig.get_config_var
    stamp = os.stat(library or executable).st_mtime_ns
    parts = [executable, sys.version, str(var("CONFIG_ARGS")), str(stamp)] + own
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return "%s-%s" % (var("SOABI") or sys.implementation.cache_tag, digest[:8])


def assignments(with_own):
    why = unfit()
    if why:
        return {"PY_ERROR": why}
    var = sysconfig.get_config_var
    executable = base_executable()
    flags = embedding()
    folders, own = own_packages() if with_own else ([], [])
    return {
        "PY_EXE": executable,
        "PY_VERSION": version(),
        "PY_SOABI": var("SOABI") or "",
        "PY_TAG": tag(executable, mapped_library(), folders + own),
        "PY_INCLUDE": sysconfig.get_path("include"),
        "PY_CFLAGS": var("CFLAGS") or "",
        "PY_EMBED_LDFLAGS": flags,
        "PY_SHARED": "1" if flags else "0",
        "PY_EXT_SUFFIX": var("EXT_SUFFIX") or "",
        "PY_SHELL": "embedded" if flags else "extension",
        "PY_HOST": sys.executable if is_virtual() else executable,
        "PY_VIRTUAL": "1" if is_virtual() else "",
        "PY_FREE_THREADED": "1" if var("Py_GIL_DISABLED") else "",
        "PY_TESTED": "1" if tested() else "",
        "PY_OWN": ":".join(folders),
        "PY_ERROR": headers(),
    }


def main():
    for name, value in sorted(assignments("--own" in sys.argv[1:]).items()):
        value = " ".join(value.split()).replace("$", "$$").replace("#", "\\#")
        print("%s := %s" % (name, value))


if __name__ == "__main__":
    main()
