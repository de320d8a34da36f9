/*
 * verdict: what to do. Rules say which options do not fit and when nothing
 * should be done; among what is left the order of advice decides: an easier
 * way is taken when it reaches the goal or comes near the best. How sure that
 * is, doubt.h says; of one function among many it is decided three times, with
 * every quantity at its low, likely and high end, and the confidence follows
 * from how far these agree.
 */
#ifndef FFIADVISE_ADVISE_VERDICT_H
#define FFIADVISE_ADVISE_VERDICT_H

#include "advise/facts.h"
#include "advise/option.h"
#include "catalog/rules.h"

enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

struct verdict {
	const struct option *option;
	const struct rule *stay_rule; /* what held, when the answer is to stay; NULL: no option
	                                 is worth it */
	enum confidence confidence;
};

/*
 * Marks the options that vetoes select (fits, why_against) and, unless
 * only_vetoes, adds what speaks for and against. Rules over predicted
 * quantities see the facts.
 */
void verdict_judge(struct options *options, const struct rules *rules, struct facts *facts,
	int only_vetoes);
/* Decides; options stay owned by the caller and are lent by the verdict. */
void verdict_make(struct verdict *verdict, const struct options *options,
	const struct rules *rules, struct facts *facts);
/* The verdict with every quantity at its likely end only: what flips compare. */
const struct option *verdict_decide(const struct options *options, const struct rules *rules,
	struct facts *facts, enum scenario scenario, const struct rule **stay_rule);
/*
 * How much a design asks, for ties: reading by reference allocates nothing and
 * asks nothing of the caller; a copy takes memory; a view wants an array from
 * the caller; a native class wants the class rewritten.
 */
int verdict_effort(const struct option *option);
const char *confidence_word(enum confidence confidence);

#endif
