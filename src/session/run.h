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
	/* At a few points of a run for one function: what it has measured, with its
	 * estimates; without what was there before. NULL for none. */
	void (*look)(void *who, const struct measurements *so_far);
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

/*
 * The same with n interpreters, n from 2: the first is the one that is used now, the
 * others are measured for what upgrading to them would gain, all in one run and
 * whatever is in the cache. ms[0] refers to the others, which must stay beside it.
 */
int run_measurements_all(struct measurements *ms, size_t n, const struct survey *survey,
	const struct catalog *catalog, const struct python *pythons,
	const struct run_options *options, int *stopped, struct err *err);

/*
 * The same in steps, for a session whose answers come one by one: what today's
 * cache holds, into m, which is initialised (nothing is fine, -1 when nothing
 * can be measured here at all) ...
 */
int run_recall(struct measurements *m, const struct catalog *catalog, const struct python *python,
	struct err *err);
/*
 * ... and what of all the survey calls for m lacks, measured now and put into
 * m. What m has is kept, also at -1. 1 when it was measured, 0 when m lacks
 * nothing. options->file and fresh are not used.
 */
int run_more(struct measurements *m, const struct survey *survey, const struct catalog *catalog,
	const struct python *python, const struct run_options *options, int *stopped,
	struct err *err);

/* What could be measured here, into env, which is empty. -1: nothing. */
int run_look(struct environment *env, const struct catalog *catalog, const struct python *python,
	struct err *err);
/* A file's measurements, as they are; m says in `foreign` when they are not from here. */
int run_load(struct measurements *m, const struct catalog *catalog, const struct python *python,
	const char *path, struct err *err);
/*
 * Plans that are given, one for each of n interpreters, measured now in one run in
 * which they take turns, whatever is in the cache, which is not written either. As
 * run_measurements(), for n results in ms; options->file and fresh are not used.
 */
int run_plans(struct measurements *ms, const struct plan *plans, size_t n,
	const struct catalog *catalog, const struct python *pythons,
	const struct run_options *options, int *stopped, struct err *err);

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
