/*
 * lanes: the state of one run, and the part of it that deals with workers:
 * starting them, loading the probes, putting another in the place of one that
 * died. A lane is the place of one worker; who stands in it may change. Only
 * schedule.c uses this. Owned by it: lanes_release().
 */
#ifndef FFIADVISE_MEASURE_LANES_H
#define FFIADVISE_MEASURE_LANES_H

#include "measure/constants.h"
#include "measure/order.h"
#include "measure/schedule.h"

/* One planned measurement. */
struct job {
	const struct plan_item *planned;
	struct worker_probe probe; /* its loops and unroll are those of the first worker in all */
	char *id;
	size_t item;		/* in the measurements */
	double entry_ns;	/* expected time of one entry, both unrolls */
	int failed;		/* named in missing; not tried again */
	int wanted;		/* not decided yet, and something hangs on it */
	int spared;		/* not decided, but nothing hangs on it */
	double weight;		/* what hangs on it, 1 as long as that is not known */
	int sampled;		/* some worker has a sample of it */
	uint32_t every;		/* due in each so-many-th block */
	size_t next;		/* the block from which on it is due */
};

struct lane {
	struct worker *worker; /* NULL: none, and none to come */
	int number;	       /* of the present process, in struct samples */
	unsigned char *loaded; /* of n_jobs */
	int64_t load_ns;       /* what starting and loading it took */
};

/* What is measured in one interpreter; several of them take turns within one run. */
struct schedule {
	struct schedule *all; /* those of this run, n_all of them; this is all[turn] */
	size_t n_all, turn;
	struct measurements *m;
	const struct measure_options *options;
	const struct worker_calls *calls;
	struct worker_options worker_options;
	struct job *jobs;
	size_t n_jobs;
	size_t *by_weight; /* jobs in the order they are loaded */
	struct job *readings; /* what is not timed; the weightiest first */
	size_t n_readings;
	struct lane lanes[WORKERS_WANTED];
	int n_lanes;
	int next_number;    /* of the next process; WORKERS_MAX: no more */
	int failed_starts;  /* one after the other */
	int cpu;	    /* where the workers run; -1: anywhere */
	int64_t began, end; /* ns */
	int stopped;
	struct chance chance;
	int64_t told;	 /* when progress was last told */
	struct err last; /* why no worker could start */
};

/* Seconds since the run began, and the time at a share of its budget, ns as of clock_ns(). */
double schedule_elapsed(const struct schedule *s);
int64_t schedule_at(const struct schedule *s, double share);
/* True when stop_fd is readable, now or before. */
int schedule_stopped(struct schedule *s);
/* Tells progress if it is time for that. doing is static text. */
void schedule_tell(struct schedule *s, const char *doing);
/* Names the job's probe in missing; it is not tried again. */
void schedule_fail(struct schedule *s, struct job *job, const struct err *why);

/* Starts workers until there are `most` lanes, as far as the budget has room for them, and loads
 * the probes that are wanted. -1 when none could start (see last). */
int lanes_start(struct schedule *s, int most);
/* The worker of a lane is gone or not to be trusted: ends it and, if there is time, starts and
 * loads another. */
void lane_replace(struct schedule *s, struct lane *lane);
/* Puts a worker into a lane that has none: tries until one is there (0), or too many starts
 * failed, or time is up (-1). It is on no CPU yet and nothing is loaded. */
int lane_begin(struct schedule *s, struct lane *lane);
/* Ends its worker, where it has one. */
void lane_end(struct schedule *s, struct lane *lane);
/* How many have a worker. */
int lanes_alive(const struct schedule *s);
void lanes_release(struct schedule *s);

#endif
