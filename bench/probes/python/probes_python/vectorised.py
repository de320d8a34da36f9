"""Whole arrays at once. Where there are no arrays a list stands in."""


def array_from_list(xs):
    return list(xs)


def array_multiply(a, b):
    return [x * y for x, y in zip(a, b)]


def array_sum(a):
    total = 0.0
    for x in a:
        total += x
    return total


def array_to_list(a):
    return list(a)
