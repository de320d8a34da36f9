/*
 * flips_two: ways to another verdict that need two answers at once: an array in place of a
 * list, and the same work on each element. Only answers that changed code could bring about
 * (`lever` of data/questions.yaml) are tried, so that the pairs are few; each is reckoned in
 * full, like a flip.
 */
#ifndef FFIADVISE_ADVISE_FLIPS_TWO_H
#define FFIADVISE_ADVISE_FLIPS_TWO_H

#include <stddef.h>

#include "advise/again.h"

/* One of the two: the answer now and the one that is supposed. */
struct lever {
	const struct question *question;
	int input;          /* index of the input; -1: not about an input */
	char *from;         /* owned; "unknown" while it is not known */
	const char *to;     /* lent by the question */
};

struct flip_of_two {
	struct lever levers[2];
	enum use use;       /* what the verdict becomes */
	char *option;       /* the id of the option it becomes; owned */
	struct est speedup; /* of the function, then */
};

struct flips_of_two {
	struct flip_of_two *items; /* one for each use, the most gain first */
	size_t n, cap;
};

/* With those that gain more than the verdict does, and whose use neither answer leads to alone, or
 * with so much less gain that the other is worth it (worthwhile of data/rules.yaml). */
void flips_of_two_find(struct flips_of_two *flips, const struct reckoning *base,
	struct again *again);
void flips_of_two_release(struct flips_of_two *flips);

#endif
