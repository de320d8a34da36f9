"""The operations by ctypes, with argtypes declared as its documentation advises.

A function that needs nothing but C types is the library's own; one that has to
turn a Python container into C data first is a Python function around it, as it
would be in real code.
"""

import ctypes
import os
from ctypes import CFUNCTYPE, POINTER
from ctypes import c_bool, c_double, c_int, c_long, c_longlong, c_size_t, c_void_p

_PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libprobes_ctypes.so")
_lib = ctypes.CDLL(_PATH)  # lets the GIL go in every call
_held = ctypes.PyDLL(_PATH)  # keeps it

_DOUBLES = POINTER(c_double)
_CALLBACK = CFUNCTYPE(c_double, c_double)


def _declare(library, name, result, *arguments):
    function = library[name]
    function.restype = result
    function.argtypes = arguments
    return function


# Calls. Arguments are C ints, since a C library takes no Python objects.

noop = _declare(_lib, "noop", c_bool)
take_one = _declare(_lib, "take_one", c_bool, c_int)
take_three = _declare(_lib, "take_three", c_bool, *[c_int] * 3)
take_six = _declare(_lib, "take_six", c_bool, *[c_int] * 6)
take_keywords = CFUNCTYPE(c_bool, c_int, c_int, c_int)(
    ("take_three", _lib), ((1, "a"), (1, "b"), (1, "c"))
)

# Scalars.

int_in = _declare(_lib, "int_in", c_bool, c_longlong)
float_in = _declare(_lib, "float_in", c_bool, c_double)
bool_in = _declare(_lib, "bool_in", c_bool, c_bool)
int_out = _declare(_lib, "int_out", c_int)
float_out = _declare(_lib, "float_out", c_double)

# Lists. There is no way through the references; a copy is made by the
# constructor of an array type.

_sum = _declare(_lib, "sum", c_double, _DOUBLES, c_size_t)
_sum_int = _declare(_lib, "sum_int", c_longlong, POINTER(c_longlong), c_size_t)
_fill = _declare(_lib, "fill", None, _DOUBLES, c_size_t)
_fill_int = _declare(_lib, "fill_int", None, POINTER(c_longlong), c_size_t)


def list_float_copied(xs):
    n = len(xs)
    return _sum((c_double * n)(*xs), n)


def list_float_out(n):
    items = (c_double * n)()
    _fill(items, n)
    return items[:]


def list_int_copied(xs):
    n = len(xs)
    return _sum_int((c_longlong * n)(*xs), n)


def list_int_out(n):
    items = (c_longlong * n)()
    _fill_int(items, n)
    return items[:]


# Buffers.

_turn = _declare(_lib, "turn", c_double, _DOUBLES, c_size_t)
_any = _declare(_lib, "any", c_bool, _DOUBLES, c_size_t)


def buffer_sum(xs):
    n = len(xs)
    return _sum((c_double * n).from_buffer(xs), n)


def buffer_copied(xs):
    n = len(xs)
    return _sum((c_double * n).from_buffer_copy(xs), n)


def buffer_write(xs):
    n = len(xs)
    return _turn((c_double * n).from_buffer(xs), n)


def buffer_acquire(xs):
    n = len(xs)
    return _any((c_double * n).from_buffer(xs), n)


# Where the loop stands.

step = _declare(_lib, "step", c_double, c_double, c_double)
_steps = _declare(_lib, "steps", c_double, _DOUBLES, c_size_t)
_call_back = _declare(_lib, "call_back", c_double, _CALLBACK, c_long)


def steps_vector(xs):
    n = len(xs)
    return _steps((c_double * n)(*xs), n)


def steps_buffer(xs):
    n = len(xs)
    return _steps((c_double * n).from_buffer(xs), n)


def call_back(g, n):
    return _call_back(_CALLBACK(g), n)


# The GIL and threads.

_work = _declare(_lib, "work", c_double, _DOUBLES, c_size_t, c_long)
_work_held = _declare(_held, "work", c_double, _DOUBLES, c_size_t, c_long)


def native_vector(xs):
    return (c_double * len(xs))(*xs)


def work_held(held, rounds):
    return _work_held(held, len(held), rounds)


def work_released(held, rounds):
    return _work(held, len(held), rounds)


def work_copied(xs, rounds):
    n = len(xs)
    return _work((c_double * n)(*xs), n, rounds)


# Kernels on native data.

_numeric = _declare(_lib, "numeric", c_double, _DOUBLES, c_size_t)
_node_new = _declare(_lib, "node_new", c_void_p, c_double, c_double)
_node_adopt = _declare(_lib, "node_adopt", c_int, c_void_p, c_void_p)
_node_free = _declare(_lib, "node_free", None, c_void_p)
graph_native = _declare(_lib, "node_sum", c_double, c_void_p)


def numeric_native(xs):
    n = len(xs)
    return _numeric((c_double * n).from_buffer(xs), n)


class _Graph:
    """Owns a tree of C structs; ctypes passes its pointer on."""

    def __init__(self, pointer):
        self._as_parameter_ = pointer

    def __del__(self, free=_node_free):
        free(self._as_parameter_)


def _build(node):
    made = _node_new(node.value, node.weight)
    for child in node.children:
        if _node_adopt(made, _build(child)) < 0:
            raise MemoryError
    return made


def graph_build(root):
    return _Graph(_build(root))
