"""Kernel "textscan": the places of a text where a letter follows what is no letter, that is
where words begin. Whether a character is a letter is looked up, in Python and natively."""

import re

_WORD = re.compile("[A-Za-z]+")


def textscan_plain(text):
    count = 0
    before = False
    for character in text:
        now = character.isalpha()
        if now and not before:
            count += 1
        before = now
    return count


def textscan_idiomatic(text):
    return len(_WORD.findall(text))


def textscan_objects(text):
    return textscan_plain(text)


def textscan_native(data):
    """Over the bytes of an ASCII text."""
    return textscan_plain(data.decode("ascii"))


def textscan_vectorised(data):
    return textscan_native(data)
