/*
 * break_even: the lengths, times, shares and rates from which the native way
 * pays, each as a range, since what it costs and gains is one. Of the advised
 * native option, or of the fastest that fits where another way is advised.
 */
#ifndef FFIADVISE_ADVISE_BREAK_EVEN_H
#define FFIADVISE_ADVISE_BREAK_EVEN_H

#include "advise/again.h"

enum { BREAK_EVENS_MAX = 4 };

struct break_even {
	const struct question *question; /* its kind is the unit of `at` */
	int input;                       /* -1: not about an input */
	struct est at;                   /* INFINITY as high: not certain that it pays at all */
	const char *means;
};

struct break_evens {
	struct break_even items[BREAK_EVENS_MAX];
	size_t n;
	const struct option *option; /* which way pays; NULL without any */
};

/* Nothing to release; lent from the base. */
void break_even_find(struct break_evens *found, const struct reckoning *base, struct again *again);

#endif
