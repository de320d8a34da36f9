# Kernel "editdist" on two strs and on bytes.

from libc.stdint cimport uint32_t


cdef uint32_t *distances_new(Py_ssize_t n) except NULL:
    """The first row, of n + 1 distances; the caller frees it with PyMem_Free."""
    cdef uint32_t *row = <uint32_t *> PyMem_Malloc((n + 1) * sizeof(uint32_t))
    cdef Py_ssize_t j
    if not row:
        raise MemoryError()
    for j in range(n + 1):
        row[j] = <uint32_t> j
    return row


cdef inline uint32_t distance_of(
    uint32_t left, uint32_t above, uint32_t diagonal, bint differs
) noexcept nogil:
    return min(left + 1, min(above + 1, diagonal + <uint32_t> differs))


def editdist_objects(str a not None, str b not None):
    cdef uint32_t *row = distances_new(len(b))
    cdef uint32_t diagonal, above, best = row[len(b)]
    cdef Py_UCS4 mine, other
    cdef Py_ssize_t i, j
    for i, mine in enumerate(a):
        diagonal = row[0]
        best = row[0] = <uint32_t> (i + 1)
        for j, other in enumerate(b):
            above = row[j + 1]
            best = row[j + 1] = distance_of(best, above, diagonal, mine != other)
            diagonal = above
    PyMem_Free(row)
    return best


def editdist_native(bytes a not None, bytes b not None):
    cdef const char *mine = a
    cdef const char *other = b
    cdef Py_ssize_t i, j, n = len(b)
    cdef uint32_t *row = distances_new(n)
    cdef uint32_t diagonal, above, best = row[n]
    for i in range(len(a)):
        diagonal = row[0]
        best = row[0] = <uint32_t> (i + 1)
        for j in range(n):
            above = row[j + 1]
            best = row[j + 1] = distance_of(best, above, diagonal, mine[i] != other[j])
            diagonal = above
    PyMem_Free(row)
    return best
