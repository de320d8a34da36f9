"""Kernel "stencil": a smoothing of the data. Each item of the result is made of the item at
its place and its two neighbours, none of another result; the two at the ends stay."""


def stencil_plain(xs):
    ys = [xs[0]]
    for i in range(1, len(xs) - 1):
        ys.append(0.25 * xs[i - 1] + 0.5 * xs[i] + 0.25 * xs[i + 1])
    ys.append(xs[-1])
    return ys


def stencil_idiomatic(xs):
    inner = [0.25 * a + 0.5 * b + 0.25 * c for a, b, c in zip(xs, xs[1:], xs[2:])]
    return [xs[0], *inner, xs[-1]]


def stencil_objects(xs):
    return stencil_plain(xs)


def stencil_native(xs, ys):
    """Writes the result to the block ys; three of its items prove it."""
    for i, y in enumerate(stencil_plain(xs)):
        ys[i] = y
    return ys[0] + ys[len(ys) // 2] + ys[-1]


def stencil_vectorised(xs):
    return stencil_plain(xs)
