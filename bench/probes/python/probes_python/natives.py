"""Objects of a class that the native side defines. Here a Python class stands in for it."""


class NativeItem:
    def __init__(self, number, weight):
        self.number = number
        self.weight = weight


class NativeItemFrozen(NativeItem):
    """Natively: a class whose objects never change."""


class NativeItemBase(NativeItem):
    """Natively: the same, and Python classes may derive from it."""


def native_field(o):
    return o.number & 127


def native_field_borrowed(o):
    return o.number & 127


def native_item_out():
    return NativeItemFrozen(1_234_567, 0.5)


def native_items_out(n):
    return [NativeItemFrozen(i + 5_000, 0.5) for i in range(n)]


def list_native_borrowed(xs):
    total = 0
    for x in xs:
        total += x.number
    return total


def list_native_frozen(xs):
    return list_native_borrowed(xs)


def list_native_exact(xs):
    return list_native_borrowed(xs)


def list_native_base(xs):
    return list_native_borrowed(xs)
