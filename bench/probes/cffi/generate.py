"""Writes what cffi compiles or loads, out of line, as its documentation advises.

    generate.py api SITE OUTPUT.c     C for one module with the library inside
    generate.py abi SITE OUTPUT.py    a module that only describes the library

SITE is the folder cffi lies in. Run by the interpreter the probes are for.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# A callback of API mode is declared once and told by a handle what to call.
CALLBACK_API = """
extern "Python" double call_handle(double x, void *handle);
double call_back_with(double (*g)(double, void *), void *handle, long n);
"""
SOURCE_API = """
#include "library.h"
"""

CALLBACK_ABI = "double call_back(double (*g)(double), long n);"


def main():
    mode, site, output = sys.argv[1:]
    sys.path.insert(0, site)  # before a cffi the system may have, but not this environment's
    sys.path[:0] = [folder for folder in os.environ.get("PY_OWN", "").split(":") if folder]
    import cffi

    with open(os.path.join(HERE, "library.cdef"), encoding="utf-8") as text:
        declarations = text.read()
    name = os.path.splitext(os.path.basename(output))[0]
    ffi = cffi.FFI()
    if mode == "api":
        ffi.cdef(declarations + CALLBACK_API)
        ffi.set_source(name, SOURCE_API)
        ffi.emit_c_code(output)
    else:
        ffi.cdef(declarations + CALLBACK_ABI)
        ffi.set_source(name, None)
        ffi.emit_python_code(output)


if __name__ == "__main__":
    main()
