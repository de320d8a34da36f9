# Kernel "graph" on Python's objects and on extension types.

cdef double walk_objects(node) except? -1.0:
    cdef double total = 0.0
    cdef double value, weight = node.weight
    cdef list children
    if weight > 0.25:
        value = node.value
        total += value * weight
    children = node.children
    for child in children:
        total += walk_objects(child)
    return total


def graph_objects(root):
    return walk_objects(root)


@cython.final
cdef class NativeNode:
    """A node whose fields only native code reads."""
    cdef double value, weight
    cdef list children

    def __cinit__(self, double value, double weight):
        self.value = value
        self.weight = weight
        self.children = []


def graph_build(node):
    cdef NativeNode made = NativeNode(node.value, node.weight)
    for child in node.children:
        made.children.append(graph_build(child))
    return made


cdef double walk(NativeNode node) except? -1.0:
    cdef double total = 0.0
    cdef NativeNode child
    if node.weight > 0.25:
        total += node.value * node.weight
    for child in node.children:
        total += walk(child)
    return total


def graph_native(NativeNode held not None):
    return walk(held)
