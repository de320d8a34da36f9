/*
 * doubts: on which measurements the verdict hangs. Each is moved to the ends of
 * its interval, one at a time, and the whole model reckoned again: where another
 * option is advised then, or the first three options change places, that
 * measurement is in doubt. Measuring spends its time on these (session/run
 * carries them there as plain weights), and the report names what is left.
 * Borrows ids from the measurements it was made from; owns its list.
 */
#ifndef FFIADVISE_ADVISE_DOUBTS_H
#define FFIADVISE_ADVISE_DOUBTS_H

#include <stddef.h>

#include "advise/reckon.h"

/* What a measurement turns, from the least to the most. */
enum turns { TURNS_ORDER, TURNS_OPTION, TURNS_USE };

struct doubt {
	const char *id;	   /* of the measurement; lent by the measurements */
	struct est ns;	   /* its interval */
	enum turns turns;  /* the order of the first three, the option, what is used at all */
	double at;	   /* ns, within the interval: from there on, to the quarter of the way */
	char option[96];   /* what is advised there */
	/*
	 * What hangs on it, 0.25 .. 4: 4 where something else would be used, 2 where
	 * it would be another option of the same use, 1 where only the order of the
	 * first three changes; times the share of the way from the likely value to
	 * the end, in quarters, over which that is so. The factors are chosen.
	 */
	double weight;
};

struct doubts {
	struct doubt *items; /* the weightiest first */
	size_t n, cap;
};

/*
 * Of what was measured so far: `now`, and of `before` (NULL: nothing) what now
 * does not hold. What has no sample yet is left out of the reckoning and of the
 * list. An order has changed where one of the first three options that fit is
 * behind another by more than a tie that was behind it.
 */
void doubts_find(struct doubts *doubts, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *now,
	const struct measurements *before);
void doubts_release(struct doubts *doubts);
const char *turns_word(enum turns turns); /* "order", "option", "use" */

#endif
