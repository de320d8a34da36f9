"""The peaks of a signal.

A point is a peak when the signal falls by delta after it and rose by delta
before it. Small wiggles below delta are noise. Each step depends on the state
the last one left, so that no array operation does it.
"""

import math
import random


def find_peaks(xs, delta):
    """The indices of the peaks of xs, a list of floats."""
    peaks = []
    low = high = xs[0]
    high_at = 0
    rising = True
    for i, x in enumerate(xs):
        if x > high:
            high = x
            high_at = i
        if x < low:
            low = x
        if rising:
            if x < high - delta:
                peaks.append(high_at)
                low = x
                rising = False
        elif x > low + delta:
            high = x
            high_at = i
            rising = True
    return peaks


def signal(n):
    """n samples of a slow beat with noise on it."""
    source = random.Random(7)
    return [
        math.sin(i * 0.13) * (1.5 + math.sin(i * 0.011)) + source.gauss(0.0, 0.15)
        for i in range(n)
    ]


FUNCTION = find_peaks


def arguments():
    return signal(2000), 0.8
