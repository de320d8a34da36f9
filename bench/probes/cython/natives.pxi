# Extension types. Nothing is counted when native code reads a field.


@cython.final
cdef class NativeItem:
    cdef public long long number
    cdef public double weight

    def __cinit__(self, long long number, double weight):
        self.number = number
        self.weight = weight


@cython.final
cdef class NativeItemFrozen:
    """Its fields are read-only from Python, and no class derives from it."""
    cdef readonly long long number
    cdef readonly double weight

    def __cinit__(self, long long number, double weight):
        self.number = number
        self.weight = weight


cdef class NativeItemBase:
    """Python classes may derive from it."""
    cdef readonly long long number
    cdef readonly double weight

    def __cinit__(self, long long number, double weight):
        self.number = number
        self.weight = weight


def native_field(NativeItemFrozen o not None):
    return o.number & 127


def native_item_out():
    return NativeItemFrozen(1_234_567, 0.5)


def native_items_out(Py_ssize_t n):
    cdef Py_ssize_t i
    return [NativeItemFrozen(i + 5_000, 0.5) for i in range(n)]


def list_native_borrowed(list xs not None):
    cdef long long total = 0
    cdef NativeItem x
    for x in xs:
        total += x.number
    return total


def list_native_frozen(list xs not None):
    cdef long long total = 0
    cdef NativeItemFrozen x
    for x in xs:
        total += x.number
    return total


def list_native_exact(list xs not None):
    cdef long long total = 0
    for x in xs:
        if type(x) is not NativeItemFrozen:
            raise TypeError("objects of the very class are needed here")
        total += (<NativeItemFrozen> x).number
    return total


def list_native_base(list xs not None):
    cdef long long total = 0
    cdef NativeItemBase x
    for x in xs:
        total += x.number
    return total
