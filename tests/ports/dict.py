"""What is short in a store: for each article that is ordered, how many pieces are
missing beyond what is there and the reserve that has to stay."""

import random


def shortages(stock, orders, reserve):
    short = {}
    for article, pieces in orders.items():
        there = stock.get(article, 0)
        free = there - reserve if there > reserve else 0
        if pieces > free:
            short[article] = pieces - free
    return short


FUNCTION = shortages


def arguments():
    source = random.Random(5)
    articles = [f"art-{i:05d}" for i in range(2000)]
    stock = {a: source.randint(0, 60) for a in articles if source.random() < 0.9}
    orders = {a: source.randint(1, 40) for a in source.sample(articles, 500)}
    return stock, orders, 10
