/*
 * bindings: data/bindings.yaml as structs. A binding is one way to call native
 * code. They are read, and owned, by probes, which says what each does.
 */
#ifndef FFIADVISE_CATALOG_BINDINGS_H
#define FFIADVISE_CATALOG_BINDINGS_H

#include <stddef.h>

#include "base/err.h"

struct binding {
	int line;       /* of bindings.yaml */
	char *id;       /* "pyo3", "capi", "capi-vectorcall", "python" */
	char *title;    /* "PyO3" */
	char *folder;   /* below bench/probes */
	char *module;   /* the Python module its probes are in */
	char *language; /* a choice of team.languages; "python" for none */
	char *toolchain;/* what builds it, in words */
	char *cure;     /* what to do where it is absent */
	int option;     /* it can be advised; 0: measured as a yardstick only */
	int rank;       /* which to prefer among equals; 1 first */
	char *why_rank; /* one sentence: safety, upkeep */
	char *limits;   /* what it cannot do, one sentence; may be NULL */
	char **groups;  /* the only groups of probes it does; NULL: all */
	size_t n_groups;
};

/* All of them as a new array, for bindings_release(); every mistake goes into errs, and what is
 * wrong stays empty. Of a file that is no list of bindings *items is NULL and *n 0. */
void bindings_load(struct binding **items, size_t *n, const char *dir, struct errs *errs);
void bindings_release(struct binding *items, size_t n);

#endif
