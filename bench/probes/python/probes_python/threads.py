"""The GIL and threads."""


def gil_release():
    return True


def native_vector(xs):
    """Floats held by the native side."""
    return list(xs)


def work_held(held, rounds):
    state = 0.0
    for _ in range(rounds):
        for x in held:
            state = state * 0.5 + (x - 0.25) * (x + 0.75)
    return state


def work_released(held, rounds):
    return work_held(held, rounds)


def work_copied(xs, rounds):
    return work_held(list(xs), rounds)


def work_pool(held, rounds, n):
    """n times the same work, spread over the threads of a pool."""
    return sum(work_held(held, rounds) for _ in range(n))


def work_pool_copied(xs, rounds, n):
    return work_pool(list(xs), rounds, n)
