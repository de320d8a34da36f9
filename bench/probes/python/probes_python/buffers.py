"""Buffers: anything that holds float64 items in one block."""

from array import array


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
