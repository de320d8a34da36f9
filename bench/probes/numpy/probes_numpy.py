"""The vectorised way: what NumPy says in array expressions.

It is no way to call native code of one's own but what to try before that. An
operation that depends on the result of the one before it has no such form.
"""

import numpy as np

# Lists: a copy is the only way in.


def list_float_copied(xs):
    return np.array(xs).sum()


def list_float_out(n):
    return (np.arange(n) * 0.5).tolist()


def list_int_copied(xs):
    return np.array(xs).sum()


def list_int_out(n):
    return (np.arange(n) + 5_000).tolist()


# Buffers: an array over the memory of another object.


def buffer_sum(xs):
    return np.frombuffer(xs).sum()


def buffer_copied(xs):
    return np.array(xs).sum()


def buffer_write(xs):
    view = np.frombuffer(xs)
    np.negative(view, out=view)
    return abs(view[0]) + abs(view[-1])


def buffer_acquire(xs):
    return np.frombuffer(xs).nbytes > 0


# Arrays.


def array_from_list(xs):
    return np.array(xs)


def array_multiply(a, b):
    return a * b


def array_sum(a):
    return a.sum()


def array_to_list(a):
    return a.tolist()


# What one does with them instead: each item becomes an object, and so does each result.


def numeric_indexed(xs):
    rate, items = 0.125, np.frombuffer(xs)
    mean = items[0]
    variance = 0.0
    for i in range(len(items)):
        change = items[i] - mean
        step = rate * change
        mean += step
        variance = (1.0 - rate) * (variance + change * step)
    return float(mean + variance)


# Kernels that have such a form.


def stencil_vectorised(xs):
    ys = xs.copy()
    ys[1:-1] = 0.25 * xs[:-2] + 0.5 * xs[1:-1] + 0.25 * xs[2:]
    return ys


def textscan_vectorised(data):
    characters = np.frombuffer(data, dtype=np.uint8) | 0x20
    letters = (characters >= ord("a")) & (characters <= ord("z"))
    begun = np.count_nonzero(letters[1:] & ~letters[:-1])
    return int(begun + np.count_nonzero(letters[:1]))


def groupby_vectorised(codes, values):
    return np.bincount(codes, weights=values)


def sorting_vectorised(ids, keys):
    return ids[np.argsort(keys)]
