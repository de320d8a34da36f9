#include "advise/turning.h"

#include <math.h>
#include <string.h>

#include "advise/verdict.h"

static double inverse(double speedup)
{
	return speedup > 0 ? 1 / speedup : INFINITY;
}

/* The program's time with the option at its best and at its worst, the time now being 1. */
static double best_time(const struct option *o)
{
	return inverse(o->program_speedup.high);
}

static double worst_time(const struct option *o)
{
	return inverse(o->program_speedup.low);
}

/* The native options that fit, of one binding (NULL: of all). */
static int is_native(const struct option *o, const struct binding *binding)
{
	return o->use == USE_FFI && o->fits && (!binding || o->binding == binding);
}

/* The least time of a binding, or of all, by one end of the program's time. */
static double least(const struct options *options, const struct binding *binding,
	double (*time)(const struct option *))
{
	double found = INFINITY;
	size_t i;

	for (i = 0; i < options->n; i++) {
		if (is_native(&options->items[i], binding))
			found = fmin(found, time(&options->items[i]));
	}
	return found;
}

/* Could this binding be among those that tie with the fastest? */
static int may_tie(const struct options *options, const struct rules *rules,
	const struct binding *b)
{
	return least(options, b, best_time) <= rules->tie * least(options, NULL, worst_time);
}

/* Could it not be? */
static int may_lag(const struct options *options, const struct rules *rules,
	const struct binding *b)
{
	return least(options, b, worst_time) > rules->tie * least(options, NULL, best_time);
}

/* Could the binding be taken: may it tie, with none that is preferred certain to? */
static int may_be_taken(const struct options *options, const struct rules *rules,
	const struct binding *b)
{
	size_t i;

	if (!may_tie(options, rules, b))
		return 0;
	for (i = 0; i < options->n; i++) {
		const struct binding *other = options->items[i].binding;

		if (is_native(&options->items[i], NULL) && other->rank < b->rank &&
			!may_lag(options, rules, other))
			return 0;
	}
	return 1;
}

/* The loop moves wherever the binding has a design that moves it. */
static int in_group(const struct options *options, const struct option *o)
{
	size_t i;

	for (i = 0; !(o->design & DESIGN_MOVE_LOOP) && i < options->n; i++) {
		if (is_native(&options->items[i], o->binding) &&
			(options->items[i].design & DESIGN_MOVE_LOOP))
			return 0;
	}
	return 1;
}

/* Could this design be taken among those of its binding: may it tie with the
 * fastest, with none that asks less certain to? */
static int may_be_design(const struct options *options, const struct rules *rules,
	const struct option *o)
{
	double high = INFINITY, low = INFINITY;
	size_t i;

	if (!in_group(options, o))
		return 0;
	for (i = 0; i < options->n; i++) {
		const struct option *other = &options->items[i];

		if (!is_native(other, o->binding) || !in_group(options, other))
			continue;
		high = fmin(high, other->time_after.high);
		low = fmin(low, other->time_after.low);
	}
	if (o->time_after.low > rules->tie * high)
		return 0;
	for (i = 0; i < options->n; i++) {
		const struct option *other = &options->items[i];

		if (other == o || !is_native(other, o->binding) || !in_group(options, other) ||
			other->time_after.high > rules->tie * low)
			continue;
		if (verdict_effort(other) < verdict_effort(o) ||
			(verdict_effort(other) == verdict_effort(o) &&
				other->time_after.high < o->time_after.low))
			return 0;
	}
	return 1;
}

static int may_be_picked(const struct options *options, const struct rules *rules,
	const struct option *o)
{
	if (!is_native(o, NULL))
		return 0;
	return may_be_taken(options, rules, o->binding) && may_be_design(options, rules, o);
}

/* What a use offers at its worst: the least of what may be picked, or where the
 * fastest is picked at least the best of the low ends. */
static void worst_of(const struct options *options, const struct rules *rules, enum use use,
	double *speedup, double *program)
{
	size_t i;

	*speedup = *program = use == USE_FFI ? INFINITY : 0;
	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (o->use != use || !o->fits)
			continue;
		if (use != USE_FFI) {
			*speedup = fmax(*speedup, o->speedup.low);
			*program = fmax(*program, o->program_speedup.low);
		} else if (may_be_picked(options, rules, o)) {
			*speedup = fmin(*speedup, o->speedup.low);
			*program = fmin(*program, o->program_speedup.low);
		}
	}
}

int turning_use(const struct options *options, const struct rules *rules,
	const struct option *chosen, double goal)
{
	double speedup, program;
	size_t i;

	worst_of(options, rules, chosen->use, &speedup, &program);
	if (chosen->use != USE_STAY &&
		(speedup < rules->worthwhile || program < rules->worthwhile_program))
		return 1;
	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (!o->fits || o->use == chosen->use || o->use == USE_STAY ||
			o->speedup.high < rules->worthwhile ||
			o->program_speedup.high < rules->worthwhile_program)
			continue;
		if (chosen->use == USE_STAY)
			return 1;
		/* An easier way comes near enough, or does what is asked. */
		if (o->use < chosen->use && ((goal > 0 && o->speedup.high >= goal) ||
			best_time(o) <= rules->easier_within * inverse(program)))
			return 1;
		/* Another, harder or not near enough itself, is so much better that this is not near. */
		if (!(goal > 0 && speedup >= goal) &&
			inverse(program) > rules->easier_within * best_time(o))
			return 1;
	}
	return 0;
}

int turning_option(const struct options *options, const struct rules *rules,
	const struct option *chosen)
{
	size_t i;

	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (!o->fits || o->use != chosen->use || strcmp(o->id, chosen->id) == 0)
			continue;
		if (o->use == USE_FFI ? may_be_picked(options, rules, o) :
			o->speedup.high >= chosen->speedup.low)
			return 1;
	}
	return 0;
}
