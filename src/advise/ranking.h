/*
 * ranking: several functions of one program in the order in which to port
 * them, and what the program gains after each. Owned by the caller: free().
 */
#ifndef FFIADVISE_ADVISE_RANKING_H
#define FFIADVISE_ADVISE_RANKING_H

#include <stddef.h>

#include "advise/brief.h"

struct ranked {
	size_t function;            /* its place among the briefs */
	struct est program_speedup; /* of this one alone */
	struct est cumulative;      /* with all before it */
};

/*
 * The functions with a verdict other than stay, the largest gain of the
 * program first. What falls away of the program's time is, for each,
 * share * (1 - 1 / speedup), and the cumulative gain is 1 / (1 - sum of it):
 * Amdahl's over several parts, as long as the functions are apart.
 *
 * Shares that are known and add up to more than 1 cannot be apart: one of the
 * functions calls another. *overlapping is then 1, and the gain lies between
 * that of the largest alone (low) and that of the sum (high); likely is the
 * product, each taking its part of what the others leave. However wide the
 * ranges, the program never gets faster than its fastest part,
 * nor slower than its slowest. A share that is
 * not known is likely an even part of what the known ones leave.
 */
struct ranked *ranking_make(const struct brief *functions, size_t n, size_t *n_ranked,
	int *overlapping);

#endif
