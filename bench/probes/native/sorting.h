/*
 * sorting: kernel "sorting" on plain C data; see native.h. Each language sorts
 * by what its own library has for it, as its programmers do: here qsort().
 */
#ifndef FFIADVISE_PROBES_SORTING_H
#define FFIADVISE_PROBES_SORTING_H

#include <stddef.h>
#include <stdlib.h>

struct native_scored {
	double key;
	size_t place; /* where it was: what is equal keeps its order */
};

static inline int native_scored_compare(const void *a, const void *b)
{
	const struct native_scored *x = (const struct native_scored *)a;
	const struct native_scored *y = (const struct native_scored *)b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static inline void native_scored_sort(struct native_scored *scored, size_t n)
{
	qsort(scored, n, sizeof *scored, native_scored_compare);
}

/* The sum of each place times where it went; -1 when there is no memory. */
static inline long long native_sorting(const double *keys, long long *order, size_t n)
{
	struct native_scored *scored =
		(struct native_scored *)malloc((n ? n : 1) * sizeof *scored);
	long long total = 0;
	size_t i;

	if (!scored)
		return -1;
	for (i = 0; i < n; i++) {
		scored[i].key = keys[i];
		scored[i].place = i;
	}
	native_scored_sort(scored, n);
	for (i = 0; i < n; i++) {
		order[i] = (long long)scored[i].place;
		total += (long long)i * order[i];
	}
	free(scored);
	return total;
}

#endif
