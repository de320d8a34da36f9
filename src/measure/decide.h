/*
 * decide: when a measurement has been sampled enough: its interval is narrow, or
 * the order of the alternatives it belongs to is certain. Pure; owns nothing.
 */
#ifndef FFIADVISE_MEASURE_DECIDE_H
#define FFIADVISE_MEASURE_DECIDE_H

#include <stddef.h>

#include "measure/store.h"

/*
 * After stats_estimate(): decided[i] for n measurements (index into m). One is
 * decided when enough workers count and its half-width is small, or when its
 * family's order is certain: enough workers for each of at least two, and no
 * tie between neighbours by size. family[i] belongs to items[i].
 */
void decide(const struct measurements *m, const size_t *items, const int *family, size_t n,
	int *decided);
/* True when so many workers have enough clean samples, given the fastest gate, or SEEN_TIMES as many
 * of whatever kind: what is said of it then, be it an upper bound, is more than a guess. No
 * estimates needed. */
int decide_seen(const struct measurement *item, int workers, double fastest);
/* True when enough workers have enough clean samples, given the fastest gate. No estimates needed.
 */
int decide_enough(const struct measurement *item, double fastest);

#endif
