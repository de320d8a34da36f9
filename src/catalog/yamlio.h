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
#include "catalog/node.h"

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

#endif
