"""Tuples."""


def tuple2_in(t):
    a, b = t
    return (a + b) & 127


def tuple4_in(t):
    a, b, c, d = t
    return (a + b + c + d) & 127


def tuple8_in(t):
    a, b, c, d, e, f, g, h = t
    return (a + b + c + d + e + f + g + h) & 127


def tuple_checked(t):
    return (t[0] + t[1]) & 127


def tuple_sequence(t):
    return (t[0] + t[1]) & 127


def tuple_out():
    a, b = 1_234_567, 7_654_321
    return (a, b)


def list_tuple_by_reference(xs):
    total = 0
    for x in xs:
        total += x[0]
    return total


def list_tuple_copied(xs):
    own = [(a, b) for a, b in xs]
    total = 0
    for a, b in own:
        total += a + b
    return total
