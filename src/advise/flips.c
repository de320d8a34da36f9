#include "advise/flips.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "advise/trial.h"
#include "base/mem.h"
#include "base/str.h"
#include "survey/quantity.h"

/* The answers that are tried, and how far a quantity may be moved each way. */
enum { STEPS = 14, UNKNOWN_MAX = 6, KNOWN_MAX = 8 };
static const double FARTHEST = 1e4;

static int is_quantity(const struct question *q)
{
	return q->kind >= QUESTION_DURATION && q->kind <= QUESTION_FACTOR;
}

static int is_choice(const struct question *q)
{
	return q->kind == QUESTION_BOOL || q->kind == QUESTION_CHOICE;
}

/* What the trial's answers lead to. */
static enum use outcome(struct trial *t, char id[96])
{
	struct reckoning r;
	enum use use;

	trial_reckon(t, &r);
	use = r.verdict.option->use;
	snprintf(id, 96, "%s", r.verdict.option->id);
	reckon_release(&r);
	return use;
}

static void add(struct flip **items, size_t *n, size_t *cap, const struct question *q, int input,
	enum use use, const char *id)
{
	struct flip *f;

	GROW(*items, *n, *cap);
	f = &(*items)[(*n)++];
	memset(f, 0, sizeof *f);
	f->question = q;
	f->input = input;
	f->use = use;
	f->option = xstrdup(id);
	f->nearness = 1;
}

/* The words of a choice, tried one after another; the first that turns it counts. */
static void try_choices(struct flips *flips, const struct reckoning *base,
	const struct question *q, int input, int known)
{
	const struct value *now = answers_value(base->workload.answers, q,
		input < 0 ? 0 : (size_t)input);
	const struct option *option = base->verdict.option;
	size_t n = q->kind == QUESTION_BOOL ? 2 : q->n_choices, i, k;
	struct flip *f;
	struct trial t;
	char id[96];
	enum use use;

	for (i = 0; i < n; i++) {
		if (known && (now->choices & ((uint64_t)1 << i)))
			continue;
		trial_begin(&t, base, q, input);
		t.value->choices = (uint64_t)1 << i;
		use = outcome(&t, id);
		trial_end(&t);
		if (known ? use == option->use : strcmp(id, option->id) == 0)
			continue;
		if (known)
			add(&flips->items, &flips->n, &flips->cap, q, input, use, id);
		else
			add(&flips->unknown, &flips->n_unknown, &flips->cap_unknown, q, input, use, id);
		f = known ? &flips->items[flips->n - 1] : &flips->unknown[flips->n_unknown - 1];
		f->to_word = xstrdup(q->kind == QUESTION_BOOL ? (i ? "yes" : "no") : q->choices[i].id);
		for (k = 0; known && k < n; k++) {
			if (now->choices & ((uint64_t)1 << k))
				f->from_word = xstrdup(q->kind == QUESTION_BOOL ?
					(k ? "yes" : "no") : q->choices[k].id);
		}
		return;
	}
}

static enum use at(const struct reckoning *base, const struct question *q, int input, double v,
	char id[96])
{
	struct trial t;
	enum use use;

	trial_begin(&t, base, q, input);
	t.value->range = est_point(v);
	use = outcome(&t, id);
	trial_end(&t);
	return use;
}

/* Walks from v by a factor until the verdict turns, then halves the step. */
static int turn_of(const struct reckoning *base, const struct question *q, int input, double v,
	double factor, double *found, enum use *use, char id[96])
{
	double low = v, high = v, middle, most = q->high > 0 ? q->high : INFINITY;
	int i;

	for (i = 0; i < STEPS; i++) {
		low = high;
		high = fmin(fmax(high * factor, q->low), most);
		if (high == low)
			return 0;
		*use = at(base, q, input, high, id);
		if (*use != base->verdict.option->use)
			break;
		if (high / v > FARTHEST || v / high > FARTHEST)
			return 0;
	}
	if (i == STEPS)
		return 0;
	for (i = 0; i < 10; i++) {
		middle = sqrt(low) * sqrt(high);
		if (at(base, q, input, middle, id) == base->verdict.option->use)
			low = middle;
		else
			high = middle;
	}
	*use = at(base, q, input, high, id);
	*found = high;
	return 1;
}

static void try_quantity(struct flips *flips, const struct reckoning *base,
	const struct question *q, int input, const struct value *now)
{
	double v = now->range.likely, found, nearest = INFINITY, to = 0;
	enum use use, becomes = USE_STAY;
	char id[96], option[96] = "";
	static const double factors[] = {2, 0.5};
	struct flip *f;
	size_t i;

	if (!(v > 0))
		return;
	for (i = 0; i < 2; i++) {
		if (turn_of(base, q, input, v, factors[i], &found, &use, id) &&
			fabs(log(found / v)) < nearest) {
			nearest = fabs(log(found / v));
			to = found;
			becomes = use;
			memcpy(option, id, sizeof option);
		}
	}
	if (isinf(nearest))
		return;
	add(&flips->items, &flips->n, &flips->cap, q, input, becomes, option);
	f = &flips->items[flips->n - 1];
	f->quantity = 1;
	f->from = v;
	f->to = to;
	f->nearness = nearest;
}

/* An unknown quantity at the ends of what is possible. */
static void try_unknown_quantity(struct flips *flips, const struct reckoning *base,
	const struct question *q, int input)
{
	char name[96], id[96];
	const struct reference *possible;
	double ends[2];
	enum use use;
	size_t i;

	snprintf(name, sizeof name, "possible/%s", q->id);
	possible = references_figure(&base->figures.catalog->references, name);
	if (!possible)
		return;
	ends[0] = possible->value.low;
	ends[1] = possible->value.high;
	for (i = 0; i < 2; i++) {
		use = at(base, q, input, ends[i], id);
		if (use == base->verdict.option->use)
			continue;
		add(&flips->unknown, &flips->n_unknown, &flips->cap_unknown, q, input, use, id);
		flips->unknown[flips->n_unknown - 1].quantity = 1;
		flips->unknown[flips->n_unknown - 1].to = ends[i];
		return;
	}
}

static int is_asked(const struct reckoning *base, const struct question *q, int input)
{
	struct answers_at here;

	/* The look-ups lend their words from scratch room in the answers. */
	here.answers = (struct answers *)(uintptr_t)base->workload.answers;
	here.input = input < 0 ? 0 : (size_t)input;
	return input < 0 ? cond_eval(q->when, answers_lookup, here.answers) == TRUTH_YES :
		cond_eval(q->when, answers_lookup_at, &here) == TRUTH_YES;
}

static void try_one(struct flips *flips, const struct reckoning *base, const struct question *q,
	int input)
{
	const struct value *now = answers_value(base->workload.answers, q,
		input < 0 ? 0 : (size_t)input);

	/* A question that would not be asked cannot change anything. */
	if (!is_asked(base, q, input))
		return;
	if (is_choice(q))
		try_choices(flips, base, q, input, value_known(now));
	else if (is_quantity(q) && value_known(now))
		try_quantity(flips, base, q, input, now);
	else if (is_quantity(q))
		try_unknown_quantity(flips, base, q, input);
}

static int nearest_first(const void *a, const void *b)
{
	const struct flip *x = a, *y = b;

	return x->nearness < y->nearness ? -1 : x->nearness > y->nearness;
}

/* A change of use weighs more than one of tool or design; core questions more than others. */
static int importance(const struct flip *f, enum use use)
{
	return (f->use != use ? 100 : 0) + (f->question->core ? 50 - f->question->core : 0);
}

/* use: what the verdict is now. */
static int important_first(const void *a, const void *b, void *use)
{
	return importance(b, *(const enum use *)use) - importance(a, *(const enum use *)use);
}

static void release_flip(struct flip *f)
{
	free(f->from_word);
	free(f->to_word);
	free(f->option);
}

static void keep(struct flip *items, size_t *n, size_t most)
{
	while (*n > most)
		release_flip(&items[--*n]);
}

/* The option of the base verdict, or the best native one, at another length:
 * the function's time is taken to grow with the length. */
static double speedup_at(const struct reckoning *base, const char *id, double length)
{
	const struct option *o;
	struct reckoning r;
	struct trial t;
	double speedup;

	trial_begin_length(&t, base, length);
	trial_reckon(&t, &r);
	o = options_find(&r.options, id);
	speedup = o ? o->speedup.likely : 0;
	reckon_release(&r);
	trial_end(&t);
	return speedup;
}

static void find_break_even(struct flips *flips, const struct reckoning *base)
{
	const struct workload *w = &base->workload;
	const struct option *o = base->verdict.option;
	double low = 1, high = 1e6, middle;
	size_t i;

	for (i = 0; o->use != USE_FFI && i < base->options.n; i++) {
		const struct option *other = &base->options.items[i];

		if (other->use == USE_FFI && (o->use != USE_FFI || other->time_after.likely <
			o->time_after.likely))
			o = other;
	}
	if (o->use != USE_FFI || w->main_input < 0 || !w->inputs[w->main_input].length_known ||
		!w->time_known)
		return;
	if (speedup_at(base, o->id, low) >= 1 || speedup_at(base, o->id, high) <= 1)
		return;
	for (i = 0; i < 30 && high / low > 1.01; i++) {
		middle = sqrt(low * high);
		if (speedup_at(base, o->id, middle) < 1)
			low = middle;
		else
			high = middle;
	}
	flips->break_even = xcalloc(1, sizeof *flips->break_even);
	flips->n_break_even = 1;
	flips->break_even->what = xasprintf("inputs[%d].length", w->main_input);
	flips->break_even->at = est(floor(low), high, ceil(high));
	flips->break_even->means = "above it the native call wins, if the function's time grows "
		"with the length";
}

void flips_find(struct flips *flips, const struct reckoning *base)
{
	const struct questions *questions = base->workload.answers->questions;
	enum use use;
	size_t i;
	int input;

	memset(flips, 0, sizeof *flips);
	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		input = q->scope == SCOPE_INPUT ? base->workload.main_input : -1;
		if (q->scope == SCOPE_INPUT && input < 0)
			continue;
		try_one(flips, base, q, input);
	}
	if (flips->n)
		qsort(flips->items, flips->n, sizeof *flips->items, nearest_first);
	use = base->verdict.option->use;
	if (flips->n_unknown)
		qsort_r(flips->unknown, flips->n_unknown, sizeof *flips->unknown, important_first,
			&use);
	keep(flips->items, &flips->n, KNOWN_MAX);
	keep(flips->unknown, &flips->n_unknown, UNKNOWN_MAX);
	find_break_even(flips, base);
}

void flips_release(struct flips *flips)
{
	size_t i;

	keep(flips->items, &flips->n, 0);
	keep(flips->unknown, &flips->n_unknown, 0);
	for (i = 0; i < flips->n_break_even; i++)
		free(flips->break_even[i].what);
	free(flips->break_even);
	free(flips->items);
	free(flips->unknown);
	memset(flips, 0, sizeof *flips);
}

char *flip_answer(const struct flip *f)
{
	if (f->input < 0)
		return xstrdup(f->question->id);
	return xasprintf("inputs[%d].%s", f->input, strchr(f->question->id, '.') + 1);
}
