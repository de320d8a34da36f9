#include "advise/wants.h"

#include <math.h>
#include <string.h>

#include "advise/workload.h"

struct wanting {
	struct plan *plan;
	const struct catalog *catalog;
	const struct environment *env;
	struct workload workload;
};

static int is_here(const struct environment *env, const char *binding)
{
	size_t i;

	for (i = 0; i < env->n_bindings; i++) {
		if (strcmp(env->bindings[i].id, binding) == 0)
			return env->bindings[i].available;
	}
	return 0;
}

/* The team's languages are known and this one is not among them: the option is
 * still priced, but its figures may be the rougher ones. */
static int is_foreign(const struct wanting *w, const struct binding *binding)
{
	const struct answers *a = w->workload.answers;

	return binding->option && value_has(answers_get(a, "team.languages"),
		questions_find(a->questions, "team.languages"), binding->language) == 0;
}

/* The probe at one size in every binding that is priced: the options, and
 * Python as the yardstick. */
static void want(struct wanting *w, const struct probe *probe, long n, double weight)
{
	const struct probes *probes = &w->catalog->probes;
	size_t i;

	for (i = 0; i < probes->n_bindings; i++) {
		const struct binding *b = &probes->bindings[i];

		if ((b->option || strcmp(b->id, "python") == 0) && is_here(w->env, b->id) &&
			!probe_absent(probe, b))
			plan_add(w->plan, probe, b, n, is_foreign(w, b) ? weight / 2 : weight);
	}
}

/* What is done with arrays is done with NumPy's, which is no binding that is advised. */
static void want_array(struct wanting *w, const struct probe *probe, long n)
{
	const struct binding *numpy = probes_binding(&w->catalog->probes, "numpy");

	if (numpy && is_here(w->env, "numpy"))
		plan_add(w->plan, probe, numpy, n, 1);
}

/* The probe's size next to n by ratio. */
static long nearest(const struct probe *probe, double n)
{
	long best = 0;
	double d, least = INFINITY;
	size_t i;

	for (i = 0; i < probe->n_sizes; i++) {
		d = fabs(log((double)probe->sizes[i]) - log(n > 1 ? n : 1));
		if (d < least) {
			least = d;
			best = probe->sizes[i];
		}
	}
	return best;
}

/*
 * The sizes that the curve over length needs: those around the range, and the
 * smaller ones, where a way of passing may turn. Sizes far above are left out:
 * they take the most time and decide nothing.
 */
static void want_curve(struct wanting *w, const struct probe *probe, struct est length)
{
	double top = isinf(length.high) ? 1e5 : length.high;
	size_t i;

	if (probe->n_sizes == 0)
		want(w, probe, 0, 1);
	for (i = 0; i < probe->n_sizes; i++) {
		want(w, probe, probe->sizes[i], 1);
		if ((double)probe->sizes[i] >= top)
			break;
	}
}

static int is_price_type(const struct wanting *w, const char *type, struct est *length)
{
	size_t i;

	for (i = 0; i < w->workload.n_inputs; i++) {
		if (strcmp(w->workload.inputs[i].price_type, type) == 0) {
			*length = w->workload.inputs[i].length;
			return 1;
		}
	}
	return 0;
}

static int may_be_viewed(const struct wanting *w)
{
	size_t i;

	for (i = 0; i < w->workload.n_inputs; i++) {
		const struct argument *a = &w->workload.inputs[i];

		if (a->type && (a->type->kind == PYTYPE_BUFFER ||
			(a->type->kind == PYTYPE_LIST && a->can_change != TRI_NO)))
			return 1;
	}
	return 0;
}

/* Calls with no argument, one, and the numbers next to what the function takes. */
static void want_call(struct wanting *w, const struct probe *probe)
{
	const struct role *role = &probe->role;
	int n = (int)w->workload.n_inputs;

	if (role->keywords || role->method)
		return;
	if (role->args <= 1 || role->args <= n + 2)
		want(w, probe, 0, 1);
}

/* The size of a kernel of the work at which it is measured; 0: it is none of the work. */
static long kernel_size(const struct wanting *w, const struct probe *probe)
{
	const struct work *work = references_work(&w->catalog->references,
		w->workload.work ? w->workload.work : "mixed");
	double n = w->workload.main_input >= 0 ?
		w->workload.inputs[w->workload.main_input].length.likely : 100;

	return work_share(work, probe->role.kernel) ? nearest(probe, n) : 0;
}

static void want_kernel(struct wanting *w, const struct probe *probe)
{
	long n = kernel_size(w, probe);
	const struct argument *main = w->workload.main_input >= 0 ?
		&w->workload.inputs[w->workload.main_input] : NULL;

	if (n && probe->role.form != FORM_INDEXED)
		want(w, probe, n, 2);
	else if (n && main && main->type && main->type->kind == PYTYPE_BUFFER &&
		!w->workload.native_now)
		want_array(w, probe, n);
}

/* Array operations at the sizes around the main input's length, unless each
 * step depends on the one before. */
static void want_vectorised(struct wanting *w, const struct probe *probe)
{
	const struct argument *main;
	double length;
	size_t i;

	if (w->workload.main_input < 0 || w->workload.vectorisable == TRI_NO)
		return;
	main = &w->workload.inputs[w->workload.main_input];
	if (probe->role.type && strcmp(probe->role.type, main->price_type) != 0)
		return;
	length = main->length.likely;
	for (i = 0; i < probe->n_sizes; i++) {
		double size = (double)probe->sizes[i];

		if (size * 10 >= length && size <= length * 10)
			want_array(w, probe, probe->sizes[i]);
	}
}

static void want_by_role(struct wanting *w, const struct probe *probe)
{
	const struct role *role = &probe->role;
	struct est length;

	switch (role->kind) {
	case ROLE_CALL:
		want_call(w, probe);
		break;
	case ROLE_IN:
		if (is_price_type(w, role->type, &length) && role->how != HOW_ZERO_COPY)
			want_curve(w, probe, length);
		break;
	case ROLE_OUT:
		if (strcmp(role->type, w->workload.output.price_type) == 0)
			want_curve(w, probe, w->workload.output.length);
		break;
	case ROLE_ACQUIRE:
		if (may_be_viewed(w))
			want(w, probe, nearest(probe, 1), 1);
		break;
	case ROLE_KERNEL:
		want_kernel(w, probe);
		break;
	case ROLE_RELEASE:
		if (w->workload.threads)
			want(w, probe, nearest(probe, 1), 1);
		break;
	case ROLE_THREADS:
		if (!role->released || role->how != HOW_NONE)
			break;
		/* fall through */
	case ROLE_CONTENDED:
		if (w->workload.threads) {
			want(w, probe, 1, 1);
			want(w, probe, 2, 1);
		}
		break;
	case ROLE_CALLBACK:
		if (w->workload.callbacks.low > 0)
			want(w, probe, nearest(probe, 100), 1);
		break;
	case ROLE_LOOP:
		if (w->workload.loop && strcmp(w->workload.loop, "python") == 0)
			want(w, probe, nearest(probe, 1000), 1);
		break;
	case ROLE_ARRAY_ITEM:
	case ROLE_ARRAY_FROM_LIST:
		want_vectorised(w, probe);
		break;
	case ROLE_IMPORT:
		if (w->workload.start_counts) {
			want(w, probe, 0, 1);
			want_array(w, probe, 0);
		}
		break;
	case ROLE_ARRAY_CALL:
	case ROLE_ARRAY_TO_LIST:
	case ROLE_NONE:
		break;
	}
}

void wants_add(struct plan *plan, const struct answers *answers, const struct catalog *catalog,
	const struct environment *env)
{
	struct wanting w;
	size_t i;

	memset(&w, 0, sizeof w);
	w.plan = plan;
	w.catalog = catalog;
	w.env = env;
	workload_make(&w.workload, answers, &catalog->references, NULL);
	for (i = 0; i < catalog->probes.n; i++) {
		const struct probe *probe = &catalog->probes.items[i];

		/* Behind what the model asks for: nothing hangs on it. */
		if (probe->always)
			want(&w, probe, probe->n_sizes ? probe->sizes[0] : 0, 0.5);
		else
			want_by_role(&w, probe);
	}
}

void wants_upgrade(struct plan *plan, const struct answers *answers, const struct catalog *catalog)
{
	const struct binding *python = probes_binding(&catalog->probes, "python");
	struct wanting w = {.plan = plan, .catalog = catalog};
	size_t i;
	long n;

	workload_make(&w.workload, answers, &catalog->references, NULL);
	for (i = 0; python && i < catalog->probes.n; i++) {
		const struct probe *probe = &catalog->probes.items[i];

		if (probe->role.kind != ROLE_KERNEL || probe->role.form != FORM_PLAIN)
			continue;
		n = kernel_size(&w, probe);
		if (n)
			plan_add(plan, probe, python, n, 2);
	}
}
