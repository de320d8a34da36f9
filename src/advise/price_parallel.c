#include <math.h>
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

/* How a value is pickled: by which reference, and how many of it there are. */
static struct figure pickled(const struct figures *f, const struct argument *a)
{
	const struct pytype *t = a->type;
	const struct pytype *item = t && t->n ? t->items[t->n - 1] : NULL;
	struct figure call = figures_reference(f, "pickle/call");
	const char *id = "pickle/number";
	struct est n = a->length;

	if (!t)
		id = "pickle/object";
	else if (t->kind == PYTYPE_STR || t->kind == PYTYPE_BYTES)
		id = "pickle/byte";
	else if (t->kind == PYTYPE_BUFFER || t->kind == PYTYPE_DATAFRAME)
		id = "pickle/byte", n = est_scale(n, 8);
	else if (t->kind == PYTYPE_DICT)
		id = "pickle/entry";
	else if (t->kind == PYTYPE_OBJECT || t->kind == PYTYPE_NATIVE || t->kind == PYTYPE_ANY)
		id = "pickle/object", n = est_point(1);
	else if (item && (item->kind == PYTYPE_OBJECT || item->kind == PYTYPE_NATIVE))
		id = "pickle/object";
	else if (item && (item->kind == PYTYPE_STR || item->kind == PYTYPE_BYTES))
		id = "pickle/str";
	else if (item && (item->kind == PYTYPE_LIST || item->kind == PYTYPE_TUPLE))
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
	struct est turns;
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		cost = pickled(f, &w->inputs[i]);
		if (price_take(o, &cost) < 0)
			return -1;
		cost.v.low /= 2;
		o->cost.inputs = est_add(o->cost.inputs, cost.v);
	}
	cost = pickled(f, &w->output);
	if (price_take(o, &cost) < 0 || price_take(o, &message) < 0 || price_take(o, &chunks) < 0)
		return -1;
	cost.v.low /= 2;
	o->cost.output = cost.v;
	turns = est_max(est_point(1), est_div(w->iterations, est_mul(chunks.v, workers)));
	o->cost.call = est_div(message.v, turns);
	return 0;
}

static struct est cores(const struct figures *f)
{
	double n = f->measurements->env.cores;

	return est_point(n > 1 ? n : 1);
}

static void price_one(struct options *options, const struct workload *w, const struct figures *f,
	const struct spreading *s)
{
	struct option *o = price_new(options, USE_PARALLELISE, "interpreter", s->id);
	struct figure scaling = figures_reference(f, "core-scaling"), figure;
	struct est workers = cores(f);

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
void price_async(struct options *options, const struct workload *w, const struct figures *f)
{
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
