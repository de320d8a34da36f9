"""Readings: numbers and names that are no timings. Each function says something of what a binding
does by the evidence that fits it: bytes, counts of allocations or of calls, names.

What the process it runs in would disturb is read in a fresh one, with the same interpreter and
the same folders. Modules that only a reading needs are imported by it: this file is loaded where
others are timed.
"""

import os
import sys

from .data import Node, make_graph

__all__ = [
    "CountedFloat",
    "CountedInt",
    "allocations",
    "build_seconds",
    "bytes_per_item",
    "counted_graph",
    "counted_keys",
    "held_per_item",
    "import_seconds",
    "imported_symbols",
    "module_bytes",
    "native_allocations",
    "pair_in",
    "peak_per_item",
    "python_calls",
    "text_copied",
    "text_in",
]

# The folder of all probes.
PROBES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Calls whose results are kept: more than any list of free objects of what is returned holds.
CALLS = 500

# Resident bytes now, exact: statm lags behind by some pages on each CPU. And at their peak: of
# this program, where getrusage() has the peak of what started it too.
RESIDENT = r"""
def resident():
    with open("/proc/self/smaps_rollup") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss:"))

def peak():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
"""


# What bindings do that no group of timed probes has.


def pair_in(pair):
    a, b = pair
    return a < b


def text_in(text):
    return len(text) > 5


def text_copied(text):
    return len(text) > 5


# Fresh processes.


def _fresh(code, cache=None, preload=None, **names):
    """What code, in which `names` are set, prints as JSON in a fresh process. Nothing is written
    beside the probes: where modules are to be found compiled they are in the folder cache."""
    import json
    import subprocess

    start = "import json, sys\nnames = json.loads(sys.argv[1])\nsys.path[:] = names.pop('path')\n"
    start += "globals().update(names)\n"
    flags = ["-I", "-S", *(["-X", f"pycache_prefix={cache}"] if cache else ["-B"])]
    env = {**os.environ, **({"LD_PRELOAD": preload} if preload else {})}
    job = json.dumps({"path": sys.path, **names})
    done = subprocess.run(
        [sys.executable, *flags, "-c", start + code, job],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env,
    )  # fmt: skip
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or [f"status {done.returncode}"]
        raise RuntimeError(f"a fresh process failed: {last[0]}")
    return json.loads(done.stdout)


def _imported(code, module, runs):
    """The median over fresh processes, after one that has compiled what is imported."""
    import tempfile

    with tempfile.TemporaryDirectory() as cache:
        values = [_fresh(code, cache, name=module.__name__) for _ in range(1 + runs)]
    return sorted(values[1:])[runs // 2]


def import_seconds(module):
    """Seconds that importing the module takes, in a process that has imported nothing yet."""
    code = "import importlib, time\nstart = time.perf_counter()\n"
    code += "importlib.import_module(name)\nprint(time.perf_counter() - start)"
    return _imported(code, module, 3)


def module_bytes(module):
    """Resident bytes that importing the module adds, what it imports itself included."""
    code = RESIDENT + "import importlib\nbefore = resident()\n"
    code += "importlib.import_module(name)\nprint(resident() - before)"
    return _imported(code, module, 1)


# Memory. The makers leave nothing behind beside what they make: no temporary list, no room for
# growth.

MAKERS = {
    "list[int]": "xs = [None] * n\nfor i in range(n): xs[i] = 5000 + i\n",
    "list[float]": "xs = [None] * n\nfor i in range(n): xs[i] = i * 0.5\n",
    "array[float]": "xs = array('d', bytes(8 * n))\nfor i in range(n): xs[i] = i * 0.5\n",
}


def bytes_per_item(kind, n):
    """Resident bytes for each of n items of a container of that kind."""
    code = RESIDENT + "from array import array\nbefore = resident()\n" + MAKERS[kind]
    return _fresh(code + "print((resident() - before) / n)", n=n)


def held_per_item(module, n):
    """Resident bytes for each of n floats that native code holds."""
    code = RESIDENT + MAKERS["list[float]"] + "import importlib\n"
    code += "module = importlib.import_module(name)\nmodule.native_vector(xs[:10])\n"
    code += "before = resident()\nheld = module.native_vector(xs)\n"
    return _fresh(code + "print((resident() - before) / n)", name=module.__name__, n=n)


def peak_per_item(module, function, n):
    """Resident bytes for each of n floats that a call with a list of them adds at its peak.
    The kernel counts in steps of 64 pages, so a million of them is good to a quarter of a byte."""
    code = RESIDENT + MAKERS["list[float]"] + "import importlib\n"
    code += "f = getattr(importlib.import_module(name), function)\nf(xs[:10])\n"
    code += "before = peak()\nf(xs)\nprint((peak() - before) / n)"
    return _fresh(code, name=module.__name__, function=function, n=n)


# What the build says.


def build_seconds(module):
    """Seconds that a clean build of the binding took, and when that was."""
    import json

    with open(os.path.join(PROBES, "..", "manifest.json"), encoding="utf-8") as text:
        rows = json.load(text)["bindings"]
    for row in rows:
        if module.__name__ == "probes_" + row["id"].replace("-", "_"):
            return row["clean_build_seconds"], row["built"][:19] + "Z"
    raise LookupError(f"the manifest has no binding of the module {module.__name__}")


# Allocations.


def allocations(f, *args):
    """Allocations that the interpreter is asked for in f(*args), what is kept of the result
    included: its free lists are emptied before."""
    import probes_capi

    return probes_capi.count_allocations(f, args, CALLS) / CALLS


def native_allocations(module, function, maker):
    """Allocations that the C library is asked for in a call, beyond the interpreter's own small
    ones: maker is the expression that makes the argument."""
    code = "import ctypes, importlib\n"
    code += "f = getattr(importlib.import_module(name), function)\nx = eval(maker)\n"
    code += "seen = ctypes.CDLL(None).ffiadvise_allocations\nseen.restype = ctypes.c_ulong\n"
    code += "def once():\n a = seen(); b = seen(); f(x); c = seen()\n return c - b - (b - a)\n"
    code += "counts = sorted(once() for _ in range(8))\nprint(counts[4])"
    library = os.path.join(PROBES, "libprobes_count.so")
    return _fresh(code, preload=library, name=module.__name__, function=function, maker=maker)


# Calls of Python functions.


class CountedInt:
    """No int, but it says which one to take it for."""

    def __index__(self):
        return 123456


class CountedFloat:
    """No float, but it says which one to take it for."""

    def __float__(self):
        return 0.75


class CountedKey(str):
    """A text whose hash and comparison are Python functions."""

    def __hash__(self):
        return str.__hash__(self)

    def __eq__(self, other):
        return str.__eq__(self, other)


class CountedNode(Node):
    """A node whose attributes are read through a Python function."""

    def __getattribute__(self, name):
        return object.__getattribute__(self, name)


def counted_keys(n):
    """A dict of n ints under keys of that class."""
    return {CountedKey(f"key{i}"): i + 5_000 for i in range(n)}


def counted_graph(n):
    """The graph of make_graph(n), of nodes of that class."""
    root = make_graph(n)
    pending = [root]
    while pending:
        node = pending.pop()
        pending.extend(node.children)
        node.__class__ = CountedNode
    return root


def python_calls(module, f, *args):
    """Python functions that are called while f(*args) runs, but for the binding's own."""
    count = 0

    def seen(frame, event, arg):
        nonlocal count
        name = frame.f_globals.get("__name__", "")
        count += event == "call" and (name == __name__ or not name.startswith(module.__name__))

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        f(*args)
    finally:
        sys.setprofile(before)
    return count


# Names.


def _dynamic_symbols(content):
    """The undefined symbols of an ELF file that a loader has to find."""
    import struct

    wide, big = content[4] == 2, content[5] == 2
    order = ">" if big else "<"
    at, = struct.unpack_from(order + ("Q" if wide else "I"), content, 40 if wide else 32)
    size, n = struct.unpack_from(order + "HH", content, 58 if wide else 46)
    section = order + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
    sections = [struct.unpack_from(section, content, at + i * size) for i in range(n)]
    for _, kind, _, _, start, length, link, _, _, step in sections:
        if kind != 11:  # SHT_DYNSYM
            continue
        texts = sections[link][4]
        for i in range(start, start + length, step):
            if wide:
                name, _, _, index = struct.unpack_from(order + "IBBH", content, i)
            else:
                name, _, _, _, _, index = struct.unpack_from(order + "IIIBBH", content, i)
            if index == 0 and name:  # SHN_UNDEF
                begin = texts + name
                yield content[begin : content.index(b"\0", begin)].decode()


def imported_symbols(module):
    """The functions and objects of Python's C API that the module's file imports, sorted; none
    where it is a Python file."""
    with open(module.__file__, "rb") as file:
        content = file.read()
    if content[:4] != b"\x7fELF":
        return []
    return sorted(name for name in _dynamic_symbols(content) if name.startswith(("Py", "_Py")))
