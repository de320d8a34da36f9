/*
 * flips: what would change the verdict. Each answer is moved by itself, outwards
 * from its value until the verdict turns to another use, and the whole model is
 * reckoned again at every step. What is not known is a matter of certainty.
 */
#ifndef FFIADVISE_ADVISE_FLIPS_H
#define FFIADVISE_ADVISE_FLIPS_H

#include <stddef.h>

#include "advise/again.h"

struct flip {
	const struct question *question;
	int input;         /* index of the input; -1: not about an input */
	int quantity;      /* from and to are figures; else words */
	double from, to;   /* in base units */
	char *from_word, *to_word; /* owned; NULL for quantities */
	enum use use;      /* what the verdict becomes */
	char *option;      /* the id of the option it becomes; owned */
	double nearness;   /* how far the answer has to move: |ln(to / from)|, 1 for a word */
};

struct flips {
	struct flip *items; /* of known answers, the nearest first */
	size_t n, cap;
};

void flips_find(struct flips *flips, const struct reckoning *base, struct again *again);
void flips_release(struct flips *flips);
/* "inputs[0].length", "function.share"; the caller frees it. input -1: no input's. */
char *answer_key(const struct question *question, int input);

#endif
