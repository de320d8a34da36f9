/*
 * compare: one run against another: the ratio of each measurement that both
 * have, with its interval, and in what the two differ beside. Pure. Workers of
 * two runs have nothing to do with each other, so nothing is paired here as
 * stats_ratio() does within a run.
 */
#ifndef FFIADVISE_MEASURE_COMPARE_H
#define FFIADVISE_MEASURE_COMPARE_H

#include "measure/store.h"

struct compared {
	const struct measurement *before, *after; /* lent; one is NULL where only one run has it */
	struct est ratio; /* after / before; of none when one is missing */
	int apart;        /* they are told apart */
};

struct comparison {
	struct compared *items; /* in the order of `after`, then what only `before` has */
	size_t n, cap;
	char **notes; /* sentences: another machine, interpreter, build */
	size_t n_notes;
};

/* Both are lent and outlive c, which the caller releases. */
void compare_make(struct comparison *c, const struct measurements *before,
	const struct measurements *after);
void compare_release(struct comparison *c);
/*
 * after / before, of the medians, in Welch's interval on the log worker values, with the fewer
 * workers less one as degrees of freedom, which errs on the wide side; the
 * quotient of the estimates where one has too few workers. apart: the interval
 * leaves 1 out, and they are further from each other than a tie. Of readings,
 * the quotient of the values; apart where their ranges do not meet.
 */
struct est compare_ratio(const struct measurement *before, const struct measurement *after,
	int *apart);

#endif
