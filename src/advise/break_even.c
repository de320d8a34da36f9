#include "advise/break_even.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 1000000 }; /* items; a length beyond it is as good as none */

static void add(struct break_evens *found, const struct reckoning *base, const char *key, int input,
	struct est at, const char *means)
{
	struct break_even *b;

	/* Where it never pays, or always does, there is nothing to break even at. */
	if (!(at.likely > 0) || isinf(at.likely))
		return;
	b = &found->items[found->n++];
	b->question = questions_find(base->workload.answers->questions, key);
	b->input = input;
	b->at = at;
	b->means = means;
}

/* The option's speed-up at another length, the function's time growing with it. */
static struct est speedup_at(struct again *again, const struct option *option, double length)
{
	const struct option *o;

	again_change_length(again, length);
	again_decide(again, NULL);
	again_undo(again);
	o = options_find(&again->room.options, option->id);
	return o ? o->speedup : est_point(0);
}

static double end_of(struct est e, int end)
{
	return end < 0 ? e.low : end > 0 ? e.high : e.likely;
}

/* Where one end of the speed-up passes 1: 0 when it is above all along, INFINITY
 * when it stays below. To 1 %, the ends of the range to 5 %. */
static double crossing(struct again *again, const struct option *option, int end)
{
	double low = 1, high = LONGEST, middle;

	if (end_of(speedup_at(again, option, low), end) >= 1)
		return 0;
	if (end_of(speedup_at(again, option, high), end) <= 1)
		return INFINITY;
	while (high / low > (end ? 1.05 : 1.01)) {
		middle = sqrt(low * high);
		if (end_of(speedup_at(again, option, middle), end) < 1)
			low = middle;
		else
			high = middle;
	}
	return ceil(high);
}

static void of_length(struct break_evens *found, const struct reckoning *base, struct again *again)
{
	const struct workload *w = &base->workload;
	struct est at;

	if (w->main_input < 0 || !w->inputs[w->main_input].length_known || !w->time_known ||
		!(w->inputs[w->main_input].length.likely > 0))
		return;
	at.likely = crossing(again, found->option, 0);
	if (!(at.likely > 0) || isinf(at.likely))
		return;
	at.low = fmin(at.likely, fmax(1, crossing(again, found->option, 1)));
	at.high = fmax(at.likely, crossing(again, found->option, -1));
	add(found, base, "inputs.length", w->main_input, at,
		"above it the native call wins, if the function's time grows with the length");
}

/*
 * speedup = 1 / (fixed / now + rest), so it is `least` where now is
 * fixed / (1 / least - rest); rest follows from the speed-up.
 */
static double time_of(double fixed, double speedup, double now, double least)
{
	double rest = 1 / speedup - fixed / now, room = 1 / least - rest;

	return room > 0 ? fixed / room : INFINITY;
}

static void of_time(struct break_evens *found, const struct reckoning *base)
{
	const struct cost *c = &found->option->cost;
	struct est fixed = est_add(est_add(c->call, c->inputs), est_add(c->callbacks, c->output));
	struct est now = base->workload.time_now, s = found->option->speedup, at;
	double least = base->figures.catalog->rules.worthwhile;

	at.likely = time_of(fixed.likely, s.likely, now.likely, least);
	at.low = fmin(at.likely, time_of(fixed.low, s.high, now.high, least));
	at.high = fmax(at.likely, time_of(fixed.high, s.low, now.low, least));
	add(found, base, "function.time_per_call", -1, at,
		"a shorter call gains too little to be worth native code");
}

/* Amdahl the other way round: the share from which a speed-up makes the program
 * `least` times faster. */
static double share_of(double speedup, double least)
{
	double share = speedup > 1 ? (1 - 1 / least) / (1 - 1 / speedup) : INFINITY;

	return share <= 1 ? share : INFINITY;
}

static void of_share(struct break_evens *found, const struct reckoning *base)
{
	const struct workload *w = &base->workload;
	double least = base->figures.catalog->rules.worthwhile_program;
	struct est s = found->option->speedup, at, rate;

	at = est(share_of(s.high, least), share_of(s.likely, least), share_of(s.low, least));
	add(found, base, "function.share", -1, at,
		"below it the whole program gains too little to notice");
	if (!w->time_known)
		return;
	/* share = rate * time, of one busy core */
	rate = est_scale(est_div(at, w->time_now), 1e9);
	if (isinf(at.high))
		rate.high = INFINITY;
	add(found, base, "function.calls_per_second", -1, rate,
		"called less often, the whole program gains too little to notice");
}

void break_even_find(struct break_evens *found, const struct reckoning *base, struct again *again)
{
	const struct option *o = base->verdict.option;
	size_t i;

	memset(found, 0, sizeof *found);
	for (i = 0; o->use != USE_FFI && i < base->options.n; i++) {
		const struct option *other = &base->options.items[i];

		if (other->use == USE_FFI && other->fits && (!found->option ||
			other->time_after.likely < found->option->time_after.likely))
			found->option = other;
	}
	if (o->use == USE_FFI)
		found->option = o;
	if (!found->option)
		return;
	of_length(found, base, again);
	of_time(found, base);
	of_share(found, base);
}
