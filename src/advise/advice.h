/*
 * advice: everything the report says of one function: the reckoning behind
 * it, the verdict in words, the prediction, the boundary, reasons with their
 * sources, what would change it, and what to do next. Owns all of it but the
 * answers, the catalog and the measurements it was made from.
 */
#ifndef FFIADVISE_ADVISE_ADVICE_H
#define FFIADVISE_ADVISE_ADVICE_H

#include "advise/boundary.h"
#include "advise/doubts.h"
#include "advise/flips.h"
#include "advise/reckon.h"

enum reaches { REACHES_NO, REACHES_UNLIKELY, REACHES_LIKELY, REACHES_YES, REACHES_UNASKED };

struct advice {
	const struct answers *answers;
	const char *name;
	struct reckoning reckoning;
	const struct option *option; /* the verdict's */
	enum confidence confidence;
	char *title;
	enum reaches reaches_goal;
	struct boundary boundary;
	struct reasons reasons;
	struct flips flips;
	struct doubts doubts;
	char **steps;
	size_t n_steps;
};

/* with_flips 0 leaves out what would change it, doubts too (many functions at once). */
void advice_make(struct advice *advice, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements, int with_flips);
void advice_release(struct advice *advice);
const char *reaches_word(enum reaches reaches);

#endif
