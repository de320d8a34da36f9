/*
 * turning: whether the ranges of the options, as they stand, leave room for
 * another verdict. Every option may lie anywhere in its range, each by itself,
 * so the answer errs towards "could": what it denies cannot happen. It follows
 * the decision of verdict.c step by step, with the verdict's options at their
 * worst where that speaks against it and all others at their best.
 */
#ifndef FFIADVISE_ADVISE_TURNING_H
#define FFIADVISE_ADVISE_TURNING_H

#include "advise/verdict.h"

struct ranges {
	const struct options *options; /* with the ranges that are asked about */
	const struct options *whole;   /* the same with all that is uncertain in theirs: where
	                                  cautious options are weighed */
	const struct rules *rules;
	double goal;                   /* a speed-up of the function; 0 for none */
	struct standing standing;      /* verdict_standing() */
	int loop_moves;                /* verdict_loop_moves() */
};

/* chosen is one of the options. */
int turning_use(const struct ranges *ranges, const struct option *chosen);
/* Another tool or design of the same use. */
int turning_option(const struct ranges *ranges, const struct option *chosen);

#endif
