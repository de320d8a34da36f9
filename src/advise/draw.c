#include "advise/draw.h"

#include <math.h>

enum { BITS = 5 }; /* of DRAW_SCENARIOS */
_Static_assert(1 << BITS == DRAW_SCENARIOS, "the strata are numbered with BITS bits");

/* FNV-1a; the 0 after a part keeps "ab" "c" apart from "a" "bc". */
uint32_t draw_name(uint32_t h, const char *part)
{
	if (!h)
		h = 2166136261u;
	for (; *part; part++)
		h = (h ^ (unsigned char)*part) * 16777619u;
	return h * 16777619u;
}

/* Spreads a name over all bits (the last step of MurmurHash3). */
static uint32_t mix(uint32_t h)
{
	h = (h ^ h >> 16) * 0x85ebca6bu;
	h = (h ^ h >> 13) * 0xc2b2ae35u;
	return h ^ h >> 16;
}

/* A permutation of the scenarios for each name: three rounds, each of them one to one. */
static unsigned stratum(unsigned scenario, uint32_t name)
{
	const unsigned all = DRAW_SCENARIOS - 1;
	uint32_t h = mix(name);
	unsigned x = scenario & all, round;

	for (round = 0; round < 3; round++) {
		x = (x * (2 * (h & 15) + 1) + (h >> 4 & all)) & all;
		x ^= x >> 2;
		h >>= 9;
	}
	return x;
}

double draw_quantile(unsigned scenario, uint32_t name)
{
	return (stratum(scenario, name) + 0.5) / DRAW_SCENARIOS;
}

static double between(double from, double to, double part)
{
	if (isinf(from) || isinf(to))
		return isinf(from) ? to : from;
	return from > 0 && to > 0 ? from * pow(to / from, part) : from + (to - from) * part;
}

double draw_value(struct est e, double quantile)
{
	if (e.low == e.high || isinf(e.likely))
		return e.likely;
	return quantile < 0.5 ? between(e.low, e.likely, 2 * quantile) :
		between(e.likely, e.high, 2 * quantile - 1);
}

struct est draw_est(const struct draw *draw, uint32_t name, struct est e)
{
	double end, v;

	if (!draw || draw->kind == DRAW_RANGES || e.low == e.high)
		return e;
	end = draw->careful == CAREFUL_LOW ? e.low :
		draw->careful == CAREFUL_HIGH && !isinf(e.high) ? e.high : e.likely;
	if (draw->kind == DRAW_MEASURED)
		return est_point(end);
	v = draw_value(e, draw_quantile(draw->scenario, name));
	return draw->careful ? est(fmin(v, end), v, fmax(v, end)) : est_point(v);
}
