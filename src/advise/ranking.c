#include "advise/ranking.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static int largest_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->program_speedup.likely > y->program_speedup.likely ? -1 :
		x->program_speedup.likely < y->program_speedup.likely;
}

/* The part of the program's time that falls away. */
static double saved(double share, double speedup)
{
	return share * (1 - (speedup > 0 ? 1 / speedup : INFINITY));
}

static double gain(double sum)
{
	return sum < 1 ? 1 / (1 - sum) : INFINITY;
}

struct ranked *ranking_make(const struct advice *functions, size_t n, size_t *n_ranked)
{
	struct ranked *ranked = xcalloc(n, sizeof *ranked);
	struct est sum = est_point(0);
	size_t i;

	*n_ranked = 0;
	for (i = 0; i < n; i++) {
		if (functions[i].option->use == USE_STAY)
			continue;
		ranked[*n_ranked].advice = &functions[i];
		ranked[(*n_ranked)++].program_speedup = functions[i].option->program_speedup;
	}
	if (*n_ranked)
		qsort(ranked, *n_ranked, sizeof *ranked, largest_first);
	for (i = 0; i < *n_ranked; i++) {
		struct est share = ranked[i].advice->reckoning.workload.share;
		struct est speedup = ranked[i].advice->option->speedup;

		sum.low += saved(share.low, speedup.low);
		sum.likely += saved(share.likely, speedup.likely);
		sum.high += saved(share.high, speedup.high);
		ranked[i].cumulative = est(gain(sum.low), gain(sum.likely), gain(sum.high));
	}
	return ranked;
}
