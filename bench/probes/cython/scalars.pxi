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
