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


def dict_int_walk(d):
    total = 0
    for key, value in d.items():
        total += key + value
    return total


def dict_int_copied(d):
    return dict_int_walk(dict(d))


def dict_lookups(d, keys):
    total = 0
    for key in keys:
        total += d[key]
    return total


def dict_lookups_copied(d, keys):
    return dict_lookups(dict(d), keys)


def map_lookups(held, keys):
    return dict_lookups(held, keys)


def map_walk(held):
    return dict_walk(held)


def set_int_walk(xs):
    total = 0
    for x in xs:
        total += x
    return total


def set_int_copied(xs):
    return set_int_walk(set(xs))
