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

# Lists. There is no way through the references; ffi.new copies a list.


def list_float_copied(xs):
    return lib.sum(ffi.new("double[]", xs), len(xs))


def list_float_out(n):
    items = ffi.new("double[]", n)
    lib.fill(items, n)
    return ffi.unpack(items, n)


def list_int_copied(xs):
    return lib.sum_int(ffi.new("long long[]", xs), len(xs))


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
    return lib.steps(ffi.new("double[]", xs), len(xs))


def steps_buffer(xs):
    return lib.steps(ffi.from_buffer("double[]", xs), len(xs))


# Threads. Every call lets the GIL go.


def native_vector(xs):
    return ffi.new("double[]", xs)


def work_released(held, rounds):
    return lib.work(held, len(held), rounds)


def work_copied(xs, rounds):
    return lib.work(ffi.new("double[]", xs), len(xs), rounds)


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
