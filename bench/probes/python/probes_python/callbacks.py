"""Callbacks."""


def call_back(g, n):
    total = 0.0
    for i in range(n):
        total += g(float(i + 1))
    return total
