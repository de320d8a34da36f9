/* editdist: kernel "editdist" on plain C data; see native.h. */
#ifndef FFIADVISE_PROBES_EDITDIST_H
#define FFIADVISE_PROBES_EDITDIST_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static inline uint32_t native_least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* One row of n + 1 distances in place, from 0 letters of the other string to n. */
static inline void native_editdist_start(uint32_t *row, size_t n)
{
	size_t j;

	for (j = 0; j <= n; j++)
		row[j] = (uint32_t)j;
}

/* -1 when there is no memory. */
static inline long long native_editdist(const char *a, size_t n_a, const char *b, size_t n_b)
{
	uint32_t *row = (uint32_t *)malloc((n_b + 1) * sizeof *row);
	uint32_t diagonal, above, best;
	size_t i, j;

	if (!row)
		return -1;
	native_editdist_start(row, n_b);
	for (i = 0; i < n_a; i++) {
		diagonal = row[0];
		best = row[0] = (uint32_t)i + 1;
		for (j = 0; j < n_b; j++) {
			above = row[j + 1];
			best = native_least(best + 1,
				native_least(above + 1, diagonal + (a[i] != b[j])));
			row[j + 1] = best;
			diagonal = above;
		}
	}
	best = row[n_b];
	free(row);
	return best;
}

#endif
