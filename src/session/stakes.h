/*
 * stakes: what hangs on each measurement for the answers of a survey: the weights
 * of advise/doubts as plain numbers, which measure/ takes without knowing where
 * they come from. Borrows everything.
 */
#ifndef FFIADVISE_SESSION_STAKES_H
#define FFIADVISE_SESSION_STAKES_H

#include "catalog/catalog.h"
#include "measure/store.h"
#include "survey/survey.h"

struct stakes {
	const struct survey *survey;
	const struct catalog *catalog;
	const struct measurements *before; /* what is there beside what is measured; NULL: nothing */
};

/*
 * False where finding out would take more of the budget than it saves: a function
 * takes 10 to 50 ms, and there are three looks. Everything matters then.
 */
int stakes_can_weigh(const struct survey *survey);
/* weights has room for m->n: the greatest of what any function has at stake on each. who is a
 * struct stakes (see measure_options.weigh). */
void stakes_weigh(void *who, const struct measurements *m, double *weights);

#endif
