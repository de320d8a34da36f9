#include <math.h>
#include <string.h>

#include "advise/figures_anew.h"
#include "measure/stats.h"

/* Longer than anything that is measured: what stands for an open end. */
static const double LONGEST = 1e12;

static const struct probe *kernel_probe(const struct figures *f, const char *kernel, enum form form)
{
	const struct probes *probes = &f->catalog->probes;
	size_t i;

	for (i = 0; i < probes->n; i++) {
		const struct role *role = &probes->items[i].role;

		if (role->kind == ROLE_KERNEL && role->form == form &&
			strcmp(role->kernel, kernel) == 0)
			return &probes->items[i];
	}
	return NULL;
}

/* The size at which both were measured that is next to length by ratio. */
static long nearest_size(const struct figures *f, const struct probe *a, const char *a_binding,
	const struct probe *b, const char *b_binding, double length)
{
	long best = -1;
	double distance, best_distance = INFINITY;
	size_t i;

	for (i = 0; i < a->n_sizes; i++) {
		if (!anew_find(f, a->id, a_binding, a->sizes[i]) ||
			!anew_find(f, b->id, b_binding, a->sizes[i]))
			continue;
		distance = fabs(log((double)a->sizes[i]) - log(length > 1 ? length : 1));
		if (distance < best_distance) {
			best_distance = distance;
			best = a->sizes[i];
		}
	}
	return best;
}

/* What crossing into a native form of a kernel cost: the call and the views taken. */
static struct figure kernel_crossing(const struct figures *f, const char *binding,
	const struct role *role)
{
	struct figure call = figures_call(f, binding, role->args ? (size_t)role->args : 1);

	if (!role->buffers)
		return call;
	return figure_add(call, figure_scale(figures_acquire(f, binding),
		est_point(role->buffers)));
}

/* A kernel in plain Python and in another form, in one binding. */
struct pair {
	const struct figures *f;
	const char *binding;
	const struct probe *plain, *other;
	enum form form;
};

/* How many times faster it is at one measured size. */
static struct figure kernel_gain_at(const struct pair *k, long n)
{
	const struct measurement *p = anew_find(k->f, k->plain->id, "python", n);
	const struct measurement *o =
		anew_find(k->f, k->other->id, k->binding, n);
	struct figure gain = figure_zero(), overhead = figure_zero();
	struct est within;
	int tie;

	gain.v = stats_ratio(p, o, &tie);
	evidence_add(&gain.evidence, p->id);
	evidence_add(&gain.evidence, o->id);
	if (k->form == FORM_OBJECTS || k->form == FORM_NATIVE)
		overhead = kernel_crossing(k->f, k->binding, &k->other->role);
	/* What the crossing cost is priced by itself; at least a tenth is work. */
	within = overhead.known ? est_min(est_div(overhead.v, o->ns), est_point(0.9)) : est_point(0);
	if (k->f->draw.kind != DRAW_MEASURED)
		return figure_scale(gain, est_point(1 / (1 - within.likely)));
	/* Each may move by itself, which the ratio, taken run by run, leaves out. */
	gain.v = est_join(gain.v, est_div(p->ns, o->ns));
	return figure_scale(gain, est_div(est_point(1), est_rest(within)));
}

/* How many times faster one kernel is in a form than in plain Python: likely as at
 * the likely length, within what it is at all lengths that are possible. */
static struct figure kernel_gain(const struct figures *f, const char *binding, const char *kernel,
	enum form form, struct est length)
{
	struct pair k = {f, binding, kernel_probe(f, kernel, FORM_PLAIN),
		kernel_probe(f, kernel, form), form};
	struct figure gain;
	long n, from, to;
	size_t i;

	if (!k.plain || !k.other)
		return anew_unknown();
	n = nearest_size(f, k.plain, "python", k.other, binding, length.likely);
	if (n < 0)
		return anew_unknown();
	gain = kernel_gain_at(&k, n);
	from = nearest_size(f, k.plain, "python", k.other, binding, length.low);
	to = nearest_size(f, k.plain, "python", k.other, binding, fmin(length.high, LONGEST));
	for (i = 0; from < to && i < k.plain->n_sizes; i++) {
		long size = k.plain->sizes[i];

		/* Both were measured where it is the nearest to itself. */
		if (size >= from && size <= to &&
			nearest_size(f, k.plain, "python", k.other, binding, (double)size) == size)
			gain.v = est_join(gain.v, kernel_gain_at(&k, size).v);
	}
	return gain;
}

/*
 * The gain of the kernels of a work together. Each takes its part of the time in
 * plain Python, which its own gain divides: 1 / sum(part / gain). Unknown where
 * one of them is not measured.
 */
static struct figure measured_gain(const struct figures *f, const char *binding,
	const struct work *work, enum form form, struct est length)
{
	struct figure rest = figure_zero(), gain;
	size_t i;

	for (i = 0; i < work->n_kernels; i++) {
		const struct share *share = &work->kernels[i];

		gain = kernel_gain(f, binding, share->kernel, form, length);
		if (gain.known)
			gain.v = est_div(est_point(share->part), gain.v);
		rest = figure_add(rest, gain);
	}
	if (rest.known)
		rest.v = est_div(est_point(1), rest.v);
	return rest;
}

/* Of any work: likely as mixed work, within the ranges of all kinds. */
static struct figure gain_of_any(const struct figures *f, const char *binding, enum form form,
	struct est length)
{
	const struct references *refs = &f->catalog->references;
	struct figure any = figures_gain(f, binding, "mixed", form, length), one;
	size_t i;

	/* Which one it is no measurement says. */
	for (i = 0; any.known && f->draw.kind != DRAW_MEASURED && i < refs->n_works; i++) {
		one = figures_gain(f, binding, refs->works[i].id, form, length);
		if (!one.known)
			continue;
		any.v = est_join(any.v, one.v);
		if (one.basis > any.basis)
			any.basis = one.basis;
	}
	return any;
}

struct figure anew_gain(const struct figures *f, const char *binding, const char *work_id,
	enum form form, struct est length)
{
	const struct references *refs = &f->catalog->references;
	const struct work *work = references_work(refs, work_id);
	const struct reference *ref;
	struct figure gain = anew_unknown();

	if (strcmp(work_id, WORK_UNKNOWN) == 0)
		return gain_of_any(f, binding, form, length);
	if (work && work->n_kernels)
		gain = measured_gain(f, binding, work, form, length);
	gain.kernel = gain.known;
	if (gain.known) {
		/* The spread is of a function about its kernel: it is no measurement. */
		if (form == FORM_OBJECTS || form == FORM_NATIVE || form == FORM_VECTORISED) {
			struct est spread = form == FORM_OBJECTS ? work->objects_spread :
				work->spread;

			if (f->draw.kind == DRAW_MEASURED)
				spread = draw_est(&f->draw, 0, spread);
			gain.v = est_mul(gain.v, spread);
			gain.basis = BASIS_REFERENCE;
		}
		return gain;
	}
	ref = references_gain(refs, work_id, form);
	return ref ? anew_from_reference(ref, ref->value) : anew_unknown();
}

/* The same for one kernel in two interpreters. */
static struct figure kernel_upgrade(const struct figures *f, const struct measurements *other,
	const char *kernel, struct est length)
{
	const struct probe *plain = kernel_probe(f, kernel, FORM_PLAIN);
	const struct measurement *now, *then;
	struct figure gain = figure_zero();
	long n = plain ? nearest_size(f, plain, "python", plain, "python", length.likely) : -1;
	int tie;

	now = n < 0 ? NULL : anew_find(f, plain->id, "python", n);
	then = now ? measurements_find(other, plain->id, "python", n) : NULL;
	if (!then || !(then->ns.likely > 0))
		return anew_unknown();
	gain.v = stats_ratio(now, then, &tie);
	evidence_add(&gain.evidence, now->id);
	evidence_add(&gain.evidence, then->elsewhere ? then->elsewhere : then->id);
	return gain;
}

struct figure figures_upgrade(const struct figures *f, const struct measurements *other,
	const char *work_id, struct est length)
{
	const struct work *work = references_work(&f->catalog->references, work_id);
	struct figure rest = figure_zero(), gain;
	size_t i;

	if (!work || !work->n_kernels)
		return anew_unknown();
	for (i = 0; i < work->n_kernels; i++) {
		gain = kernel_upgrade(f, other, work->kernels[i].kernel, length);
		if (gain.known)
			gain.v = est_div(est_point(work->kernels[i].part), gain.v);
		rest = figure_add(rest, gain);
	}
	if (rest.known)
		rest.v = est_div(est_point(1), rest.v);
	rest.kernel = rest.known;
	return rest;
}
