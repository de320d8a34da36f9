#include "session/stakes.h"

#include <math.h>

#include "advise/doubts.h"

/* Three looks at 4 functions take at most 0.6 s; of the 5 s of a budget that is a pause. */
enum { FUNCTIONS_MOST = 4 };

int stakes_can_weigh(const struct survey *survey)
{
	return survey->n <= FUNCTIONS_MOST;
}

void stakes_weigh(void *who, const struct measurements *m, double *weights)
{
	const struct stakes *stakes = who;
	const struct measurement *item;
	struct doubts doubts;
	size_t i, k;

	for (i = 0; i < m->n; i++)
		weights[i] = 0;
	for (i = 0; i < stakes->survey->n; i++) {
		doubts_find(&doubts, &stakes->survey->items[i].answers, stakes->catalog, m,
			stakes->before);
		for (k = 0; k < doubts.n; k++) {
			item = measurements_find_id(m, doubts.items[k].id);
			if (item)
				weights[item - m->items] =
					fmax(weights[item - m->items], doubts.items[k].weight);
		}
		doubts_release(&doubts);
	}
}
