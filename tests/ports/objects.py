"""The worth of a list of positions, by four attributes of each."""

import random


class Position:
    def __init__(self, pieces, price, rebate, closed):
        self.pieces = pieces
        self.price = price
        self.rebate = rebate
        self.closed = closed


def worth(positions):
    total = 0.0
    for p in positions:
        if p.closed:
            continue
        gross = p.pieces * p.price
        rebate = p.rebate
        if gross > 1000.0:
            rebate = rebate + 0.02
        if rebate > 0.3:
            rebate = 0.3
        total += gross * (1.0 - rebate)
    return total


FUNCTION = worth


def arguments():
    source = random.Random(9)
    return ([Position(source.randint(1, 50), source.uniform(1.0, 90.0),
                      source.choice([0.0, 0.05, 0.1, 0.3]), source.random() < 0.1)
             for _ in range(400)],)
