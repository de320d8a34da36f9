/*
 * yamlio: a YAML file as a tree whose every node knows its place, within
 * limits. The only user of <yaml.h>. Anchors, aliases, tags, merge keys,
 * duplicate keys, a second document and anything beyond the limits are
 * errors with line and column. Scalars stay text: what they mean is decided
 * by who reads the tree, so nothing a file says can run or become anything.
 *
 * yaml_read() returns a tree the caller owns: node_free().
 */
#ifndef FFIADVISE_CATALOG_YAMLIO_H
#define FFIADVISE_CATALOG_YAMLIO_H

#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

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

struct yaml_limits {
	size_t bytes; /* of the file */
	int depth;    /* of nesting */
	size_t nodes; /* values, lists and maps in it: a bound on memory */
};

/* The limits of answers-format.md; the program's own data keeps to them too. */
extern const struct yaml_limits yaml_limits_default;

/*
 * Reads one document. name is what errors call the file. Returns NULL and adds
 * to errs when it is not readable as YAML or breaks a limit. An empty document
 * is an empty map. Duplicate keys are collected (all are told) and refused.
 */
struct node *yaml_read(
	FILE *in, const char *name, const struct yaml_limits *limits, struct errs *errs);
/* The same from a path. "-" is not special here. */
struct node *yaml_read_file(const char *path, const struct yaml_limits *limits, struct errs *errs);
/* Frees the whole tree; of its root only. */
void node_free(struct node *root);

/* The value of key in a map, or NULL. */
const struct node *node_get(const struct node *map, const char *key);
/* An unquoted scalar that says nothing: empty, ~, null. */
int node_is_null(const struct node *node);

#endif
