# Text and bytes. A typed str is indexed by characters where it stands; its UTF-8
# is lent by the interpreter, which keeps it; encode() makes a copy.

from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.string cimport memcpy


cdef inline int ends_of(const unsigned char *text, Py_ssize_t n) noexcept nogil:
    return (n + text[0] + text[n - 1]) & 127


def str_by_reference(str s not None):
    cdef Py_UCS4 first = s[0], last = s[-1]
    return (len(s) + <Py_ssize_t> first + <Py_ssize_t> last) & 127


def str_copied(str s not None):
    cdef bytes own = s.encode("utf-8")
    return ends_of(own, len(own))


def str_wide(str s not None):
    cdef Py_ssize_t n
    cdef const char *text = PyUnicode_AsUTF8AndSize(s, &n)
    return ends_of(<const unsigned char *> text, n)


def str_untouched(str s not None):
    return True


def bytes_by_reference(bytes b not None):
    return ends_of(b, len(b))


def bytes_copied(bytes b not None):
    cdef const unsigned char *data = b
    cdef Py_ssize_t n = len(b)
    cdef unsigned char *own = <unsigned char *> PyMem_Malloc(n)
    if not own:
        raise MemoryError()
    memcpy(own, data, n)
    ends = ends_of(own, n)
    PyMem_Free(own)
    return ends


cdef struct text:
    char *items
    Py_ssize_t length


@cython.final
cdef class NativeTexts:
    """Texts in UTF-8 that Python holds and only native code reads."""
    cdef text *texts
    cdef Py_ssize_t n

    def __cinit__(self, list xs not None):
        cdef Py_ssize_t i, n = len(xs)
        cdef bytes encoded
        self.texts = <text *> PyMem_Malloc(n * sizeof(text))
        if not self.texts:
            raise MemoryError()
        for i in range(n):
            encoded = (<str?> xs[i]).encode("utf-8")
            self.texts[i].length = len(encoded)
            self.texts[i].items = <char *> PyMem_Malloc(len(encoded))
            if not self.texts[i].items:
                raise MemoryError()
            self.n = i + 1
            memcpy(self.texts[i].items, <const char *> encoded, len(encoded))

    def __dealloc__(self):
        cdef Py_ssize_t i
        for i in range(self.n):
            PyMem_Free(self.texts[i].items)
        PyMem_Free(self.texts)


def native_text(Py_ssize_t n):
    return NativeTexts(["x" * n])


def native_texts(list xs not None):
    return NativeTexts(xs)


def str_out(NativeTexts held not None):
    cdef text *it = &held.texts[0]
    return it.items[:it.length].decode("utf-8")


def bytes_out(NativeTexts held not None):
    cdef text *it = &held.texts[0]
    return it.items[:it.length]


def list_str_by_reference(list xs not None):
    cdef long long total = 0
    cdef Py_UCS4 first
    cdef str x
    for x in xs:
        first = x[0]
        total += len(x) + <long long> first
    return total


def list_str_copied(list xs not None):
    cdef NativeTexts own = NativeTexts(xs)
    cdef long long total = 0
    cdef Py_ssize_t i
    for i in range(own.n):
        total += own.texts[i].length + <unsigned char> own.texts[i].items[0]
    return total


def list_str_out(NativeTexts held not None):
    cdef Py_ssize_t i
    cdef list made = []
    for i in range(held.n):
        made.append(held.texts[i].items[:held.texts[i].length].decode("utf-8"))
    return made
