"""The calls by ctypes with nothing declared: ints go in and an int comes out."""

import ctypes
import os

_lib = ctypes.CDLL(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "libprobes_ctypes.so")
)

noop = _lib.noop
take_one = _lib.take_one
take_three = _lib.take_three
take_six = _lib.take_six
bool_in = _lib.bool_in
int_out = _lib.int_out
int32_in = _lib.int32_in
int_small_out = _lib.int_small_out
