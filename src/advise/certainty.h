/*
 * certainty: how sure a verdict is, and what to find out first. The model is decided
 * in scenarios over everything that is not certain (draw.h): unknown answers,
 * answers given as ranges, references, measurements. The share of the scenarios
 * that come to the verdict's use is its agreement, from which the confidence
 * follows. README.md of this folder has the method and its limits.
 */
#ifndef FFIADVISE_ADVISE_CERTAINTY_H
#define FFIADVISE_ADVISE_CERTAINTY_H

#include "advise/again.h"

/* One standard deviation of a share of 32 scenarios, at one half (README.md): what differs by less
 * may be chance. */
#define CERTAINTY_SHARE_SD 0.09

/* An unknown answer that the reckoning reads, and what knowing it would do. */
struct unknown {
	const struct question *question;
	int input;       /* -1: not about an input */
	int untried;     /* what it may be has no list and no range: the rest says nothing */
	double turns;    /* 0..1: the weight of the answers with which the use would be another */
	double redraws;  /* the same of another option: tool or design */
	double narrows;  /* 0..1: how much of the range of the gain it would take away */
	double value;    /* a quantity: the likeliest one that turns it (use, else option) */
	char *word;      /* the same of a choice or a type; owned; NULL for a quantity */
	enum use use;    /* what the verdict is with it */
	char *option;    /* owned; NULL when nothing turns */
};

struct certainty {
	int looked;      /* 0: only the ends were looked at, and what follows is empty */
	double use, option; /* share of the scenarios that come to this use, to this option */
	double uses[USES];  /* share of each use */
	/* With nothing in doubt but the measurements, could they turn the use, the option? */
	int measured_use, measured_option;
	struct unknown *unknown; /* what narrows the verdict most comes first */
	size_t n_unknown, cap_unknown;
	size_t n_told; /* so many of them a report has room for; untried ones are last, and not told */
};

/* Of a reckoning with a verdict. */
void certainty_find(struct certainty *certainty, const struct reckoning *base, struct again *again);
void certainty_release(struct certainty *certainty);
/* From 0.9 on high, from 0.6 on medium: nine in ten is what is usually called
 * sure, and below six in ten it is little better than a toss. */
enum confidence certainty_confidence(const struct certainty *certainty);

#endif
