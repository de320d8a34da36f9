/*
 * mem: allocation that cannot fail. Out of memory ends the program through
 * one hook, so that a front end can restore the terminal first. Every pointer
 * that comes from here is freed with free().
 */
#ifndef FFIADVISE_BASE_MEM_H
#define FFIADVISE_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* Called once before the program ends for want of memory; NULL for none. */
void mem_on_exhausted(void (*hook)(void));

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t size);
/* Resizes an array; count * size is checked for overflow. */
void *xreallocarray(void *p, size_t count, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Makes room for one more item in an array that doubles: items, n, cap. */
#define GROW(items, n, cap)                                                                        \
	do {                                                                                       \
		if ((n) >= (cap)) {                                                                \
			(cap) = (cap) ? 2 * (cap) : 8;                                             \
			(items) = xreallocarray((items), (cap), sizeof *(items));                  \
		}                                                                                  \
	} while (0)

#endif
