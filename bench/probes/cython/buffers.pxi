# Buffers, by typed memoryviews: contiguous, const where nothing is written.

@cython.boundscheck(False)
@cython.wraparound(False)
def buffer_sum(const double[::1] xs not None):
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(xs.shape[0]):
        total += xs[i]
    return total


@cython.boundscheck(False)
@cython.wraparound(False)
def buffer_copied(const double[::1] xs not None):
    cdef double[::1] own = xs.copy()
    cdef double total = 0.0
    cdef Py_ssize_t i
    for i in range(own.shape[0]):
        total += own[i]
    return total


@cython.boundscheck(False)
@cython.wraparound(False)
def buffer_write(double[::1] xs not None):
    cdef Py_ssize_t i, n = xs.shape[0]
    if n == 0:
        raise ValueError("a block of at least one float64 is needed here")
    for i in range(n):
        xs[i] *= -1.0
    return abs(xs[0]) + abs(xs[n - 1])


def buffer_acquire(const double[::1] xs not None):
    return xs.shape[0] > 0
