"""PackBits, as in TIFF and old bitmaps: runs and literals unpacked."""

import random


def unpack_bits(data):
    out = bytearray()
    i, end = 0, len(data)
    while i < end:
        n = data[i]
        i += 1
        if n < 128:
            for k in range(i, min(i + n + 1, end)):
                out.append(data[k])
            i += n + 1
        elif n > 128 and i < end:
            value = data[i]
            for _ in range(257 - n):
                out.append(value)
            i += 1
    return bytes(out)


FUNCTION = unpack_bits


def arguments():
    source = random.Random(13)
    data = bytearray()
    while len(data) < 4000:
        if source.random() < 0.6:
            n = source.randint(1, 30)
            data.append(n - 1)
            data += source.randbytes(n)
        else:
            data += bytes([257 - source.randint(2, 12), source.randrange(256)])
    return (bytes(data),)
