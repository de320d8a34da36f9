"""Text and bytes. What comes back proves that the ends were read, and is a small int, which
costs nothing to make."""


def str_by_reference(s):
    """Over ASCII only, where a character is a byte."""
    return (len(s) + ord(s[0]) + ord(s[-1])) & 127


def str_copied(s):
    own = s.encode()
    return (len(own) + own[0] + own[-1]) & 127


def str_wide(s):
    """Over any text: its bytes are those of UTF-8."""
    own = s.encode()
    return (len(own) + own[0] + own[-1]) & 127


def str_untouched(s):
    return True


def native_text(n):
    """n letters held by the native side, as bytes."""
    return bytearray(b"x" * n)


def str_out(held):
    return held.decode()


def bytes_by_reference(b):
    return (len(b) + b[0] + b[-1]) & 127


def bytes_copied(b):
    own = bytearray(b)
    return (len(own) + own[0] + own[-1]) & 127


def bytes_out(held):
    return bytes(held)


def list_str_by_reference(xs):
    total = 0
    for x in xs:
        total += len(x) + ord(x[0])
    return total


def list_str_copied(xs):
    own = [x.encode() for x in xs]
    total = 0
    for x in own:
        total += len(x) + x[0]
    return total


def native_texts(xs):
    """The same texts held by the native side."""
    return list(xs)


def list_str_out(held):
    return [x[:1] + x[1:] for x in held]
