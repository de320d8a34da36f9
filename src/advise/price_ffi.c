#include <math.h>
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
		return price_is_container(a) || price_holds_objects(a) ? HOW_COPY : HOW_NONE;
	case HOW_BY_REFERENCE:
		return buffer ? HOW_NONE : price_is_container(a) || price_holds_objects(a) ? HOW_BY_REFERENCE :
			HOW_NONE;
	case HOW_ZERO_COPY:
		return buffer || (price_holds_numbers(a) && a->can_change != TRI_NO) ? HOW_ZERO_COPY :
			bytes ? HOW_BY_REFERENCE : HOW_NONE;
	case HOW_NATIVE_CLASS:
		return price_holds_objects(a) && a->own_class != TRI_NO ? HOW_NATIVE_CLASS : HOW_NONE;
	default:
		return HOW_NONE;
	}
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

/*
 * The gain of a design that reads Python objects while it computes. Likely each
 * item is read once and kept in a local, which the inputs' cost has; at worst
 * it is read again at every step, as the kernel's form on objects does.
 */
static struct est gain_by_reference(struct est native, struct est objects)
{
	return est(fmin(native.low, objects.low), native.likely, native.high);
}

/* One input under a policy: how it crosses and what that costs, before it is shared by the
 * turns of a loop or hidden behind the work. */
struct passing {
	enum how how;
	struct figure figure;
};

struct pricing {
	const struct workload *w;
	const struct figures *f;
	const struct binding *binding;
	/* The same in all bindings. */
	struct figure again, more, reused, gather, most;
	/* The same in all designs of the binding; start: importing its module. */
	struct figure call, native, objects, output, lazy, callbacks, start;
	struct passing *inputs; /* the same in all variants of the policy */
};

/* How often Python crosses: each turn of the caller's loop, once for a batch of
 * turns that Python gathers, or once for the whole run of a loop that moves inside. */
enum crossing { EACH_TURN, IN_BATCHES, ONCE_A_RUN };

/* What makes one option of a binding. */
struct variant {
	const struct policy *policy;
	enum crossing crossing;
	int released, lazy;
};

/* How each input crosses under a policy. */
static void pass_inputs(struct pricing *p, enum how policy)
{
	size_t i;

	for (i = 0; i < p->w->n_inputs; i++) {
		const struct argument *a = &p->w->inputs[i];
		struct passing *in = &p->inputs[i];

		/* Where the policy is not for this argument the better plain way is. */
		in->how = way(a, policy);
		if (in->how == HOW_NONE)
			in->how = way(a, HOW_BY_REFERENCE);
		if (in->how == HOW_NONE)
			in->how = way(a, HOW_ZERO_COPY);
		in->figure = price_pass(p->f, p->binding->id, a, in->how);
		if (!in->figure.known && in->how == HOW_BY_REFERENCE) {
			in->how = HOW_COPY;
			in->figure = price_pass(p->f, p->binding->id, a, in->how);
		}
	}
}

/* Prices the inputs under a policy. -1 when one of them has no price. */
static int price_inputs(struct option *o, const struct pricing *p, enum how policy, int move,
	unsigned *used)
{
	size_t i;

	for (i = 0; i < p->w->n_inputs; i++) {
		const struct argument *a = &p->w->inputs[i];
		const struct passing *in = &p->inputs[i];
		struct est cost = in->figure.v;

		if (price_take(o, &in->figure) < 0)
			return -1;
		*used |= in->how == policy;
		o->wants_array |= in->how == HOW_ZERO_COPY && a->type->kind != PYTYPE_BUFFER;
		/* Reading overlaps with computing: at best half of it is hidden. */
		if (in->how == HOW_BY_REFERENCE && a->access != ACCESS_FEW)
			cost = est_mul(cost, figures_assumed(p->f, "reading hidden",
				est_point(1), est(0.5, 1, 1)));
		if (move)
			cost = over_turns(p->f, cost, a, p->w->iterations);
		o->how[i] = in->how;
		o->in_cost[i] = cost;
		o->cost.inputs = est_add(o->cost.inputs, cost);
		if (in->how == HOW_COPY && price_is_container(a))
			o->memory = est_add(o->memory, price_bytes(a));
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

/*
 * One object of Python's that the work walks from: how many more it reaches is
 * not told, so that reading or copying them is not in the inputs' cost. The
 * kernel's form on objects has it.
 */
static int walks_one_object(const struct option *o, const struct workload *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		if (w->inputs[i].type && w->inputs[i].type->kind == PYTYPE_OBJECT &&
			o->how[i] != HOW_NATIVE_CLASS)
			return w->work && strcmp(w->work, "objects") == 0 && w->main_input < 0;
	}
	return 0;
}

/*
 * Values of any type, which nothing but Python can hash, compare or call: a copy of their
 * container is one of references, and native code works on the objects as Python does.
 */
static int holds_anything(const struct workload *w)
{
	size_t i;

	for (i = 0; i < w->n_inputs; i++) {
		const struct pytype *t = w->inputs[i].type;

		if (t && t->n)
			t = t->items[t->n - 1]; /* of a dict the value */
		if (t && t->kind == PYTYPE_ANY)
			return 1;
	}
	return 0;
}

/*
 * Code that is native already: the work stays as it is with the tool it has;
 * with another one it is written again, and gains or loses a little by that.
 */
static int price_rework(struct option *o, const struct pricing *p)
{
	o->rework = 1;
	o->present = p->w->through && strcmp(p->w->through, p->binding->id) == 0;
	if (o->present)
		return 0;
	if (price_take(o, &p->again) < 0)
		return -1;
	o->gain = p->again.v;
	return 0;
}

static int price_compute(struct option *o, const struct pricing *p)
{
	struct est gain = p->native.v;

	if (p->w->native_now)
		return price_rework(o, p);
	if (price_take(o, &p->native) < 0)
		return -1;
	if (reads_objects(o, p->w) || walks_one_object(o, p->w) || holds_anything(p->w)) {
		if (price_take(o, &p->objects) < 0)
			return -1;
		gain = walks_one_object(o, p->w) || holds_anything(p->w) ? p->objects.v :
			figures_assumed(p->f, "read again at each step", gain,
				gain_by_reference(p->native.v, p->objects.v));
	}
	o->gain = gain;
	return 0;
}

/*
 * With the GIL let go while native data are worked on, calls from several
 * threads compute at once, as many as there are threads and cores; without it
 * they wait for each other. What taking it back costs while others want it too is paid
 * at each call. What a call takes is then its share of the wall
 * time. -1 where Python objects are touched: they need the GIL.
 */
static int release(struct option *o, const struct pricing *p)
{
	struct figure pair = figures_release(p->f, p->binding->id);
	struct figure contended = figures_contended(p->f, p->binding->id);
	struct figure scaling = figures_scaling(p->f, p->binding->id);
	const struct est threads = est_min(p->w->workers, p->w->cores);
	struct est at_once;

	if (reads_objects(o, p->w) || price_take(o, &pair) < 0 ||
		price_take(o, &contended) < 0 || price_take(o, &scaling) < 0)
		return -1;
	/* Two threads were measured; more of them share memory and its caches as well. */
	if (threads.high > 2) {
		if (price_take(o, &p->more) < 0)
			return -1;
		scaling.v = est(fmin(scaling.v.low, p->more.v.low),
			fmin(scaling.v.likely, p->more.v.likely), scaling.v.high);
	}
	at_once = est_max(est_point(1), est_mul(threads, scaling.v));
	o->design |= DESIGN_RELEASE_GIL;
	o->cost.call = est_add(o->cost.call, est_add(pair.v, contended.v));
	o->at_once = at_once;
	if (workload_waits_in_turn(p->w))
		o->waits_at_once = est_max(est_point(1), p->w->workers);
	return 0;
}

struct figure price_called_back(const struct figures *f, const char *binding,
	const struct workload *w)
{
	struct figure body = figures_reference(f, "callback-body"), calls;
	struct est turn = est_div(w->time_now, w->callbacks);

	/* Python calls it now, so that it is a part of a turn's time now, and likely half. */
	if (!w->native_now && w->time_known && w->callbacks.low > 0)
		body.v = est_min(body.v, est(turn.low / 2, turn.likely / 2, turn.high));
	calls = figure_scale(figure_add(figures_callback(f, binding), body), w->callbacks);
	/*
	 * Native code has them in its time today, and they cannot take more than that. Where
	 * they are what its boundary is taken to cost, they take all of that.
	 */
	if (calls.known && w->native_now && w->time_known)
		calls.v = workload_moves_callbacks(w) ? est_mul(w->time_now, w->crossing_share) :
			est_min(calls.v, w->time_now);
	return calls;
}

/* The kind of a container's items that are objects worth keeping; NONE for others. */
static enum pytype_kind kept_items(const struct argument *a)
{
	const struct pytype *t = a->type;

	if (!t || !t->n || (t->kind != PYTYPE_LIST && t->kind != PYTYPE_DICT && t->kind != PYTYPE_SET))
		return PYTYPE_NONE;
	switch (t->items[0]->kind) {
	case PYTYPE_STR:
	case PYTYPE_BYTES:
	case PYTYPE_OBJECT:
	case PYTYPE_TUPLE:
		return t->items[0]->kind;
	default:
		return PYTYPE_NONE;
	}
}

/*
 * The result may hold objects that came in, such as the keys of a dict that is
 * read by reference: then nothing is made of them but their place.
 */
static int may_reuse(const struct option *o, const struct workload *w)
{
	enum pytype_kind kept = kept_items(&w->output);
	size_t i;

	for (i = 0; i < w->n_inputs && kept != PYTYPE_NONE; i++) {
		if (o->how[i] == HOW_BY_REFERENCE && kept_items(&w->inputs[i]) == kept)
			return 1;
	}
	return 0;
}

/* The result goes back into an argument, and nothing else is told of. */
static int is_in_place(const struct workload *w)
{
	size_t i;

	for (i = 0; !w->output.type && i < w->n_inputs; i++) {
		if (w->inputs[i].writable == TRI_YES)
			return 1;
	}
	return 0;
}

static int price_output(struct option *o, const struct pricing *p)
{
	const struct argument *out = &p->w->output;
	int made = 1;

	if (is_in_place(p->w))
		return 0;
	if (price_take(o, &p->output) < 0)
		return -1;
	if (!out->price_exact)
		o->basis = BASIS_ASSUMED;
	o->cost.output = p->output.v;
	if (may_reuse(o, p->w) && price_take(o, &p->reused) == 0) {
		o->cost.output = est_mul(o->cost.output, p->reused.v);
		made = 0;
	}
	if (made && price_is_container(out)) /* the native result stands beside what is made of it */
		o->memory = est_add(o->memory, price_bytes(out));
	return 0;
}

static int price_lazy_output(struct option *o, const struct pricing *p)
{
	if (price_take(o, &p->lazy) < 0)
		return -1;
	o->cost.output = p->lazy.v;
	o->design |= price_left_native(p->w);
	return 0;
}

/*
 * A batch is a list that Python fills with the arguments of many turns, and a list of
 * results that it goes through after: a crossing is shared, conversions are not.
 * A reference in each list and a tuple of the arguments is what it holds.
 */
static int price_batch(struct option *o, const struct pricing *p, struct est call)
{
	enum { WORD = 8, TUPLE = 40 };
	struct est turns;

	if (price_take(o, &p->gather) < 0 || price_take(o, &p->most) < 0)
		return -1;
	turns = est_max(est_point(1), est_min(p->w->iterations, p->most.v));
	o->cost.call = est_div(call, turns);
	o->cost.inputs = est_add(o->cost.inputs, p->gather.v);
	o->memory = est_add(o->memory,
		est_scale(turns, TUPLE + WORD * (2 + (double)p->w->n_inputs)));
	return 0;
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

/*
 * The part of today's boundary that a variant takes the place of. What nobody counted stays
 * with whoever crosses as often and in the same way: only a design that does away with the
 * crossing, or with what crosses, gains by that.
 */
static struct est boundary_gone(const struct workload *w, const struct variant *v)
{
	return v->crossing != EACH_TURN ||
		v->policy->design & (DESIGN_ZERO_COPY | DESIGN_NATIVE_CLASS) ?
		w->crossing_share : w->crossing_counted;
}

/* One option; dropped when a figure it needs is unknown or the policy is for no input. */
static void price_one(struct options *options, const struct pricing *p, const struct variant *v)
{
	struct option *o = price_new(options, USE_FFI, "binding", p->binding->id);
	unsigned used = 0;

	o->binding = p->binding;
	o->design = v->policy->design | (v->crossing == ONCE_A_RUN ? DESIGN_MOVE_LOOP :
		v->crossing == IN_BATCHES ? DESIGN_BATCH : 0);
	o->cost.call = v->crossing == ONCE_A_RUN ? est_div(p->call.v, p->w->iterations) : p->call.v;
	if (price_take(o, &p->call) < 0 ||
		price_inputs(o, p, v->policy->how, v->crossing == ONCE_A_RUN, &used) < 0 ||
		(!used && v->policy->design) || price_compute(o, p) < 0 ||
		(v->lazy ? price_lazy_output(o, p) : price_output(o, p)) < 0 ||
		(v->crossing == IN_BATCHES && price_batch(o, p, p->call.v) < 0) ||
		(v->released && release(o, p) < 0)) {
		options->n--;
		return;
	}
	o->unmanned = p->w->unmanned;
	if (o->rework)
		o->gone = boundary_gone(p->w, v);
	/* What native code calls back moves inside with the loop that calls it. */
	if (p->w->callbacks.high > 0 &&
		!(v->crossing == ONCE_A_RUN && workload_moves_callbacks(p->w)) &&
		price_take(o, &p->callbacks) == 0)
		o->cost.callbacks = p->callbacks.v;
	price_start(o, p->w, &p->start);
	option_name(o);
	option_finish(o, p->w);
}

/* Native code that lets the GIL go while it works has gained by that already;
 * ctypes and cffi do it at every call. */
static int lets_go(const struct workload *w)
{
	return w->native_now && (w->holds_gil == TRI_NO || (w->holds_gil == TRI_UNKNOWN &&
		w->through && (strcmp(w->through, "ctypes") == 0 || strcmp(w->through, "cffi") == 0)));
}

/* One policy with what goes with it: the GIL let go, the result left native. */
static void price_policy(struct options *options, const struct pricing *p,
	const struct policy *policy, enum crossing crossing)
{
	struct variant v = {policy, crossing, 0, 0};

	for (v.lazy = 0; v.lazy <= price_may_be_lazy(p->w); v.lazy++) {
		for (v.released = 0; v.released <= (p->w->threads && !lets_go(p->w)); v.released++)
			price_one(options, p, &v);
	}
}

static void price_binding(struct pricing *p)
{
	const char *b = p->binding->id;

	p->call = figures_call(p->f, b, p->w->n_inputs);
	p->native = price_gain(p->f, b, p->w, FORM_NATIVE);
	p->objects = price_gain(p->f, b, p->w, FORM_OBJECTS);
	p->output = price_result(p->f, b, p->w);
	if (price_may_be_lazy(p->w))
		p->lazy = price_lazy(p->f, b, p->w);
	if (p->w->callbacks.high > 0)
		p->callbacks = price_called_back(p->f, b, p->w);
	p->start = figures_import(p->f, b);
}

void price_ffi(struct options *options, const struct workload *w, const struct figures *f)
{
	const struct probes *probes = &f->catalog->probes;
	int loop = w->loop && strcmp(w->loop, "python") == 0;
	struct passing inputs[INPUTS_MAX];
	struct pricing p;
	size_t b, i;

	memset(&p, 0, sizeof p);
	p.w = w;
	p.f = f;
	p.inputs = inputs;
	p.again = figures_reference(f, "native-again");
	p.more = figures_reference(f, "thread-scaling");
	p.reused = figures_reference(f, "result-reused");
	p.gather = figures_reference(f, "gather-turn");
	p.most = figures_reference(f, "batch-turns");
	for (b = 0; b < probes->n_bindings; b++) {
		p.binding = &probes->bindings[b];
		if (!p.binding->option)
			continue;
		price_binding(&p);
		for (i = 0; i < sizeof policies / sizeof *policies; i++) {
			if (!applies(&policies[i], w))
				continue;
			pass_inputs(&p, policies[i].how);
			price_policy(options, &p, &policies[i], EACH_TURN);
			/* A loop that is not there, or is native already, cannot move; one
			 * that can has no need of batches. */
			if (loop && w->loop_can_move != TRI_YES && w->independent != TRI_NO)
				price_policy(options, &p, &policies[i], IN_BATCHES);
			if (loop || workload_moves_callbacks(w))
				price_policy(options, &p, &policies[i], ONCE_A_RUN);
		}
	}
}
