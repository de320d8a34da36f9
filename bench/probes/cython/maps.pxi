# Containers of ints: a table from ints to ints with linear probing, written in
# Cython; it never grows, as its maker knows how many keys there are.

from cpython.mem cimport PyMem_Calloc
from libc.stdint cimport uint64_t


cdef struct slot:
    long long key
    long long value
    bint used


@cython.final
cdef class Numbers:
    cdef slot *slots
    cdef size_t size  # a power of two, at least half as much again as the keys

    def __cinit__(self, size_t n):
        self.size = 8
        while self.size * 2 < n * 3:
            self.size *= 2
        self.slots = <slot *> PyMem_Calloc(self.size, sizeof(slot))
        if not self.slots:
            raise MemoryError()

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef void set(self, long long key, long long value) noexcept:
        # 2^64 over the golden ratio: the multiplier of Fibonacci hashing.
        cdef uint64_t mixed = <uint64_t> key * <uint64_t> 0x9E3779B97F4A7C15
        cdef size_t i = <size_t> (mixed >> 32) & (self.size - 1)
        while self.slots[i].used and self.slots[i].key != key:
            i = (i + 1) & (self.size - 1)
        self.slots[i] = slot(key, value, True)

    cdef long long sum(self) noexcept:
        cdef long long total = 0
        cdef size_t i
        for i in range(self.size):
            if self.slots[i].used:
                total += self.slots[i].key + self.slots[i].value
        return total


def dict_int_copied(dict d not None):
    cdef Numbers own = Numbers(len(d))
    cdef long long key, value
    for key, value in d.items():
        own.set(key, value)
    return own.sum()


def set_int_copied(set xs not None):
    cdef Numbers own = Numbers(len(xs))
    cdef long long x
    for x in xs:
        own.set(x, 0)
    return own.sum()
