# Callbacks.


def call_back(g, Py_ssize_t n):
    cdef double value, total = 0.0
    cdef Py_ssize_t i
    for i in range(n):
        value = g(<double> (i + 1))
        total += value
    return total
