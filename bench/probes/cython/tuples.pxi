# Tuples: an argument of a C tuple type is unpacked and converted item by item.


def tuple2_in((long long, long long) t):
    return (t[0] + t[1]) & 127


def tuple4_in((long long, long long, long long, long long) t):
    return (t[0] + t[1] + t[2] + t[3]) & 127


ctypedef (long long, long long, long long, long long,
          long long, long long, long long, long long) eight_ints


def tuple8_in(eight_ints t):
    return (t[0] + t[1] + t[2] + t[3] + t[4] + t[5] + t[6] + t[7]) & 127


def tuple_out():
    cdef (long long, long long) made = (1_234_567, 7_654_321)
    return made


def list_tuple_by_reference(list xs not None):
    cdef long long first, total = 0
    cdef tuple x
    for x in xs:
        first = x[0]
        total += first
    return total


cdef struct pair:
    int a
    int b


def list_tuple_copied(list xs not None):
    cdef Py_ssize_t i, n = len(xs)
    cdef long long total = 0
    cdef (int, int) read
    cdef pair *own = <pair *> PyMem_Malloc(n * sizeof(pair))
    if not own:
        raise MemoryError()
    try:
        for i in range(n):
            read = xs[i]
            own[i] = pair(read[0], read[1])
        for i in range(n):
            total += own[i].a + own[i].b
    finally:
        PyMem_Free(own)
    return total
