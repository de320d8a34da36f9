#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 64 * 1024 };

struct block {
	struct block *next;
	size_t used, size; /* bytes */
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the first is the one that is taken from */
};

struct arena *arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
	struct block *block, *next;

	for (block = arena ? arena->blocks : NULL; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

static struct block *add_block(struct arena *arena, size_t size)
{
	struct block *block = xmalloc(sizeof *block + size);

	block->size = size;
	block->used = 0;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_take(struct arena *arena, size_t size)
{
	const size_t whole = alignof(max_align_t);
	struct block *block = arena->blocks;
	void *taken;

	size = (size + whole - 1) / whole * whole;
	/* What is longer than a block gets one of its own length. */
	if (!block || block->size - block->used < size)
		block = add_block(arena, size > BLOCK ? size : BLOCK);
	taken = block->bytes + block->used;
	block->used += size;
	return memset(taken, 0, size);
}

char *arena_text(struct arena *arena, const char *s, size_t n)
{
	return memcpy(arena_take(arena, n + 1), s, n);
}
