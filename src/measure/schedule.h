/*
 * schedule: one run over a plan within a budget: starts the workers, has every
 * probe loaded in each, and samples in blocks until every measurement is
 * decided, the budget is spent or someone says stop. What to do with a worker
 * goes through a table of calls, so that tests run it on a pretended one.
 */
#ifndef FFIADVISE_MEASURE_SCHEDULE_H
#define FFIADVISE_MEASURE_SCHEDULE_H

#include "measure/measure.h"
#include "measure/worker.h"

/* As in worker.h. */
struct worker_calls {
	enum worker_result (*start)(
		struct worker **worker, const struct worker_options *options, struct err *err);
	const struct worker_hello *(*hello)(const struct worker *worker);
	enum worker_result (*pin)(struct worker *worker, int cpu, struct err *err);
	enum worker_result (*gate)(struct worker *worker, int times, double *ns, struct err *err);
	enum worker_result (*load)(struct worker *worker, const struct worker_probe *probe,
		struct worker_loaded *loaded, struct err *err);
	enum worker_result (*block)(struct worker *worker, const struct worker_entry *entries,
		size_t n, struct worker_sample *samples, size_t *failed, struct err *err);
	enum worker_result (*read)(struct worker *worker, const struct worker_probe *probe,
		int is_names, struct worker_reading *reading, struct err *err);
	void (*stop)(struct worker *worker);
};

/*
 * As measure_run_all(); each m holds the environment and nothing else. reference is
 * the module of the Python reference, NULL for none.
 */
int schedule_run(const struct measure_part *parts, size_t n, const char *reference,
	const struct worker_calls *calls, int *stopped, struct err *err);

#endif
