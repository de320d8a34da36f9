"""The operations by ctypes, with argtypes declared as its documentation advises.

A function that needs nothing but C types is the library's own; one that has to
turn a Python container into C data first is a Python function around it, as it
would be in real code.
"""

import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, Structure
from ctypes import c_bool, c_char_p, c_double, c_int, c_long, c_longlong, c_size_t, c_void_p
from ctypes import py_object, string_at

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


# More scalars; a handle that goes through untouched.

int32_in = _declare(_lib, "int32_in", c_bool, c_int)
int_small_out = _declare(_lib, "int_small_out", c_int)
list_untouched = _declare(_held, "untouched", c_bool, py_object)
str_untouched = _declare(_held, "untouched", c_bool, py_object)

# Text and bytes. A str has to be encoded, which is a copy; bytes go in place.

_ends = _declare(_lib, "ends", c_int, c_char_p, c_size_t)
_ends_copied = _declare(_lib, "ends_copied", c_int, c_char_p, c_size_t)
_texts_sum = _declare(_lib, "texts_sum", c_longlong, POINTER(c_char_p), c_size_t)
_text_new = _declare(_lib, "text_new", c_void_p, c_size_t)
_text_free = _declare(_lib, "text_free", None, c_void_p)
_text_read = _declare(_lib, "text_read", c_void_p, c_void_p)


def bytes_by_reference(b):
    return _ends(b, len(b))


def bytes_copied(b):
    return _ends_copied(b, len(b))


def str_copied(s):
    own = s.encode()
    return _ends(own, len(own))


str_wide = str_copied


class _Text:
    """Owns a text of the library; ctypes passes its pointer on."""

    def __init__(self, n):
        self._as_parameter_ = _text_new(n)
        self.length = n

    def __del__(self, free=_text_free):
        free(self._as_parameter_)


native_text = _Text


def str_out(held):
    return string_at(_text_read(held), held.length).decode()


def bytes_out(held):
    return string_at(_text_read(held), held.length)


def list_str_copied(xs):
    n = len(xs)
    return _texts_sum((c_char_p * n)(*[x.encode() for x in xs]), n)


def native_texts(xs):
    return (c_char_p * len(xs))(*[x.encode() for x in xs])


def list_str_out(held):
    return [text.decode() for text in held]


# Tuples: their items go in one by one, and come out as a C struct.


class _Pair(Structure):
    _fields_ = [("a", c_int), ("b", c_int)]


_sum_two = _declare(_lib, "sum_two", c_int, c_int, c_int)
_sum_four = _declare(_lib, "sum_four", c_int, *[c_int] * 4)
_sum_eight = _declare(_lib, "sum_eight", c_int, *[c_int] * 8)
_pair_out = _declare(_lib, "pair_out", _Pair)
_pairs_sum = _declare(_lib, "pairs_sum", c_longlong, POINTER(_Pair), c_size_t)


def tuple2_in(t):
    return _sum_two(*t)


def tuple4_in(t):
    return _sum_four(*t)


def tuple8_in(t):
    return _sum_eight(*t)


def tuple_out():
    made = _pair_out()
    return (made.a, made.b)


def list_tuple_copied(xs):
    n = len(xs)
    return _pairs_sum((_Pair * n)(*xs), n)


# Objects of Python classes: Python reads the attributes into a C struct.


class _Five(Structure):
    _fields_ = [
        ("id", c_longlong),
        ("age", c_longlong),
        ("score", c_double),
        ("weight", c_double),
        ("level", c_longlong),
    ]


class _Eight(Structure):
    _fields_ = [
        ("five", _Five),
        ("rank", c_longlong),
        ("stock", c_longlong),
        ("price", c_double),
    ]


_five = _declare(_lib, "five_sum", c_longlong, POINTER(_Five))
_fives_sum = _declare(_lib, "fives_sum", c_longlong, POINTER(_Five), c_size_t)
_eight = _declare(_lib, "eight_sum", c_longlong, POINTER(_Eight))


def object_five(o):
    return _five(_Five(o.id, o.age, o.score, o.weight, o.level))


def object_eight(o):
    five = (o.id, o.age, o.score, o.weight, o.level)
    return _eight(_Eight(five, o.rank, o.stock, o.price))


def list_object_copied(xs):
    n = len(xs)
    own = (_Five * n)(*[(x.id, x.age, x.score, x.weight, x.level) for x in xs])
    return _fives_sum(own, n)


# Native objects: C structs that Python holds.


class NativeItem(Structure):
    _fields_ = [("number", c_longlong), ("weight", c_double)]


NativeItemFrozen = NativeItem
_items_fill = _declare(_lib, "items_fill", None, POINTER(NativeItem), c_size_t)
native_field = _declare(_lib, "item_field", c_longlong, POINTER(NativeItem))
native_item_out = _declare(_lib, "item_out", NativeItem)


def native_items_out(n):
    items = (NativeItem * n)()
    _items_fill(items, n)
    return items[:]


# The other kernels on native data: blocks of memory, bytes read in place, and
# structs that Python holds. What is short of memory or wrong comes back negative
# or as a status.

_LONGS = POINTER(c_longlong)


class _Row(Structure):
    _fields_ = [("key", c_char_p), ("length", c_size_t), ("value", c_double)]


_stencil = _declare(_lib, "stencil", c_double, _DOUBLES, _DOUBLES, c_size_t)
_textscan = _declare(_lib, "textscan", c_longlong, c_char_p, c_size_t)
_tokens = _declare(_lib, "tokens", c_longlong, c_char_p, c_size_t)
_groupby = _declare(_lib, "groupby", c_double, POINTER(_Row), c_size_t)
_sorting = _declare(_lib, "sorting", c_longlong, _DOUBLES, _LONGS, c_size_t)
_editdist = _declare(_lib, "editdist", c_longlong, c_char_p, c_size_t, c_char_p, c_size_t)
_lines = _declare(_lib, "lines", c_int, c_char_p, c_size_t, _DOUBLES)


def _got(result):
    if result < 0:
        raise MemoryError
    return result


def stencil_native(xs, ys):
    block = c_double * len(xs)
    return _stencil(block.from_buffer(xs), block.from_buffer(ys), len(xs))


def textscan_native(data):
    return _textscan(data, len(data))


def tokens_native(data):
    return _got(_tokens(data, len(data)))


def groupby_build(rows):
    keys = [(key.encode(), value) for key, value in rows]
    return (_Row * len(rows))(*[(key, len(key), value) for key, value in keys])


def groupby_native(held):
    return _got(_groupby(held, len(held)))


def sorting_native(keys, order):
    n = len(keys)
    return _got(_sorting((c_double * n).from_buffer(keys), (c_longlong * n).from_buffer(order), n))


def editdist_native(a, b):
    return _got(_editdist(a, len(a), b, len(b)))


def lines_native(data):
    total = c_double()
    status = _got(_lines(data, len(data), ctypes.byref(total)))
    if status:
        raise ValueError("a line has to be 'name;int;float'")
    return total.value
