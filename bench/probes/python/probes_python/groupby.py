"""Kernel "groupby": tuples (key, value) into a dict of the sum of each key."""

from collections import defaultdict


def groupby_plain(rows):
    sums = {}
    for key, value in rows:
        if key in sums:
            sums[key] = sums[key] + value
        else:
            sums[key] = value
    return sums


def groupby_idiomatic(rows):
    sums = defaultdict(float)
    for key, value in rows:
        sums[key] += value
    return sums


def groupby_objects(rows):
    return groupby_plain(rows)


def groupby_build(rows):
    """The same rows held by the native side, as groupby_native takes them."""
    return rows


def groupby_native(held):
    """Into a table that stays native: the sum of the squares of the sums proves it."""
    return sum(total * total for total in groupby_plain(held).values())


def groupby_vectorised(codes, values):
    """Of the rows as two arrays; the result has a sum for each code."""
    sums = [0.0] * (max(codes) + 1)
    for code, value in zip(codes, values):
        sums[code] += value
    return sums
