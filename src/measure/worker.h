/*
 * worker: the parent's side of one worker process. Whatever happens in there,
 * the calls here return: a worker that crashes, hangs, floods, forks or eats
 * memory has been killed with all it started, and the err says how it ended.
 * Owned by the caller: worker_stop(). The thread that started a worker must
 * live as long as it: the kernel ends the worker with it.
 */
#ifndef FFIADVISE_MEASURE_WORKER_H
#define FFIADVISE_MEASURE_WORKER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/proto.h" /* struct worker_hello, _probe, _loaded, _sample, _entry,
				_reading */

struct worker;

struct worker_options {
	const char *program;  /* the worker program, or the module that `host` imports */
	const char *host;     /* the interpreter that does; NULL: program embeds one */
	const char *probes;   /* folder of the probe modules */
	const char *site;     /* folders of packages that come before those the probes were
			       * built with, between colons; NULL: none */
	int own;              /* it runs the person's own code, and no probes: in their environment */
	size_t memory;        /* bytes of resident memory it may grow by; 0: 1 GiB */
	double run_seconds;   /* limit for running the person's code; 0: 60 */
	double load_seconds;  /* limit for loading one probe; 0: 10 */
	double block_seconds; /* limit for one sample of a block beyond its expected time; 0: 5 */
	int stop_fd;          /* readable: calls return WORKER_STOPPED; -1 none */
};

/* What a call came to. */
enum worker_result {
	WORKER_OK = 0,
	WORKER_REFUSED, /* the probe failed as Python or gave a wrong result; the worker lives */
	WORKER_DIED,    /* it was killed or died; err tells how; worker_stop() it and start another */
	WORKER_STOPPED, /* stop_fd became readable; the worker was killed, worker_stop() it */
};

/*
 * The err of a refusal or a death is what a person reads after the probe's
 * name: "the statement raised ValueError: ...", "ended by SIGSEGV", "was still
 * running after 5 s".
 */

/* On anything but WORKER_OK there is no worker and *worker is NULL. */
enum worker_result worker_start(struct worker **worker, const struct worker_options *options,
	struct err *err);
/* From the handshake. Lent until worker_stop(). */
const struct worker_hello *worker_hello(const struct worker *worker);
/* Puts the worker on one CPU (-1: all that are allowed). */
enum worker_result worker_pin(struct worker *worker, int cpu, struct err *err);
/* The fastest of `times` gates, ns. */
enum worker_result worker_gate(struct worker *worker, int times, double *ns, struct err *err);
/*
 * Sets the probe up, compares its result with the reference's, warms and
 * calibrates. A number that was loaded before is loaded anew.
 */
enum worker_result worker_load(struct worker *worker, const struct worker_probe *probe,
	struct worker_loaded *loaded, struct err *err);
/*
 * Runs entries once each in the order given; samples has room for n. On
 * WORKER_DIED and WORKER_REFUSED *failed is the index of the entry that was
 * running; samples then holds nothing. loops and unroll may differ from what
 * worker_load() proposed (1..PROTO_UNROLL_MAX); a new unroll costs a warm-up once.
 */
enum worker_result worker_block(struct worker *worker, const struct worker_entry *entries, size_t n,
	struct worker_sample *samples, size_t *failed, struct err *err);
/*
 * Sets the probe up and evaluates its call once, within load_seconds; nothing
 * is timed or compared. is_names: it gives names, else a finite number. The
 * reading's texts are lent until the next call.
 */
enum worker_result worker_read(struct worker *worker, const struct worker_probe *probe,
	int is_names, struct worker_reading *reading, struct err *err);
/*
 * Of a worker with `own`: runs the person's code in a new __main__, within run_seconds. A
 * refusal with code ERR_USAGE: it is no Python. Loading a probe without a module
 * runs its set-up in this way.
 */
enum worker_result worker_run(struct worker *worker, const char *code, struct err *err);
/*
 * Looks at a call in it, within load_seconds; refusals as above. The texts of seen are
 * lent until the next call.
 */
enum worker_result worker_look(struct worker *worker, const char *call, struct worker_seen *seen,
	struct err *err);
/* What the probes printed so far, up to the cap; lent until the next call. */
const char *worker_talk(struct worker *worker, size_t *n, int *flooded);
/*
 * Ends it and everything it started, and waits for that: a few milliseconds,
 * two seconds at the very most. NULL is fine.
 */
void worker_stop(struct worker *worker);

#endif
