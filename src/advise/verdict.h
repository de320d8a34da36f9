/*
 * verdict: what to do. Rules say which options do not fit and when nothing
 * should be done; among what is left the order of advice decides: an easier
 * way is taken when it reaches the goal or comes near the best. The decision
 * is made three times, with every quantity at its low, likely and high end;
 * how far they agree is the confidence where nobody looks closer (certainty.h).
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

/* --- the steps of the decision, for turning.c, which follows it over ranges --- */

/*
 * How much a design asks, for ties: reading by reference allocates nothing and
 * asks nothing of the caller; a copy takes memory; a view wants an array from
 * the caller, unless it holds one already; a native class wants the class rewritten.
 */
int verdict_effort(const struct option *option);
/* Which binding to prefer among equals: the one that is there, else by its rank. */
int verdict_upkeep(const struct option *option);
/* From which speed-up of the function an option is worth it. */
double verdict_worthwhile(const struct option *option, const struct rules *rules);
/* How much slower than the best an easier option may be: more where the cost is spread
 * over many functions (verdict_is_spread) and it compiles them all. */
double verdict_easier(const struct option *option, const struct rules *rules, int spread);
int verdict_is_spread(const struct answers *answers);
/* How often Python crosses; none of them: at each turn. */
#define VERDICT_GRANULARITIES (DESIGN_MOVE_LOOP | DESIGN_BATCH)
const char *confidence_word(enum confidence confidence);

#endif
