#include "catalog/node.h"

#include <string.h>

void node_free(struct node *root)
{
	if (root)
		arena_free(root->arena);
}

/* The room doubles; what was there before stays behind in the arena. */
void node_add(struct arena *arena, struct node *to, struct node *item)
{
	struct node **items;

	if (to->n == to->cap) {
		to->cap = to->cap ? 2 * to->cap : 4;
		items = arena_take(arena, to->cap * sizeof *items);
		if (to->n)
			memcpy(items, to->items, to->n * sizeof *items);
		to->items = items;
	}
	to->items[to->n++] = item;
}

const struct node *node_get(const struct node *map, const char *key)
{
	size_t i;

	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (i = 0; i < map->n; i++) {
		if (strcmp(map->items[i]->key, key) == 0)
			return map->items[i];
	}
	return NULL;
}

int node_is_null(const struct node *node)
{
	return node->kind == NODE_SCALAR && !node->quoted &&
	       (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
		       strcmp(node->text, "null") == 0 || strcmp(node->text, "Null") == 0 ||
		       strcmp(node->text, "NULL") == 0);
}
