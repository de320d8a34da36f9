"""A Kalman filter of one dimension: the state after a run of measurements, and how
well they fitted. Outliers are left out. Each step depends on the one before."""

import random
from array import array


def track(zs, q, r):
    """The last estimate plus the mean surprise. zs: measurements; q, r: variances."""
    x = zs[0]
    p = 1.0
    surprise = 0.0
    for i in range(1, len(zs)):
        p += q
        gap = zs[i] - x
        if gap * gap > 16.0 * (p + r):
            continue
        k = p / (p + r)
        surprise += gap * gap / (p + r)
        x += k * gap
        p *= 1.0 - k
    return x + surprise / len(zs)


FUNCTION = track


def arguments():
    source = random.Random(11)
    at, zs = 0.0, array("d")
    for _ in range(5000):
        at += source.gauss(0.0, 0.1)
        zs.append(at + source.gauss(0.0, 0.5) + (20.0 if source.random() < 0.01 else 0.0))
    return zs, 0.01, 0.25
