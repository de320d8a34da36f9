# Kernel "sorting" on Python's objects and on blocks of memory, by the C library's sort.

from libc.stdlib cimport qsort


cdef struct scored:
    double key
    Py_ssize_t place  # where it was: what is equal keeps its order


cdef int scored_compare(const void *a, const void *b) noexcept nogil:
    cdef const scored *x = <const scored *> a
    cdef const scored *y = <const scored *> b
    if x.key != y.key:
        return -1 if x.key < y.key else 1
    return (x.place > y.place) - (x.place < y.place)


cdef scored *scored_new(Py_ssize_t n) except NULL:
    """The caller frees it with PyMem_Free."""
    cdef scored *made = <scored *> PyMem_Malloc(n * sizeof(scored))
    if not made:
        raise MemoryError()
    return made


def sorting_objects(list rows not None, key):
    cdef tuple row, own = tuple(rows)  # key may change the list
    cdef Py_ssize_t i, n = len(own)
    cdef scored *order = scored_new(n)
    try:
        for i in range(n):
            order[i] = scored(key(own[i]), i)
        qsort(order, n, sizeof(scored), scored_compare)
        ids = []
        for i in range(n):
            row = own[order[i].place]
            ids.append(row[0])
    finally:
        PyMem_Free(order)
    return ids


@cython.boundscheck(False)
@cython.wraparound(False)
def sorting_native(const double[::1] keys not None, long long[::1] order not None):
    cdef Py_ssize_t i, n = keys.shape[0]
    cdef long long total = 0
    cdef scored *own
    if order.shape[0] != n:
        raise ValueError("a place for every key is needed here")
    own = scored_new(n)
    for i in range(n):
        own[i] = scored(keys[i], i)
    qsort(own, n, sizeof(scored), scored_compare)
    for i in range(n):
        order[i] = own[i].place
        total += i * order[i]
    PyMem_Free(own)
    return total
