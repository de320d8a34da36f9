#include "advise/figures.h"

#include <math.h>
#include <string.h>

#include "advise/figures_anew.h"
#include "measure/stats.h"

void evidence_add(struct evidence *evidence, const char *id)
{
	size_t i;

	/* Ids are lent by the catalog and the measurements: the same id is the same text. */
	for (i = 0; i < evidence->n; i++) {
		if (evidence->ids[i] == id)
			return;
	}
	if (evidence->n < EVIDENCE_MAX)
		evidence->ids[evidence->n++] = id;
}

void evidence_join(struct evidence *to, const struct evidence *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		evidence_add(to, from->ids[i]);
}

struct figure anew_unknown(void)
{
	struct figure f;

	/* Not the ids, which are many and count only as far as evidence.n says. */
	memset(&f, 0, offsetof(struct figure, evidence));
	f.evidence.n = 0;
	return f;
}

struct figure figure_zero(void)
{
	struct figure f = anew_unknown();

	f.known = 1;
	return f;
}

/* The weaker basis, both evidences. */
static struct figure combine(struct figure a, struct figure b, struct est v)
{
	if (!a.known || !b.known)
		return anew_unknown();
	a.v = v;
	if (b.basis > a.basis)
		a.basis = b.basis;
	evidence_join(&a.evidence, &b.evidence);
	return a;
}

struct figure figure_add(struct figure a, struct figure b)
{
	return combine(a, b, est_add(a.v, b.v));
}

struct figure figure_scale(struct figure a, struct est factor)
{
	a.v = est_mul(a.v, factor);
	return a;
}

static struct figure from_measurement(const struct measurement *m)
{
	struct figure f = figure_zero();

	f.v = m->ns;
	f.basis = m->basis;
	evidence_add(&f.evidence, m->id);
	return f;
}

struct figure anew_from_reference(const struct reference *ref, struct est v)
{
	struct figure f = figure_zero();

	f.v = v;
	f.basis = ref->assumed ? BASIS_ASSUMED : BASIS_REFERENCE;
	evidence_add(&f.evidence, ref->id);
	return f;
}

struct figure anew_reference(const struct figures *f, const char *id)
{
	const struct reference *ref = references_figure(&f->catalog->references, id);

	return ref ? anew_from_reference(ref, ref->value) : anew_unknown();
}

/* The reference figure "what/binding". */
static struct figure binding_reference(const struct figures *f, const char *what,
	const char *binding)
{
	const struct references *refs = &f->catalog->references;
	size_t n = strlen(what), i;

	for (i = 0; i < refs->n; i++) {
		const char *id = refs->items[i].id;

		if (refs->items[i].kind == REFERENCE_FIGURE && strncmp(id, what, n) == 0 &&
			id[n] == '/' && strcmp(id + n + 1, binding) == 0)
			return anew_from_reference(&refs->items[i], refs->items[i].value);
	}
	return anew_unknown();
}

/* a - b for figures of one run: what is left is at least 0. */
static struct figure less(struct figure a, struct figure b)
{
	return combine(a, b, est_sub(a.v, b.v));
}

/* The call with the number of arguments measured next below and above, on a line. */
struct figure anew_call(const struct figures *f, const char *binding, size_t args)
{
	const struct probes *probes = &f->catalog->probes;
	const struct measurement *below = NULL, *above = NULL, *m;
	int below_args = -1, above_args = 0;
	struct figure low, high;
	struct est slope;
	size_t i;

	for (i = 0; i < probes->n; i++) {
		const struct role *role = &probes->items[i].role;

		if (role->kind != ROLE_CALL || role->keywords || role->method)
			continue;
		m = anew_find(f, probes->items[i].id, binding, 0);
		if (!m)
			continue;
		if (role->args <= (int)args && role->args > below_args) {
			below = m;
			below_args = role->args;
		}
		if (role->args >= (int)args && (!above || role->args < above_args)) {
			above = m;
			above_args = role->args;
		}
	}
	if (!below && !above)
		return binding_reference(f, "call", binding);
	if (!below || !above || below == above)
		return from_measurement(above ? above : below);
	low = from_measurement(below);
	high = from_measurement(above);
	slope = est_scale(est_sub(high.v, low.v),
		((double)args - below_args) / (double)(above_args - below_args));
	return combine(low, high, est_add(low.v, slope));
}

/* One point of a curve: a size and what was measured there. More items never cost
 * less: what noise makes fall is held at the cost of the smaller size. */
struct point {
	double n;
	const struct measurement *m;
	struct est ns;
};

enum { POINTS_MAX = 16 };

static size_t points_of(const struct figures *f, const struct probe *probe, const char *binding,
	struct point *points)
{
	const struct measurement *m;
	size_t i, n = 0;

	for (i = 0; i < probe->n_sizes && n < POINTS_MAX; i++) {
		m = anew_find(f, probe->id, binding, probe->sizes[i]);
		if (m) {
			points[n].n = (double)probe->sizes[i];
			points[n].m = m;
			points[n].ns = n ? est_max(m->ns, points[n - 1].ns) : m->ns;
			n++;
		}
	}
	return n;
}

/* The value at x of the line through the points next to it; end picks low, likely or high. */
static double on_curve(const struct point *points, size_t n, double x, int end,
	struct evidence *evidence)
{
	double y0, y1, y;
	size_t i = 0;
	const struct est *a, *b;

	if (n == 1) {
		evidence_add(evidence, points[0].m->id);
		a = &points[0].ns;
		return end < 0 ? a->low : end > 0 ? a->high : a->likely;
	}
	while (i + 2 < n && x > points[i + 1].n)
		i++;
	evidence_add(evidence, points[i].m->id);
	evidence_add(evidence, points[i + 1].m->id);
	a = &points[i].ns;
	b = &points[i + 1].ns;
	y0 = end < 0 ? a->low : end > 0 ? a->high : a->likely;
	y1 = end < 0 ? b->low : end > 0 ? b->high : b->likely;
	if (x <= points[0].n)
		return y0;
	/* Past the last size the slope is steepest where the first point is at its other end. */
	if (x > points[i + 1].n)
		y0 = end < 0 ? a->high : end > 0 ? a->low : a->likely;
	/* Past the last size noise may slope down, which nothing longer does. */
	if (x > points[i + 1].n && y1 < y0)
		return y1;
	y = y0 + (y1 - y0) * (x - points[i].n) / (points[i + 1].n - points[i].n);
	return y > 0 ? y : 0;
}

static struct figure curve(const struct figures *f, const struct probe *probe,
	const char *binding, struct est length)
{
	struct point points[POINTS_MAX];
	struct figure figure = figure_zero();
	size_t n;

	if (probe->n_sizes == 0) {
		const struct measurement *m =
			anew_find(f, probe->id, binding, 0);

		return m ? from_measurement(m) : anew_unknown();
	}
	n = points_of(f, probe, binding, points);
	if (n == 0)
		return anew_unknown();
	figure.v = est(on_curve(points, n, length.low, -1, &figure.evidence),
		on_curve(points, n, length.likely, 0, &figure.evidence),
		on_curve(points, n, isinf(length.high) ? points[n - 1].n : length.high, 1,
			&figure.evidence));
	/* The three go out by slopes of their own and may cross far away. */
	figure.v.low = fmin(figure.v.low, figure.v.likely);
	figure.v.high = fmax(figure.v.high, figure.v.likely);
	return figure;
}

/* The probe of a role that says what one argument or result of a type costs. */
static const struct probe *typed_probe(const struct figures *f, enum role_kind kind,
	const char *type, enum how how, int few)
{
	const struct probes *probes = &f->catalog->probes;
	size_t i;

	for (i = 0; i < probes->n; i++) {
		const struct role *role = &probes->items[i].role;

		if (role->kind == kind && role->type && strcmp(role->type, type) == 0 &&
			role->how == how && (role->access != NULL) == (few != 0))
			return &probes->items[i];
	}
	return NULL;
}

/* The curve of a typed probe net of the call it was measured with. */
static struct figure net_of_call(const struct figures *f, const struct probe *probe,
	const char *binding, struct est length, size_t args)
{
	struct figure with = probe ? curve(f, probe, binding, length) : anew_unknown();

	return with.known ? less(with, figures_call(f, binding, args)) : with;
}

static struct figure reference_cost(const struct figures *f, enum reference_kind kind,
	const char *binding, const char *type, enum how how, struct est length)
{
	const struct reference *ref =
		references_cost(&f->catalog->references, kind, binding, type, how);

	if (!ref)
		return anew_unknown();
	return anew_from_reference(ref, est_add(ref->fixed, est_mul(ref->per_item, length)));
}

/* A binding cannot do what its probe says is absent, whatever others do. */
static int cannot(const struct figures *f, const struct probe *probe, const char *binding)
{
	const struct binding *b = probes_binding(&f->catalog->probes, binding);

	return probe && b && probe_absent(probe, b);
}

/* Plain C data only (ctypes, cffi): a binding that walks no list of floats walks
 * nothing of Python's; a text is lent as a pointer all the same. */
static int walks_nothing(const struct figures *f, const char *binding, const char *type)
{
	return strcmp(type, "str") != 0 && strcmp(type, "bytes") != 0 &&
		cannot(f, typed_probe(f, ROLE_IN, "list[float]", HOW_BY_REFERENCE, 0), binding);
}

struct figure anew_in(const struct figures *f, const char *binding, const char *type,
	enum how how, int few, struct est length)
{
	const struct probe *probe = typed_probe(f, ROLE_IN, type, how, few);
	struct figure figure = net_of_call(f, probe, binding, length, 1);

	if (cannot(f, probe, binding) ||
		((how == HOW_BY_REFERENCE || how == HOW_NATIVE_CLASS) &&
			walks_nothing(f, binding, type)))
		return anew_unknown();

	if (!figure.known && few) /* one look into it: what it costs to look at one item */
		figure = net_of_call(f, typed_probe(f, ROLE_IN, type, how, 0), binding,
			est_point(1), 1);
	if (!figure.known)
		figure = reference_cost(f, REFERENCE_IN, binding, type, how,
			few ? est_point(1) : length);
	return figure;
}

struct figure anew_out(const struct figures *f, const char *binding, const char *type,
	struct est length)
{
	const struct probe *probe = typed_probe(f, ROLE_OUT, type, HOW_NONE, 0);
	struct figure figure = net_of_call(f, probe, binding, length, probe && probe->n_sizes ? 1 : 0);

	return figure.known ? figure :
		reference_cost(f, REFERENCE_OUT, binding, type, HOW_NONE, length);
}

/* A probe of a role that has one figure for each binding. */
static struct figure single(const struct figures *f, enum role_kind kind, const char *binding,
	size_t args, const char *reference)
{
	const struct probes *probes = &f->catalog->probes;
	size_t i, k;

	for (i = 0; i < probes->n; i++) {
		const struct probe *probe = &probes->items[i];
		const struct measurement *m;

		if (probe->role.kind != kind)
			continue;
		m = anew_find(f, probe->id, binding, 0);
		if (m)
			return less(from_measurement(m), figures_call(f, binding, args));
		for (k = 0; k < probe->n_sizes; k++) {
			m = anew_find(f, probe->id, binding, probe->sizes[k]);
			if (m)
				return figure_scale(less(from_measurement(m),
					figures_call(f, binding, args)),
					est_point(1.0 / (double)probe->sizes[k]));
		}
	}
	return binding_reference(f, reference, binding);
}

struct figure anew_acquire(const struct figures *f, const char *binding)
{
	return single(f, ROLE_ACQUIRE, binding, 1, "acquire");
}

struct figure anew_release(const struct figures *f, const char *binding)
{
	return single(f, ROLE_RELEASE, binding, 0, "release");
}

/* The operation of one thread and of two. */
struct in_threads {
	const struct probe *probe;
	const struct measurement *one, *two;
};

/*
 * Of threads that let the GIL go around work on native data; -1 where that was not measured.
 * Where other processes took a core meanwhile, which the grade knows, two threads tell of
 * them and not of the machine.
 */
static int find_in_threads(const struct figures *f, enum role_kind kind, const char *binding,
	struct in_threads *found)
{
	const struct probes *probes = &f->catalog->probes;
	size_t i;

	for (i = 0; i < probes->n && f->measurements->env.grade == GRADE_QUIET; i++) {
		const struct probe *probe = found->probe = &probes->items[i];

		if (probe->role.kind != kind || (kind == ROLE_THREADS &&
			(!probe->role.released || probe->role.how != HOW_NONE)))
			continue;
		found->one = anew_find(f, probe->id, binding, 1);
		found->two = anew_find(f, probe->id, binding, 2);
		if (found->one && found->two)
			return 0;
	}
	return -1;
}

/* Two threads against one that makes as many calls: were they not in each other's way, they
 * would take as long. */
struct figure anew_contended(const struct figures *f, const char *binding)
{
	struct in_threads calls;
	struct figure more;

	if (find_in_threads(f, ROLE_CONTENDED, binding, &calls) < 0)
		return anew_reference(f, "gil-contended");
	more = less(from_measurement(calls.two), from_measurement(calls.one));
	more.v = est_max(est_point(0), more.v);
	return figure_scale(more, est_point(1.0 / calls.probe->role.calls));
}

/* Twice the work in two threads against it in one, starting the threads included. */
struct figure anew_scaling(const struct figures *f, const char *binding)
{
	struct in_threads work;
	struct figure scaling;

	if (find_in_threads(f, ROLE_THREADS, binding, &work) < 0)
		return anew_reference(f, "thread-scaling");
	scaling = combine(from_measurement(work.one), from_measurement(work.two),
		est_div(work.one->ns, work.two->ns));
	scaling.v = est_max(est_point(0.5), est_min(est_point(1), scaling.v));
	return scaling;
}

struct figure anew_callback(const struct figures *f, const char *binding)
{
	return single(f, ROLE_CALLBACK, binding, 1, "callback");
}

/* The first probe of a role, of a type where the role has one. */
static const struct probe *role_probe(const struct figures *f, enum role_kind kind,
	const char *type)
{
	const struct probes *probes = &f->catalog->probes;
	size_t i;

	for (i = 0; i < probes->n; i++) {
		const struct role *role = &probes->items[i].role;

		if (role->kind == kind && (!type || (role->type && strcmp(role->type, type) == 0)))
			return &probes->items[i];
	}
	return NULL;
}

struct figure anew_import(const struct figures *f, const char *binding)
{
	const struct probe *probe = role_probe(f, ROLE_IMPORT, NULL);
	const struct measurement *m = probe ?
		anew_find(f, probe->id, binding, 0) : NULL;
	struct figure figure = m ? from_measurement(m) : binding_reference(f, "import", binding);

	return figure.known ? figure : figures_reference(f, "import/native");
}

/* Of any kind of work: likely as of mixed work, within the ranges of all kinds. */
static struct figure reference_of_all(const struct figures *f, const char *prefix)
{
	const struct references *refs = &f->catalog->references;
	struct figure all = anew_reference_of(f, prefix, "mixed"), one;
	size_t i;

	for (i = 0; all.known && i < refs->n_works; i++) {
		one = anew_reference_of(f, prefix, refs->works[i].id);
		if (!one.known)
			continue;
		all.v = est_join(all.v, one.v);
		all.basis = one.basis > all.basis ? one.basis : all.basis;
	}
	return all;
}

struct figure anew_reference_of(const struct figures *f, const char *prefix, const char *id)
{
	struct figure figure;

	if (strcmp(id, WORK_UNKNOWN) == 0)
		return reference_of_all(f, prefix);
	figure = binding_reference(f, prefix, id);
	return figure.known ? figure : binding_reference(f, prefix, "any");
}

struct figure anew_array_operation(const struct figures *f, struct est length)
{
	const struct probe *probe = role_probe(f, ROLE_ARRAY_ITEM, NULL);
	struct figure figure = probe ? curve(f, probe, "numpy", length) : anew_unknown();

	if (figure.known)
		return figure;
	return figure_add(figures_reference(f, "numpy-call"),
		figure_scale(figures_reference(f, "numpy-item"), length));
}

struct figure anew_array_from_list(const struct figures *f, const char *type, struct est length)
{
	const struct probe *probe = role_probe(f, ROLE_ARRAY_FROM_LIST, type);
	struct figure figure = probe ? curve(f, probe, "numpy", length) : anew_unknown();

	return figure.known ? figure :
		figure_scale(figures_reference(f, "numpy-from-list"), length);
}
