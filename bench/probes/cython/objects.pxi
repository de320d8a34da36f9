# Attributes of objects of Python classes. Their names are made once, with the module.

cdef struct five:
    long long id
    long long age
    double score
    double weight
    long long level


cdef inline long long five_sum(const five *it) noexcept nogil:
    return it.id + it.age + it.level + <long long> (it.score + it.weight)


cdef int read_five(o, five *it) except -1:
    it.id = o.id
    it.age = o.age
    it.score = o.score
    it.weight = o.weight
    it.level = o.level
    return 0


cdef const char *AGE = "age"


def object_attribute(o):
    cdef long long age = o.age
    return age & 127


def object_attribute_built(o):
    cdef long long age = getattr(o, AGE.decode("ascii"))
    return age & 127


def object_five(o):
    cdef five it
    read_five(o, &it)
    return five_sum(&it) & 127


def object_eight(o):
    cdef five it
    cdef long long rank, stock
    cdef double price
    read_five(o, &it)
    rank = o.rank
    stock = o.stock
    price = o.price
    return (it.id + it.age + it.level + rank + stock
            + <long long> (it.score + it.weight + price)) & 127


def list_object_by_reference(list xs not None):
    cdef long long age, total = 0
    for x in xs:
        age = x.age
        total += age
    return total


def list_object_copied(list xs not None):
    cdef Py_ssize_t i, n = len(xs)
    cdef long long total = 0
    cdef five *own = <five *> PyMem_Malloc(n * sizeof(five))
    if not own:
        raise MemoryError()
    try:
        for i in range(n):
            read_five(xs[i], &own[i])
        for i in range(n):
            total += five_sum(&own[i])
    finally:
        PyMem_Free(own)
    return total


def dict_object_walk(dict d not None):
    cdef long long age, total = 0
    for value in d.values():
        age = value.age
        total += age
    return total
