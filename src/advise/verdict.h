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
/* The same of the program. */
double verdict_worthwhile_program(const struct option *option, const struct rules *rules);
/* What the answers say of how far one should go out of one's way. */
struct standing {
	int spread;   /* the cost lies in many functions */
	int unmanned; /* Python now, and nobody is known to write another language */
	int idle;     /* known to do one of many independent turns at a time: a pool is a few lines */
	int gradual;  /* Python now, and Cython is what is written, so that a port begins with
	                 compiling what is there */
};

struct standing verdict_standing(const struct answers *answers);
/* The place of a use in the order of advice: what is easier comes first. */
int verdict_rank(enum use use, const struct standing *standing);
/* How much slower than another an easier option may be: more where it compiles all the
 * functions that the cost is spread over, and more against a port without an author. */
double verdict_easier(const struct option *option, const struct option *than,
	const struct rules *rules, const struct standing *standing);
/* Whether a design may build on the loop moving inside: it is known to, or nothing says that
 * a call is long enough to be crossed for. */
int verdict_loop_moves(const struct answers *answers);
/* How often Python crosses; none of them: at each turn. */
#define VERDICT_GRANULARITIES (DESIGN_MOVE_LOOP | DESIGN_BATCH)
const char *confidence_word(enum confidence confidence);

#endif
