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
    const long long *table_find(const table *table, const char *key, size_t length)

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


def dict_int_walk(dict d not None):
    cdef long long key, value, total = 0
    for key, value in d.items():
        total += key + value
    return total


def dict_lookups(dict d not None, list keys not None):
    cdef long long value, total = 0
    for key in keys:
        value = d[key]
        total += value
    return total


def set_int_walk(set xs not None):
    cdef long long x, total = 0
    for x in xs:
        total += x
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

    cdef long long get(self, const char *key, size_t length) except? -1:
        cdef const long long *found = table_find(&self.entries, key, length)
        if not found:
            raise KeyError(key[:length])
        return found[0]

    cdef long long sum(self) noexcept:
        cdef long long total = 0
        cdef size_t i
        for i in range(self.entries.size):
            if self.entries.entries[i].key:
                total += self.entries.entries[i].value
        return total


cdef NativeMap copy_of_dict(dict d):
    cdef NativeMap own = NativeMap(len(d))
    cdef long long value
    cdef str key
    for key, value in d.items():
        own.set(key, value)
    return own


def dict_copied(dict d not None):
    return copy_of_dict(d).sum()


def dict_lookups_copied(dict d not None, list keys not None):
    cdef NativeMap own = copy_of_dict(d)
    cdef long long total = 0
    cdef bytes encoded
    cdef str key
    for key in keys:
        encoded = key.encode("utf-8")
        total += own.get(encoded, len(encoded))
    return total


def map_walk(NativeMap held not None):
    return held.sum()


def map_lookups(NativeMap held not None, NativeTexts keys not None):
    cdef long long total = 0
    cdef Py_ssize_t i
    for i in range(keys.n):
        total += held.get(keys.texts[i].items, keys.texts[i].length)
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
