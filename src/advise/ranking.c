#include "advise/ranking.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Shares are given rounded: a sum of up to this is 1. */
static const double WHOLE = 1.02;

static int largest_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->program_speedup.likely != y->program_speedup.likely)
		return x->program_speedup.likely > y->program_speedup.likely ? -1 : 1;
	/* Among equals the order of the file. */
	return x->function < y->function ? -1 : x->function > y->function;
}

/* What the functions leave of each other's shares. */
struct shares {
	double known_low, known; /* sums */
	size_t n_unknown;
	int overlapping;
};

static struct shares shares_of(const struct brief *functions, size_t n)
{
	struct shares s = {0, 0, 0, 0};
	size_t i;

	for (i = 0; i < n; i++) {
		if (functions[i].share_known) {
			s.known_low += functions[i].share.low;
			s.known += functions[i].share.likely;
		} else {
			s.n_unknown++;
		}
	}
	s.overlapping = s.known_low > WHOLE;
	return s;
}

static struct est share_of(const struct brief *b, const struct shares *s)
{
	struct est share = b->share;

	if (b->share_known)
		return share;
	share.likely = fmin(share.likely, fmax(0, 1 - s->known) / (double)s->n_unknown);
	share.low = fmin(share.low, share.likely);
	share.high = fmax(share.likely, fmin(share.high, 1 - s->known_low));
	return share;
}

/* The part of the program's time that falls away; below 0 where it gets slower. */
static double saved(double share, double speedup)
{
	return share > 0 ? share * (1 - (speedup > 0 ? 1 / speedup : INFINITY)) : 0;
}

/* What all so far take away, by what is assumed of how they lie together. */
struct sums {
	struct est sum;
	double largest, lost; /* of the low ends: the largest gain, and all losses */
	double left;          /* likely, where they overlap */
	double fastest, slowest;
};

static void take(struct sums *s, struct est share, struct est speedup)
{
	double low = saved(speedup.low < 1 ? share.high : share.low, speedup.low);
	double likely = saved(share.likely, speedup.likely);

	s->sum = est_add(s->sum, est(low, likely, saved(share.high, speedup.high)));
	s->largest = fmax(s->largest, low);
	s->lost += fmin(0, low);
	s->left *= 1 - likely;
	s->fastest = fmax(s->fastest, speedup.high);
	s->slowest = fmin(s->slowest, speedup.low);
}

static struct est gain(const struct sums *s, int overlapping)
{
	double low = overlapping ? s->largest + s->lost : s->sum.low;
	double left = fmax(overlapping ? s->left : 1 - s->sum.likely, 1 / s->fastest);
	struct est e = est(fmax(s->slowest, 1 / fmax(1 - low, 1 / s->fastest)), 1 / left,
		1 / fmax(1 - s->sum.high, 1 / s->fastest));

	e.low = fmin(e.low, e.likely);
	e.high = fmax(e.high, e.likely);
	return e;
}

struct ranked *ranking_make(const struct brief *functions, size_t n, size_t *n_ranked,
	int *overlapping)
{
	struct ranked *ranked = xcalloc(n, sizeof *ranked);
	struct shares shares = shares_of(functions, n);
	struct sums sums = {est_point(0), 0, 0, 1, 1, 1};
	size_t i;

	*n_ranked = 0;
	*overlapping = shares.overlapping;
	for (i = 0; i < n; i++) {
		if (functions[i].use == USE_STAY)
			continue;
		ranked[*n_ranked].function = i;
		ranked[(*n_ranked)++].program_speedup = functions[i].program_speedup;
	}
	if (*n_ranked)
		qsort(ranked, *n_ranked, sizeof *ranked, largest_first);
	for (i = 0; i < *n_ranked; i++) {
		const struct brief *b = &functions[ranked[i].function];

		take(&sums, share_of(b, &shares), b->speedup);
		ranked[i].cumulative = gain(&sums, shares.overlapping);
	}
	return ranked;
}
