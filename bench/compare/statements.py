"""Twenty statements of different kinds and costs, 4 ns to 70 us here. The text
is the same for every tool; names that a setup makes are local to what is timed.

No text is hashed: what a dict of texts costs hangs on the process's hash seed,
and pyperf's lowest value is that of its luckiest process.
"""

import acceptance

STATEMENTS = {
    # id: (setup, statement)
    "identity": ("a, b = [], []", "a is b"),
    "item": ("xs = [float(i) for i in range(1000)]", "xs[500]"),
    "attribute": ("class C: pass\no = C()\no.x = 1001", "o.x"),
    "add": ("x, y = 1001, 2002", "x + y"),
    "call": ("def f(): return True", "f()"),
    "call_three": ("def f(a, b, c): return True", "f(1001, 1002, 1003)"),
    "len": ("t = tuple(range(1000))", "len(t)"),
    "isinstance": ("x = 1.5", "isinstance(x, float)"),
    "lookup": ("d = {i: i for i in range(1000)}\nk = 500", "d[k]"),
    "small_list": ("a, b, c = 1.5, 2.5, 3.5", "[a, b, c]"),
    "sqrt": ("from math import sqrt\nx = 2.5", "sqrt(x)"),
    "parse": ("s = '12345'", "int(s)"),
    "split": ("s = 'alpha,beta,gamma,delta,epsilon'", "s.split(',')"),
    "format": ("x, y = 3, 4.5", "f'{x} {y}'"),
    "search": ("import re\nfind = re.compile(r'\\d+').findall", "find('from 123 to 456')"),
    "join": ("parts = [str(i) for i in range(100)]", "','.join(parts)"),
    "copy": ("xs = [float(i) for i in range(1000)]", "xs.copy()"),
    "dumps": ("from json import dumps\nd = {'a': [1, 2, 3], 'b': 'text'}", "dumps(d)"),
    "sum": ("xs = list(range(1000, 2000))", "sum(xs)"),
    "generator": ("xs = list(range(1000, 2000))", "sum(x * x for x in xs)"),
}


def rows(names=STATEMENTS):
    """As probes of plain Python, for acceptance.Copy."""
    return [acceptance.row(probe(name), *STATEMENTS[name]) for name in names]


def probe(name):
    return f"trial.{name}"
