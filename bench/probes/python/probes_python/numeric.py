"""Kernel "numeric": the exponentially weighted mean and variance of the data: each turn
needs the one before it. It has no branch, so that what differs between two compilers is
not how they guess."""

RATE = 0.125


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


def numeric_indexed(xs):
    mean = xs[0]
    variance = 0.0
    for i in range(len(xs)):
        change = xs[i] - mean
        step = RATE * change
        mean += step
        variance = (1.0 - RATE) * (variance + change * step)
    return mean + variance


def numeric_objects(xs):
    return numeric_plain(xs)


def numeric_native(xs):
    return numeric_plain(xs)
