"""The operations by cffi in ABI mode: nothing is compiled, a library is loaded.

It is the library of the ctypes probes. What both modes share is common.py,
which the build appends.
"""

import os

from _probes_cffi_abi import ffi

lib = ffi.dlopen(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), "libprobes_ctypes.so")
)


def call_back(g, n):
    return lib.call_back(ffi.callback("double(double)", g), n)
