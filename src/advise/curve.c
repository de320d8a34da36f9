#include "advise/curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "advise/again.h"
#include "base/mem.h"

/* How far the axis goes to both sides of the answer, at least, and where it ends. */
static const double AROUND = 1e3, MOST = 1e9;
/* Halvings between two points: 40 + 15 reckonings, and the crossing to a thousandth. */
enum { HALVINGS = 15 };

static double time_of(const struct reckoning *r, const char *id)
{
	const struct option *o = options_find(&r->options, id);

	return o ? o->time_after.likely : NAN;
}

/* The times of all curves with the answer at v. */
static void reckon_at(const struct curves *c, struct again *again, enum curve_axis axis,
	double v, double ns[CURVES_MAX])
{
	size_t i;

	if (axis == CURVE_LENGTH)
		again_change_length(again, v);
	else
		again_change(again, questions_find(again->answers.questions,
			"caller.iterations"), 0)->range = est_point(v);
	again_decide(again, NULL);
	again_undo(again);
	for (i = 0; i < c->n; i++)
		ns[i] = time_of(&again->room, c->items[i].option);
}

static int has(const struct curves *c, const char *id)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (strcmp(c->items[i].option, id) == 0)
			return 1;
	}
	return 0;
}

static void add(struct curves *c, const struct option *o)
{
	if (c->n == CURVES_MAX || has(c, o->id))
		return;
	memcpy(c->items[c->n].option, o->id, sizeof c->items[c->n].option);
	c->items[c->n++].use = o->use;
}

/* The fastest that is not there yet; native: FFI only, be it ruled out or not. */
static const struct option *next_best(const struct curves *c, const struct options *options,
	int native)
{
	const struct option *best = NULL, *o;
	size_t i;

	for (i = 0; i < options->n; i++) {
		o = &options->items[i];
		if (has(c, o->id) || (native ? o->use != USE_FFI : !o->fits) ||
			(best && best->fits > o->fits))
			continue;
		if (!best || o->fits > best->fits || o->time_after.likely < best->time_after.likely)
			best = o;
	}
	return best;
}

static void choose(struct curves *c, const struct advice *a, const char *const *ids, size_t n)
{
	const struct options *options = &a->reckoning.options;
	const struct option *o;
	size_t i;

	add(c, &options->items[0]);
	for (i = 0; ids && i < n; i++) {
		o = options_find(options, ids[i]);
		if (o)
			add(c, o);
	}
	if (ids)
		return;
	add(c, a->option);
	if (c->n == 1 && (o = next_best(c, options, 1)))
		add(c, o);
	while (c->n < CURVES_MAX && (o = next_best(c, options, 0)))
		add(c, o);
}

static int refuse(struct curves *c, struct err *err, const char *why, const char *hint)
{
	curves_release(c);
	err_set(err, ERR_FAILURE, "%s", why);
	err_hint(err, "%s", hint);
	return -1;
}

static int name_axis(struct curves *c, const struct workload *w, enum curve_axis axis,
	struct err *err)
{
	const struct argument *main_input = w->main_input < 0 ? NULL : &w->inputs[w->main_input];

	if (axis == CURVE_ITERATIONS) {
		if (!w->loop || strcmp(w->loop, "none") == 0)
			return refuse(c, err, "there is no curve over the calls of a loop: no loop "
				"is known", "answer caller.loop");
		c->answer = xstrdup("caller.iterations");
		c->unit = xstrdup("calls in one run of the loop");
		c->here = w->iterations.likely;
		return 0;
	}
	if (!main_input || !main_input->length_known || !(main_input->length.likely > 0))
		return refuse(c, err, "there is no curve over the length: none is known",
			"answer inputs.length");
	if (!w->time_known)
		return refuse(c, err, "there is no curve over the length: the time of a call is not "
			"known", "answer function.time_per_call");
	c->answer = xasprintf("inputs[%d].length", w->main_input);
	c->unit = main_input->name && *main_input->name ?
		xasprintf("items of %s", main_input->name) : xstrdup("items of the argument");
	c->here = main_input->length.likely;
	return 0;
}

/* Which curve is faster there: 1 the other, 0 the first, -1 not to be told. */
static int is_faster(const double ns[CURVES_MAX], size_t other)
{
	return isnan(ns[other]) || isnan(ns[0]) ? -1 : ns[other] < ns[0];
}

/* Halves the ratio between two points of different order. */
static double turn_between(const struct curves *c, struct again *again,
	enum curve_axis axis, size_t other, double low, double high, int above)
{
	double ns[CURVES_MAX], middle;
	int i;

	for (i = 0; i < HALVINGS && high / low > 1.001; i++) {
		middle = sqrt(low * high);
		reckon_at(c, again, axis, middle, ns);
		if (is_faster(ns, other) == above)
			high = middle;
		else
			low = middle;
	}
	return high;
}

/* The first turn from the left; curves of one model cross once. */
static void find_crossing(struct curves *c, struct again *again, enum curve_axis axis,
	size_t other)
{
	double before[CURVES_MAX], after[CURVES_MAX];
	int was, is;
	size_t i;

	for (i = 1; i < CURVE_POINTS; i++) {
		before[0] = c->items[0].ns[i - 1];
		before[other] = c->items[other].ns[i - 1];
		after[0] = c->items[0].ns[i];
		after[other] = c->items[other].ns[i];
		was = is_faster(before, other);
		is = is_faster(after, other);
		if (was < 0 || is < 0 || was == is)
			continue;
		c->crossing = turn_between(c, again, axis, other, c->at[i - 1], c->at[i], is);
		c->crossing_with = other;
		c->above = is;
		return;
	}
}

int curves_make(struct curves *c, const struct advice *a, enum curve_axis axis,
	const char *const *options, size_t n, struct err *err)
{
	const struct reckoning *base = &a->reckoning;
	double low, high, ns[CURVES_MAX];
	struct again again;
	size_t i, k;

	memset(c, 0, sizeof *c);
	c->crossing = NAN;
	if (name_axis(c, &base->workload, axis, err) < 0)
		return -1;
	choose(c, a, options, n);
	again_begin(&again, base);
	low = 1;
	high = fmin(fmax(c->here * AROUND, AROUND), MOST);
	for (i = 0; i < CURVE_POINTS; i++) {
		c->at[i] = low * pow(high / low, (double)i / (CURVE_POINTS - 1));
		reckon_at(c, &again, axis, c->at[i], ns);
		for (k = 0; k < c->n; k++)
			c->items[k].ns[i] = ns[k];
	}
	if (c->n > 1)
		find_crossing(c, &again, axis, 1);
	again_end(&again);
	return 0;
}

void curves_release(struct curves *c)
{
	free(c->answer);
	free(c->unit);
	memset(c, 0, sizeof *c);
}
