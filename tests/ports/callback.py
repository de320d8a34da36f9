"""The integral of a function of the caller's, by Simpson's rule."""


def integrate(f, a, b, n):
    """n: how many pairs of steps."""
    h = (b - a) / (2 * n)
    total = f(a) + f(b)
    for i in range(1, 2 * n):
        total += (4.0 if i % 2 else 2.0) * f(a + i * h)
    return total * h / 3.0


def curve(x):
    """What callers pass in."""
    return x * x / (1.0 + x)


FUNCTION = integrate


def arguments():
    return curve, 0.0, 2.0, 100
