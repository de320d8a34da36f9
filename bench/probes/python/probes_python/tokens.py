"""Kernel "tokens": a text cut into words, which are counted."""

import re
from collections import Counter

_WORD = re.compile("[A-Za-z]+")


def tokens_plain(text):
    counts = {}
    start = -1
    for i, character in enumerate(text):
        if character.isalpha():
            if start < 0:
                start = i
        elif start >= 0:
            word = text[start:i]
            counts[word] = counts.get(word, 0) + 1
            start = -1
    if start >= 0:
        word = text[start:]
        counts[word] = counts.get(word, 0) + 1
    return counts


def tokens_idiomatic(text):
    return Counter(_WORD.findall(text))


def tokens_objects(text):
    return tokens_plain(text)


def tokens_native(data):
    """Over the bytes of an ASCII text, into a table that stays native: the sum of the squares
    of the counts proves it."""
    return sum(count * count for count in tokens_plain(data.decode("ascii")).values())
