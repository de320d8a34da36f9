/*
 * draw: one value for each quantity that is only known as a range, so that the
 * model can be reckoned at a point of what is possible. A scenario is a number;
 * what it draws follows from that number and the name of the quantity alone, so
 * the same quantity has the same value wherever it is asked for, and every run
 * draws the same. The quantiles over all scenarios are a Latin hypercube: each
 * quantity is drawn once from each of DRAW_SCENARIOS equal parts of its range
 * (McKay, Beckman, Conover 1979), which shows the share of a verdict with far
 * fewer scenarios than throwing dice. src/advise/README.md says what it is for.
 */
#ifndef FFIADVISE_ADVISE_DRAW_H
#define FFIADVISE_ADVISE_DRAW_H

#include <stdint.h>

#include "base/est.h"

enum { DRAW_SCENARIOS = 32 }; /* a power of two */

enum draw_kind {
	DRAW_RANGES,   /* nothing is drawn: ranges stay ranges */
	DRAW_MEASURED, /* only measurements keep their ranges; all else is at its likely value */
	DRAW_SCENARIO, /* everything is drawn */
};

/*
 * What an option is careful about is not left to luck: it is weighed by the end of the
 * range that speaks against it, wherever a draw puts the likely value (verdict.c).
 */
enum careful { CAREFUL_NO, CAREFUL_LOW, CAREFUL_HIGH }; /* which end that is */

struct draw {
	enum draw_kind kind;
	unsigned scenario; /* below DRAW_SCENARIOS */
	enum careful careful;
};

/* The name of a quantity as a number; parts are joined by drawing on from h, 0 at first. */
uint32_t draw_name(uint32_t h, const char *part);
/* The quantile of a quantity in a scenario: within 0..1, never at its ends. */
double draw_quantile(unsigned scenario, uint32_t name);
/*
 * The value at a quantile: the likely value at a half, the ends at 0 and 1, even
 * in ratio between them where both are above 0. An open end is never drawn: the
 * likely value stands for it.
 */
double draw_value(struct est e, double quantile);
/* The range as the draw has it: itself, its likely value, or what is drawn. For
 * quantities that are not measured. With care it reaches to the careful end from there,
 * and with only measurements drawn it lies there. An open end does not count. */
struct est draw_est(const struct draw *draw, uint32_t name, struct est e);

#endif
