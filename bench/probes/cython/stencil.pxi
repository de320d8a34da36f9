# Kernel "stencil" on Python's objects and on blocks of memory.

cdef inline double stencil_item(double left, double here, double right) noexcept nogil:
    return 0.25 * left + 0.5 * here + 0.25 * right


def stencil_objects(list xs not None):
    cdef double left, here = xs[0], right = here
    cdef list ys = [here]
    cdef Py_ssize_t i, n = len(xs)
    if n > 1:
        right = xs[1]
    for i in range(2, n):
        left = here
        here = right
        right = xs[i]
        ys.append(stencil_item(left, here, right))
    if n > 1:
        ys.append(right)
    return ys


@cython.boundscheck(False)
@cython.wraparound(False)
def stencil_native(const double[::1] xs not None, double[::1] ys not None):
    cdef Py_ssize_t i, n = xs.shape[0]
    if n == 0 or ys.shape[0] != n:
        raise ValueError("two blocks of one length, at least 1, are needed here")
    ys[0] = xs[0]
    for i in range(1, n - 1):
        ys[i] = stencil_item(xs[i - 1], xs[i], xs[i + 1])
    ys[n - 1] = xs[n - 1]
    return ys[0] + ys[n // 2] + ys[n - 1]
