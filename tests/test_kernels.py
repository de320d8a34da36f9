"""The forms of each kernel agree with each other, and each binding's with the reference's on
data that the probes do not use: other scripts, ends, ties, and what is wrong."""

import pytest

from test_probes import BINDINGS, PROBES, available, run

BOUND = ["capi", "pyo3", "pyo3-abi3", "ctypes"]

START = r"""
import importlib, json, math, sys
from array import array
job = json.load(sys.stdin)
sys.path[:0] = [job["folder"]]
import probes_python as ref
m = importlib.import_module(job["module"])
"""


def asked(binding, script):
    if binding not in available():
        pytest.skip("it is not built here")
    (answer,) = run(START + script, {"module": BINDINGS[binding]["module"]})
    return answer


def test_plain_and_idiomatic_agree():
    answer = asked("python", r"""
def agree(kernel, *args, rows=None):
    plain = getattr(ref, kernel + "_plain")(*args)
    idiomatic = getattr(ref, kernel + "_idiomatic")(*(rows or args))
    if isinstance(plain, float):
        return math.isclose(plain, idiomatic, rel_tol=1e-9)
    return plain == idiomatic
wrong = []
for n in (1, 2, 3, 50, 1000):
    rows, text = ref.scored_rows(n), ref.prose(n)
    wrong += [[kernel, n] for kernel, same in {
        "stencil": agree("stencil", ref.floats(n)) if n > 1 else True,
        "textscan": agree("textscan", text),
        "tokens": agree("tokens", text),
        "groupby": agree("groupby", ref.keyed_rows(n)),
        "sorting": agree("sorting", rows, ref.score_of, rows=[rows]),
        "editdist": agree("editdist", *ref.two_spellings(min(n, 50))),
        "lines": agree("lines", ref.record_lines(n)),
    }.items() if not same]
print(json.dumps(wrong))
""")
    assert answer == []


def test_the_data_are_what_they_say():
    answer = asked("python", r"""
print(json.dumps({
    "distance": ref.editdist_plain("kitten", "sitting"),
    "words": ref.textscan_plain("one, two. x"),
    "counts": ref.tokens_plain("a bc, a. bc a"),
    "prose": [len(ref.prose(n)) for n in (1, 10, 999)],
    "ascii": ref.prose(1000).isascii(),
    "spellings": [list(map(len, ref.two_spellings(n))) for n in (1, 10, 100)],
    "groups": len(ref.groupby_plain(ref.keyed_rows(1000))),
    "scores": len({row[1] for row in ref.scored_rows(10000)}),
    "lines": len(ref.record_lines(100).splitlines()),
}))
""")
    assert answer == {
        "distance": 3, "words": 3, "counts": {"a": 3, "bc": 2}, "prose": [1, 10, 999],
        "ascii": True, "spellings": [[1, 1], [10, 10], [100, 100]], "groups": 100,
        "scores": 10000, "lines": 100,
    }


@pytest.mark.parametrize("binding", BOUND)
def test_native_forms_write_the_whole_result(binding):
    answer = asked(binding, r"""
wrong = []
for n in (1, 2, 3, 4, 101):
    xs, ys = ref.doubles(n), array("d", bytes(8 * n))
    m.stencil_native(xs, ys)
    if n > 1 and ys.tolist() != ref.stencil_plain(xs.tolist()) or n == 1 and ys != xs:
        wrong.append(["stencil", n])
    keys, order = ref.scores(n), ref.places(n)
    m.sorting_native(keys, order)
    if order.tolist() != sorted(range(n), key=keys.__getitem__):
        wrong.append(["sorting", n])
keys, order = array("d", [2.0, 1.0, 2.0, 1.0, 2.0]), ref.places(5)
m.sorting_native(keys, order)
if order.tolist() != [1, 3, 0, 2, 4]:
    wrong.append(["ties", order.tolist()])
print(json.dumps(wrong))
""")
    assert answer == []


@pytest.mark.parametrize("binding", BOUND)
def test_native_forms_at_the_ends(binding):
    answer = asked(binding, r"""
texts = ["", "a", " ", " a", "a ", "ab c1d,", "1", "z" * 40, "\xe9".encode().decode("latin-1")]
wrong = []
for text in texts:
    if m.textscan_native(text.encode()) != ref.textscan_idiomatic(text):
        wrong.append(["textscan", text])
    counts = ref.tokens_idiomatic(text).values()
    if m.tokens_native(text.encode()) != sum(n * n for n in counts):
        wrong.append(["tokens", text])
many = " ".join("".join(chr(97 + i // d % 26) for d in (1, 26, 676)) for i in range(2000))
if m.tokens_native(many.encode()) != 2000:
    wrong.append("tokens that outgrow the table")
rows = [(f"key {i}", 1.0) for i in range(3000)]
if m.groupby_native(m.groupby_build(rows)) != 3000.0:
    wrong.append("groups that outgrow the table")
for a, b in (("", ""), ("", "abc"), ("abc", ""), ("kitten", "sitting"), ("a", "a")):
    if m.editdist_native(a.encode(), b.encode()) != ref.editdist_plain(a, b):
        wrong.append(["editdist", a, b])
if m.lines_native(b"x;-3;1e3\n;0;-2.5") != 997.5:
    wrong.append("lines")
for text in (b"x;3", b"x;y;1.0", b"x;1;y", b"x;1;2.0\ny", b"x;1;2.0;3"):
    try:
        wrong.append(["no error", text.decode(), m.lines_native(text)])
    except ValueError:
        pass
print(json.dumps(wrong))
""")
    assert answer == []


@pytest.mark.parametrize("binding", [b for b in BOUND if b != "ctypes"])
def test_forms_on_objects_take_any_text(binding):
    answer = asked(binding, r"""
wrong = []
for text in ("", "\xe9t\xe9 \xe0 la", "\u03b1\u03b2 \u03b3, \u03b1\u03b2", "\U0001d4d0x \U0001f600y"):
    for kernel in ("textscan", "tokens"):
        got = getattr(m, kernel + "_objects")(text)
        if got != getattr(ref, kernel + "_plain")(text):
            wrong.append([kernel, text, got])
    got = m.editdist_objects(text, "\u03b1b\xe9")
    if got != ref.editdist_plain(text, "\u03b1b\xe9"):
        wrong.append(["editdist", text, got])
rows = [("\xe9", 1.0), ((1, 2), 2.0), ("\xe9", 3.0)]
if m.groupby_objects(rows) != {"\xe9": 4.0, (1, 2): 2.0}:
    wrong.append("groupby")
calls = []
def key(row):
    calls.append(row)
    return row[1]
tied = [(i, float(i % 3), "") for i in range(20)]
if m.sorting_objects(tied, key) != ref.sorting_plain(tied, lambda row: row[1]) or calls != tied:
    wrong.append("sorting")
if m.sorting_objects([], key) != []:
    wrong.append("nothing to sort")
for n in (2, 3, 4):
    if m.stencil_objects(ref.floats(n)) != ref.stencil_plain(ref.floats(n)):
        wrong.append(["stencil", n])
if m.lines_objects("\u03b1;1;2.5\n;-7;0.5") != 3.0:
    wrong.append("lines")
print(json.dumps(wrong))
""")
    assert answer == []


@pytest.mark.parametrize("binding", [b for b in BOUND if b != "ctypes"])
def test_what_is_wrong_is_an_error(binding):
    answer = asked(binding, r"""
def fails(f, *args):
    try:
        return [f.__name__, repr(f(*args))]
    except (TypeError, ValueError, BufferError, ZeroDivisionError):
        return None
xs = ref.doubles(4)
def zero(row):
    return 1 / 0
print(json.dumps([wrong for wrong in [
    fails(m.stencil_native, xs, xs),
    fails(m.stencil_native, xs, ref.doubles(3)),
    fails(m.stencil_native, xs, xs.tobytes()),
    fails(m.stencil_objects, []),
    fails(m.stencil_objects, [1.0, "x"]),
    fails(m.sorting_native, xs, ref.doubles(4)),
    fails(m.sorting_native, xs, ref.places(3)),
    fails(m.sorting_objects, [(1, 2.0, "")], zero),
    fails(m.sorting_objects, [(1, "x", "")], ref.score_of),
    fails(m.sorting_objects, [3], ref.score_of),
    fails(m.groupby_objects, [("a", 1.0), 3]),
    fails(m.groupby_objects, [("a", 1.0), ("a", "x")]),
    fails(m.groupby_objects, [([], 1.0)]),
    fails(m.groupby_build, [("a", "x")]),
    fails(m.groupby_native, [("a", 1.0)]),
    fails(m.textscan_objects, b"a"),
    fails(m.textscan_native, "a"),
    fails(m.lines_objects, "a;b;c"),
] if wrong]))
""")
    assert answer == []


def test_every_kernel_has_its_forms():
    forms = {}
    for probe in PROBES:
        role = probe.get("role", {})
        if role.get("kind") == "kernel":
            forms.setdefault(role["kernel"], set()).add(role["form"])
    assert all(found >= {"plain", "idiomatic", "objects", "native"} for found in forms.values())
    assert set(forms) == {"numeric", "graph", "stencil", "textscan", "tokens", "groupby",
                          "sorting", "editdist", "lines"}
