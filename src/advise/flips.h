/*
 * flips: what would change the verdict. Answers are changed one at a time and
 * the whole model is reckoned again: for an unknown answer through what it may
 * be, for a known one outwards from its value until the verdict turns.
 */
#ifndef FFIADVISE_ADVISE_FLIPS_H
#define FFIADVISE_ADVISE_FLIPS_H

#include <stddef.h>

#include "advise/reckon.h"

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

struct break_even {
	char *what;        /* "inputs[0].length"; owned */
	struct est at;
	const char *means;
};

struct flips {
	struct flip *items;      /* of known answers, the nearest first */
	size_t n, cap;
	struct flip *unknown;    /* of unknown answers, most important first */
	size_t n_unknown, cap_unknown;
	struct break_even *break_even;
	size_t n_break_even;
};

void flips_find(struct flips *flips, const struct reckoning *base);
void flips_release(struct flips *flips);
/* "inputs[0].length", "function.share"; the caller frees it. */
char *flip_answer(const struct flip *flip);

#endif
