"""Inputs for the groups text, tuple, objects and native: texts, tuples and objects of Python
classes, from the same fixed seed."""

import random
from collections import namedtuple
from dataclasses import dataclass

from .data import SEED, ints


def letters(n):
    """A text of n ASCII letters."""
    return "".join(random.Random(SEED).choices("abcdefghijklmnopqrstuvwxyz", k=n))


def greek(n):
    """A text of n letters that take two bytes each in UTF-8."""
    return "".join(random.Random(SEED).choices("αβγδεζηθικλμνξοπρστυφχψω", k=n))


def octets(n):
    """n bytes of any value."""
    return random.Random(SEED).randbytes(n)


def words(n):
    """n texts of 8 to 16 ASCII letters, hardly two alike."""
    source = random.Random(SEED)
    return [
        "".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randrange(8, 17)))
        for _ in range(n)
    ]


def pairs(n):
    """n tuples of two ints."""
    numbers = ints(2 * n)
    return list(zip(numbers[:n], numbers[n:]))


def shuffled(xs):
    """The same objects in another order, so that neighbours in the list are none in memory."""
    xs = list(xs)
    random.Random(SEED).shuffle(xs)
    return xs


def keys_of(n, count):
    """count of the keys of native_map(n), picked at random; each a text of its own."""
    source = random.Random(SEED)
    return [f"key{source.randrange(n)}" for _ in range(count)]


def numbered(n):
    """A dict of n ints under ints."""
    return {i + 5_000: value for i, value in enumerate(ints(n))}


class Record:
    """Eight attributes, as a Python programmer would write it: they live in the object's dict."""

    def __init__(self, id, age, score, weight, level, rank, stock, price):
        self.id = id
        self.age = age
        self.score = score
        self.weight = weight
        self.level = level
        self.rank = rank
        self.stock = stock
        self.price = price


class RecordSlots:
    """The same with slots instead of a dict."""

    __slots__ = ("id", "age", "score", "weight", "level", "rank", "stock", "price")
    __init__ = Record.__init__


@dataclass
class RecordData:
    id: int
    age: int
    score: float
    weight: float
    level: int
    rank: int
    stock: int
    price: float


RecordTuple = namedtuple("RecordTuple", RecordSlots.__slots__)


def records_of(cls, n):
    """n objects of a class with those attributes; no int of them is a cached small one."""
    source = random.Random(SEED)

    def whole():
        return source.randrange(2_000, 1_000_000)

    def part():
        return source.uniform(1.0, 100.0)

    return [
        cls(whole(), whole(), part(), part(), whole(), whole(), whole(), part())
        for _ in range(n)
    ]


class SubInt(int):
    """An int of another class."""


class Index:
    """No int, but it says which one it stands for."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __mod__(self, other):
        return self.value % other
