# Dicts. A literal key is made once, when the module is loaded; a key from a C
# text is made anew. The native map is the C library's of ../capi/table.h.

cdef extern from "table.h":
    struct entry:
        char *key
        size_t length
        long long value
    struct table:
        entry *entries
        size_t size
        size_t n
    int table_init(table *table, size_t n)
    void table_release(table *table)
    int table_set(table *table, const char *key, size_t length, long long value)

cdef const char *KEY = "key0"


def dict_get(dict d):
    cdef long long value = d[KEY.decode("ascii")]
    return value % 2 == 0


def dict_get_interned(dict d):
    cdef long long value = d["key0"]
    return value % 2 == 0


def dict_walk(dict d):
    cdef long long value, total = 0
    for value in d.values():
        total += value
    return total


@cython.final
cdef class NativeMap:
    """A map that Python holds and only native code reads."""
    cdef table entries

    def __cinit__(self, Py_ssize_t n):
        if table_init(&self.entries, n) < 0:
            raise MemoryError()

    def __dealloc__(self):
        table_release(&self.entries)

    cdef int set(self, str key, long long value) except -1:
        cdef bytes encoded = key.encode("utf-8")
        if table_set(&self.entries, encoded, len(encoded), value) < 0:
            raise MemoryError()
        return 0


def dict_copied(dict d):
    cdef NativeMap own = NativeMap(len(d))
    cdef long long value, total = 0
    cdef str key
    cdef size_t i
    for key, value in d.items():
        own.set(key, value)
    for i in range(own.entries.size):
        if own.entries.entries[i].key:
            total += own.entries.entries[i].value
    return total


def native_map(Py_ssize_t n):
    cdef NativeMap made = NativeMap(n)
    cdef Py_ssize_t i
    for i in range(n):
        made.set(f"key{i}", i + 5_000)
    return made


def dict_out(NativeMap held not None):
    cdef dict made = {}
    cdef entry *at
    cdef size_t i
    for i in range(held.entries.size):
        at = &held.entries.entries[i]
        if at.key:
            made[at.key[:at.length].decode("utf-8")] = at.value
    return made
