"""Coroutines. n awaits happen in one run of the event loop, so that starting the
loop, some 10 us, is paid once: the slope over n is without it."""

asyncio = None  # imported by _run: it takes longer than all other modules here

_loops = []


def _run(coroutine):
    """Runs it in the one loop of this process, which is made when it is needed."""
    global asyncio
    if not _loops:
        import asyncio

        _loops.append(asyncio.new_event_loop())
    return _loops[0].run_until_complete(coroutine)


def call_each(f, n):
    """n plain calls of f in a coroutine."""

    async def body():
        done = 0
        for _ in range(n):
            done += f()
        return done

    return _run(body())


def await_each(f, n):
    """n awaits of what f returns."""

    async def body():
        done = 0
        for _ in range(n):
            done += await f()
        return done

    return _run(body())


def thread_each(f, n):
    """n calls of f by asyncio.to_thread, one after the other."""

    async def body():
        done = 0
        for _ in range(n):
            done += await asyncio.to_thread(f)
        return done

    return _run(body())


def executor_each(f, n):
    """n calls of f in the loop's own executor, one after the other."""

    async def body():
        loop = asyncio.get_running_loop()
        done = 0
        for _ in range(n):
            done += await loop.run_in_executor(None, f)
        return done

    return _run(body())


async def ready():
    return True


def scheduled():
    """A future that the loop resolves on its next turn."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, True)
    return future
