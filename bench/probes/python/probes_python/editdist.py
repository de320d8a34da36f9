"""Kernel "editdist": the Levenshtein distance of two strings, kept a row at a time."""


def editdist_plain(a, b):
    before = list(range(len(b) + 1))
    for i in range(len(a)):
        row = [i + 1]
        for j in range(len(b)):
            best = before[j]
            if a[i] != b[j]:
                best += 1
            if before[j + 1] + 1 < best:
                best = before[j + 1] + 1
            if row[j] + 1 < best:
                best = row[j] + 1
            row.append(best)
        before = row
    return before[-1]


def editdist_idiomatic(a, b):
    before = list(range(len(b) + 1))
    for i, mine in enumerate(a, 1):
        best = i
        row = [best]
        for other, diagonal, above in zip(b, before, before[1:]):
            if mine == other:
                best = diagonal
            else:
                if above < best:
                    best = above
                if diagonal < best:
                    best = diagonal
                best += 1
            row.append(best)
        before = row
    return before[-1]


def editdist_objects(a, b):
    return editdist_plain(a, b)


def editdist_native(a, b):
    """Over the bytes of ASCII strings."""
    return editdist_plain(a, b)
