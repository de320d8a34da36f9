/*
 * view_explain: what an id means that some report prints: a rule, a probe, a
 * measurement, a binding, an answer, a reference figure, a kind of work, an
 * option, a word, a claim; and where it is used. Each kind is one row of a
 * table with its function. An id of several kinds is explained as each.
 */
#ifndef FFIADVISE_SHOW_VIEW_EXPLAIN_H
#define FFIADVISE_SHOW_VIEW_EXPLAIN_H

#include "base/err.h"
#include "catalog/catalog.h"
#include "measure/store.h"
#include "show/lines.h"

struct explain {
	const struct catalog *catalog;
	const struct measurements *m; /* to look figures up in; may be NULL */
};

/* -1, with nothing added and a usage error that names what is near, when no kind knows the id. */
int view_explain(struct lines *lines, const struct explain *explain, const char *id,
	struct err *err);

#endif
