"""The operations by cffi in API mode: a compiled module with the library inside.

What both modes share is common.py, which the build appends.
"""

from _probes_cffi import ffi, lib


@ffi.def_extern()
def call_handle(x, handle):
    return ffi.from_handle(handle)(x)


def call_back(g, n):
    return lib.call_back_with(lib.call_handle, ffi.new_handle(g), n)
