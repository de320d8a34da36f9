/*
 * node: what a YAML file says as a tree, in which every value knows its place.
 * yamlio makes it; the caller owns the root: node_free().
 */
#ifndef FFIADVISE_CATALOG_NODE_H
#define FFIADVISE_CATALOG_NODE_H

#include <stddef.h>

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
};

/* Frees it with all below it; NULL is fine. */
void node_free(struct node *node);
/* Puts item, which is owned from now on, behind the others of a list or a map. */
void node_add(struct node *to, struct node *item);
/* The value of key in a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);
/* An unquoted scalar that says nothing: empty, ~, null. */
int node_is_null(const struct node *node);

#endif
