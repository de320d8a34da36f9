#include "measure/cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/constants.h"
#include "measure/stats.h"

char *cache_folder(void)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (base && *base == '/')
		return xasprintf("%s/ffiadvise", base);
	return home && *home == '/' ? xasprintf("%s/.cache/ffiadvise", home) : NULL;
}

char *cache_path(const char *interpreter_key)
{
	char *folder = cache_folder(), *key, *path = NULL, *c;

	key = xstrdup(interpreter_key);
	for (c = key; *c; c++) {
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-",
			    *c))
			*c = '_';
	}
	if (folder)
		path = xasprintf("%s/measurements-%s.json", folder, key);
	free(folder);
	free(key);
	return path;
}

int cache_make_folders(const char *path, struct err *err)
{
	char *folder = xstrdup(path), *slash;

	for (slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		/* 0700: what the XDG base directory rules ask for. */
		if (mkdir(folder, 0700) && errno != EEXIST) {
			err_set(err, ERR_FAILURE, "cannot make the folder '%s': %s", folder,
				strerror(errno));
			free(folder);
			return -1;
		}
		*slash = '/';
	}
	free(folder);
	return 0;
}

int cache_save(const struct measurements *m, const char *path, struct err *err)
{
	return cache_make_folders(path, err) < 0 ? -1 : measurements_save(m, path, err);
}

static int same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static const struct binding_state *binding_of(const struct environment *env, const char *id)
{
	size_t i;

	for (i = 0; i < env->n_bindings; i++) {
		if (strcmp(env->bindings[i].id, id) == 0)
			return &env->bindings[i];
	}
	return NULL;
}

/* The first binding of a that b does not have in the same build; NULL when there is none. */
static const char *other_binding(const struct environment *a, const struct environment *b)
{
	size_t i;

	for (i = 0; i < a->n_bindings; i++) {
		const struct binding_state *mine = &a->bindings[i], *theirs;

		theirs = binding_of(b, mine->id);
		if (!theirs || !theirs->available != !mine->available ||
			!same(theirs->build, mine->build))
			return mine->id;
	}
	return NULL;
}

static int refuse(struct str *why, char *sentence)
{
	if (why)
		str_add(why, sentence);
	free(sentence);
	return 0;
}

int cache_usable(const struct measurements *m, const struct environment *now, struct str *why)
{
	const struct environment *then = &m->env;
	int64_t taken = clock_from_iso(then->started), age = clock_unix() - taken;
	const char *binding;

	if (!then->machine_key || !same(then->machine_key, now->machine_key))
		return refuse(why, xasprintf("they were taken on another machine: %s",
					   then->cpu ? then->cpu : "unknown"));
	if (!then->interpreter_key || !same(then->interpreter_key, now->interpreter_key))
		return refuse(why, xasprintf("they were taken with another interpreter: %s",
					   then->executable ? then->executable : "unknown"));
	if (!same(then->program, now->program))
		return refuse(why, xasprintf("they were taken by another version of ffiadvise: %s",
					   then->program ? then->program : "unknown"));
	binding = other_binding(now, then);
	binding = binding ? binding : other_binding(then, now);
	if (binding)
		return refuse(why, xasprintf("the probes of '%s' were built anew since", binding));
	if (taken < 0 || age < 0)
		return refuse(why, xstrdup("their date is not in the past"));
	if (age > CACHE_LIFE)
		return refuse(why, xasprintf("they are %.0f hours old", (double)age / 3600));
	return 1;
}

/* Nothing is to be gained by measuring it again. */
static int is_settled(const struct plan_item *item, const struct measurements *m)
{
	char *id = measurement_id(item->probe->id, item->binding->id, item->n);
	const struct not_measured *missed = measurements_missed(m, id);
	int settled = measurements_find_id(m, id) || (missed && missed->failed) ||
		      !measurements_available(m, item->binding->id);

	free(id);
	return settled;
}

/* Those of m, but for what `over` (NULL: nothing) takes the place of. */
static void mark_workers(
	const struct measurements *m, const struct measurements *over, int used[WORKERS_MAX])
{
	size_t i, k;

	for (i = 0; i < m->n; i++) {
		if (over && measurements_find_id(over, m->items[i].id))
			continue;
		for (k = 0; k < m->items[i].n_runs; k++)
			used[m->items[i].runs[k].worker] = 1;
	}
}

static int free_numbers(const struct measurements *m)
{
	int used[WORKERS_MAX] = {0}, n = 0, k;

	mark_workers(m, NULL, used);
	for (k = 0; k < WORKERS_MAX; k++)
		n += !used[k];
	return n;
}

void plan_without(struct plan *rest, const struct plan *plan, const struct measurements *m)
{
	int most = -1, all, *lacking, lacks = 0;
	size_t i;

	for (i = 0; i < plan->n; i++)
		most = plan->items[i].family > most ? plan->items[i].family : most;
	lacking = xcalloc((size_t)most + 2, sizeof *lacking);
	for (i = 0; i < plan->n; i++) {
		if (!is_settled(&plan->items[i], m))
			lacks = lacking[plan->items[i].family] = 1;
	}
	all = lacks && free_numbers(m) < WORKERS_WANTED;
	for (i = 0; i < plan->n; i++) {
		const struct plan_item *item = &plan->items[i];
		char *id;
		const struct not_measured *missed;

		if (!lacking[item->family] && !all)
			continue;
		id = measurement_id(item->probe->id, item->binding->id, item->n);
		missed = measurements_missed(m, id);
		free(id);
		if (missed && missed->failed)
			continue;
		GROW(rest->items, rest->n, rest->cap);
		rest->items[rest->n++] = *item;
	}
	free(lacking);
}

/* Gives each worker of fresh a number m does not use. */
static int number_workers(
	const struct measurements *m, const struct measurements *fresh, int to[WORKERS_MAX])
{
	int used[WORKERS_MAX] = {0}, wanted[WORKERS_MAX] = {0}, next = 0, k;

	mark_workers(m, fresh, used);
	mark_workers(fresh, NULL, wanted);
	for (k = 0; k < WORKERS_MAX; k++) {
		if (!wanted[k])
			continue;
		while (next < WORKERS_MAX && used[next])
			next++;
		if (next == WORKERS_MAX)
			return -1;
		to[k] = next++;
	}
	return 0;
}

static void forget_missing(struct measurements *m, const char *id)
{
	const struct not_measured *missed = measurements_missed(m, id);
	size_t i;

	if (!missed)
		return;
	i = (size_t)(missed - m->missing);
	free(m->missing[i].id);
	free(m->missing[i].why);
	memmove(&m->missing[i], &m->missing[i + 1], (m->n_missing - i - 1) * sizeof *m->missing);
	m->n_missing--;
}

static void move_item(struct measurements *m, struct measurement *from, const int to[WORKERS_MAX])
{
	const struct measurement *old = measurements_find_id(m, from->id);
	struct measurement *item;
	size_t k;

	if (old)
		measurements_drop(m, (size_t)(old - m->items));
	item = measurements_add(m, from->probe, from->binding, from->n);
	item->runs = from->runs;
	item->n_runs = from->n_runs;
	item->reads = from->reads;
	item->values = from->values;
	item->n_values = from->n_values;
	item->names = from->names;
	item->n_names = from->n_names;
	item->value = from->value;
	item->basis = from->basis;
	item->source = from->source;
	item->ns = from->ns;
	memcpy(item->when, from->when, sizeof item->when);
	for (k = 0; k < item->n_runs; k++)
		item->runs[k].worker = to[item->runs[k].worker];
	from->runs = NULL;
	from->n_runs = 0;
	from->values = NULL;
	from->n_values = 0;
	from->names = NULL;
	from->n_names = 0;
	from->source = NULL;
	forget_missing(m, item->id);
}

int measurements_merge(struct measurements *m, struct measurements *fresh, struct err *err)
{
	int to[WORKERS_MAX];
	size_t i;

	if (number_workers(m, fresh, to))
		return err_set(err, ERR_FAILURE,
			"cannot add to measurements of %d workers: there are as many as can be "
			"kept",
			WORKERS_MAX);
	for (i = 0; i < fresh->n; i++)
		move_item(m, &fresh->items[i], to);
	for (i = 0; i < fresh->n_missing; i++) {
		const struct not_measured *missing = &fresh->missing[i];
		const struct measurement *old = measurements_find_id(m, missing->id);

		/* What fails now is no longer known, whatever it was. */
		if (old && missing->failed)
			measurements_drop(m, (size_t)(old - m->items));
		if (!measurements_find_id(m, missing->id))
			measurements_miss(m, missing->id, missing->failed, missing->why);
	}
	measurements_release(fresh);
	stats_estimate(m);
	return 0;
}
