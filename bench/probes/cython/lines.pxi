# Kernel "lines" into Python's tuples and into records in C. Both read the lines with
# the C library, which takes the decimal point of the locale "C", as Python leaves it.

from cpython.mem cimport PyMem_Realloc
from libc.stdlib cimport strtod, strtoll
from libc.string cimport strcspn


cdef struct record:
    const char *name  # in the text
    Py_ssize_t length
    long long count
    double value


cdef const char *read_line(const char *line, record *it) except NULL:
    """Reads one line and returns its end."""
    cdef char *end
    it.name = line
    it.length = strcspn(line, ";\n")
    if line[it.length] == c";":
        it.count = strtoll(line + it.length + 1, &end, 10)
        if end[0] == c";":
            it.value = strtod(end + 1, &end)
            if end[0] == c"\n" or end[0] == c"\0":
                return end
    raise ValueError("a line has to be 'name;int;float'")


def lines_objects(str text not None):
    cdef Py_ssize_t n
    cdef const char *line = PyUnicode_AsUTF8AndSize(text, &n)
    cdef const char *end = line + n
    cdef double value, total = 0.0
    cdef list records = []
    cdef tuple made
    cdef record it
    while True:
        line = read_line(line, &it)
        records.append((it.name[:it.length].decode("utf-8"), it.count, it.value))
        if line >= end:
            break
        line += 1
    for made in records:
        value = made[2]
        total += value
    return total


@cython.final
cdef class NativeRecords:
    """Records of C, as many as are added."""
    cdef record *items
    cdef Py_ssize_t n, room

    def __dealloc__(self):
        PyMem_Free(self.items)

    cdef record *add(self) except NULL:
        cdef Py_ssize_t room = 2 * self.room if self.room else 16
        cdef record *items
        if self.n == self.room:
            items = <record *> PyMem_Realloc(self.items, room * sizeof(record))
            if not items:
                raise MemoryError()
            self.items = items
            self.room = room
        self.n += 1
        return &self.items[self.n - 1]


def lines_native(bytes data not None):
    cdef const char *line = data
    cdef const char *end = line + len(data)
    cdef NativeRecords records = NativeRecords()
    cdef double total = 0.0
    cdef Py_ssize_t i
    while True:
        line = read_line(line, records.add())
        if line >= end:
            break
        line += 1
    for i in range(records.n):
        total += records.items[i].value
    return total
