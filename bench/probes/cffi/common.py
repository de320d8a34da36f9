# What both modes of cffi share; the build puts it after api.py or abi.py, which
# make ffi and lib. A function that needs nothing but C types is the library's
# own; one that has to turn a Python container into C data is a Python function.

# Calls. Arguments are C ints, since a C library takes no Python objects.

noop = lib.noop
take_one = lib.take_one
take_three = lib.take_three
take_six = lib.take_six

# Scalars.

int_in = lib.int_in
float_in = lib.float_in
bool_in = lib.bool_in
int_out = lib.int_out
float_out = lib.float_out

# Lists. There is no way through the references; a list that is passed for a
# pointer is copied to a C array that lives as long as the call.


def list_float_copied(xs):
    return lib.sum(xs, len(xs))


def list_float_out(n):
    items = ffi.new("double[]", n)
    lib.fill(items, n)
    return ffi.unpack(items, n)


def list_int_copied(xs):
    return lib.sum_int(xs, len(xs))


def list_int_out(n):
    items = ffi.new("long long[]", n)
    lib.fill_int(items, n)
    return ffi.unpack(items, n)


# Buffers.


def buffer_sum(xs):
    return lib.sum(ffi.from_buffer("double[]", xs), len(xs))


def buffer_copied(xs):
    n = len(xs)
    own = ffi.new("double[]", n)
    ffi.memmove(own, xs, n * ffi.sizeof("double"))
    return lib.sum(own, n)


def buffer_write(xs):
    return lib.turn(ffi.from_buffer("double[]", xs, require_writable=True), len(xs))


def buffer_acquire(xs):
    return lib.any(ffi.from_buffer("double[]", xs), len(xs))


# Where the loop stands.

step = lib.step


def steps_vector(xs):
    return lib.steps(xs, len(xs))


def steps_buffer(xs):
    return lib.steps(ffi.from_buffer("double[]", xs), len(xs))


# Threads. Every call lets the GIL go.


def native_vector(xs):
    return ffi.new("double[]", xs)


def work_released(held, rounds):
    return lib.work(held, len(held), rounds)


def work_copied(xs, rounds):
    return lib.work(xs, len(xs), rounds)


# Kernels on native data.


def numeric_native(xs):
    return lib.numeric(ffi.from_buffer("double[]", xs), len(xs))


def _build(node):
    made = lib.node_new(node.value, node.weight)
    for child in node.children:
        if lib.node_adopt(made, _build(child)) < 0:
            raise MemoryError
    return made


def graph_build(root):
    return ffi.gc(_build(root), lib.node_free)


graph_native = lib.node_sum


# More scalars. An int that does not fit raises, and nothing is cut off.

int32_in = lib.int32_in
int_small_out = lib.int_small_out


def int_overflow(x):
    try:
        lib.int_in(x)
    except OverflowError:
        return True
    return False


# An object goes through as a handle.


def list_untouched(xs):
    return lib.untouched(ffi.new_handle(xs))


str_untouched = list_untouched

# Text and bytes. A str has to be encoded, which is a copy; bytes go in place.


def bytes_by_reference(b):
    return lib.ends(b, len(b))


def bytes_copied(b):
    return lib.ends_copied(b, len(b))


def str_copied(s):
    own = s.encode()
    return lib.ends(own, len(own))


str_wide = str_copied


def native_text(n):
    """A text of the library and its length."""
    return ffi.gc(lib.text_new(n), lib.text_free), n


def str_out(held):
    text, n = held
    return ffi.unpack(lib.text_read(text), n).decode()


def bytes_out(held):
    text, n = held
    return ffi.unpack(lib.text_read(text), n)


def native_texts(xs):
    """An array of pointers, and what they point to, which only Python keeps alive."""
    kept = [ffi.new("char[]", x.encode()) for x in xs]
    return ffi.new("char *[]", kept), kept


def list_str_copied(xs):
    texts, _kept = native_texts(xs)
    return lib.texts_sum(texts, len(xs))


def list_str_out(held):
    return [ffi.string(text).decode() for text in held[0]]


# Tuples: their items go in one by one, and come out as a C struct.


def tuple2_in(t):
    return lib.sum_two(*t)


def tuple4_in(t):
    return lib.sum_four(*t)


def tuple8_in(t):
    return lib.sum_eight(*t)


def tuple_out():
    made = lib.pair_out()
    return (made.a, made.b)


def list_tuple_copied(xs):
    return lib.pairs_sum(xs, len(xs))


# Objects of Python classes: Python reads the attributes into a C struct.


def object_five(o):
    five = (o.id, o.age, o.score, o.weight, o.level)
    return lib.five_sum(ffi.new("struct native_five *", five))


def object_eight(o):
    five = (o.id, o.age, o.score, o.weight, o.level)
    return lib.eight_sum(ffi.new("struct native_eight *", (five, o.rank, o.stock, o.price)))


def list_object_copied(xs):
    own = [(x.id, x.age, x.score, x.weight, x.level) for x in xs]
    return lib.fives_sum(own, len(xs))


# Native objects: C structs that Python holds.


def NativeItem(number, weight):
    return ffi.new("struct item *", (number, weight))


NativeItemFrozen = NativeItem
native_field = lib.item_field
native_item_out = lib.item_out


def native_items_out(n):
    """Each is copied: an item of an array does not keep the array alive."""
    items = ffi.new("struct item[]", n)
    lib.items_fill(items, n)
    return [ffi.new("struct item *", item) for item in items]


# The other kernels on native data: blocks of memory, bytes read in place, and
# structs that Python holds. What is short of memory or wrong comes back negative
# or as a status.


def _got(result):
    if result < 0:
        raise MemoryError
    return result


def stencil_native(xs, ys):
    target = ffi.from_buffer("double[]", ys, require_writable=True)
    return lib.stencil(ffi.from_buffer("double[]", xs), target, len(xs))


def textscan_native(data):
    return lib.textscan(data, len(data))


def tokens_native(data):
    return _got(lib.tokens(data, len(data)))


def groupby_build(rows):
    """An array of rows, and the keys they point to, which only Python keeps alive."""
    kept = [ffi.new("char[]", key.encode()) for key, _value in rows]
    made = [(key, len(key) - 1, value) for key, (_, value) in zip(kept, rows)]
    return ffi.new("struct native_row[]", made), kept


def groupby_native(held):
    rows, _kept = held
    return _got(lib.groupby(rows, len(rows)))


def sorting_native(keys, order):
    target = ffi.from_buffer("long long[]", order, require_writable=True)
    return _got(lib.sorting(ffi.from_buffer("double[]", keys), target, len(keys)))


def editdist_native(a, b):
    return _got(lib.editdist(a, len(a), b, len(b)))


def lines_native(data):
    total = ffi.new("double *")
    if _got(lib.lines(data, len(data), total)):
        raise ValueError("a line has to be 'name;int;float'")
    return total[0]
