"""Kernel "graph": a depth-first sum of value x weight over the nodes whose weight is large
enough."""


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
