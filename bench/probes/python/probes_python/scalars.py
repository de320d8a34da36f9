"""Scalars."""


def int_in(x):
    return x % 2 == 0


def float_in(x):
    return x > 0.5


def bool_in(x):
    return not x


def int_out():
    return 1_234_567


def float_out():
    return 1234.5


def int32_in(x):
    return x % 2 == 0


def int_overflow(x):
    """Whether it is too large for 64 bits."""
    return not -(2**63) <= x < 2**63


def int_small_out():
    return 5
