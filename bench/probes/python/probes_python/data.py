"""Inputs. The seed is fixed, so that the reference and the binding see the same data; ints
lie above the cache of small ints."""

import random
import threading
from array import array

SEED = 20231


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


def in_threads(f, n, *args):
    """f(*args) in n threads at once; the sum of what they return."""
    results = []

    def run():
        results.append(f(*args))

    threads = [threading.Thread(target=run) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(results)


def often_in_threads(f, n, calls, *args):
    """f(*args) so many times in each of n threads; the sum of what they return."""
    def often():
        return sum(f(*args) for _ in range(calls))

    return in_threads(often, n)


def halve(x):
    """The Python function that native code calls back."""
    return x * 0.5
