/*
 * Counts what a process asks of the C library's allocator: loaded before
 * everything else (LD_PRELOAD), it stands in for malloc() and the others and
 * passes them on. Only glibc lends the functions behind them by name; elsewhere
 * there is no ffiadvise_allocations(), and what reads it says so.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#ifdef __GLIBC__

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

unsigned long ffiadvise_allocations(void);
void *memalign(size_t alignment, size_t size);

/* Of this thread, so that others do not disturb. */
static _Thread_local unsigned long counted;

unsigned long ffiadvise_allocations(void)
{
	return counted;
}

void *malloc(size_t size)
{
	counted++;
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	counted++;
	return __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	counted++;
	return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size)
{
	counted++;
	return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
	*p = memalign(alignment, size);
	return *p ? 0 : ENOMEM;
}

#endif
