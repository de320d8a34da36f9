"""Kernel "sorting": tuples (id, score, name) put in the order of their scores, which a key
function reads; the result is the ids in that order. No two scores are the same."""

from operator import itemgetter


def sorting_plain(rows, key):
    ids = []
    for row in sorted(rows, key=key):
        ids.append(row[0])
    return ids


def sorting_idiomatic(rows):
    return [row[0] for row in sorted(rows, key=itemgetter(1))]


def sorting_objects(rows, key):
    """key is called once for each row, all before the sort."""
    return sorting_plain(rows, key)


def sorting_native(keys, order):
    """Writes the places of the keys, in the order of the keys, to the block order; the sum
    of each place times where it went proves it."""
    for i, place in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        order[i] = place
    return sum(i * place for i, place in enumerate(order))


def sorting_vectorised(ids, keys):
    return [i for _, i in sorted(zip(keys, ids))]
