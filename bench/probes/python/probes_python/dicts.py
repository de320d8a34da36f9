"""Dicts."""


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
