#include <stdio.h>
#include <string.h>

#include "advise/price.h"

/* What spreads the turns of a loop over the cores. */
static const struct spreading {
	const char *id;
	int pickles; /* arguments and results are pickled there and back */
	const char *start, *memory; /* references: of one worker; NULL: nothing worth it */
} spreadings[] = {
	{"processes", 1, "start/processes", "process-memory"},
	{"sub-interpreters", 1, "start/sub-interpreters", "process-memory"},
	{"free-threading", 0, NULL, NULL},
};

/* By which reference a value of a type, or of items of a type, is pickled. */
static const struct pickling {
	enum pytype_kind kind;
	const char *whole; /* a value of it */
	const char *items; /* an item of it in a container */
	double units;      /* of whole: the reference's units to each of its length; 0: it is
	                      one, whatever its length */
} picklings[] = {
	{PYTYPE_STR, "pickle/byte", "pickle/str", 1},
	{PYTYPE_BYTES, "pickle/byte", "pickle/str", 1},
	{PYTYPE_BUFFER, "pickle/byte", "pickle/object", 8},
	{PYTYPE_DATAFRAME, "pickle/byte", "pickle/object", 8},
	{PYTYPE_DICT, "pickle/entry", "pickle/object", 1},
	{PYTYPE_OBJECT, "pickle/object", "pickle/object", 0},
	{PYTYPE_NATIVE, "pickle/object", "pickle/object", 0},
	{PYTYPE_ANY, "pickle/object", "pickle/object", 0},
};

static const struct pickling *pickling_of(const struct pytype *t)
{
	size_t i;

	for (i = 0; t && i < sizeof picklings / sizeof *picklings; i++) {
		if (picklings[i].kind == t->kind)
			return &picklings[i];
	}
	return NULL;
}

static int is_nested(const struct pytype *item)
{
	return item && (item->kind == PYTYPE_LIST || item->kind == PYTYPE_TUPLE);
}

static struct figure pickled(const struct figures *f, const struct argument *a)
{
	const struct pytype *t = a->type, *item = t && t->n ? t->items[0] : NULL;
	const struct pickling *whole = pickling_of(t), *items = pickling_of(item);
	struct figure call = figures_reference(f, "pickle/call");
	const char *id = "pickle/number";
	struct est n = a->length;

	if (!t)
		id = "pickle/object";
	else if (whole)
		id = whole->whole;
	else if (items)
		id = items->items;
	if (whole)
		n = whole->units > 0 ? est_scale(n, whole->units) : est_point(1);
	else if (is_nested(item))
		n = est_mul(n, a->item_length);
	return figure_add(call, figure_scale(figures_reference(f, id), n));
}

/*
 * One side pickles while the other computes, so half of it is hidden at best
 * and none at worst. A message carries a chunk of turns.
 */
static int price_pickling(struct option *o, const struct workload *w, const struct figures *f,
	struct est workers)
{
	struct figure message = figures_reference(f, "pool/message");
	struct figure chunks = figures_reference(f, "pool/chunks"), cost;
	struct est shown = figures_assumed(f, "pickling hidden", est_point(1), est(0.5, 1, 1)), turns;
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		cost = pickled(f, &w->inputs[i]);
		if (price_take(o, &cost) < 0)
			return -1;
		o->cost.inputs = est_add(o->cost.inputs, est_mul(cost.v, shown));
	}
	cost = pickled(f, &w->output);
	if (price_take(o, &cost) < 0 || price_take(o, &message) < 0 || price_take(o, &chunks) < 0)
		return -1;
	o->cost.output = est_mul(cost.v, shown);
	turns = est_max(est_point(1), est_div(w->iterations, est_mul(chunks.v, workers)));
	o->cost.call = est_div(message.v, turns);
	return 0;
}

static void price_one(struct options *options, const struct workload *w,
	const struct figures *figures, const struct spreading *s)
{
	const struct figures gains = figures_careful(figures, CAREFUL_LOW);
	const struct figures costs = figures_careful(figures, CAREFUL_HIGH), *f = &costs;
	struct option *o = price_new(options, USE_PARALLELISE, "interpreter", s->id);
	struct figure scaling = figures_reference(&gains, "core-scaling"), figure;
	const struct est workers = w->cores;

	snprintf(o->id, sizeof o->id, "parallelise/%s", s->id);
	o->cautious = 1;
	o->at_once = est_max(est_point(1), est_mul(workers, scaling.v));
	if (price_take(o, &scaling) < 0 || (s->pickles && price_pickling(o, w, f, workers) < 0)) {
		options->n--;
		return;
	}
	if (s->start) {
		figure = figure_scale(figures_reference(f, s->start), workers);
		price_start(o, w, &figure);
	}
	if (s->memory) {
		figure = figure_scale(figures_reference(f, s->memory), workers);
		if (price_take(o, &figure) == 0)
			o->memory = figure.v;
	}
	option_finish(o, w);
}

void price_parallel(struct options *options, const struct workload *w, const struct figures *f)
{
	size_t i;

	for (i = 0; i < sizeof spreadings / sizeof *spreadings; i++)
		price_one(options, w, f, &spreadings[i]);
}

/*
 * An event loop lets several calls wait at once; what they compute they still
 * compute one after the other. Each call is a task of its own.
 */
void price_async(struct options *options, const struct workload *w,
	const struct figures *figures)
{
	const struct figures costs = figures_careful(figures, CAREFUL_HIGH), *f = &costs;
	struct option *o = price_new(options, USE_ASYNC, "library", "asyncio");
	struct figure task = figures_reference(f, "asyncio-task");
	struct figure together = figures_reference(f, "possible/runtime.workers");
	struct est waits = w->workers;

	snprintf(o->id, sizeof o->id, "async/asyncio");
	if (price_take(o, &task) < 0 || price_take(o, &together) < 0) {
		options->n--;
		return;
	}
	o->cautious = 1;
	o->cost.call = task.v;
	o->waits_at_once = est_max(est_point(1), est_min(waits, w->iterations));
	option_finish(o, w);
}
