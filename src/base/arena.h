/*
 * arena: memory for many small things that live and go together, such as the
 * nodes of one tree: taken piece by piece, given back all at once. The owner
 * of the arena owns all that was taken from it.
 */
#ifndef FFIADVISE_BASE_ARENA_H
#define FFIADVISE_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* size bytes of zeros, aligned for anything; good until arena_free(). Never NULL. */
void *arena_take(struct arena *arena, size_t size);
/* n bytes of s and a 0. */
char *arena_text(struct arena *arena, const char *s, size_t n);

#endif
