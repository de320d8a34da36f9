# Kernel "textscan" on a str and on bytes. A loop over a typed str gives characters
# and makes no objects; the letters of ASCII are those of the other bindings' table.

cdef extern from "../native/textscan.h":
    bint native_is_letter(char c) nogil


def textscan_objects(str text not None):
    cdef Py_UCS4 character
    cdef int now, before = 0
    cdef long long count = 0
    for character in text:
        now = character.isalpha()
        count += now & (before ^ 1)
        before = now
    return count


def textscan_native(bytes data not None):
    cdef const char *text = data
    cdef int now, before = 0
    cdef long long count = 0
    cdef Py_ssize_t i
    for i in range(len(data)):
        now = native_is_letter(text[i])
        count += now & (before ^ 1)
        before = now
    return count
