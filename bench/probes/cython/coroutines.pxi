# Coroutines: Cython compiles them as they stand.


async def ready():
    return True
