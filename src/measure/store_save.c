#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "measure/stats.h"
#include "measure/store.h"
#include "measure/store_texts.h"

/*
 * The form, beside what pyperf reads (version, metadata, benchmarks with runs
 * of values in seconds, one run for each worker):
 *
 *     ffiadvise       {format, program, environment {...}, missing [{id, why, failed}]}
 *     readings        [{name, date, reads, values, names}], within ffiadvise
 *     spared          [name], within ffiadvise
 *     a run's own key ffiadvise {run, worker, loops, unroll, full, half, gate, switched, sweep}
 *
 * A reading is a benchmark instead, one run for each process, where pyperf knows
 * its unit and takes its values; its own key is then ffiadvise {reads, values}.
 */

/* A JSON string of what may be shown of s, so that no control character gets in or out. */
static void put_string(struct str *out, const char *s)
{
	struct str shown;
	size_t i;

	str_init(&shown);
	str_add_shown(&shown, s, strlen(s));
	str_addc(out, '"');
	for (i = 0; i < shown.len; i++) {
		if (shown.s[i] == '"' || shown.s[i] == '\\')
			str_addc(out, '\\');
		str_addc(out, shown.s[i]);
	}
	str_addc(out, '"');
	str_release(&shown);
}

/* "key": "text", with what goes before it; nothing where there is no text (pyperf takes no
 * empty one). */
static void put_text(struct str *out, const char *before, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	str_addf(out, "%s\"%s\": ", before, key);
	put_string(out, text);
}

static void put_texts(struct str *out, const char *before, const struct store_text *texts, size_t n,
	const void *from)
{
	size_t i;

	for (i = 0; i < n; i++)
		put_text(out, before, texts[i].key,
			*(char *const *)((const char *)from + texts[i].offset));
}

static void put_number(struct str *out, uint32_t v)
{
	char digits[10];
	int n = 0;

	do
		digits[n++] = (char)('0' + v % 10);
	while (v /= 10);
	while (n)
		str_addc(out, digits[--n]);
}

static void put_column(struct str *out, const char *key, const uint32_t *column, size_t n)
{
	size_t i;

	str_addf(out, ",\n     \"%s\": [", key);
	for (i = 0; i < n; i++) {
		if (i)
			str_addc(out, ',');
		put_number(out, column[i]);
	}
	str_addc(out, ']');
}

/* Seconds of the worker's median; of all its samples where it has no clean
 * one. pyperf takes no 0. */
static double run_seconds(const struct measurement *item, const struct samples *run)
{
	double ns = item->worker_ns[run->worker];

	if (isnan(ns))
		ns = stats_plain_median(run);
	return fmax(ns, 1e-3) * 1e-9;
}

static void put_run(struct str *out, const struct measurement *item, const struct samples *run)
{
	uint32_t *switched = xreallocarray(NULL, run->n + 1, sizeof *switched);
	size_t i;

	for (i = 0; i < run->n; i++)
		switched[i] = run->switched[i];
	str_addf(out,
		"\n    {\"metadata\": {\"loops\": %u}, \"values\": [%.9g], \"ffiadvise\": {\n",
		run->loops, run_seconds(item, run));
	str_addf(out, "     \"run\": %d, \"worker\": %d, \"loops\": %u, \"unroll\": %u", item->run,
		run->worker, run->loops, run->unroll);
	put_column(out, "full", run->full, run->n);
	put_column(out, "half", run->half, run->n);
	put_column(out, "gate", run->gate, run->n);
	put_column(out, "switched", switched, run->n);
	put_column(out, "sweep", run->sweep, run->n);
	str_add(out, "}}");
	free(switched);
}

/* pyperf wants one unroll for all runs of a benchmark; 0 where they differ. */
static uint32_t common_unroll(const struct measurement *item)
{
	size_t i;

	for (i = 1; i < item->n_runs; i++) {
		if (item->runs[i].unroll != item->runs[0].unroll)
			return 0;
	}
	return item->n_runs ? item->runs[0].unroll : 0;
}

static void put_name_and_date(struct str *out, const struct measurement *item)
{
	put_text(out, "", "name", item->id);
	/* Not "Z": pyperf reads dates with Python's fromisoformat(), which takes it from 3.11 on.
	 */
	if (*item->when)
		str_addf(out, ", \"date\": \"%.19s+00:00\"", item->when);
}

/* Units by enum reads, as pyperf calls them, and one of ours in them; NULL: it knows none. */
static const struct {
	const char *unit;
	double scale;
} pyperf_units[] = {
	[READS_BYTES] = {"byte", 1},
	[READS_COUNT] = {"integer", 1},
	[READS_NS] = {"second", 1e-9},
	[READS_SECONDS] = {"second", 1},
	[READS_NAMES] = {NULL, 0},
};

/* pyperf takes no value of 0 or less. */
static int fits_pyperf(const struct measurement *item)
{
	size_t i;

	for (i = 0; i < item->n_values; i++) {
		if (item->values[i] <= 0)
			return 0;
	}
	return item->n_values && pyperf_units[item->reads].unit;
}

static void put_values(struct str *out, const struct measurement *item)
{
	size_t i;

	str_addf(out, "\"reads\": \"%s\", \"values\": [", reads_word(item->reads));
	for (i = 0; i < item->n_values; i++)
		str_addf(out, "%s%.17g", i ? ", " : "", item->values[i]);
	str_addc(out, ']');
}

static void put_reading_benchmark(struct str *out, const struct measurement *item)
{
	size_t i;

	str_add(out, "  {\"metadata\": {");
	put_name_and_date(out, item);
	str_addf(out, ", \"unit\": \"%s\"}, \"runs\": [", pyperf_units[item->reads].unit);
	for (i = 0; i < item->n_values; i++)
		str_addf(out, "%s{\"values\": [%.17g]}", i ? ", " : "",
			item->values[i] * pyperf_units[item->reads].scale);
	str_add(out, "],\n   \"ffiadvise\": {");
	put_values(out, item);
	str_add(out, "}}");
}

/* The readings that are no benchmarks. */
static void put_readings(struct str *out, const struct measurements *m)
{
	const struct measurement *item;
	size_t i, k, n = 0;

	str_add(out, "  \"readings\": [");
	for (i = 0; i < m->n; i++) {
		item = &m->items[i];
		if (item->reads == READS_NOTHING || !item->n_values || fits_pyperf(item))
			continue;
		str_add(out, n++ ? ",\n   {" : "\n   {");
		put_name_and_date(out, item);
		str_add(out, ", ");
		put_values(out, item);
		for (k = 0; k < item->n_names; k++) {
			str_add(out, k ? ", " : ", \"names\": [");
			put_string(out, item->names[k]);
		}
		str_add(out, item->n_names ? "]}" : "}");
	}
	str_add(out, "],\n");
}

static void put_benchmark(struct str *out, const struct measurement *item)
{
	uint32_t unroll = common_unroll(item);
	size_t i, n = 0;

	str_add(out, "  {\"metadata\": {");
	put_name_and_date(out, item);
	if (unroll)
		str_addf(out, ", \"inner_loops\": %u", unroll);
	str_add(out, "}, \"runs\": [");
	for (i = 0; i < item->n_runs; i++) {
		if (!item->runs[i].n)
			continue;
		str_add(out, n++ ? "," : "");
		put_run(out, item, &item->runs[i]);
	}
	str_add(out, "]}");
}

static void put_metadata(struct str *out, const struct environment *env)
{
	str_add(out, " \"metadata\": {\"unit\": \"second\"");
	put_text(out, ", ", "cpu_model_name", env->cpu);
	if (env->cores > 0)
		str_addf(out, ", \"cpu_count\": %d", env->cores);
	put_text(out, ", ", "platform", env->os);
	put_text(out, ", ", "python_version", env->python);
	put_text(out, ", ", "python_implementation", env->implementation);
	put_text(out, ", ", "python_executable", env->executable);
	str_add(out, "},\n");
}

static void put_binding(struct str *out, const struct binding_state *b)
{
	str_addf(out, "   {\"available\": %s", b->available ? "true" : "false");
	put_texts(out, ", ", store_binding_texts, STORE_BINDING_TEXTS, b);
	str_addc(out, '}');
}

static void put_environment(struct str *out, const struct environment *env)
{
	size_t i;

	str_addf(out, "  \"environment\": {\"cores\": %d, \"shared\": %s, \"free_threaded\": %s, "
		"\"others\": %.0f",
		env->cores, env->shared ? "true" : "false", env->free_threaded ? "true" : "false",
		100 * env->others);
	if (env->untested)
		str_add(out, ", \"untested\": true");
	put_texts(out, ",\n   ", store_environment_texts, STORE_ENVIRONMENT_TEXTS, env);
	put_text(out, ",\n   ", "started", env->started);
	str_add(out, ",\n   \"bindings\": [");
	for (i = 0; i < env->n_bindings; i++) {
		str_add(out, i ? ",\n" : "\n");
		put_binding(out, &env->bindings[i]);
	}
	str_add(out, "]},\n");
}

static int has_samples(const struct measurement *item)
{
	size_t i;

	for (i = 0; i < item->n_runs; i++) {
		if (item->runs[i].n)
			return item->basis == BASIS_MEASURED;
	}
	return 0;
}

/* What could be narrower, had something hung on it. */
static void put_spared(struct str *out, const struct measurements *m)
{
	size_t i, n = 0;

	str_add(out, "  \"spared\": [");
	for (i = 0; i < m->n; i++) {
		if (!m->items[i].spared || m->items[i].reads != READS_NOTHING ||
			!has_samples(&m->items[i]))
			continue;
		str_add(out, n++ ? ",\n   " : "\n   ");
		put_string(out, m->items[i].id);
	}
	str_add(out, "],\n");
}

static void put_all(struct str *out, const struct measurements *m)
{
	size_t i, n = 0;

	str_add(out, "{\"version\": \"1.0\",\n");
	put_metadata(out, &m->env);
	str_addf(out, " \"ffiadvise\": {\"format\": %d,\n", STORE_FORMAT);
	put_text(out, "  ", "program", m->env.program);
	str_add(out, m->env.program && *m->env.program ? ",\n" : "");
	put_environment(out, &m->env);
	put_readings(out, m);
	put_spared(out, m);
	str_add(out, "  \"missing\": [");
	for (i = 0; i < m->n_missing; i++) {
		str_addf(out, "%s{\"failed\": %s", i ? ",\n   " : "\n   ",
			m->missing[i].failed ? "true" : "false");
		put_text(out, ", ", "id", m->missing[i].id);
		put_text(out, ", ", "why", m->missing[i].why);
		str_addc(out, '}');
	}
	str_add(out, "]},\n \"benchmarks\": [");
	for (i = 0; i < m->n; i++) {
		const struct measurement *item = &m->items[i];
		int is_reading = item->reads != READS_NOTHING;

		if (is_reading ? !fits_pyperf(item) : !has_samples(item))
			continue;
		str_add(out, n++ ? ",\n" : "\n");
		if (is_reading)
			put_reading_benchmark(out, item);
		else
			put_benchmark(out, item);
	}
	str_add(out, "]}\n");
}

int measurements_save(const struct measurements *m, const char *path, struct err *err)
{
	struct str out;
	int failed;

	str_init(&out);
	put_all(&out, m);
	failed = file_replace(path, str_text(&out), out.len, FILE_USUAL_MODE, err);
	str_release(&out);
	return failed;
}
