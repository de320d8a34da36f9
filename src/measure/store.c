#include "measure/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void measurements_init(struct measurements *m)
{
	memset(m, 0, sizeof *m);
}

static void samples_release(struct samples *run)
{
	free(run->full);
	free(run->half);
	free(run->gate);
	free(run->switched);
	free(run->sweep);
}

static void measurement_release(struct measurement *item)
{
	size_t i;

	for (i = 0; i < item->n_runs; i++)
		samples_release(&item->runs[i]);
	for (i = 0; i < item->n_names; i++)
		free(item->names[i]);
	free(item->names);
	free(item->values);
	free(item->runs);
	free(item->id);
	free(item->elsewhere);
	free(item->probe);
	free(item->binding);
	free(item->source);
}

void environment_release(struct environment *env)
{
	size_t i;

	for (i = 0; i < env->n_why; i++)
		free(env->why[i]);
	for (i = 0; i < env->n_bindings; i++) {
		struct binding_state *b = &env->bindings[i];

		free(b->id);
		free(b->version);
		free(b->toolchain);
		free(b->build);
		free(b->why_not);
		free(b->cure);
	}
	free(env->why);
	free(env->bindings);
	free(env->cpu);
	free(env->os);
	free(env->python);
	free(env->implementation);
	free(env->executable);
	free(env->cflags);
	free(env->config_args);
	free(env->shell);
	free(env->machine_key);
	free(env->interpreter_key);
	free(env->program);
	memset(env, 0, sizeof *env);
}

void measurements_release(struct measurements *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		measurement_release(&m->items[i]);
	for (i = 0; i < m->n_missing; i++) {
		free(m->missing[i].id);
		free(m->missing[i].why);
	}
	environment_release(&m->env);
	free(m->items);
	free(m->missing);
	free(m->index);
	free(m->file);
	free(m->foreign);
	measurements_init(m);
}

char *measurement_id(const char *probe, const char *binding, long n)
{
	return n ? xasprintf("%s/%s/n=%ld", probe, binding, n) : xasprintf("%s/%s", probe, binding);
}

/* Over the parts, since the cost model asks by parts, and often. */
static size_t first_slot(const struct measurements *m, const char *probe, const char *binding,
	long n)
{
	uint64_t h = str_hash(str_hash((uint64_t)n, probe), binding);

	return (size_t)h & (m->index_size - 1);
}

/* The slot of a measurement: its own, or the empty one where it belongs. The
 * index holds item + 1. */
static size_t slot_of(const struct measurements *m, const char *probe, const char *binding, long n)
{
	size_t slot = first_slot(m, probe, binding, n);

	for (; m->index[slot]; slot = (slot + 1) & (m->index_size - 1)) {
		const struct measurement *item = &m->items[m->index[slot] - 1];

		if (item->n == n && strcmp(item->probe, probe) == 0 &&
			strcmp(item->binding, binding) == 0)
			break;
	}
	return slot;
}

/* Kept at most half full, in a power of two. */
static void index_all(struct measurements *m)
{
	size_t size = 64, i;

	while (size < 4 * (m->n + 1))
		size *= 2;
	free(m->index);
	m->index = xcalloc(size, sizeof *m->index);
	m->index_size = size;
	for (i = 0; i < m->n; i++)
		m->index[slot_of(m, m->items[i].probe, m->items[i].binding, m->items[i].n)] = i + 1;
}

const struct measurement *measurements_find(
	const struct measurements *m, const char *probe, const char *binding, long n)
{
	size_t found;

	if (!m->index_size)
		return NULL;
	found = m->index[slot_of(m, probe, binding, n)];
	return found ? &m->items[found - 1] : NULL;
}

const struct measurement *measurements_find_id(const struct measurements *m, const char *id)
{
	const char *slash = strchr(id, '/'), *size = slash ? strstr(slash, "/n=") : NULL;
	const struct measurement *found;
	char *probe, *binding;

	if (!slash)
		return NULL;
	probe = xstrndup(id, (size_t)(slash - id));
	binding = xstrndup(slash + 1, size ? (size_t)(size - slash - 1) : strlen(slash + 1));
	found = measurements_find(m, probe, binding, size ? strtol(size + 3, NULL, 10) : 0);
	free(probe);
	free(binding);
	return found && strcmp(found->id, id) == 0 ? found : NULL;
}

struct measurement *measurements_add(
	struct measurements *m, const char *probe, const char *binding, long n)
{
	const struct measurement *found = measurements_find(m, probe, binding, n);
	struct measurement *item;
	int k;

	if (found)
		return &m->items[found - m->items];
	GROW(m->items, m->n, m->cap);
	item = &m->items[m->n++];
	memset(item, 0, sizeof *item);
	item->id = measurement_id(probe, binding, n);
	item->probe = xstrdup(probe);
	item->binding = xstrdup(binding);
	item->n = n;
	for (k = 0; k < WORKERS_MAX; k++)
		item->worker_ns[k] = NAN;
	if (2 * m->n > m->index_size)
		index_all(m);
	else
		m->index[slot_of(m, probe, binding, n)] = m->n;
	return item;
}

void measurements_drop(struct measurements *m, size_t i)
{
	measurement_release(&m->items[i]);
	memmove(&m->items[i], &m->items[i + 1], (m->n - i - 1) * sizeof *m->items);
	m->n--;
	index_all(m);
}

const struct not_measured *measurements_missed(const struct measurements *m, const char *id)
{
	size_t i;

	for (i = 0; i < m->n_missing; i++) {
		if (strcmp(m->missing[i].id, id) == 0)
			return &m->missing[i];
	}
	return NULL;
}

void measurements_miss(struct measurements *m, const char *id, int failed, const char *why)
{
	const struct not_measured *old = measurements_missed(m, id);
	struct not_measured *missing;

	if (old && (old->failed || !failed))
		return;
	if (old) {
		missing = &m->missing[old - m->missing];
		free(missing->why);
	} else {
		GROW(m->missing, m->n_missing, m->cap_missing);
		missing = &m->missing[m->n_missing++];
		missing->id = xstrdup(id);
	}
	missing->failed = failed;
	missing->why = xstrdup(why);
}

int measurements_available(const struct measurements *m, const char *binding)
{
	size_t i;

	for (i = 0; i < m->env.n_bindings; i++) {
		if (strcmp(m->env.bindings[i].id, binding) == 0)
			return m->env.bindings[i].available;
	}
	return 0;
}

struct samples *measurement_run(
	struct measurement *item, int worker, uint32_t loops, uint32_t unroll)
{
	struct samples *run;
	size_t i;

	for (i = 0; i < item->n_runs; i++) {
		if (item->runs[i].worker == worker)
			return &item->runs[i];
	}
	item->runs = xreallocarray(item->runs, item->n_runs + 1, sizeof *item->runs);
	run = &item->runs[item->n_runs++];
	memset(run, 0, sizeof *run);
	run->worker = worker;
	run->loops = loops;
	run->unroll = unroll;
	return run;
}

void measurement_read(struct measurement *item, double value)
{
	item->values =
		xreallocarray(item->values, item->n_values + 1, sizeof *item->values);
	item->values[item->n_values++] = value;
}

void samples_add(struct samples *run, uint32_t full, uint32_t half, uint32_t gate, uint8_t switched,
	uint32_t sweep)
{
	size_t n = run->n;

	if (n >= run->cap) {
		run->cap = run->cap ? 2 * run->cap : 64;
		run->full = xreallocarray(run->full, run->cap, sizeof *run->full);
		run->half = xreallocarray(run->half, run->cap, sizeof *run->half);
		run->gate = xreallocarray(run->gate, run->cap, sizeof *run->gate);
		run->switched = xreallocarray(run->switched, run->cap, sizeof *run->switched);
		run->sweep = xreallocarray(run->sweep, run->cap, sizeof *run->sweep);
	}
	run->full[n] = full;
	run->half[n] = half;
	run->gate[n] = gate;
	run->switched[n] = switched;
	run->sweep[n] = sweep;
	run->n++;
}
