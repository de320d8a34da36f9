/*
 * run: brings the measurements for a survey: from a file that was named, from
 * today's cache, or from the workers now, as little as is needed. The only
 * road from answers to figures, for every front end.
 */
#ifndef FFIADVISE_SESSION_RUN_H
#define FFIADVISE_SESSION_RUN_H

#include "base/err.h"
#include "catalog/catalog.h"
#include "measure/call.h"
#include "measure/measure.h"
#include "measure/store.h"
#include "session/python.h"
#include "survey/survey.h"

struct run_options {
	double budget;      /* seconds */
	int fresh;          /* do not use what was measured before */
	const char *file;   /* measurements to use as they are; NULL: measure */
	int stop_fd;        /* readable: stop; -1 none */
	void (*progress)(void *who, const struct measure_progress *progress);
	void *who;
};

/*
 * Fills m (uninitialised before). 0 also when probes failed, see m->missing;
 * *stopped when stop_fd ended it early. -1 when there is nothing to go by: the
 * file is unusable or no worker could run.
 */
int run_measurements(struct measurements *m, const struct survey *survey,
	const struct catalog *catalog, const struct python *python,
	const struct run_options *options, int *stopped, struct err *err);

/* What could be measured here, into env, which is empty. -1: nothing. */
int run_look(struct environment *env, const struct catalog *catalog, const struct python *python,
	struct err *err);
/* A file's measurements, as they are; m says in `foreign` when they are not from here. */
int run_load(struct measurements *m, const struct catalog *catalog, const struct python *python,
	const char *path, struct err *err);
/*
 * A plan that is given, measured now, whatever is in the cache, which is not
 * written either. As run_measurements(); options->file and fresh are not used.
 */
int run_plan(struct measurements *m, const struct plan *plan, const struct catalog *catalog,
	const struct python *python, const struct run_options *options, int *stopped,
	struct err *err);

/*
 * Looks at the person's own call and, where it gives a value, measures it into m
 * (uninitialised before; empty on -1). call has set-up and expression; the caller
 * releases it in any case. options->file and fresh are not used.
 */
int run_call(struct call *call, struct measurements *m, const struct catalog *catalog,
	const struct python *python, const struct run_options *options, int *stopped,
	struct err *err);

/* True when a probe that was planned failed, timed out or was killed. */
int run_failed(const struct measurements *m);

#endif
