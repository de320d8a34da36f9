#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/store.h"

static char *text(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* A copy of n items; NULL for none. */
static void *array(const void *items, size_t n, size_t size)
{
	void *copy = n && items ? xcalloc(n, size) : NULL;

	if (copy)
		memcpy(copy, items, n * size);
	return copy;
}

static char **texts(char *const *items, size_t n)
{
	char **copy = n ? xcalloc(n, sizeof *copy) : NULL;
	size_t i;

	for (i = 0; i < n; i++)
		copy[i] = text(items[i]);
	return copy;
}

static void copy_environment(struct environment *to, const struct environment *from)
{
	char **const fields[] = {&to->cpu, &to->os, &to->python, &to->implementation,
		&to->executable, &to->cflags, &to->config_args, &to->shell, &to->machine_key,
		&to->interpreter_key, &to->program};
	size_t i;

	*to = *from;
	for (i = 0; i < sizeof fields / sizeof *fields; i++)
		*fields[i] = text(*fields[i]);
	to->why = texts(from->why, from->n_why);
	to->bindings = array(from->bindings, from->n_bindings, sizeof *to->bindings);
	for (i = 0; i < to->n_bindings; i++) {
		struct binding_state *b = &to->bindings[i];

		b->id = text(b->id);
		b->version = text(b->version);
		b->toolchain = text(b->toolchain);
		b->build = text(b->build);
		b->why_not = text(b->why_not);
		b->cure = text(b->cure);
	}
}

static void copy_samples(struct samples *to, const struct samples *from)
{
	*to = *from;
	to->cap = from->n;
	to->full = array(from->full, from->n, sizeof *to->full);
	to->half = array(from->half, from->n, sizeof *to->half);
	to->gate = array(from->gate, from->n, sizeof *to->gate);
	to->switched = array(from->switched, from->n, sizeof *to->switched);
	to->sweep = array(from->sweep, from->n, sizeof *to->sweep);
}

static void copy_item(struct measurement *to, const struct measurement *from)
{
	size_t i;

	*to = *from;
	to->id = text(from->id);
	to->elsewhere = text(from->elsewhere);
	to->probe = text(from->probe);
	to->binding = text(from->binding);
	to->source = text(from->source);
	to->runs = from->n_runs ? xcalloc(from->n_runs, sizeof *to->runs) : NULL;
	for (i = 0; i < from->n_runs; i++)
		copy_samples(&to->runs[i], &from->runs[i]);
	to->values = array(from->values, from->n_values, sizeof *to->values);
	to->names = texts(from->names, from->n_names);
}

void measurements_copy(struct measurements *to, const struct measurements *from)
{
	size_t i;

	*to = *from;
	copy_environment(&to->env, &from->env);
	to->cap = from->n;
	to->items = from->n ? xcalloc(from->n, sizeof *to->items) : NULL;
	for (i = 0; i < from->n; i++)
		copy_item(&to->items[i], &from->items[i]);
	to->cap_missing = from->n_missing;
	to->missing = array(from->missing, from->n_missing, sizeof *to->missing);
	for (i = 0; i < from->n_missing; i++) {
		to->missing[i].id = text(from->missing[i].id);
		to->missing[i].why = text(from->missing[i].why);
	}
	to->index = array(from->index, from->index_size, sizeof *to->index);
	to->file = text(from->file);
	to->foreign = text(from->foreign);
}
