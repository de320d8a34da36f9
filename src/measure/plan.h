/*
 * plan: which probes to run, in which bindings, at which sizes. Plain data.
 * What the answers call for is worked out by advise (advise/wants.h), since
 * only the cost model knows what it will ask; this module holds the list and
 * keeps it free of doubles and of what cannot be measured.
 */
#ifndef FFIADVISE_MEASURE_PLAN_H
#define FFIADVISE_MEASURE_PLAN_H

#include <stddef.h>

#include "catalog/probes.h"

struct plan_item {
	const struct probe *probe;     /* lent by the catalog */
	const struct binding *binding; /* lent by the catalog */
	long n;			       /* a size; 0 where the probe has none */
	double weight;		       /* how much the verdict hangs on it; 1 usual */
	int family;		       /* alternatives of one decision share a number */
};

struct plan {
	struct plan_item *items;
	size_t n, cap;
};

void plan_init(struct plan *plan);
void plan_release(struct plan *plan);
/*
 * Adds one, or raises the weight of the one that is there. Ignores what the
 * probe has no size for (n must be one of probe->sizes, or 0 with none) and
 * what the binding does not do. Alternatives get the same family: the forms of
 * a kernel at a size, the ways in for a type at a size, all plain calls; where
 * the role says nothing, the bindings of one probe.
 */
void plan_add(struct plan *plan, const struct probe *probe, const struct binding *binding, long n,
	double weight);

#endif
