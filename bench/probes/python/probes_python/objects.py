"""Attributes of objects of Python classes, looked up by name."""


def object_attribute(o):
    return o.age & 127


def object_attribute_built(o):
    return getattr(o, "".join(("a", "ge"))) & 127


def object_five(o):
    return (o.id + o.age + o.level + int(o.score + o.weight)) & 127


def object_eight(o):
    whole = o.id + o.age + o.level + o.rank + o.stock
    return (whole + int(o.score + o.weight + o.price)) & 127


def list_object_by_reference(xs):
    total = 0
    for x in xs:
        total += x.age
    return total


def list_object_copied(xs):
    own = [(x.id, x.age, x.score, x.weight, x.level) for x in xs]
    total = 0
    for number, age, score, weight, level in own:
        total += number + age + level + int(score + weight)
    return total


def dict_object_walk(d):
    total = 0
    for value in d.values():
        total += value.age
    return total
