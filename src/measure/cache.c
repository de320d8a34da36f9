#include "measure/cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
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

int cache_save(const struct measurements *m, const char *path, struct err *err)
{
	return file_make_folders(path, err) < 0 ? -1 : measurements_save(m, path, err);
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
static int is_settled(
	const struct plan_item *item, const struct measurements *m, const double *weights)
{
	char *id = measurement_id(item->probe->id, item->binding->id, item->n);
	const struct not_measured *missed = measurements_missed(m, id);
	const struct measurement *found = measurements_find_id(m, id);
	int settled = (missed && missed->failed) || !measurements_available(m, item->binding->id) ||
		      (found && !(found->spared && weights && weights[found - m->items] > 0));

	free(id);
	return settled;
}

void plan_without(struct plan *rest, const struct plan *plan, const struct measurements *m,
	const double *weights)
{
	int most = -1, *lacking;
	size_t i;

	for (i = 0; i < plan->n; i++)
		most = plan->items[i].family > most ? plan->items[i].family : most;
	lacking = xcalloc((size_t)most + 2, sizeof *lacking);
	for (i = 0; i < plan->n; i++) {
		if (!is_settled(&plan->items[i], m, weights))
			lacking[plan->items[i].family] = 1;
	}
	for (i = 0; i < plan->n; i++) {
		const struct plan_item *item = &plan->items[i];
		char *id;
		const struct not_measured *missed;

		if (!lacking[item->family])
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

/* The first number of a run that m does not use. */
static int free_run(const struct measurements *m)
{
	int run = 0;
	size_t i;

	for (i = 0; i < m->n; i++) {
		if (m->items[i].run >= run)
			run = m->items[i].run + 1;
	}
	return run;
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

static void move_item(struct measurements *m, struct measurement *from, int run)
{
	const struct measurement *old = measurements_find_id(m, from->id);
	struct measurement *item;

	if (old)
		measurements_drop(m, (size_t)(old - m->items));
	item = measurements_add(m, from->probe, from->binding, from->n);
	item->runs = from->runs;
	item->n_runs = from->n_runs;
	item->run = run;
	item->reads = from->reads;
	item->values = from->values;
	item->n_values = from->n_values;
	item->names = from->names;
	item->n_names = from->n_names;
	item->value = from->value;
	item->basis = from->basis;
	item->spared = from->spared;
	item->source = from->source;
	item->ns = from->ns;
	memcpy(item->worker_ns, from->worker_ns, sizeof item->worker_ns);
	item->processes = from->processes;
	item->samples = from->samples;
	item->clean = from->clean;
	item->upper_bound = from->upper_bound;
	memcpy(item->when, from->when, sizeof item->when);
	from->runs = NULL;
	from->n_runs = 0;
	from->values = NULL;
	from->n_values = 0;
	from->names = NULL;
	from->n_names = 0;
	from->source = NULL;
	forget_missing(m, item->id);
}

void measurements_adopt(struct measurements *m, struct measurements *fresh)
{
	const double beside = fresh->env.others;
	int run = free_run(m);
	size_t i;

	for (i = 0; i < fresh->n; i++)
		move_item(m, &fresh->items[i], run);
	/* What others took while a figure was measured counts for that figure. */
	if (fresh->n)
		m->env.others += (beside - m->env.others) * (double)fresh->n / (double)m->n;
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
}

void measurements_merge(struct measurements *m, struct measurements *fresh)
{
	measurements_adopt(m, fresh);
	stats_estimate(m);
}
