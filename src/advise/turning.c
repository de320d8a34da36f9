#include "advise/turning.h"

#include <math.h>
#include <string.h>

#include "advise/verdict.h"

static double inverse(double speedup)
{
	return speedup > 0 ? 1 / speedup : INFINITY;
}

/*
 * What the measurements make of a figure of a cautious option. In the ranges that is at
 * the careful ends, with the answers at their likely values; it moves by as much, in
 * ratio, wherever else the option is looked at.
 */
static struct est moved(double from, struct est ranges)
{
	if (!(ranges.likely > 0) || isinf(ranges.high))
		return est(from, from, from);
	return est(from * ranges.low / ranges.likely, from, from * ranges.high / ranges.likely);
}

static const struct option *whole_of(const struct ranges *r, const struct option *o)
{
	return o->cautious ? options_find(r->whole, o->id) : NULL;
}

/* The ranges of the speed-ups that an option is weighed by: a cautious one by its low end. */
static struct est program(const struct ranges *r, const struct option *o)
{
	const struct option *whole = whole_of(r, o);

	return whole ? moved(whole->program_careful.likely, o->program_speedup) : o->program_speedup;
}

static struct est function(const struct ranges *r, const struct option *o)
{
	const struct option *whole = whole_of(r, o);

	return whole ? moved(whole->careful.likely, o->speedup) : o->speedup;
}

/* And those by which it is worth it, which is at its likely ones. */
static struct est worth(const struct ranges *r, const struct option *o)
{
	const struct option *whole = whole_of(r, o);

	return whole ? moved(whole->speedup.likely, o->speedup) : o->speedup;
}

static struct est program_worth(const struct ranges *r, const struct option *o)
{
	const struct option *whole = whole_of(r, o);

	return whole ? moved(whole->program_speedup.likely, o->program_speedup) :
		o->program_speedup;
}

/* The program's time with the option at its best and at its worst, the time now being 1. */
static double best_time(const struct ranges *r, const struct option *o)
{
	return inverse(program(r, o).high);
}

static double worst_time(const struct ranges *r, const struct option *o)
{
	return inverse(program(r, o).low);
}

/* The native options that fit, of one binding (NULL: of all). */
static int is_native(const struct option *o, const struct binding *binding)
{
	return o->use == USE_FFI && o->fits && (!binding || o->binding == binding);
}

/* The least time of a binding, or of all, by one end of the program's time. */
static double least(const struct ranges *r, const struct binding *binding,
	double (*time)(const struct ranges *r, const struct option *))
{
	double found = INFINITY;
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		if (is_native(&r->options->items[i], binding))
			found = fmin(found, time(r, &r->options->items[i]));
	}
	return found;
}

static unsigned granularity(const struct option *o)
{
	return o->design & VERDICT_GRANULARITIES;
}

#define ANY_CROSSING (~0u)

/* The option as what is asked of it depends on: with all that is uncertain. */
static const struct option *asked_of(const struct ranges *r, const struct option *o)
{
	const struct option *whole = o->rework ? options_find(r->whole, o->id) : NULL;

	return whole ? whole : o;
}

/* What verdict.c asks of a native option before another one is passed over: that it is worth
 * it, and then that it reaches the goal. Could this one meet it? */
static int may_meet(const struct ranges *r, const struct option *o, int goal)
{
	return function(r, o).high >= verdict_worthwhile(asked_of(r, o), r->rules) &&
		program(r, o).high >= verdict_worthwhile_program(asked_of(r, o), r->rules) &&
		(!goal || function(r, o).high >= r->goal);
}

/* Is it certain to? */
static int meets(const struct ranges *r, const struct option *o, int goal)
{
	return function(r, o).low >= verdict_worthwhile(asked_of(r, o), r->rules) &&
		program(r, o).low >= verdict_worthwhile_program(asked_of(r, o), r->rules) &&
		(!goal || function(r, o).low >= r->goal);
}

/* Is it certain to give way, or may it, to one of a binding (NULL: of any) that crosses so often,
 * since that one meets what this one misses? */
static int gives_way(const struct ranges *r, const struct option *o, const struct binding *b,
	unsigned crossing, int certain)
{
	size_t i;
	int goal;

	for (i = 0; i < r->options->n; i++) {
		const struct option *other = &r->options->items[i];

		if (!is_native(other, b) ||
			(crossing != ANY_CROSSING && granularity(other) != crossing))
			continue;
		for (goal = 0; goal <= 1; goal++) {
			if (certain ? meets(r, other, goal) && !may_meet(r, o, goal) :
				may_meet(r, other, goal) && !meets(r, o, goal))
				return 1;
		}
	}
	return 0;
}

/* Has the binding an option that need not give way? */
static int may_stand(const struct ranges *r, const struct binding *b)
{
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (is_native(o, b) && !gives_way(r, o, NULL, ANY_CROSSING, 1))
			return 1;
	}
	return 0;
}

/* Could this binding be among those that tie with the fastest, and need not give way? */
static int may_tie(const struct ranges *r, const struct binding *b)
{
	return least(r, b, best_time) <= r->rules->tie * least(r, NULL, worst_time) &&
		may_stand(r, b);
}

/* Could it not be? */
static int may_lag(const struct ranges *r, const struct binding *b)
{
	double limit = r->rules->tie * least(r, NULL, best_time);
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (is_native(o, b) && worst_time(r, o) <= limit &&
			!gives_way(r, o, NULL, ANY_CROSSING, 0))
			return 0;
	}
	return 1;
}

/* Could the option's binding be the one that is taken: may it tie, with none that is
 * preferred certain to? */
static int may_be_taken(const struct ranges *r, const struct option *o)
{
	size_t i;

	if (!may_tie(r, o->binding))
		return 0;
	for (i = 0; i < r->options->n; i++) {
		const struct option *other = &r->options->items[i];

		if (is_native(other, NULL) && verdict_upkeep(other) < verdict_upkeep(o) &&
			!may_lag(r, other->binding))
			return 0;
	}
	return 1;
}

/* The least of one end of the times of a binding's options that cross so often. */
static double least_of(const struct ranges *r, const struct binding *binding, unsigned crossing,
	double (*time)(const struct ranges *r, const struct option *))
{
	double found = INFINITY;
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (is_native(o, binding) && granularity(o) == crossing)
			found = fmin(found, time(r, o));
	}
	return found;
}

static double best_call(const struct ranges *r, const struct option *o)
{
	(void)r;
	return o->time_after.low;
}

static double worst_call(const struct ranges *r, const struct option *o)
{
	(void)r;
	return o->time_after.high;
}

/* Could the binding be crossed as often as the option does? The loop moves wherever it is
 * known to; else that, and batches, have to gain more than a tie. */
static int may_cross_so(const struct ranges *r, const struct option *o)
{
	double best = least_of(r, o->binding, DESIGN_MOVE_LOOP, best_call);
	double worst = least_of(r, o->binding, DESIGN_MOVE_LOOP, worst_call);

	if (o->design & DESIGN_MOVE_LOOP)
		return r->loop_moves || best * r->rules->tie <
			least_of(r, o->binding, 0, worst_call);
	if (!isinf(worst) && (r->loop_moves || worst * r->rules->tie <
		least_of(r, o->binding, 0, best_call)))
		return 0;
	if (o->design & DESIGN_BATCH)
		return least_of(r, o->binding, DESIGN_BATCH, best_time) * r->rules->tie <
			least_of(r, o->binding, 0, worst_time);
	return least_of(r, o->binding, DESIGN_BATCH, worst_time) * r->rules->tie >=
		least_of(r, o->binding, 0, best_time);
}

/* Could this design be taken among those of its binding that cross as often: may it tie
 * with the fastest, with none that asks less certain to? */
static int may_be_design(const struct ranges *r, const struct option *o)
{
	double high, low, tie = r->rules->tie;
	size_t i;

	if (!may_cross_so(r, o))
		return 0;
	if (gives_way(r, o, o->binding, granularity(o), 1))
		return 0;
	high = least_of(r, o->binding, granularity(o), worst_call);
	low = least_of(r, o->binding, granularity(o), best_call);
	if (o->time_after.low > tie * high)
		return 0;
	for (i = 0; i < r->options->n; i++) {
		const struct option *other = &r->options->items[i];

		if (other == o || !is_native(other, o->binding) ||
			granularity(other) != granularity(o) || other->time_after.high > tie * low ||
			gives_way(r, other, o->binding, granularity(o), 0))
			continue;
		if (verdict_effort(other) < verdict_effort(o) ||
			(verdict_effort(other) == verdict_effort(o) &&
				other->time_after.high < o->time_after.low))
			return 0;
	}
	return 1;
}

/* Of another use the fastest is picked, by what it is weighed by. */
static int may_be_fastest(const struct ranges *r, const struct option *o)
{
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *other = &r->options->items[i];

		if (other->use == o->use && other->fits &&
			function(r, other).low > function(r, o).high)
			return 0;
	}
	return 1;
}

static int may_be_picked(const struct ranges *r, const struct option *o)
{
	if (!o->fits)
		return 0;
	return o->use == USE_FFI ? may_be_taken(r, o) && may_be_design(r, o) :
		may_be_fastest(r, o);
}

/* The least that what may be picked of a use offers; weighed: as it is weighed. */
struct offer {
	double speedup, program;
	double weighed_speedup, weighed_program;
};

static struct offer worst_of(const struct ranges *r, enum use use)
{
	struct offer least = {INFINITY, INFINITY, INFINITY, INFINITY};
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (o->use != use || !may_be_picked(r, o))
			continue;
		least.speedup = fmin(least.speedup, worth(r, o).low);
		least.program = fmin(least.program, program_worth(r, o).low);
		least.weighed_speedup = fmin(least.weighed_speedup, function(r, o).low);
		least.weighed_program = fmin(least.weighed_program, program(r, o).low);
	}
	return least;
}

static int may_be_worthwhile(const struct ranges *r, const struct option *o)
{
	return worth(r, o).high >= verdict_worthwhile(asked_of(r, o), r->rules) &&
		program_worth(r, o).high >= verdict_worthwhile_program(asked_of(r, o), r->rules);
}

int turning_use(const struct ranges *r, const struct option *chosen)
{
	struct offer worst = worst_of(r, chosen->use);
	size_t i;

	if (chosen->use != USE_STAY && (worst.speedup < verdict_worthwhile(asked_of(r, chosen), r->rules) ||
		worst.program < verdict_worthwhile_program(asked_of(r, chosen), r->rules)))
		return 1;
	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (!o->fits || o->use == chosen->use || o->use == USE_STAY ||
			!may_be_worthwhile(r, o))
			continue;
		if (chosen->use == USE_STAY)
			return 1;
		/* An easier way comes near enough, or does what is asked. */
		if (verdict_rank(o->use, &r->standing) < verdict_rank(chosen->use, &r->standing) && ((r->goal > 0 && function(r, o).high >= r->goal) ||
			best_time(r, o) <= verdict_easier(o, chosen, r->rules, &r->standing) *
				inverse(worst.weighed_program)))
			return 1;
		/* Another, harder or not near enough itself, is so much better that this is not near. */
		if (!(r->goal > 0 && worst.weighed_speedup >= r->goal) &&
			inverse(worst.weighed_program) >
				verdict_easier(chosen, o, r->rules, &r->standing) * best_time(r, o))
			return 1;
	}
	return 0;
}

int turning_option(const struct ranges *r, const struct option *chosen)
{
	size_t i;

	for (i = 0; i < r->options->n; i++) {
		const struct option *o = &r->options->items[i];

		if (o->use == chosen->use && strcmp(o->id, chosen->id) != 0 && may_be_picked(r, o))
			return 1;
	}
	return 0;
}
