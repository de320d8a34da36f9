/*
 * ranking: several functions of one program in the order in which to port
 * them, and what the program gains after each. Owned by the caller: free().
 */
#ifndef FFIADVISE_ADVISE_RANKING_H
#define FFIADVISE_ADVISE_RANKING_H

#include "advise/advice.h"

struct ranked {
	const struct advice *advice;
	struct est program_speedup; /* of this one alone */
	struct est cumulative;      /* with all before it */
};

/*
 * The functions with a verdict other than stay, the largest gain of the
 * program first. The cumulative gain is Amdahl's over several parts:
 * 1 / (1 - sum of share * (1 - 1 / speedup)).
 */
struct ranked *ranking_make(const struct advice *functions, size_t n, size_t *n_ranked);

#endif
