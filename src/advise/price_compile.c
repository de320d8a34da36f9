#include <math.h>
#include <stdio.h>
#include <string.h>

#include "advise/price.h"

/*
 * The tools that compile Python as it is. None is measured here: gains are
 * reference figures by kind of work, as far as native code gains as much. What native
 * code would have to call back stays Python in all of them.
 */
static const struct compiler {
	const char *id;   /* of reference.yaml and words.yaml */
	int needs_types;  /* without annotations it gains what any compiled Python does */
	int at_run_time;  /* it compiles in each process, and works on arrays */
} compilers[] = {
	{"mypyc", 1, 0},
	{"cython-pure", 1, 0},
	{"numba", 0, 1},
};

/* Objects of a class that is not one's own cannot be compiled with the function: their
 * attributes are looked up as before. */
static const char *work_of(const struct workload *w)
{
	size_t i;

	for (i = 0; w->work && strcmp(w->work, "objects") == 0 && i < w->n_inputs; i++) {
		if (w->inputs[i].own_class == TRI_NO)
			return "foreign-objects";
	}
	return price_work(w);
}

/*
 * Typed, not typed, or anything between while that is not known: likely halfway, in ratio,
 * since what is not annotated can be before it is compiled.
 */
static struct figure gain_of(const struct compiler *c, const struct workload *w,
	const struct figures *f)
{
	char prefix[48];
	struct figure typed, untyped;

	snprintf(prefix, sizeof prefix, "compile/%s", c->id);
	typed = figures_reference_of(f, prefix, work_of(w));
	if (!c->needs_types || w->typed == TRI_YES)
		return typed;
	untyped = figures_reference_of(f, "compile/untyped", c->id);
	if (!typed.known || !untyped.known)
		return untyped;
	untyped.v = est_min(untyped.v, typed.v);
	if (w->typed == TRI_UNKNOWN) {
		evidence_join(&untyped.evidence, &typed.evidence);
		untyped.v = figures_assumed(f, "typed", est_point(
			sqrt(untyped.v.likely * typed.v.likely)), est(untyped.v.low,
			sqrt(untyped.v.likely * typed.v.likely),
			fmax(untyped.v.likely, typed.v.high)));
	}
	return untyped;
}

/* Machine code made of the same lines gains no more than native code of this kind
 * of work does, be that measured here or not. */
static struct figure at_most_native(struct figure gain, const struct workload *w,
	const struct figures *f)
{
	struct figure native = price_gain(f, "capi", w, FORM_NATIVE);

	if (!gain.known || !native.known)
		return gain;
	gain.v = est_min(gain.v, native.v);
	gain.basis = native.basis > gain.basis ? native.basis : gain.basis;
	evidence_join(&gain.evidence, &native.evidence);
	return gain;
}

/* A list has to become an array before machine code can run over it. */
static int price_arrays(struct option *o, const struct workload *w, const struct figures *f)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct argument *a = &w->inputs[i];
		struct figure array;

		if (!price_holds_numbers(a) || a->can_change == TRI_YES)
			continue;
		array = figures_array_from_list(f, a->price_type, a->length);
		if (price_take(o, &array) < 0)
			return -1;
		if (a->can_change == TRI_UNKNOWN)
			array.v = figures_assumed(f, "an array already", array.v,
				est(0, array.v.likely, array.v.high));
		o->cost.inputs = est_add(o->cost.inputs, array.v);
		o->memory = est_add(o->memory, est_scale(a->length, 8));
	}
	return 0;
}

static int price_run_time(struct option *o, const struct workload *w, const struct figures *f)
{
	struct figure call = figures_reference(f, "numba-call");
	struct figure import = figures_reference(f, "import/numba");
	struct figure jit = figures_reference(f, "jit/numba");

	if (price_take(o, &call) < 0 || price_arrays(o, w, f) < 0)
		return -1;
	o->cost.call = call.v;
	price_start(o, w, &import);
	price_start(o, w, &jit);
	return 0;
}

static int price_callbacks(struct option *o, const struct workload *w, const struct figures *f)
{
	struct figure callback = figure_add(figures_call(f, "python", 1),
		figures_reference(f, "callback-body"));

	if (w->callbacks.high <= 0)
		return 0;
	if (price_take(o, &callback) < 0)
		return -1;
	o->cost.callbacks = est_mul(callback.v, w->callbacks);
	return 0;
}

static void price_one(struct options *options, const struct workload *w, const struct figures *f,
	const struct compiler *c)
{
	struct option *o = price_new(options, USE_COMPILE, "compiler", c->id);
	const struct figures gains = figures_careful(f, CAREFUL_LOW);
	const struct figures costs = figures_careful(f, CAREFUL_HIGH);
	struct figure gain = at_most_native(gain_of(c, w, &gains), w, &gains);
	struct figure start = figures_reference(&costs, "import/native");
	struct figure call = figures_call(&costs, "capi", w->n_inputs);

	snprintf(o->id, sizeof o->id, "compile/%s", c->id);
	o->cautious = 1;
	o->whole_modules = !c->at_run_time;
	if (price_take(o, &gain) < 0 || price_callbacks(o, w, &costs) < 0 ||
		(c->at_run_time && price_run_time(o, w, &costs) < 0)) {
		options->n--;
		return;
	}
	/* What is compiled ahead is called as any extension is. */
	if (!c->at_run_time) {
		if (price_take(o, &call) < 0) {
			options->n--;
			return;
		}
		o->cost.call = call.v;
		price_start(o, w, &start);
	}
	o->gain = gain.v;
	option_finish(o, w);
}

void price_compile(struct options *options, const struct workload *w, const struct figures *f)
{
	size_t i;

	for (i = 0; i < sizeof compilers / sizeof *compilers; i++)
		price_one(options, w, f, &compilers[i]);
}
