#include "catalog/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void node_free(struct node *node)
{
	size_t i;

	if (!node)
		return;
	for (i = 0; i < node->n; i++)
		node_free(node->items[i]);
	free(node->items);
	free(node->key);
	free(node->text);
	free(node);
}

void node_add(struct node *to, struct node *item)
{
	GROW(to->items, to->n, to->cap);
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
