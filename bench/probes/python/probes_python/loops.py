"""Where the loop stands."""

from .data import drive


def step(state, x):
    return state * 0.5 + (x - 0.25) * (x + 0.75)


def steps_list(xs):
    return drive(step, xs)


def steps_vector(xs):
    return drive(step, list(xs))


def steps_buffer(xs):
    return drive(step, xs)
