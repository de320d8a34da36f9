# Kernel "groupby" on Python's objects and on rows in C.


def groupby_objects(list rows not None):
    cdef double value
    cdef tuple row
    cdef dict sums = {}
    for row in rows:
        key, value = row
        found = sums.get(key)
        if found is not None:
            value += <double> found
        sums[key] = value
    return sums


cdef struct keyed_row:
    const char *key
    size_t length
    double value


@cython.final
cdef class NativeRows:
    """Rows that Python holds and only native code reads; their keys lie in one block."""
    cdef keyed_row *rows
    cdef Py_ssize_t n
    cdef bytes keys

    def __cinit__(self, list rows not None):
        cdef list encoded = [(<str?> key).encode("utf-8") for key, _ in rows]
        cdef const char *at
        cdef Py_ssize_t i
        self.keys = b"".join(encoded)
        self.n = len(encoded)
        self.rows = <keyed_row *> PyMem_Malloc(self.n * sizeof(keyed_row))
        if not self.rows:
            raise MemoryError()
        at = self.keys
        for i in range(self.n):
            self.rows[i] = keyed_row(at, len(<bytes> encoded[i]), rows[i][1])
            at += self.rows[i].length

    def __dealloc__(self):
        PyMem_Free(self.rows)


def groupby_build(list rows not None):
    return NativeRows(rows)


def groupby_native(NativeRows held not None):
    cdef double total = 0.0
    cdef native_groups groups
    cdef keyed_row *row
    cdef size_t i
    # A guess of how many groups there are.
    if native_groups_init(&groups, held.n // 8) < 0:
        raise MemoryError()
    try:
        for i in range(<size_t> held.n):
            row = &held.rows[i]
            group_at(&groups, row.key, row.length).sum += row.value
        for i in range(groups.size):
            total += groups.slots[i].sum * groups.slots[i].sum
    finally:
        native_groups_release(&groups)
    return total
