# The GIL: let go and taken back; work done while it is held or released.

@cython.final
cdef class NativeVector:
    """Floats that Python holds and only native code reads."""
    cdef double *items
    cdef Py_ssize_t n

    def __cinit__(self, list xs not None):
        self.n = len(xs)
        self.items = copy_of_floats(xs)

    def __dealloc__(self):
        PyMem_Free(self.items)


def native_vector(list xs not None):
    return NativeVector(xs)


cdef double work(const double *xs, Py_ssize_t n, long rounds) noexcept nogil:
    cdef double state = 0.0
    cdef long turn
    for turn in range(rounds):
        state = steps_from(xs, n, state)
    return state


def gil_release():
    with nogil:
        pass
    return True


def work_held(NativeVector held not None, long rounds):
    return work(held.items, held.n, rounds)


def work_released(NativeVector held not None, long rounds):
    cdef double state
    with nogil:
        state = work(held.items, held.n, rounds)
    return state


def work_copied(list xs not None, long rounds):
    cdef Py_ssize_t n = len(xs)
    cdef double *own = copy_of_floats(xs)
    cdef double state
    with nogil:
        state = work(own, n, rounds)
    PyMem_Free(own)
    return state
