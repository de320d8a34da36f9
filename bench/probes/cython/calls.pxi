# Calls. Arguments are objects that nobody looks at.


def noop():
    return True


def take_one(a):
    return True


def take_three(a, b, c):
    return True


def take_six(a, b, c, d, e, f):
    return True


def take_keywords(a, b, c):
    return True


cdef class Native:
    def touch(self):
        return True
