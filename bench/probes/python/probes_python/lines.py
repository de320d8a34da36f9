"""Kernel "lines": lines "name;int;float" parsed into records, and one field of them summed."""


def lines_plain(text):
    records = []
    for line in text.split("\n"):
        fields = line.split(";")
        records.append((fields[0], int(fields[1]), float(fields[2])))
    total = 0.0
    for record in records:
        total += record[2]
    return total


def lines_idiomatic(text):
    records = [
        (name, int(count), float(value))
        for name, count, value in (line.split(";") for line in text.splitlines())
    ]
    return sum(value for _, _, value in records)


def lines_objects(text):
    """The records are Python's tuples."""
    return lines_plain(text)


def lines_native(data):
    """Over the bytes of an ASCII text; the records are native."""
    return lines_plain(data.decode("ascii"))
