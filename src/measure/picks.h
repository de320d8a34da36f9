/*
 * picks: which measurements somebody means who names some of them on the
 * command line, those included that cannot be made here, with the reason. A
 * pure function of catalog, environment and patterns; texts are lent by the
 * first two.
 */
#ifndef FFIADVISE_MEASURE_PICKS_H
#define FFIADVISE_MEASURE_PICKS_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/probes.h"
#include "measure/plan.h"
#include "measure/store.h"

struct pick {
	const struct probe *probe;
	const struct binding *binding;
	long n;          /* 0: the operation has no size */
	const char *why; /* it cannot be measured; NULL: it can */
	int built;       /* with why: the binding could do it, but is not here */
};

struct picks {
	struct pick *items; /* by probe in the catalog's order, then size, then binding */
	size_t n, cap;
};

/*
 * One pattern: with *, ? or [ in it, a shell pattern over a measurement id
 * ("list_float.copied/pyo3/n=1000"), an operation, a group or a binding, as a
 * whole, * standing for / too; with a / in it the head of a measurement id;
 * else the name of a group, an operation or a binding, and where there is none
 * the head of such a name. Several are
 * a union; none at all is everything. size 0: every size; what has no size is
 * not kept out by one.
 */
int picks_make(struct picks *picks, const struct probes *probes, const struct environment *env,
	const char *const *patterns, size_t n_patterns, long size, struct err *err);
void picks_release(struct picks *picks);
/* Those that can be measured, as a plan (initialised). */
void picks_plan(const struct picks *picks, struct plan *plan);
/* True when that measurement is among them. */
int picks_hold(const struct picks *picks, const char *probe, const char *binding, long n);

#endif
