/*
 * wants: which measurements the cost model will ask for, given the answers:
 * what to plan before there is advice.
 */
#ifndef FFIADVISE_ADVISE_WANTS_H
#define FFIADVISE_ADVISE_WANTS_H

#include "catalog/catalog.h"
#include "measure/plan.h"
#include "measure/store.h"
#include "survey/answers.h"

/* Adds to plan. Bindings that env says are not there are left out. */
void wants_add(struct plan *plan, const struct answers *answers, const struct catalog *catalog,
	const struct environment *env);
/* What prices another interpreter: the kernels of the work in plain Python. */
void wants_upgrade(struct plan *plan, const struct answers *answers,
	const struct catalog *catalog);

#endif
