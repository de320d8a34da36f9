"""Calls. Arguments are not looked at."""


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


class Native:
    def touch(self):
        return True


class NativeFrozen:
    def touch(self):
        return True
