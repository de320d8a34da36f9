# Kernel "numeric" on Python's objects and on a block of memory.

cdef struct numeric:
    double mean
    double variance


cdef inline void numeric_add(numeric *at, double x) noexcept nogil:
    cdef double change = x - at.mean
    cdef double step = 0.125 * change
    at.mean += step
    at.variance = (1.0 - 0.125) * (at.variance + change * step)


def numeric_objects(list xs):
    cdef numeric at = numeric(xs[0], 0.0)
    cdef double x
    for x in xs:
        numeric_add(&at, x)
    return at.mean + at.variance


@cython.boundscheck(False)
@cython.wraparound(False)
def numeric_native(const double[::1] xs not None):
    cdef numeric at
    cdef Py_ssize_t i
    if xs.shape[0] == 0:
        raise ValueError("a block of at least one float64 is needed here")
    at = numeric(xs[0], 0.0)
    for i in range(xs.shape[0]):
        numeric_add(&at, xs[i])
    return at.mean + at.variance
