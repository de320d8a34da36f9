/*
 * turning: whether the ranges of the options, as they stand, leave room for
 * another verdict. Every option may lie anywhere in its range, each by itself,
 * so the answer errs towards "could": what it denies cannot happen. It follows
 * the decision of verdict.c step by step, with the verdict's options at their
 * worst where that speaks against it and all others at their best.
 */
#ifndef FFIADVISE_ADVISE_TURNING_H
#define FFIADVISE_ADVISE_TURNING_H

#include "advise/option.h"

/* goal: a speed-up of the function, 0 for none. chosen is one of the options, by its id. */
int turning_use(const struct options *options, const struct rules *rules,
	const struct option *chosen, double goal);
/* Another tool or design of the same use. */
int turning_option(const struct options *options, const struct rules *rules,
	const struct option *chosen);

#endif
