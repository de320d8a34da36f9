# Lists: read through their references, copied to a C array first, and made.

cdef double *copy_of_floats(list xs) except NULL:
    """The caller frees it with PyMem_Free."""
    cdef Py_ssize_t i, n = len(xs)
    cdef double *own = <double *> PyMem_Malloc(n * sizeof(double))
    if not own:
        raise MemoryError()
    try:
        for i in range(n):
            own[i] = xs[i]
    except:
        PyMem_Free(own)
        raise
    return own


cdef long long *copy_of_ints(list xs) except NULL:
    """The caller frees it with PyMem_Free."""
    cdef Py_ssize_t i, n = len(xs)
    cdef long long *own = <long long *> PyMem_Malloc(n * sizeof(long long))
    if not own:
        raise MemoryError()
    try:
        for i in range(n):
            own[i] = xs[i]
    except:
        PyMem_Free(own)
        raise
    return own


def list_float_by_reference(list xs):
    cdef double x, total = 0.0
    for x in xs:
        total += x
    return total


def list_float_copied(list xs):
    cdef Py_ssize_t i, n = len(xs)
    cdef double total = 0.0
    cdef double *own = copy_of_floats(xs)
    for i in range(n):
        total += own[i]
    PyMem_Free(own)
    return total


def list_float_out(Py_ssize_t n):
    cdef Py_ssize_t i
    return [i * 0.5 for i in range(n)]


def list_int_by_reference(list xs):
    cdef long long x, total = 0
    for x in xs:
        total += x
    return total


def list_int_copied(list xs):
    cdef Py_ssize_t i, n = len(xs)
    cdef long long total = 0
    cdef long long *own = copy_of_ints(xs)
    for i in range(n):
        total += own[i]
    PyMem_Free(own)
    return total


def list_int_out(Py_ssize_t n):
    cdef Py_ssize_t i
    return [i + 5_000 for i in range(n)]


def list_float_iterated(xs):
    """An untyped loop asks for the iterator of whatever it is."""
    cdef double value, total = 0.0
    for value in iter(xs):
        total += value
    return total


def list_int_iterated(xs):
    cdef long long value, total = 0
    for value in iter(xs):
        total += value
    return total


def list_untouched(list xs not None):
    return True
