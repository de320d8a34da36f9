"""The reference: every operation of data/probes.yaml in plain, readable Python.

Every other binding exports functions of the same names, and each result is
compared with what the function here returns. The functions under "Inputs" make
the data; they exist here only and are reached as `ref` in a probe's setup.
"""

import random
import threading
from array import array

SEED = 20231
RATE = 0.125


# Inputs. The seed is fixed, so that the reference and the binding see the same
# data; ints lie above the cache of small ints.


def floats(n):
    """n floats between -1 and 3: a sum of them is never near zero."""
    source = random.Random(SEED)
    return [source.uniform(-1.0, 3.0) for _ in range(n)]


def ints(n):
    """n ints of 30 bits at most."""
    source = random.Random(SEED)
    return [source.randrange(2_000, 1_000_000) for _ in range(n)]


def doubles(n):
    """The same as floats(n) in one block of memory."""
    return array("d", floats(n))


def keyed(n):
    """A dict of n ints under the keys "key0", "key1" ..."""
    return {f"key{i}": value for i, value in enumerate(ints(n))}


class Node:
    """A node of a graph as a Python programmer would write it."""

    def __init__(self, value, weight):
        self.value = value
        self.weight = weight
        self.children = []


def make_graph(n):
    """The root of a tree of n nodes; the depth grows with log n."""
    source = random.Random(SEED)
    nodes = []
    for _ in range(n):
        node = Node(source.uniform(1.0, 2.0), source.random())
        if nodes:
            source.choice(nodes).children.append(node)
        nodes.append(node)
    return nodes[0]


def drive(f, xs):
    """The loop that stays in Python and calls f once for each item."""
    state = 0.0
    for x in xs:
        state = f(state, x)
    return state


def in_threads(f, *args):
    """f(*args) in two threads at once; the sum of what they return."""
    results = []

    def run():
        results.append(f(*args))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(results)


def halve(x):
    """The Python function that native code calls back."""
    return x * 0.5


# Calls. Arguments are not looked at.


def noop():
    return True


def take_one(a):
    return True


def take_three(a, b, c):
    return True


def take_six(a, b, c, d, e, f):
    return True


def take_keywords(a, b, c):
    return True


class Native:
    def touch(self):
        return True


class NativeFrozen:
    def touch(self):
        return True


# Scalars.


def int_in(x):
    return x % 2 == 0


def float_in(x):
    return x > 0.5


def bool_in(x):
    return not x


def int_out():
    return 1_234_567


def float_out():
    return 1234.5


# Lists.


def list_float_by_reference(xs):
    total = 0.0
    for x in xs:
        total += x
    return total


def list_float_copied(xs):
    own = list(xs)
    total = 0.0
    for x in own:
        total += x
    return total


def list_float_out(n):
    return [i * 0.5 for i in range(n)]


def list_int_by_reference(xs):
    total = 0
    for x in xs:
        total += x
    return total


def list_int_copied(xs):
    own = list(xs)
    total = 0
    for x in own:
        total += x
    return total


def list_int_out(n):
    return [i + 5_000 for i in range(n)]


# Dicts.


def dict_get(d):
    return d["key0"] % 2 == 0


def dict_get_interned(d):
    return d["key0"] % 2 == 0


def dict_walk(d):
    total = 0
    for value in d.values():
        total += value
    return total


def dict_copied(d):
    own = dict(d)
    total = 0
    for value in own.values():
        total += value
    return total


def native_map(n):
    """A map of n entries held by the native side."""
    return {f"key{i}": i + 5_000 for i in range(n)}


def dict_out(held):
    return dict(held)


# Buffers: anything that holds float64 items in one block.


def buffer_sum(xs):
    total = 0.0
    for x in xs:
        total += x
    return total


def buffer_copied(xs):
    own = array("d", xs)
    total = 0.0
    for x in own:
        total += x
    return total


def buffer_write(xs):
    """Turns the sign of every item, so that a second run undoes the first."""
    for i in range(len(xs)):
        xs[i] *= -1.0
    return abs(xs[0]) + abs(xs[-1])


def buffer_acquire(xs):
    with memoryview(xs) as view:
        return view.nbytes > 0


# Where the loop stands.


def step(state, x):
    return state * 0.5 + (x - 0.25) * (x + 0.75)


def steps_list(xs):
    return drive(step, xs)


def steps_vector(xs):
    return drive(step, list(xs))


def steps_buffer(xs):
    return drive(step, xs)


# The GIL and threads.


def gil_release():
    return True


def native_vector(xs):
    """Floats held by the native side."""
    return list(xs)


def work_held(held, rounds):
    state = 0.0
    for _ in range(rounds):
        for x in held:
            state = state * 0.5 + (x - 0.25) * (x + 0.75)
    return state


def work_released(held, rounds):
    return work_held(held, rounds)


def work_copied(xs, rounds):
    return work_held(list(xs), rounds)


def call_back(g, n):
    total = 0.0
    for i in range(n):
        total += g(float(i + 1))
    return total


# Kernel "numeric": the exponentially weighted mean and variance of the data: each
# turn needs the one before it. It has no branch, so that what differs between two
# compilers is not how they guess.


def numeric_plain(xs):
    mean = xs[0]
    variance = 0.0
    for x in xs:
        change = x - mean
        step = RATE * change
        mean += step
        variance = (1.0 - RATE) * (variance + change * step)
    return mean + variance


def numeric_idiomatic(xs):
    rate, rest = RATE, 1.0 - RATE
    mean = xs[0]
    variance = 0.0
    for x in xs:
        change = x - mean
        mean += (step := rate * change)
        variance = rest * (variance + change * step)
    return mean + variance


def numeric_objects(xs):
    return numeric_plain(xs)


def numeric_native(xs):
    return numeric_plain(xs)


# Kernel "graph": a depth-first sum of value x weight over the nodes whose
# weight is large enough.


def graph_plain(node):
    total = 0.0
    if node.weight > 0.25:
        total += node.value * node.weight
    for child in node.children:
        total += graph_plain(child)
    return total


def graph_idiomatic(root):
    total = 0.0
    pending = [root]
    take, add = pending.pop, pending.extend
    while pending:
        node = take()
        weight = node.weight
        if weight > 0.25:
            total += node.value * weight
        if node.children:
            add(node.children)
    return total


def graph_objects(root):
    return graph_plain(root)


def graph_build(root):
    """The same tree held by the native side, as graph_native takes it."""
    return root


def graph_native(held):
    return graph_plain(held)
