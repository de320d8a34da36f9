# The hash table of the kernels that gather: the C library's of ../native/groups.h.
# Its keys are borrowed from what is gathered from.

cdef extern from "../native/groups.h":
    struct native_group:
        long long count
        double sum
    struct native_groups:
        native_group *slots
        size_t size
    int native_groups_init(native_groups *groups, size_t n) nogil
    void native_groups_release(native_groups *groups) nogil
    native_group *native_groups_at(native_groups *groups, const char *key, size_t length) nogil


cdef inline native_group *group_at(
    native_groups *groups, const char *key, size_t length
) except NULL:
    cdef native_group *group = native_groups_at(groups, key, length)
    if not group:
        raise MemoryError()
    return group
