# Where the loop stands: one step a call, or all steps in one call.

cdef inline double step_from(double state, double x) noexcept nogil:
    return state * 0.5 + (x - 0.25) * (x + 0.75)


cdef inline double steps_from(const double *xs, Py_ssize_t n, double state) noexcept nogil:
    cdef Py_ssize_t i
    for i in range(n):
        state = step_from(state, xs[i])
    return state


def step(double state, double x):
    return step_from(state, x)


def steps_list(list xs):
    cdef double x, state = 0.0
    for x in xs:
        state = step_from(state, x)
    return state


def steps_vector(list xs):
    cdef Py_ssize_t n = len(xs)
    cdef double *own = copy_of_floats(xs)
    cdef double state = steps_from(own, n, 0.0)
    PyMem_Free(own)
    return state


@cython.boundscheck(False)
@cython.wraparound(False)
def steps_buffer(const double[::1] xs not None):
    cdef double state = 0.0
    cdef Py_ssize_t i
    for i in range(xs.shape[0]):
        state = step_from(state, xs[i])
    return state
