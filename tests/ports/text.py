"""Plain text of a lightly marked-up one: marks of emphasis go, blanks become one,
and each sentence begins with a capital."""

import random


def plain(text):
    out = []
    start = True
    blank = True
    for c in text:
        if c == "*" or c == "_" or c == "`":
            continue
        if c == " " or c == "\n" or c == "\t":
            if not blank:
                out.append(" ")
            blank = True
            continue
        blank = False
        if start and c.isalpha():
            c = c.upper()
            start = False
        elif c == "." or c == "!" or c == "?":
            start = True
        out.append(c)
    return "".join(out)


FUNCTION = plain


def arguments():
    source = random.Random(3)
    words = ["the", "*quick*", "fox", "_jumps_", "over", "`a`", "lazy", "dog", "again", "and"]
    text = []
    while sum(map(len, text)) < 3000:
        text.append(source.choice(words))
        text.append(source.choice([" ", " ", " ", "  ", "\n", ". ", "! "]))
    return ("".join(text)[:3000],)
