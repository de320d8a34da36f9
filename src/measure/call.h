/*
 * call: the person's own call. One worker runs their code as `python -c` would and
 * looks at the call: what goes in, what comes out, how much of it is waiting.
 * Then the same engine that measures the probes measures the call. This module
 * runs code that somebody wrote for it, in processes of its own that may crash,
 * hang or flood; nothing but the workers is put at risk.
 */
#ifndef FFIADVISE_MEASURE_CALL_H
#define FFIADVISE_MEASURE_CALL_H

#include "base/proto.h"
#include "base/str.h"
#include "measure/measure.h"

/* The measurement's id. */
#define CALL_PROBE "call"
#define CALL_BINDING "python"

/* Owned by the caller: call_release(). */
struct call {
	const char *setup;	/* lent: run once in each worker; "" for none */
	const char *expression; /* lent: what is measured */
	struct worker_seen seen;
	struct str bytes; /* what seen's texts are in */
	char *talk;	  /* what the code printed while it was looked at; "" nothing */
	double setup_seconds; /* starting a process and running the set-up in it */
	struct est ns;	  /* of one call: the measurement's; or, of what is longer than a sample
			   * can be, the one run's that was looked at: an upper bound */
	double drift; /* by how much it got slower while it was measured; 1 not, or not known */
};

/*
 * Runs the set-up and looks at the call. -1 when it is no Python (ERR_USAGE), raises,
 * crashes, hangs, floods; the err is for the person who wrote it. *stopped is set
 * when stop_fd ended it. call->setup and expression are set before, all else is filled.
 */
int call_look(struct call *call, const struct measure_options *options, int *stopped,
	struct err *err);
/*
 * Measures it into m (initialised), after call_look(), for a share of the budget; longer
 * where call or set-up are slow. A run longer than a sample can be is not repeated: m
 * has no measurement then. -1 when no worker could run or when the call failed.
 */
int call_time(struct call *call, struct measurements *m, const struct probes *probes,
	const struct measure_options *options, int *stopped, struct err *err);
void call_release(struct call *call);

/*
 * Pure. By how much a call got slower from the first third of the samples to the last
 * one, gates taken out; the least of the workers that have enough samples, 1 where
 * none has.
 */
double call_drift(const struct measurement *item);
/* Pure. Seconds to measure for: a share of the budget, or what a run of ns, and so many seconds
 * to start and set up, need where that is more. */
double call_budget(double budget, double ns, double setup_seconds);

#endif
