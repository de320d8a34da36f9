#include <math.h>
#include <stdio.h>
#include <string.h>

#include "advise/price.h"
#include "base/str.h"

/* How the containers among the inputs cross; each becomes a design of its own. */
static const struct policy {
	enum how how;
	unsigned design;
} policies[] = {
	{HOW_COPY, 0}, /* the plain signature: what one writes without thinking of it */
	{HOW_BY_REFERENCE, DESIGN_BY_REFERENCE},
	{HOW_ZERO_COPY, DESIGN_ZERO_COPY},
	{HOW_NATIVE_CLASS, DESIGN_NATIVE_CLASS},
};

static int is_container(const struct argument *a)
{
	switch (a->type ? a->type->kind : PYTYPE_ANY) {
	case PYTYPE_LIST:
	case PYTYPE_SET:
	case PYTYPE_DICT:
	case PYTYPE_BUFFER:
	case PYTYPE_STR:
	case PYTYPE_BYTES:
		return 1;
	default:
		return 0;
	}
}

static int holds_objects(const struct argument *a)
{
	return a->type && (a->type->kind == PYTYPE_OBJECT ||
		(a->type->kind == PYTYPE_LIST && a->type->n && a->type->items[0]->kind == PYTYPE_OBJECT));
}

static int holds_numbers(const struct argument *a)
{
	return a->type && a->type->kind == PYTYPE_LIST && a->type->n &&
		(a->type->items[0]->kind == PYTYPE_FLOAT || a->type->items[0]->kind == PYTYPE_INT);
}

/*
 * The way one argument crosses under a policy; HOW_NONE when the policy is not
 * for it. A list has no buffer: without a copy it crosses only where the
 * caller can hold an array in its stead.
 */
static enum how way(const struct argument *a, enum how policy)
{
	int buffer = a->type && a->type->kind == PYTYPE_BUFFER;
	int bytes = a->type && (a->type->kind == PYTYPE_STR || a->type->kind == PYTYPE_BYTES);

	switch (policy) {
	case HOW_COPY:
		return is_container(a) || holds_objects(a) ? HOW_COPY : HOW_NONE;
	case HOW_BY_REFERENCE:
		return buffer ? HOW_NONE : is_container(a) || holds_objects(a) ? HOW_BY_REFERENCE :
			HOW_NONE;
	case HOW_ZERO_COPY:
		return buffer || (holds_numbers(a) && a->can_change != TRI_NO) ? HOW_ZERO_COPY :
			bytes ? HOW_BY_REFERENCE : HOW_NONE;
	case HOW_NATIVE_CLASS:
		return holds_objects(a) && a->own_class != TRI_NO ? HOW_NATIVE_CLASS : HOW_NONE;
	default:
		return HOW_NONE;
	}
}

/*
 * How many times the reference's item the argument's are: a reference figure
 * reads one attribute of an object and decodes five, and counts the items of
 * inner lists one by one.
 */
static struct est per_item(const struct argument *a, enum how how)
{
	if (holds_objects(a) && how == HOW_BY_REFERENCE)
		return a->fields;
	if (holds_objects(a) && how == HOW_COPY)
		return est_scale(a->fields, 1.0 / 5);
	if (strcmp(a->price_type, "list[list]") == 0)
		return a->item_length;
	return est_point(1);
}

/* The native form of this type costs nothing to read: only taking it does. */
static struct figure pass(const struct figures *f, const char *binding, const struct argument *a,
	enum how how)
{
	struct figure figure, one;
	int few = a->access == ACCESS_FEW || a->access == ACCESS_OPAQUE;

	if (how == HOW_ZERO_COPY)
		return figures_acquire(f, binding);
	if (how == HOW_NONE) /* a scalar: by value; anything else as a handle */
		figure = figures_in(f, binding, a->price_type, HOW_COPY, 0, est_point(1));
	else
		figure = figures_in(f, binding, a->price_type, how, few && how == HOW_BY_REFERENCE,
			a->length);
	if (figure.known && !a->price_exact)
		figure.basis = BASIS_ASSUMED;
	/* While it is not known whether all of it is looked at, a look at one item may do. */
	if (figure.known && how == HOW_BY_REFERENCE && a->access == ACCESS_UNKNOWN) {
		one = figures_in(f, binding, a->price_type, how, 1, a->length);
		if (one.known)
			figure.v = figures_assumed(f, "one look", figure.v,
				est_join(figure.v, one.v));
	}
	return figure_scale(figure, per_item(a, how));
}

/*
 * With the loop inside, a conversion is paid once a run only for data that
 * stay the same over the turns; what Python rebuilds has to cross each time.
 */
static struct est over_turns(const struct figures *f, struct est cost, const struct argument *a,
	struct est turns)
{
	struct est once = est_div(cost, turns);

	if (a->between == BETWEEN_REUSED)
		return once;
	if (a->between == BETWEEN_UNKNOWN)
		return figures_assumed(f, "paid once", cost,
			est(once.low, cost.likely, cost.high));
	return cost;
}

/* Bytes that a copy holds beside the original: 8 a number, as a native vector has them. */
static struct est copied_bytes(const struct argument *a)
{
	return est_scale(a->length, 8);
}

/*
 * The gain of a design that reads Python objects while it computes. Likely each
 * item is read once and kept in a local, which the inputs' cost has; at worst
 * it is read again at every step, as the kernel's form on objects does.
 */
static struct est gain_by_reference(struct est native, struct est objects)
{
	return est(fmin(native.low, objects.low), native.likely, native.high);
}

struct pricing {
	const struct workload *w;
	const struct figures *f;
	const struct binding *binding;
	const char *work;
	struct est length;
	struct figure call, native, objects, output; /* the same in all designs of the binding */
};

/* Prices the inputs under a policy. -1 when one of them has no price. */
static int price_inputs(struct option *o, const struct pricing *p, enum how policy, int move,
	unsigned *used)
{
	size_t i;

	for (i = 0; i < p->w->n_inputs; i++) {
		const struct argument *a = &p->w->inputs[i];
		enum how how = way(a, policy);
		struct figure figure;

		/* Where the policy is not for this argument the better plain way is. */
		if (how == HOW_NONE)
			how = way(a, HOW_BY_REFERENCE);
		if (how == HOW_NONE)
			how = way(a, HOW_ZERO_COPY);
		figure = pass(p->f, p->binding->id, a, how);
		if (!figure.known && how == HOW_BY_REFERENCE) {
			how = HOW_COPY;
			figure = pass(p->f, p->binding->id, a, how);
		}
		if (price_take(o, &figure) < 0)
			return -1;
		*used |= how == policy;
		/* Reading overlaps with computing: at best half of it is hidden. */
		if (how == HOW_BY_REFERENCE && a->access != ACCESS_FEW)
			figure.v = est_mul(figure.v, figures_assumed(p->f, "reading hidden",
				est_point(1), est(0.5, 1, 1)));
		if (move)
			figure.v = over_turns(p->f, figure.v, a, p->w->iterations);
		o->how[i] = how;
		o->in_cost[i] = figure.v;
		o->cost.inputs = est_add(o->cost.inputs, figure.v);
		if (how == HOW_COPY && is_container(a))
			o->memory = est_add(o->memory, copied_bytes(a));
	}
	return 0;
}

static int reads_objects(const struct option *o, const struct workload *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		if (o->how[i] == HOW_BY_REFERENCE && w->inputs[i].access != ACCESS_FEW &&
			w->inputs[i].access != ACCESS_OPAQUE && w->inputs[i].type &&
			w->inputs[i].type->kind != PYTYPE_STR && w->inputs[i].type->kind != PYTYPE_BYTES)
			return 1;
	}
	return 0;
}

static int price_compute(struct option *o, const struct pricing *p)
{
	struct est gain = p->native.v;

	if (price_take(o, &p->native) < 0)
		return -1;
	if (reads_objects(o, p->w)) {
		if (price_take(o, &p->objects) < 0)
			return -1;
		gain = figures_assumed(p->f, "read again at each step", gain,
			gain_by_reference(p->native.v, p->objects.v));
	}
	o->gain = gain;
	return 0;
}

/*
 * With the GIL let go while native data are worked on, calls from several
 * threads compute at once, as many as there are threads and cores; without it
 * they wait for each other. What a call takes is then its share of the wall
 * time. -1 where Python objects are touched: they need the GIL.
 */
static int release(struct option *o, const struct pricing *p)
{
	struct figure pair = figures_release(p->f, p->binding->id);
	struct figure scaling = figures_reference(p->f, "thread-scaling");
	double cores = p->f->measurements->env.cores;
	struct est at_once;

	if (reads_objects(o, p->w) || price_take(o, &pair) < 0 || price_take(o, &scaling) < 0)
		return -1;
	at_once = est_max(est_point(1),
		est_mul(est_min(p->w->workers, est_point(cores > 1 ? cores : 1)), scaling.v));
	o->design |= DESIGN_RELEASE_GIL;
	o->cost.call = est_add(o->cost.call, pair.v);
	o->at_once = at_once;
	return 0;
}

static int price_output(struct option *o, const struct pricing *p)
{
	if (price_take(o, &p->output) < 0)
		return -1;
	if (!p->w->output.price_exact)
		o->basis = BASIS_ASSUMED;
	o->cost.output = p->output.v;
	return 0;
}

static void price_callbacks(struct option *o, const struct pricing *p)
{
	struct figure callback = figure_add(figures_callback(p->f, p->binding->id),
		figures_reference(p->f, "callback-body"));

	if (price_take(o, &callback) == 0)
		o->cost.callbacks = est_mul(callback.v, p->w->callbacks);
}

/* A policy that no input crosses by would be the plain design under another name. */
static int applies(const struct policy *policy, const struct workload *w)
{
	size_t i;

	for (i = 0; policy->design && i < w->n_inputs; i++) {
		if (way(&w->inputs[i], policy->how) == policy->how)
			return 1;
	}
	return !policy->design;
}

/* One option; dropped when a figure it needs is unknown or the policy is for no input. */
static void price_one(struct options *options, const struct pricing *p, const struct policy *policy,
	int move, int released)
{
	struct option *o = price_new(options, USE_FFI, "binding", p->binding->id);
	unsigned used = 0;

	o->binding = p->binding;
	o->design = policy->design | (move ? DESIGN_MOVE_LOOP : 0);
	if (price_take(o, &p->call) < 0 || price_inputs(o, p, policy->how, move, &used) < 0 ||
		(!used && policy->design) || price_compute(o, p) < 0 || price_output(o, p) < 0) {
		options->n--;
		return;
	}
	o->cost.call = move ? est_div(p->call.v, p->w->iterations) : p->call.v;
	if (released && release(o, p) < 0) {
		options->n--;
		return;
	}
	if (p->w->callbacks.high > 0)
		price_callbacks(o, p);
	option_name(o);
	option_finish(o, p->w);
}

void price_ffi(struct options *options, const struct workload *w, const struct figures *f)
{
	const struct probes *probes = &f->catalog->probes;
	struct pricing p;
	size_t b, i;
	int move;

	memset(&p, 0, sizeof p);
	p.w = w;
	p.f = f;
	p.work = w->work ? w->work : WORK_UNKNOWN;
	p.length = w->main_input >= 0 ? w->inputs[w->main_input].length : est_point(1);
	for (b = 0; b < probes->n_bindings; b++) {
		p.binding = &probes->bindings[b];
		if (!p.binding->option)
			continue;
		p.call = figures_call(f, p.binding->id, w->n_inputs);
		p.native = figures_gain(f, p.binding->id, p.work, FORM_NATIVE, p.length);
		p.objects = figures_gain(f, p.binding->id, p.work, FORM_OBJECTS, p.length);
		p.output = figures_out(f, p.binding->id, w->output.price_type, w->output.length);
		/* A loop that is not there, or is native already, cannot move. */
		for (move = 0; move <= (w->loop && strcmp(w->loop, "python") == 0); move++) {
			for (i = 0; i < sizeof policies / sizeof *policies; i++) {
				if (!applies(&policies[i], w))
					continue;
				price_one(options, &p, &policies[i], move, 0);
				if (w->threads)
					price_one(options, &p, &policies[i], move, 1);
			}
		}
	}
}
