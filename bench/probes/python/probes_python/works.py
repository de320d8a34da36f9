"""What the kernels of text, rows and lines work on, from the seed of data."""

import random
from array import array

from .data import SEED

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BETWEEN = (" ", " ", " ", " ", " ", " ", ", ", ". ")


def _word(source, least, most):
    return "".join(source.choices(_LETTERS, k=source.randint(least, most)))


def prose(n):
    """n ASCII characters of words of 2 to 9 letters, a few of 200 words often."""
    source = random.Random(SEED)
    words = [_word(source, 2, 9) for _ in range(200)]
    parts = []
    length = 0
    while length < n:
        parts.append(words[int(source.random() ** 2 * len(words))] + source.choice(_BETWEEN))
        length += len(parts[-1])
    return "".join(parts)[:n]


def two_spellings(n):
    """Two strings of n letters, the second the first with every fifth letter changed, left
    out or doubled."""
    source = random.Random(SEED)
    first = "".join(source.choices(_LETTERS, k=n))
    second = []
    for i, letter in enumerate(first):
        change = source.randrange(3) if i % 5 == 2 else None
        if change is None:
            second.append(letter)
        elif change == 0:
            second.append(source.choice(_LETTERS))
        elif change == 1:
            second.append(letter * 2)
    return first, "".join(second).ljust(n, "x")[:n]


def _codes(n):
    """For each of n rows the number of its group: ten rows a group, in any order."""
    source = random.Random(SEED)
    return [source.randrange(max(n // 10, 1)) for _ in range(n)]


def keyed_rows(n):
    """n tuples (key, value), about ten of each key; no two rows share a key's object."""
    source = random.Random(SEED + 1)
    return [(f"group{code}", source.uniform(1.0, 2.0)) for code in _codes(n)]


def coded_columns(n):
    """The same as two lists: the number of each row's group, and its value."""
    return _codes(n), [value for _, value in keyed_rows(n)]


def scored_rows(n):
    """n tuples (id, score, name) in no order of their scores."""
    source = random.Random(SEED)
    return [(i + 5_000, source.random(), _word(source, 4, 8)) for i in range(n)]


def score_of(row):
    """The Python function that a sort calls for each row."""
    return row[1]


def record_lines(n):
    """n lines "name;int;float", the last without its end."""
    source = random.Random(SEED)
    return "\n".join(
        f"{_word(source, 4, 8)};{source.randrange(2_000, 1_000_000)};{source.uniform(1, 1e3):.3f}"
        for _ in range(n)
    )


def scores(n):
    """The scores of scored_rows(n) in one block of memory."""
    return array("d", [row[1] for row in scored_rows(n)])


def places(n):
    """Room for n places in one block of memory."""
    return array("q", bytes(8 * n))
