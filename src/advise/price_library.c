#include <math.h>
#include <stdio.h>
#include <string.h>

#include "advise/price.h"

/* Nothing at worst, since it is native code in place of native code; likely halfway, in ratio. */
static struct est native_gain(struct est gain)
{
	return est(fmin(1, gain.low), sqrt(gain.likely), fmax(1, gain.high));
}

/*
 * A library is an extension: to call it costs what a call through the C API
 * does at least. Whether its gain is its own statement or what libraries gain
 * in general, nobody measured it on this work. A form for many items shares
 * the call among the turns of the caller's loop.
 */
static void price_one(struct options *options, const struct workload *w, const struct figures *f,
	const struct library *library)
{
	struct option *o = price_new(options, USE_LIBRARY, "library", library ? library->id : "");
	struct figure gain = figures_reference(f, "library-gain"), start;
	struct figure elsewhere = figures_reference(f, "library-elsewhere");
	struct figure call = figures_call(f, "capi", w->n_inputs);

	if (library && library->gain.likely > 0) {
		memset(&gain, 0, sizeof gain);
		gain.known = 1;
		gain.v = figures_assumed(f, library->id, est_point(library->gain.likely),
			library->gain);
		gain.basis = BASIS_REFERENCE;
		evidence_add(&gain.evidence, library->id);
	}
	if (price_take(o, &gain) < 0 || price_take(o, &call) < 0 ||
		(library && library->gain.likely > 0 && price_take(o, &elsewhere) < 0)) {
		options->n--;
		return;
	}
	if (library && library->gain.likely > 0)
		gain.v = est_mul(gain.v, elsewhere.v);
	/* It takes the place of what was C code already as well: that gains as much at best. */
	o->native_gain = figures_assumed(f, "C code replaced", native_gain(gain.v),
		native_gain(gain.v));
	o->library = library;
	if (library)
		snprintf(o->id, sizeof o->id, "library/%s", library->id);
	o->cost.call = call.v;
	if (w->library_batch == TRI_YES && w->loop && strcmp(w->loop, "python") == 0)
		o->cost.call = est_div(call.v, w->iterations);
	start = figures_reference(f, "import/library");
	price_start(o, w, &start);
	o->gain = gain.v;
	option_finish(o, w);
}

/*
 * A library that is in use already, called item by item: its form for many items shares
 * the call among them, and what else it shares is its own doing.
 */
static int price_batch(struct options *options, const struct workload *w, const struct figures *f)
{
	struct figure gain = figures_reference(f, "library-batch");
	struct figure call = figures_call(f, "capi", w->n_inputs);
	struct option *o;

	if (!w->library_in_use || w->library_batch != TRI_YES || !w->loop ||
		strcmp(w->loop, "python") != 0)
		return 0;
	o = price_new(options, USE_LIBRARY, "library", "");
	if (price_take(o, &gain) < 0 || price_take(o, &call) < 0) {
		options->n--;
		return 0;
	}
	o->cost.call = est_div(call.v, w->iterations);
	o->gain = gain.v;
	option_finish(o, w);
	return 1;
}

void price_library(struct options *options, const struct workload *w, const struct figures *f)
{
	const struct libraries *libraries = &f->catalog->libraries;
	size_t i, n = 0;

	if (price_batch(options, w, f))
		return;
	for (i = 0; w->task && i < libraries->n; i++) {
		if (strcmp(libraries->items[i].task, w->task) != 0)
			continue;
		price_one(options, w, f, &libraries->items[i]);
		n++;
	}
	if (!n)
		price_one(options, w, f, NULL);
}
