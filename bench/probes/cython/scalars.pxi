# Scalars. A typed argument is converted before the body begins.


def int_in(long long x):
    return x % 2 == 0


def float_in(double x):
    return x > 0.5


def bool_in(bint x):
    return not x


def int_out():
    cdef long long number = 1_234_567
    return number


def float_out():
    cdef double number = 1234.5
    return number


def int32_in(int x):
    return x % 2 == 0


def int_overflow(x):
    """Whether it is too large for 64 bits: the conversion says so by an exception."""
    cdef long long value
    try:
        value = x
    except OverflowError:
        return True
    return False


def int_small_out():
    cdef long long number = 5
    return number
