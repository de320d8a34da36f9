/*
 * advice: everything the report says of one function: the reckoning behind
 * it, the verdict in words, the prediction, the boundary, reasons with their
 * sources, what would change it, and what to do next. Owns all of it but the
 * answers, the catalog and the measurements it was made from.
 */
#ifndef FFIADVISE_ADVISE_ADVICE_H
#define FFIADVISE_ADVISE_ADVICE_H

#include "advise/boundary.h"
#include "advise/break_even.h"
#include "advise/brief.h"
#include "advise/certainty.h"
#include "advise/doubts.h"
#include "advise/flips.h"
#include "advise/flips_two.h"
#include "advise/reckon.h"

struct advice {
	const struct answers *answers;
	const char *name;
	struct reckoning reckoning;
	struct brief brief;          /* its verdict once more, as a list has it */
	const struct option *option; /* the verdict's */
	enum confidence confidence;
	char *title;
	enum reaches reaches_goal;
	struct boundary boundary;
	struct reasons reasons;
	struct certainty certainty;
	struct flips flips;
	struct flips_of_two flips_of_two;
	struct doubts doubts;
	struct break_evens break_evens;
	char **steps;
	size_t n_steps;
};

/*
 * All of it. The confidence is that of the certainty's agreement, and medium at most
 * where one measurement alone could turn the use.
 */
void advice_make(struct advice *advice, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements);
/* The same in two parts, for who shows the first one meanwhile: all but what would change the
 * verdict, answers or measurements; and this, which takes most of the time and may lower
 * the confidence. */
void advice_begin(struct advice *advice, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements);
void advice_finish(struct advice *advice, const struct catalog *catalog,
	const struct measurements *measurements);
void advice_release(struct advice *advice);

#endif
