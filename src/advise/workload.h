/*
 * workload: the answers of one function in the quantities of the cost model.
 * An unknown answer becomes the range of what is possible (each such range is
 * a figure of data/reference.yaml with its reason). Borrowed texts live as
 * long as the answers; nothing to free.
 */
#ifndef FFIADVISE_ADVISE_WORKLOAD_H
#define FFIADVISE_ADVISE_WORKLOAD_H

#include <stddef.h>

#include "advise/draw.h"
#include "base/est.h"
#include "catalog/reference.h"
#include "survey/answers.h"

enum tri { TRI_NO = 0, TRI_YES = 1, TRI_UNKNOWN = -1 };
enum access { ACCESS_UNKNOWN, ACCESS_ALL, ACCESS_FEW, ACCESS_OPAQUE };
enum between { BETWEEN_UNKNOWN, BETWEEN_REBUILT, BETWEEN_REUSED, BETWEEN_MUTATED };
enum crosses { CROSSES_UNKNOWN, CROSSES_COPY, CROSSES_ITEMS, CROSSES_VIEW, CROSSES_HANDLE };

enum { INPUTS_MAX = 64, PRICE_TYPE_SIZE = 48 };

struct argument {
	const char *name;          /* "xs", or "" */
	const struct pytype *type; /* NULL: unknown */
	char price_type[PRICE_TYPE_SIZE]; /* the type it is priced as: "list[float]" */
	int price_exact;           /* 0: priced as a similar type, which is an assumption */
	struct est length, item_length, fields;
	int length_known;
	enum access access;
	enum between between;
	enum crosses crosses;      /* of code that is native now */
	enum tri can_change, own_class, contiguous, ascii, writable;
};

/* How much of the result Python looks at. */
enum read { READ_UNKNOWN, READ_ALL, READ_FEW, READ_ITEMS, READ_PASSED_ON };

struct workload {
	const struct answers *answers;
	struct est goal_speedup;   /* point 0 low: none given */
	int has_goal_speedup, has_goal_time, has_goal_memory;
	struct est goal_time, goal_memory;
	struct est time_now;       /* ns of wall time a call */
	int time_known;
	struct est share, wait_share, native_share; /* 0..1 */
	struct est module_share;   /* of all that is compiled with it, 0..1 */
	int share_known;
	struct est calls_per_second, callbacks, iterations;
	const char *bound, *now, *work, *loop, *task, *through; /* words; NULL: unknown */
	int work_told;             /* somebody said what work it is: no scenario's guess */
	int unmanned;              /* Python now, and nobody is known to write another language */
	int native_now;            /* native or compiled already */
	enum tri holds_gil;        /* of such code */
	struct est cores;          /* that it may use where it runs: told, or this machine's */
	int cores_known;
	struct est crossing_share; /* of its time now, 0..1, spent at its boundary; see present.h */
	struct est crossing_counted; /* the part of it that probes account for */
	int uncounted;             /* what that boundary is made of is not told: present.h */
	enum tri loop_can_move, vectorisable, redundant_work, independent, typed, library_batch;
	int library_in_use;        /* a library does it already */
	enum read read;            /* of the output */
	int start_counts;          /* the process is short-lived, or its life is known */
	struct est busy;           /* ns the function takes of a process's life; while start_counts */
	int asyncio;               /* it runs in an event loop */
	int threads;               /* several threads call it at once */
	struct est workers;        /* how many of them */
	struct argument inputs[INPUTS_MAX];
	size_t n_inputs;
	int inputs_known;
	struct argument output;
	int main_input;            /* the longest; -1: none */
};

/*
 * Native code that calls Python back for each item has its loop on one side and
 * the work on the other; they can be brought together unless the callback is
 * handed in from outside, or belongs to an event loop.
 */
int workload_moves_callbacks(const struct workload *workload);
/* While nobody said how many cores it may use, it has those of the machine that was measured on. */
void workload_on_machine(struct workload *workload, int cores);
/* Native code that holds the GIL while it waits, called from several threads: they wait one
 * after the other, so that letting the GIL go shortens the waiting too. */
int workload_waits_in_turn(const struct workload *workload);

/* Fills in price_type and price_exact by the type: the one of those with probes whose
 * mechanism is the same. */
void workload_price_type(struct argument *argument);
/* draw NULL: ranges stay ranges. */
void workload_make(struct workload *workload, const struct answers *answers,
	const struct references *references, const struct draw *draw);

#endif
