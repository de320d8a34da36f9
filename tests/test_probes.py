"""Every probe in every binding against the Python reference.

The probes run in the interpreter they were built for, in a process of their own
that is handed the rows as JSON; this file reads the YAML and judges.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

# Runs interpreters and probes, of which there is one build.
pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("FFIADVISE_PYTHON_DIR", ROOT / "build" / "python" / "default"))

# Runs one binding's probes; answers with one line of JSON for each.
RUNNER = r"""
import importlib, json, math, sys, time

job = json.load(sys.stdin)
sys.path[:0], sys.path[len(sys.path):] = [job["folder"]], [job["folder"] + "/../site"]
ref = importlib.import_module("probes_python")

def same(a, b):
    # An array is compared by its items, as src/worker/compare.c does.
    if hasattr(a, "tolist"):
        a = a.tolist()
    if hasattr(b, "tolist"):
        b = b.tolist()
    if isinstance(b, float):
        return isinstance(a, float) and math.isclose(a, b, rel_tol=1e-9)
    if isinstance(b, dict):
        return isinstance(a, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in b)
    if isinstance(b, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b

def is_reading(value, reads):
    if isinstance(value, tuple):
        value, when = value
        if time.strptime(when, "%Y-%m-%dT%H:%M:%SZ").tm_year < 2020:
            return False
    if reads == "names":
        return isinstance(value, list) and all(isinstance(name, str) for name in value)
    # What is resident may shrink by a page or two while a module comes in.
    least = -65536 if reads == "bytes" else 0
    return type(value) in (int, float) and math.isfinite(value) and value >= least

def values(module, row, n):
    names = {"f": getattr(module, row["function"]), "m": module, "ref": ref, "n": n}
    exec(row["setup"], names)
    code = compile(row["call"], row["id"], "eval")
    return [eval(code, names) for _ in range(1 if row["reads"] else 3)]

module = importlib.import_module(job["module"])
for row in job["rows"]:
    answer = {"id": row["id"], "wrong": []}
    if not hasattr(module, row["function"]):
        answer["wrong"].append(f"{job['module']} has no function {row['function']}")
    else:
        for n in row["sizes"]:
            if row["reads"]:
                got = values(module, row, n)
                if not is_reading(got[0], row["reads"]):
                    answer["wrong"].append(f"n={n}: {got[0]!r:.200} is no {row['reads']}")
                continue
            expected = values(ref, row, n)
            got = values(module, row, n)
            untyped_true = job["untyped"] and expected[0] is True
            if untyped_true:
                expected = [int(value) for value in expected]
            if not all(same(g, e) for g, e in zip(got, expected)):
                answer["wrong"].append(f"n={n}: {got!r:.200} is not {expected!r:.200}")
    print(json.dumps(answer), flush=True)
"""

# The scalars again, with values other than the probe's own.
SCALARS = {
    "int_in": [0, 1, 2, -7, 255, 257, 2**31, 2**40 + 1, -(2**62)],
    "float_in": [0.0, 0.5, 0.51, -3.0, 1e300],
    "bool_in": [True, False],
}

SCALAR_RUNNER = r"""
import importlib, json, sys
job = json.load(sys.stdin)
sys.path[:0], sys.path[len(sys.path):] = [job["folder"]], [job["folder"] + "/../site"]
ref, module = importlib.import_module("probes_python"), importlib.import_module(job["module"])
print(json.dumps([
    [name, x] for name, xs in job["scalars"].items() for x in xs
    if getattr(module, name)(x) is not getattr(ref, name)(x)
]))
"""


def load(name):
    return yaml.safe_load((ROOT / "data" / name).read_text(encoding="utf-8"))[name.split(".")[0]]


PROBES = [row for path in sorted((ROOT / "data" / "probes").glob("*.yaml"))
          for row in yaml.safe_load(path.read_text(encoding="utf-8"))["probes"]]
BINDINGS = {row["id"]: row for row in load("bindings.yaml")}


def manifest():
    path = FOLDER / "manifest.json"
    assert path.exists(), f"{path} is missing: run 'make probes' first"
    return json.loads(path.read_text(encoding="utf-8"))


def available():
    return [row["id"] for row in manifest()["bindings"] if row["available"]]


def rows_of(binding):
    """The probes that a binding has to do, with two sizes each."""
    groups = BINDINGS[binding].get("groups")
    rows = []
    for probe in PROBES:
        if binding in probe.get("absent", {}) or binding not in probe.get("only", [binding]):
            continue
        if groups and probe["group"] not in groups:
            continue
        sizes = probe.get("sizes", [0])
        rows.append(
            {
                "id": probe["id"],
                "function": probe["function"],
                "setup": probe.get("setup", ""),
                "call": probe["call"],
                "reads": probe.get("reads"),
                "sizes": sorted({sizes[0], sizes[len(sizes) // 2]}),
            }
        )
    return rows


def run(script, job):
    done = subprocess.run(
        [manifest()["executable"], "-I", "-S", "-c", script],
        input=json.dumps({"folder": str(FOLDER / "probes"), **job}),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("binding", BINDINGS)
def test_every_probe_gives_the_value_of_the_reference(binding):
    if binding not in available():
        row = next(row for row in manifest()["bindings"] if row["id"] == binding)
        assert row["why_not"]
        pytest.skip(row["why_not"])
    rows = rows_of(binding)
    answers = run(
        RUNNER,
        {
            "module": BINDINGS[binding]["module"],
            "rows": rows,
            "untyped": binding == "ctypes-untyped",
        },
    )
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert {a["id"]: a["wrong"] for a in answers if a["wrong"]} == {}


@pytest.mark.parametrize(
    "binding", ["pyo3", "capi", "ctypes", "cython", "cffi", "cffi-abi", "pybind11", "nanobind"]
)
def test_scalars_are_read_whole(binding):
    if binding not in available():
        pytest.skip("it is not built here")
    wrong = run(SCALAR_RUNNER, {"module": BINDINGS[binding]["module"], "scalars": SCALARS})
    assert wrong == [[]]


def test_the_forms_of_a_kernel_agree():
    script = r"""
import json, sys
sys.path.insert(0, json.load(sys.stdin)["folder"])
import probes_python as ref
for n in (100, 1000):
    xs, root = ref.floats(n), ref.make_graph(n)
    print(json.dumps([ref.numeric_plain(xs), ref.numeric_idiomatic(xs)]))
    print(json.dumps([ref.graph_plain(root), ref.graph_idiomatic(root)]))
"""
    for plain, idiomatic in run(script, {}):
        assert idiomatic == pytest.approx(plain, rel=1e-9)


def test_every_function_of_the_reference_is_used_by_a_probe():
    script = r"""
import json, sys
sys.path.insert(0, json.load(sys.stdin)["folder"])
import probes_python as ref
print(json.dumps([
    name for name, value in vars(ref).items()
    if callable(value) and getattr(value, "__module__", "").startswith(ref.__name__)
]))
"""
    (names,) = run(script, {})
    code = "\n".join(probe.get("setup", "") + "\n" + probe["call"] for probe in PROBES)
    package = ROOT / "bench/probes/python/probes_python"
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    used = {probe["function"] for probe in PROBES}
    used |= {name for name in names if f"ref.{name}" in code or f"m.{name}" in code}
    # Node is what make_graph is made of.
    used |= {name for name in names if name == "Node" and f"{name}(" in source}
    assert sorted(set(names) - used) == []


def test_bindings_that_lack_an_operation_are_named_in_its_row():
    for probe in PROBES:
        for binding in [*probe.get("absent", {}), *probe.get("only", [])]:
            assert binding in BINDINGS, f"{probe['id']} names {binding}"


def test_the_manifest_has_a_row_for_every_binding():
    rows = {row["id"]: row for row in manifest()["bindings"]}
    assert list(rows) == list(BINDINGS)
    for row in rows.values():
        assert row["available"] == (row["why_not"] is None)
        assert row["available"] or row["cure"]
        assert not row["available"] or len(row["build"]) == 16


def test_no_probe_is_linked_against_libpython():
    files = sorted((FOLDER / "probes").glob("*.so"))
    assert files
    for file in files:
        done = subprocess.run(
            ["readelf", "-d", str(file)], capture_output=True, text=True, check=True
        )
        needed = [line for line in done.stdout.splitlines() if "(NEEDED)" in line]
        assert not [line for line in needed if "libpython" in line], file.name


def test_what_readings_count_with_counts():
    script = r"""
import array, ctypes, json, sys, types
job = json.load(sys.stdin)
sys.path[:0] = [job["folder"]]
import probes_capi, probes_python as ref
def twice(x): return [inner(x), inner(x)]
def inner(x): return x
# What is resident here is none of a fresh process's.
big = bytearray(b"x") * 50_000_000
n = 200_000
sizes = {
    "list": ref.bytes_per_item("list[float]", n),
    "array": ref.bytes_per_item("array[float]", n),
    "held": ref.held_per_item(probes_capi, n),
    "copied": ref.peak_per_item(probes_capi, "list_float_copied", 1_000_000),
    "by reference": ref.peak_per_item(probes_capi, "list_float_by_reference", 1_000_000),
}
print(json.dumps({
    "sizes": sizes,
    "one object": ref.allocations(object),
    "none": ref.allocations(abs, 5),
    "a list and its items": ref.allocations(list, (1, 2, 3)),
    "one block": ref.native_allocations(ctypes, "create_string_buffer", "100000"),
    "no block": ref.native_allocations(array, "ArrayType", "'d'"),
    "three calls": ref.python_calls(probes_capi, twice, 1),
    "own calls": ref.python_calls(types.SimpleNamespace(__name__="__main__"), twice, 1),
    "imported": ref.imported_symbols(probes_capi),
    "of a Python file": ref.imported_symbols(ref),
}))
"""
    (counts,) = run(script, {})
    imported, sizes = counts.pop("imported"), counts.pop("sizes")
    # A float and its reference take 24 + 8 bytes or more, one in a block of memory 8.
    assert 31 < sizes["list"] < 64
    for packed in "array", "held", "copied":
        assert 7 < sizes[packed] < 9, packed
    assert sizes["by reference"] < 1
    assert counts == {
        "one object": 1,
        "none": 0,
        "a list and its items": 2,
        "one block": 1,
        "no block": 0,
        "three calls": 3,
        "own calls": 0,
        "of a Python file": [],
    }
    assert {"PyLong_AsLongLong", "PyDict_Next", "PyExc_TypeError"} <= set(imported)
    assert imported == sorted(imported) and "malloc" not in imported
    # A macro leaves no symbol behind.
    assert "PyList_GET_ITEM" not in imported
