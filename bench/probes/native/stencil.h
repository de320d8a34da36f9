/* stencil: kernel "stencil" on plain C data; see native.h. */
#ifndef FFIADVISE_PROBES_STENCIL_H
#define FFIADVISE_PROBES_STENCIL_H

#include <stddef.h>

static inline double native_stencil_item(double left, double here, double right)
{
	return 0.25 * left + 0.5 * here + 0.25 * right;
}

/* n is at least 1; the two blocks do not overlap. C++ knows restrict by this name only. */
static inline double native_stencil(const double *__restrict xs, double *__restrict ys,
	size_t n)
{
	size_t i;

	ys[0] = xs[0];
	for (i = 1; i + 1 < n; i++)
		ys[i] = native_stencil_item(xs[i - 1], xs[i], xs[i + 1]);
	ys[n - 1] = xs[n - 1];
	return ys[0] + ys[n / 2] + ys[n - 1];
}

#endif
