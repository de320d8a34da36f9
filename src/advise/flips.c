#include "advise/flips.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/*
 * A quantity is moved by factors of 4, FARTHEST at most, then the turn is closed
 * in by halving, to 0.5 %. Of a function with more inputs than INPUTS_TRIED only
 * the longest is moved.
 */
enum { STEPS = 8, HALVINGS = 8, KNOWN_MAX = 8, INPUTS_TRIED = 4 };
static const double FARTHEST = 1e4;
/* Where moving up begins from 0, for shares and for the rest. */
static const double FIRST_SHARE = 0.01, FIRST = 1;

static struct flip *add(struct flips *flips, const struct question *q, int input,
	const struct option *option)
{
	struct flip *f;

	GROW(flips->items, flips->n, flips->cap);
	f = &flips->items[flips->n++];
	memset(f, 0, sizeof *f);
	f->question = q;
	f->input = input;
	f->use = option->use;
	f->option = xstrdup(option->id);
	f->nearness = 1;
	return f;
}

static char *written(const struct value *value, const struct question *q)
{
	struct str s;

	str_init(&s);
	value_write(&s, value, q);
	return str_detach(&s);
}

/* With the choices said in place of the ones now: 1 when the verdict turns, which is then added. */
static int try_words(struct flips *flips, struct again *again, const struct question *q, int input,
	uint64_t choices)
{
	size_t at = input < 0 ? 0 : (size_t)input;
	const struct value *now = answers_value(again->base->workload.answers, q, at);
	const struct option *becomes;
	struct value *value;
	struct flip *f;

	value = again_change(again, q, at);
	value->choices = choices;
	becomes = again_decide(again, NULL);
	if (becomes->use != again->base->verdict.option->use) {
		f = add(flips, q, input, becomes);
		f->from_word = written(now, q);
		f->to_word = written(value, q);
	}
	again_undo(again);
	return becomes->use != again->base->verdict.option->use;
}

/* The words of a choice, one after another; the first that turns it counts. */
static void try_choices(struct flips *flips, struct again *again, const struct question *q,
	int input, const struct value *now)
{
	size_t n = q->kind == QUESTION_BOOL ? 2 : q->n_choices, i;

	for (i = 0; i < n; i++) {
		if (!(now->choices >> i & 1) &&
			try_words(flips, again, q, input, (uint64_t)1 << i))
			return;
	}
}

/* A set with one word more or less; one that stands alone takes the place of all. */
static void try_set(struct flips *flips, struct again *again, const struct question *q, int input,
	const struct value *now)
{
	uint64_t alone = 0, choices;
	size_t i;

	for (i = 0; i < q->n_choices; i++)
		alone |= q->choices[i].alone ? (uint64_t)1 << i : 0;
	for (i = 0; i < q->n_choices; i++) {
		if (now->choices >> i & 1)
			choices = now->choices & ~((uint64_t)1 << i);
		else
			choices = q->choices[i].alone ? (uint64_t)1 << i :
				(now->choices & ~alone) | (uint64_t)1 << i;
		if (choices && try_words(flips, again, q, input, choices))
			return;
	}
}

static const struct option *at(struct again *again, const struct question *q, int input, double v)
{
	const struct option *becomes;

	again_change(again, q, input < 0 ? 0 : (size_t)input)->range = est_point(v);
	becomes = again_decide(again, NULL);
	again_undo(again);
	return becomes;
}

/* From v by a factor until the verdict turns, then halving the step. 1 when it does. */
static int turn_of(struct again *again, const struct question *q, int input, double v,
	double factor, double *found)
{
	enum use now = again->base->verdict.option->use;
	double low = v, high = v, middle, most = q->high > 0 ? q->high : INFINITY;
	double first = q->kind == QUESTION_SHARE ? FIRST_SHARE : FIRST;
	int i;

	if (v == 0 && factor < 1)
		return 0;
	for (i = 0; i < STEPS; i++) {
		low = high;
		high = fmin(fmax(high > 0 ? high * factor : first, q->low), most);
		if (high == low)
			return 0;
		if (at(again, q, input, high)->use != now)
			break;
		if (v > 0 && (high / v > FARTHEST || v / high > FARTHEST))
			return 0;
	}
	if (i == STEPS)
		return 0;
	for (i = 0; i < HALVINGS; i++) {
		middle = low > 0 && high > 0 ? sqrt(low) * sqrt(high) : (low + high) / 2;
		if (at(again, q, input, middle)->use == now)
			low = middle;
		else
			high = middle;
	}
	/* There is no part of a core or of an item: the next whole one, where that turns it too. */
	if (q->kind == QUESTION_COUNT) {
		middle = factor > 1 ? ceil(high) : floor(high);
		if (middle >= q->low && middle <= most && at(again, q, input, middle)->use != now)
			high = middle;
	}
	*found = high;
	return 1;
}

static void try_quantity(struct flips *flips, struct again *again, const struct question *q,
	int input, const struct value *now)
{
	static const double factors[] = {4, 0.25};
	double v = now->range.likely, found, nearest = INFINITY, distance, to = 0;
	struct flip *f;
	size_t i;

	if (!isfinite(v))
		return;
	for (i = 0; i < 2; i++) {
		if (!turn_of(again, q, input, v, factors[i], &found))
			continue;
		/* From 0 there is no ratio: a share of 1 is as far as a word. */
		distance = v > 0 && found > 0 ? fabs(log(found / v)) :
			q->kind == QUESTION_SHARE ? fabs(found - v) : 1;
		if (distance < nearest) {
			nearest = distance;
			to = found;
		}
	}
	if (isinf(nearest))
		return;
	f = add(flips, q, input, at(again, q, input, to));
	f->quantity = 1;
	f->from = v;
	f->to = to;
	f->nearness = nearest;
}

static void try_one(struct flips *flips, struct again *again, const struct question *q, int input)
{
	size_t place = input < 0 ? 0 : (size_t)input;
	const struct value *now = answers_value(again->base->workload.answers, q, place);

	if (!value_known(now) || !again_matters(again, q, place))
		return;
	if (q->kind == QUESTION_BOOL || q->kind == QUESTION_CHOICE)
		try_choices(flips, again, q, input, now);
	else if (q->kind == QUESTION_CHOICES)
		try_set(flips, again, q, input, now);
	else if (question_is_quantity(q->kind))
		try_quantity(flips, again, q, input, now);
}

static int nearest_first(const void *a, const void *b)
{
	const struct flip *x = a, *y = b;

	return x->nearness < y->nearness ? -1 : x->nearness > y->nearness;
}

static void keep(struct flips *flips, size_t most)
{
	while (flips->n > most) {
		struct flip *f = &flips->items[--flips->n];

		free(f->from_word);
		free(f->to_word);
		free(f->option);
	}
}

void flips_find(struct flips *flips, const struct reckoning *base, struct again *again)
{
	const struct questions *questions = base->workload.answers->questions;
	size_t n = base->workload.n_inputs, i, k;

	memset(flips, 0, sizeof *flips);
	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		if (q->scope != SCOPE_INPUT)
			try_one(flips, again, q, -1);
		for (k = 0; q->scope == SCOPE_INPUT && k < n; k++) {
			if (n <= INPUTS_TRIED || (int)k == base->workload.main_input)
				try_one(flips, again, q, (int)k);
		}
	}
	if (flips->n)
		qsort(flips->items, flips->n, sizeof *flips->items, nearest_first);
	keep(flips, KNOWN_MAX);
}

void flips_release(struct flips *flips)
{
	keep(flips, 0);
	free(flips->items);
	memset(flips, 0, sizeof *flips);
}

char *answer_key(const struct question *question, int input)
{
	if (input < 0)
		return xstrdup(question->id);
	return xasprintf("inputs[%d].%s", input, strchr(question->id, '.') + 1);
}
