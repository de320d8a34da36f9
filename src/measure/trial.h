/*
 * trial: a short look at how quiet the machine is, through a worker and without
 * any probe: gates, the same piece of work again and again, on each allowed CPU
 * in turn, so that a slow moment hits all of them alike.
 */
#ifndef FFIADVISE_MEASURE_TRIAL_H
#define FFIADVISE_MEASURE_TRIAL_H

#include <stddef.h>

#include "base/err.h"
#include "measure/store.h"
#include "measure/worker.h"

/* CPUs that are looked at, at most. */
enum { TRIAL_CPUS = 16 };

struct trial_cpu {
	int cpu;
	size_t gates, clean;
	double fastest; /* ns */
	enum grade grade;
};

struct trial {
	double start_seconds; /* until the worker answered */
	long pid;             /* of its interpreter */
	double fastest;       /* ns, over all CPUs */
	double clean_share;   /* of the best CPU */
	enum grade grade;     /* of the best CPU */
	double slow;          /* how many times slower the slow gates are; 0: too few to say */
	double slow_share;    /* of all gates */
	struct trial_cpu cpus[TRIAL_CPUS];
	size_t n_cpus;
};

/*
 * Takes about `seconds`; less when the stop_fd of options becomes readable. -1 when
 * no worker could run: nothing can be measured here.
 */
int trial_run(struct trial *trial, const struct worker_options *options, double seconds,
	struct err *err);

#endif
