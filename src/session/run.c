#include "session/run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "advise/wants.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/version.h"
#include "measure/cache.h"
#include "session/stakes.h"

static struct measure_options measure_options(const struct python *python,
	const struct run_options *options)
{
	struct measure_options m;

	memset(&m, 0, sizeof m);
	m.worker = python->worker;
	m.host = python->host;
	m.probes = python->probes;
	m.site = python->site;
	m.program = FFIADVISE_VERSION;
	m.budget = options->budget;
	m.stop_fd = options->stop_fd;
	m.progress = options->progress;
	m.who = options->who;
	return m;
}

static int is_missing(const struct measurements *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->n_missing; i++) {
		if (strcmp(m->missing[i].id, id) == 0)
			return 1;
	}
	return 0;
}

/* Bindings that are not here are named once, with reason and cure. */
static void miss_bindings(struct measurements *m)
{
	struct str why;
	size_t i;

	for (i = 0; i < m->env.n_bindings; i++) {
		const struct binding_state *b = &m->env.bindings[i];

		if (b->available || is_missing(m, b->id))
			continue;
		str_init(&why);
		str_addf(&why, "%s%s%s", b->why_not ? b->why_not : "not built",
			b->cure ? "; " : "", b->cure ? b->cure : "");
		measurements_miss(m, b->id, 0, str_text(&why));
		str_release(&why);
	}
}

/* An interpreter that was named has to be the one the figures are of. */
static int is_of(const struct measurements *m, const struct python *python)
{
	char *key = python->given ? xasprintf("%s%s", python->tag, python->host ? "-extension" : "") :
		NULL;
	int fits = !key || (m->env.interpreter_key && strcmp(m->env.interpreter_key, key) == 0);

	free(key);
	return fits;
}

/* A file is used because it was named; the report says when it is not from here. */
static int from_file(struct measurements *m, const struct catalog *catalog,
	const struct python *python, const struct measure_options *options, const char *path,
	struct err *err)
{
	struct environment here;
	struct str why;
	struct err ignored;

	if (measurements_load(m, path, err) < 0)
		return -1;
	if (!is_of(m, python)) {
		err_set(err, ERR_INVALID, "'%s' has figures of Python %s (%s, %s), not of '%s'", path,
			m->env.python ? m->env.python : "unknown",
			m->env.executable ? m->env.executable : "unknown",
			m->env.shell ? m->env.shell : "unknown", python->given);
		err_hint(err, "leave --python out to use them as they are");
		measurements_release(m);
		return -1;
	}
	memset(&here, 0, sizeof here);
	str_init(&why);
	if (measure_look(&here, &catalog->probes, options, &ignored) < 0)
		str_addf(&why, "taken elsewhere: nothing can be measured here (%s)", ignored.text);
	else if (!cache_usable(m, &here, &why) && !why.len)
		str_add(&why, "not measured here and now");
	environment_release(&here);
	if (why.len) {
		m->foreign = str_detach(&why);
		str_init(&why);
		str_addf(&why, "figures from '%s': %s", path, m->foreign);
		free(m->foreign);
		m->foreign = str_detach(&why);
	}
	str_release(&why);
	return 0;
}

/* What today's cache holds of the plan; 0 when it is of no use. */
static int from_cache(struct measurements *m, const char *path, const struct environment *here)
{
	struct err ignored;
	struct stat st;

	/* Whatever else stands there, a pipe for one, is no cache. */
	if (!path || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return 0;
	if (measurements_load(m, path, &ignored) < 0)
		return 0;
	if (cache_usable(m, here, NULL)) {
		/* Environments of one interpreter share what was measured in it. */
		free(m->env.executable);
		m->env.executable = xstrdup(here->executable);
		return 1;
	}
	measurements_release(m);
	measurements_init(m);
	return 0;
}

/* Measures what m lacks and keeps it. */
static int complete(struct measurements *m, const struct plan *rest,
	const struct catalog *catalog, const struct measure_options *options, const char *path,
	int *stopped, struct err *err)
{
	struct measurements fresh;
	struct err ignored;

	measurements_init(&fresh);
	if (measure_run(&fresh, rest, &catalog->probes, options, stopped, err) < 0) {
		measurements_release(&fresh);
		return -1;
	}
	if (!fresh.n && rest->n && !*stopped)
		measurements_miss(&fresh, "everything", 1,
			"no probe was measured in the time; give it a larger --budget");
	if (m->n) {
		measurements_merge(m, &fresh);
	} else {
		measurements_release(m);
		*m = fresh;
	}
	/* A cache that cannot be written costs the next run its seconds, no more. */
	if (path && !*stopped)
		cache_save(m, path, &ignored);
	return 0;
}

/* Into rest what of plan m cannot stand for, given the answers it is for now. */
static void find_rest(struct plan *rest, const struct plan *plan, const struct measurements *m,
	struct stakes *stakes)
{
	double *weights = xcalloc(m->n + 1, sizeof *weights);
	size_t i;

	for (i = 0; i < m->n; i++)
		weights[i] = 1;
	if (stakes_can_weigh(stakes->survey))
		stakes_weigh(stakes, m, weights);
	plan_without(rest, plan, m, weights);
	free(weights);
}

/* Who looks at a run: what hangs on it, and whoever wants to see it. */
struct onlooker {
	struct stakes stakes;
	const struct run_options *options;
};

static void look(void *who, const struct measurements *so_far, double *weights)
{
	struct onlooker *onlooker = who;

	stakes_weigh(&onlooker->stakes, so_far, weights);
	if (onlooker->options->look)
		onlooker->options->look(onlooker->options->who, so_far);
}

/*
 * Measures what the survey calls for and m lacks; all of it where m holds
 * nothing. 1 when there was something to measure.
 */
static int measure_rest(struct measurements *m, const struct survey *survey,
	const struct catalog *catalog, const struct python *python,
	const struct run_options *options, const struct environment *here, int *stopped,
	struct err *err)
{
	struct onlooker onlooker = {{.survey = survey, .catalog = catalog}, options};
	struct measure_options how = measure_options(python, options);
	char *path = cache_path(here->interpreter_key);
	struct plan plan, rest;
	int reused = m->n > 0, result = 0;
	size_t i;

	plan_init(&plan);
	plan_init(&rest);
	for (i = 0; i < survey->n; i++)
		wants_add(&plan, &survey->items[i].answers, catalog, here);
	if (reused) {
		find_rest(&rest, &plan, m, &onlooker.stakes);
		onlooker.stakes.before = m;
	}
	if (stakes_can_weigh(survey)) {
		how.weigh = look;
		how.weigh_who = &onlooker;
	}
	if (!reused || rest.n)
		result = complete(m, reused ? &rest : &plan, catalog, &how, path, stopped, err) < 0 ?
			-1 : 1;
	if (result >= 0)
		miss_bindings(m);
	free(path);
	plan_release(&plan);
	plan_release(&rest);
	return result;
}

int run_measurements(struct measurements *m, const struct survey *survey,
	const struct catalog *catalog, const struct python *python,
	const struct run_options *options, int *stopped, struct err *err)
{
	struct measure_options how = measure_options(python, options);
	struct environment here;
	int result;
	char *path;

	measurements_init(m);
	*stopped = 0;
	if (options->file) {
		if (from_file(m, catalog, python, &how, options->file, err) < 0)
			return -1;
		miss_bindings(m);
		return 0;
	}
	memset(&here, 0, sizeof here);
	if (measure_look(&here, &catalog->probes, &how, err) < 0)
		return -1;
	path = cache_path(here.interpreter_key);
	if (!options->fresh)
		from_cache(m, path, &here);
	free(path);
	result = measure_rest(m, survey, catalog, python, options, &here, stopped, err);
	if (result < 0)
		measurements_release(m);
	environment_release(&here);
	return result < 0 ? -1 : 0;
}

int run_recall(struct measurements *m, const struct catalog *catalog, const struct python *python,
	struct err *err)
{
	struct environment here;
	char *path;

	if (run_look(&here, catalog, python, err) < 0)
		return -1;
	path = cache_path(here.interpreter_key);
	from_cache(m, path, &here);
	free(path);
	environment_release(&here);
	return 0;
}

int run_more(struct measurements *m, const struct survey *survey, const struct catalog *catalog,
	const struct python *python, const struct run_options *options, int *stopped,
	struct err *err)
{
	struct environment here;
	int result;

	*stopped = 0;
	if (run_look(&here, catalog, python, err) < 0)
		return -1;
	result = measure_rest(m, survey, catalog, python, options, &here, stopped, err);
	environment_release(&here);
	return result;
}

int run_look(struct environment *env, const struct catalog *catalog, const struct python *python,
	struct err *err)
{
	const struct run_options none = {.stop_fd = -1};
	struct measure_options how = measure_options(python, &none);

	return measure_look(env, &catalog->probes, &how, err);
}

int run_load(struct measurements *m, const struct catalog *catalog, const struct python *python,
	const char *path, struct err *err)
{
	const struct run_options none = {.stop_fd = -1};
	struct measure_options how = measure_options(python, &none);

	measurements_init(m);
	return from_file(m, catalog, python, &how, path, err);
}

int run_plans(struct measurements *ms, const struct plan *plans, size_t n,
	const struct catalog *catalog, const struct python *pythons,
	const struct run_options *options, int *stopped, struct err *err)
{
	struct measure_options *how = xcalloc(n + 1, sizeof *how);
	struct measure_part *parts = xcalloc(n + 1, sizeof *parts);
	int result;
	size_t i;

	for (i = 0; i < n; i++) {
		measurements_init(&ms[i]);
		how[i] = measure_options(&pythons[i], options);
		parts[i] = (struct measure_part){&ms[i], &plans[i], &how[i]};
	}
	*stopped = 0;
	result = measure_run_all(parts, n, &catalog->probes, stopped, err);
	for (i = 0; result && i < n; i++)
		measurements_release(&ms[i]);
	free(parts);
	free(how);
	return result ? -1 : 0;
}

/* The i-th's measurements can be told from the first's, which refers to them. */
static void refer(struct measurements *ms, size_t n)
{
	size_t i, k;

	for (k = 1; k < n; k++) {
		for (i = 0; i < ms[k].n; i++)
			ms[k].items[i].elsewhere = xasprintf("e%zu:%s", k, ms[k].items[i].id);
	}
	ms[0].others = &ms[1];
	ms[0].n_others = n - 1;
}

int run_measurements_all(struct measurements *ms, size_t n, const struct survey *survey,
	const struct catalog *catalog, const struct python *pythons,
	const struct run_options *options, int *stopped, struct err *err)
{
	struct plan *plans = xcalloc(n + 1, sizeof *plans);
	struct environment here;
	size_t i, k;
	int result = run_look(&here, catalog, &pythons[0], err);

	for (k = 0; k < n; k++)
		plan_init(&plans[k]);
	if (result == 0) {
		for (i = 0; i < survey->n; i++) {
			wants_add(&plans[0], &survey->items[i].answers, catalog, &here);
			for (k = 1; k < n; k++)
				wants_upgrade(&plans[k], &survey->items[i].answers, catalog);
		}
		environment_release(&here);
		result = run_plans(ms, plans, n, catalog, pythons, options, stopped, err);
	}
	if (result == 0) {
		miss_bindings(&ms[0]);
		refer(ms, n);
	}
	for (k = 0; k < n; k++)
		plan_release(&plans[k]);
	free(plans);
	return result;
}

int run_call(struct call *call, struct measurements *m, const struct catalog *catalog,
	const struct python *python, const struct run_options *options, int *stopped,
	struct err *err)
{
	struct measure_options how = measure_options(python, options);

	measurements_init(m);
	*stopped = 0;
	/* Before anything of theirs runs: whether it could be measured at all. */
	if (measure_look(&m->env, &catalog->probes, &how, err) == 0 &&
		call_look(call, &how, stopped, err) == 0 &&
		(call->seen.gives != GIVES_VALUE ||
			call_time(call, m, &catalog->probes, &how, stopped, err) == 0))
		return 0;
	measurements_release(m);
	return -1;
}

int run_failed(const struct measurements *m)
{
	size_t i;

	for (i = 0; i < m->n_missing; i++) {
		if (m->missing[i].failed)
			return 1;
	}
	return 0;
}
