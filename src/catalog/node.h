/*
 * node: what a YAML file says as a tree, in which every value knows its place.
 * yamlio makes it, all of it in one arena that the root holds; the caller owns
 * the root: node_free().
 */
#ifndef FFIADVISE_CATALOG_NODE_H
#define FFIADVISE_CATALOG_NODE_H

#include <stddef.h>

#include "base/arena.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	int line, column;	  /* from 1, of the value */
	int key_line, key_column; /* of the key, when it is a value of a map */
	char *key;		  /* in a map: the key of this node; else NULL */
	char *text;		  /* NODE_SCALAR: never NULL; may hold no NUL */
	int quoted;		  /* NODE_SCALAR: it was written in quotes or as a block */
	int flow;		  /* NODE_LIST, NODE_MAP: written as [ ] or { } */
	size_t bytes;		  /* of the source it spans, without the comments that follow it;
				     libyaml counts characters, so a little less in other scripts */
	struct node **items;	  /* NODE_LIST, NODE_MAP */
	size_t n, cap;
	struct arena *arena;	  /* the root's: what the whole tree lies in; else NULL */
};

/* Frees the whole tree; of its root only. NULL is fine. */
void node_free(struct node *root);
/* Puts item behind the others of a list or a map; all three lie in the arena. */
void node_add(struct arena *arena, struct node *to, struct node *item);
/* The value of key in a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);
/* An unquoted scalar that says nothing: empty, ~, null. */
int node_is_null(const struct node *node);

#endif
