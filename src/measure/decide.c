#include "measure/decide.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/constants.h"
#include "measure/stats.h"

static int has_clean(const struct samples *run, double fastest)
{
	size_t s, clean = 0;

	for (s = 0; s < run->n; s++)
		clean += (size_t)stats_is_clean(run, s, fastest);
	return clean >= stats_clean_least(run);
}

int decide_enough(const struct measurement *item, double fastest)
{
	int workers = 0;
	size_t k;

	for (k = 0; k < item->n_runs; k++)
		workers += has_clean(&item->runs[k], fastest);
	return workers >= WORKERS_LEAST;
}

int decide_seen(const struct measurement *item, int workers, double fastest)
{
	size_t k;

	for (k = 0; k < item->n_runs; k++)
		workers -= item->runs[k].n >= SEEN_TIMES * stats_clean_least(&item->runs[k]) ||
			   has_clean(&item->runs[k], fastest);
	return workers <= 0;
}

static int is_narrow(const struct measurement *item)
{
	return item->processes >= WORKERS_LEAST &&
	       (item->ns.high - item->ns.low) / 2 < HALF_WIDTH_DONE * item->ns.likely;
}

struct ranked {
	int family;
	const struct measurement *item;
	size_t at;
};

static int by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	return (x->item->ns.likely > y->item->ns.likely) -
	       (x->item->ns.likely < y->item->ns.likely);
}

/* The n of one family, from fast to slow: their order is certain. */
static int is_ordered(const struct ranked *ranked, size_t n)
{
	size_t i;
	int tie;

	if (n < 2)
		return 0;
	for (i = 0; i < n; i++) {
		if (ranked[i].item->processes < WORKERS_LEAST)
			return 0;
		if (i == 0)
			continue;
		stats_ratio(ranked[i].item, ranked[i - 1].item, &tie);
		if (tie)
			return 0;
	}
	return 1;
}

void decide(const struct measurements *m, const size_t *items, const int *family, size_t n,
	int *decided)
{
	struct ranked *ranked = xreallocarray(NULL, n + 1, sizeof *ranked);
	size_t i, k, end;

	for (i = 0; i < n; i++)
		ranked[i] = (struct ranked){family[i], &m->items[items[i]], i};
	qsort(ranked, n, sizeof *ranked, by_rank);
	for (i = 0; i < n; i = end) {
		int ordered;

		for (end = i + 1; end < n && ranked[end].family == ranked[i].family; end++)
			;
		ordered = is_ordered(&ranked[i], end - i);
		for (k = i; k < end; k++)
			decided[ranked[k].at] = ordered || is_narrow(ranked[k].item);
	}
	free(ranked);
}
