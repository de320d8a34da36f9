/*
 * libraries: data/libraries.yaml as structs: which maintained native libraries
 * do which tasks already, what each takes the place of, how it is installed,
 * and its licence. Each statement carries the public page it was read on and
 * the day; what no page is known for is "unknown". Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_LIBRARIES_H
#define FFIADVISE_CATALOG_LIBRARIES_H

#include <stddef.h>

#include "base/err.h"
#include "base/est.h"

/* What a page says. A statement that is "unknown" has no source and no date. */
struct statement {
	char *says;
	char *source; /* an https address, or the name of a reference; NULL: unknown */
	char *date;   /* "2026-11-25" or "2026-11", when it was read; NULL: unknown */
};

struct library {
	char *id;      /* "orjson": what it is installed as */
	char *task;    /* a choice of function.task */
	char *install; /* a command line */
	char *first;   /* what to write in place of what; NULL: nothing more to say */
	struct statement replaces, licence, batch; /* batch: its form for many items at once */
	struct statement gain_of; /* what the gain was measured on */
	struct est gain;          /* how many times faster; point 0: nobody said */
};

struct task {
	char *id;    /* a choice of function.task */
	char *title; /* what it is, in words */
};

struct libraries {
	struct task *tasks;
	size_t n_tasks;
	struct library *items; /* in the order of the file: of a task the first is named first */
	size_t n;
};

/* 0, or -1 with every mistake in errs; libraries is then empty. */
int libraries_load(struct libraries *libraries, const char *dir, struct errs *errs);
void libraries_release(struct libraries *libraries);
/* NULL when there is no such task. */
const struct task *libraries_task(const struct libraries *libraries, const char *id);
/* By what it is installed as; a library that does two tasks is found for the first.
 * NULL when there is none. */
const struct library *libraries_find(const struct libraries *libraries, const char *id);

#endif
