/*
 * curve: what a call costs over a range of one answer, for some of the options: the
 * length of the main input (the function's time grows with it) or the calls in one
 * run of the caller's loop. Each point is the whole model reckoned again, so that a
 * curve and the advice for that answer agree. Owns its lists: curves_release().
 */
#ifndef FFIADVISE_ADVISE_CURVE_H
#define FFIADVISE_ADVISE_CURVE_H

#include "advise/advice.h"

enum curve_axis { CURVE_LENGTH, CURVE_ITERATIONS, CURVE_AXES };

enum {
	CURVES_MAX = 4,
	CURVE_POINTS = 40, /* of a curve; with the search for the crossing at most 60 reckonings */
};

struct curve {
	char option[96];
	enum use use;
	double ns[CURVE_POINTS]; /* the likely time of a call; NAN where there is no such option */
};

struct curves {
	char *answer;            /* "inputs[0].length", "caller.iterations" */
	char *unit;              /* "items of xs", "calls in one run" */
	double at[CURVE_POINTS]; /* ascending, in even ratios */
	double here;             /* what the answer is now */
	struct curve items[CURVES_MAX]; /* the first is leaving it as it is */
	size_t n;
	/* Where the order of the first curve and that of the advice, or of the best native way
	 * where the advice is to stay, turns; NAN where it does not. */
	double crossing;
	size_t crossing_with;    /* index of that curve; 0 for none */
	int above;               /* it is the faster one above the crossing, else below */
};

/*
 * The options of these ids, at most CURVES_MAX - 1, beside leaving it; NULL for a choice of
 * the module's own: the advice and the next two ways that fit. -1 and a sentence where the
 * answers say too little for the axis: curves is empty then.
 */
int curves_make(struct curves *curves, const struct advice *advice, enum curve_axis axis,
	const char *const *options, size_t n, struct err *err);
void curves_release(struct curves *curves);

#endif
