"""Lists."""


def list_float_by_reference(xs):
    total = 0.0
    for x in xs:
        total += x
    return total


def list_float_copied(xs):
    own = list(xs)
    total = 0.0
    for x in own:
        total += x
    return total


def list_float_out(n):
    return [i * 0.5 for i in range(n)]


def list_int_by_reference(xs):
    total = 0
    for x in xs:
        total += x
    return total


def list_int_copied(xs):
    own = list(xs)
    total = 0
    for x in own:
        total += x
    return total


def list_int_out(n):
    return [i + 5_000 for i in range(n)]


def list_float_iterated(xs):
    return list_float_by_reference(xs)


def list_int_iterated(xs):
    return list_int_by_reference(xs)


def list_untouched(xs):
    return True
