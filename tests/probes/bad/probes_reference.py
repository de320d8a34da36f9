"""What the probes of probes_bad should have given."""


def good(x):
    return x + 1


def wrong(x):
    return [x, {"a": x + 1}]
