/*
 * measure: runs probes in the workers and brings home samples. The caller
 * says what it wants (a plan) and for how long; progress comes by callback;
 * a descriptor that becomes readable stops it early with what there is.
 * No probe, however bad, can hurt the caller: a worker that crashes, hangs,
 * floods or eats memory is killed and started again, and the probe is named
 * in missing. When it returns, no worker is left.
 */
#ifndef FFIADVISE_MEASURE_MEASURE_H
#define FFIADVISE_MEASURE_MEASURE_H

#include <stdint.h>

#include "base/err.h"
#include "catalog/probes.h"
#include "measure/plan.h"
#include "measure/store.h"

struct measure_progress {
	int done, wanted;	/* probes decided (enough clean samples), probes planned */
	double elapsed, budget; /* seconds */
	enum grade grade;	/* so far */
	const char *doing;	/* "starting", "checking", "measuring"; static text */
};

struct measure_options {
	const char *worker;  /* path of the worker program, or of the module host imports */
	const char *host;    /* the interpreter that does; NULL: the worker embeds one */
	const char *probes;  /* folder of the built probe modules */
	const char *site;    /* as in worker.h */
	const char *program; /* version of ffiadvise, kept with what is measured */
	int own;	     /* the plan is the person's own call: see call.h; then */
	double own_ns;	     /* what one run takes, where that is known; else 0 */
	double budget;	     /* seconds of measuring, start-up included */
	int stop_fd;	     /* becomes readable: stop; -1 for none */
	void (*progress)(void *who, const struct measure_progress *progress); /* or NULL */
	void *who;
	/*
	 * What hangs on each measurement, asked at each look, with the estimates made:
	 * weights has room for so_far->n, in the order of its items; 0 for what may
	 * be as it is. What weighs nothing is sampled no more, and the run ends when
	 * nothing weighs. NULL: all matter until they are narrow.
	 */
	void (*weigh)(void *weigh_who, const struct measurements *so_far, double *weights);
	void *weigh_who;
};

/*
 * Describes what could be measured here without measuring: the machine, and
 * interpreter and bindings from the manifest in the worker's folder. Fills env,
 * which is empty (environment_release() it). -1 when there is no usable worker;
 * no Python is started to find out.
 */
int measure_look(struct environment *env, const struct probes *probes,
	const struct measure_options *options, struct err *err);

/*
 * Measures the plan into m, which is empty or holds the environment that
 * measure_look() gave. Returns 0 also when probes failed (see missing) or it was
 * stopped early (*stopped is set); -1 only when no worker could run at all.
 */
int measure_run(struct measurements *m, const struct plan *plan, const struct probes *probes,
	const struct measure_options *options, int *stopped, struct err *err);

/* One of several interpreters that are measured in one run. */
struct measure_part {
	struct measurements *m; /* as of measure_run(); may be looked at and estimated anew
				 * when progress is told */
	const struct plan *plan;
	const struct measure_options *options; /* budget, stop_fd and progress are the first's */
};

/*
 * The same for n interpreters at once: on one CPU, their sweeps in turn, within one
 * budget, so that the ratio of two figures is taken within one run. -1 when one of
 * them has no worker that could run.
 */
int measure_run_all(const struct measure_part *parts, size_t n, const struct probes *probes,
	int *stopped, struct err *err);

#endif
