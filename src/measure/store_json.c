#include "measure/store_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "measure/constants.h"
#include "measure/stats.h"

/* More than any run has; a list that is longer only costs time. */
enum { ITEMS_MOST = 20000, MISSING_MOST = 5000, NAMES_MOST = 1 << 14 };
enum { SWEEP_MOST = 1000000000, SIZE_MOST = 2000000000 };

static int read_missing(
	const json_t *own, const struct json_at *own_at, struct measurements *m, struct err *err)
{
	struct json_at list_at = json_below(own_at, "missing");
	json_t *list;
	size_t i;

	if (json_field(own, &list_at, JSON_MAY, JSON_ARRAY, &list, err))
		return -1;
	if (json_array_size(list) > MISSING_MOST)
		return json_complain(&list_at, err, "has more than %d items", MISSING_MOST);
	for (i = 0; i < json_array_size(list); i++) {
		struct json_at item = json_item(&list_at, i), id_at = json_below(&item, "id");
		struct json_at why_at = json_below(&item, "why"),
			       failed = json_below(&item, "failed");
		const json_t *object = json_array_get(list, i);
		char *id = NULL, *why = NULL;
		int has_failed, bad;

		if (!json_is_object(object))
			return json_complain(&item, err, "is not an object");
		bad = json_text(object, &id_at, JSON_MUST, &id, err) ||
		      json_text(object, &why_at, JSON_MUST, &why, err) ||
		      json_truth(object, &failed, &has_failed, err);
		if (!bad)
			measurements_miss(m, id, has_failed, why);
		free(id);
		free(why);
		if (bad)
			return -1;
	}
	return 0;
}

/* A column of n whole numbers up to most; into has room for them. */
static int read_column(const json_t *own, const struct json_at *own_at, const char *key, size_t n,
	uint32_t most, uint32_t *into, struct err *err)
{
	struct json_at at = json_below(own_at, key);
	json_t *list;
	size_t i;

	if (json_field(own, &at, JSON_MUST, JSON_ARRAY, &list, err))
		return -1;
	if (json_array_size(list) != n)
		return json_complain(
			&at, err, "has %zu items where 'full' has %zu", json_array_size(list), n);
	for (i = 0; i < n; i++) {
		const json_t *v = json_array_get(list, i);

		if (!json_is_integer(v) || json_integer_value(v) < 0 ||
			json_integer_value(v) > (json_int_t)most) {
			struct json_at item = json_item(&at, i);

			return json_complain(
				&item, err, "is not a whole number from 0 to %u", most);
		}
		into[i] = (uint32_t)json_integer_value(v);
	}
	return 0;
}

static int read_columns(
	const json_t *own, const struct json_at *at, struct samples *run, struct err *err)
{
	struct json_at full_at = json_below(at, "full");
	uint32_t *switched;
	json_t *full;
	size_t n, i;

	if (json_field(own, &full_at, JSON_MUST, JSON_ARRAY, &full, err))
		return -1;
	n = json_array_size(full);
	if (!n)
		return json_complain(&full_at, err, "has no samples");
	run->full = xreallocarray(NULL, n, sizeof *run->full);
	run->half = xreallocarray(NULL, n, sizeof *run->half);
	run->gate = xreallocarray(NULL, n, sizeof *run->gate);
	run->sweep = xreallocarray(NULL, n, sizeof *run->sweep);
	run->switched = xreallocarray(NULL, n, sizeof *run->switched);
	run->cap = n;
	switched = xreallocarray(NULL, n, sizeof *switched);
	if (read_column(own, at, "full", n, UINT32_MAX, run->full, err) ||
		read_column(own, at, "half", n, UINT32_MAX, run->half, err) ||
		read_column(own, at, "gate", n, UINT32_MAX, run->gate, err) ||
		read_column(own, at, "sweep", n, SWEEP_MOST, run->sweep, err) ||
		read_column(own, at, "switched", n, UINT8_MAX, switched, err)) {
		free(switched);
		return -1;
	}
	for (i = 0; i < n; i++)
		run->switched[i] = (uint8_t)switched[i];
	free(switched);
	run->n = n;
	return 0;
}

static int read_run(
	const json_t *object, const struct json_at *at, struct measurement *item, struct err *err)
{
	struct json_at own_at = json_below(at, "ffiadvise"),
		       worker_at = json_below(&own_at, "worker");
	struct json_at loops_at = json_below(&own_at, "loops"), of_at = json_below(&own_at, "run");
	struct json_at unroll_at = json_below(&own_at, "unroll");
	int64_t of = 0, worker, loops, unroll;
	json_t *own;
	size_t before = item->n_runs;
	struct samples *run;

	if (!json_is_object(object))
		return json_complain(at, err, "is not an object");
	if (json_field(object, &own_at, JSON_MUST, JSON_OBJECT, &own, err) ||
		json_whole(own, &of_at, JSON_MAY, 0, INT32_MAX - 1, &of, err) ||
		json_whole(own, &worker_at, JSON_MUST, 0, WORKERS_MAX - 1, &worker, err) ||
		json_whole(own, &loops_at, JSON_MUST, 1, UINT32_MAX, &loops, err) ||
		json_whole(own, &unroll_at, JSON_MUST, 1, UINT32_MAX, &unroll, err))
		return -1;
	run = measurement_run(item, (int)worker, (uint32_t)loops, (uint32_t)unroll);
	if (item->n_runs == before)
		return json_complain(&worker_at, err, "is given twice");
	if (before && item->run != (int)of)
		return json_complain(&of_at, err, "is another than that of the worker before");
	item->run = (int)of;
	return read_columns(own, &own_at, run, err);
}

/* Letters, digits and the marks ids are made of: nothing that could be shown as something else. */
static int is_word(const char *s, size_t n)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
		"._+-";

	return n > 0 && n < 128 && strspn(s, allowed) >= n;
}

/* Takes "probe/binding/n=1000" apart; NULL when it is no such name. */
static struct measurement *add_named(struct measurements *m, const char *name)
{
	const char *slash = strchr(name, '/'), *rest = slash ? slash + 1 : NULL, *end;
	struct measurement *item = NULL;
	char *probe, *binding, *id, *tail = NULL;
	long n = 0;

	if (!slash)
		return NULL;
	end = rest + strcspn(rest, "/");
	if (!is_word(name, (size_t)(slash - name)) || !is_word(rest, (size_t)(end - rest)))
		return NULL;
	if (*end) {
		n = str_starts(end, "/n=") ? strtol(end + 3, &tail, 10) : 0;
		if (n < 1 || n > SIZE_MOST)
			return NULL;
	}
	probe = xstrndup(name, (size_t)(slash - name));
	binding = xstrndup(rest, (size_t)(end - rest));
	/* One way to write each: no sign, no leading zero, nothing behind it. */
	id = measurement_id(probe, binding, n);
	if (strcmp(id, name) == 0)
		item = measurements_add(m, probe, binding, n);
	free(id);
	free(probe);
	free(binding);
	return item;
}

/* The values of a reading and, of names, the names. */
static int read_values(
	const json_t *own, const struct json_at *at, struct measurement *item, struct err *err)
{
	struct json_at reads_at = json_below(at, "reads"), values_at = json_below(at, "values");
	struct json_at names_at = json_below(at, "names");
	json_t *reads, *values, *names;
	size_t n, i;

	if (json_field(own, &reads_at, JSON_MUST, JSON_STRING, &reads, err) ||
		json_field(own, &values_at, JSON_MUST, JSON_ARRAY, &values, err) ||
		json_field(own, &names_at, JSON_MAY, JSON_ARRAY, &names, err))
		return -1;
	item->reads = reads_of(json_string_value(reads));
	if (item->reads == READS_NOTHING)
		return json_complain(&reads_at, err, "is no unit of a reading");
	n = json_array_size(values);
	if (n < 1 || n > WORKERS_MAX)
		return json_complain(&values_at, err, "does not have 1 to %d items", WORKERS_MAX);
	for (i = 0; i < n; i++) {
		struct json_at value_at = json_item(&values_at, i);

		/* The parser takes no number that is not finite. */
		if (!json_is_number(json_array_get(values, i)))
			return json_complain(&value_at, err, "is no number");
		measurement_read(item, json_number_value(json_array_get(values, i)));
	}
	n = json_array_size(names);
	if (n > NAMES_MOST)
		return json_complain(&names_at, err, "has more than %d items", NAMES_MOST);
	item->names = xcalloc(n + 1, sizeof *item->names);
	for (i = 0; i < n; i++) {
		const char *name = json_string_value(json_array_get(names, i));
		struct json_at name_at = json_item(&names_at, i);

		if (!name)
			return json_complain(&name_at, err, "is no text");
		item->names[item->n_names++] = xstrdup(name);
	}
	return 0;
}

/* Adds what meta names, with its date; NULL with err. */
static struct measurement *read_item(const json_t *meta, const struct json_at *at,
	struct measurements *m, struct err *err)
{
	struct json_at name_at = json_below(at, "name"), date_at = json_below(at, "date");
	size_t before = m->n;
	struct measurement *item;
	json_t *name, *date;
	char when[64];

	if (json_field(meta, &name_at, JSON_MUST, JSON_STRING, &name, err) ||
		json_field(meta, &date_at, JSON_MAY, JSON_STRING, &date, err))
		return NULL;
	item = strlen(json_string_value(name)) == json_string_length(name)
		       ? add_named(m, json_string_value(name))
		       : NULL;
	if (!item) {
		json_complain(&name_at, err, "is no name like probe/binding/n=1000");
		return NULL;
	}
	if (m->n == before) {
		json_complain(&name_at, err, "'%s' is given twice", item->id);
		return NULL;
	}
	if (date) {
		snprintf(when, sizeof when, "%.19sZ", json_string_value(date));
		if (json_date(when, &date_at, item->when, sizeof item->when, err))
			return NULL;
	}
	return item;
}

/* The readings that are no benchmarks; older files have none. */
static int read_readings(
	const json_t *own, const struct json_at *own_at, struct measurements *m, struct err *err)
{
	struct json_at list_at = json_below(own_at, "readings");
	struct measurement *item;
	json_t *list;
	size_t i;

	if (json_field(own, &list_at, JSON_MAY, JSON_ARRAY, &list, err))
		return -1;
	if (json_array_size(list) > ITEMS_MOST)
		return json_complain(&list_at, err, "has more than %d items", ITEMS_MOST);
	for (i = 0; i < json_array_size(list); i++) {
		struct json_at at = json_item(&list_at, i);
		const json_t *object = json_array_get(list, i);

		if (!json_is_object(object))
			return json_complain(&at, err, "is not an object");
		item = read_item(object, &at, m, err);
		if (!item || read_values(object, &at, item, err))
			return -1;
	}
	return 0;
}

/* pyperf's own keys hold the name and the date. */
static int read_benchmark(
	const json_t *object, const struct json_at *at, struct measurements *m, struct err *err)
{
	struct json_at meta_at = json_below(at, "metadata"), runs_at = json_below(at, "runs");
	struct json_at own_at = json_below(at, "ffiadvise");
	json_t *meta, *runs, *own;
	struct measurement *item;
	size_t i;

	if (!json_is_object(object))
		return json_complain(at, err, "is not an object");
	if (json_field(object, &meta_at, JSON_MUST, JSON_OBJECT, &meta, err) ||
		json_field(object, &runs_at, JSON_MUST, JSON_ARRAY, &runs, err) ||
		json_field(object, &own_at, JSON_MAY, JSON_OBJECT, &own, err))
		return -1;
	item = read_item(meta, &meta_at, m, err);
	if (!item)
		return -1;
	/* Of a reading pyperf's runs say the same again, in its own units. */
	if (own)
		return read_values(own, &own_at, item, err);
	if (json_array_size(runs) == 0)
		return json_complain(&runs_at, err, "is empty");
	if (json_array_size(runs) > WORKERS_MAX)
		return json_complain(&runs_at, err, "has more than %d items", WORKERS_MAX);
	for (i = 0; i < json_array_size(runs); i++) {
		struct json_at run_at = json_item(&runs_at, i);

		if (read_run(json_array_get(runs, i), &run_at, item, err))
			return -1;
	}
	return 0;
}

/* Older files have none. What it names has to be there. */
static int read_spared(
	const json_t *own, const struct json_at *own_at, struct measurements *m, struct err *err)
{
	struct json_at list_at = json_below(own_at, "spared");
	json_t *list;
	size_t i;

	if (json_field(own, &list_at, JSON_MAY, JSON_ARRAY, &list, err))
		return -1;
	for (i = 0; i < json_array_size(list); i++) {
		struct json_at at = json_item(&list_at, i);
		const char *id = json_string_value(json_array_get(list, i));
		const struct measurement *item = id ? measurements_find_id(m, id) : NULL;

		if (!item)
			return json_complain(&at, err, "is no measurement of this file");
		m->items[item - m->items].spared = 1;
	}
	return 0;
}

static int read_all(struct measurements *m, const struct json_file *file, struct err *err)
{
	struct json_at root = {file, NULL, NULL, 0}, own_at = json_below(&root, "ffiadvise");
	struct json_at version_at = json_below(&root, "version");
	struct json_at format_at = json_below(&own_at, "format");
	struct json_at list_at = json_below(&root, "benchmarks");
	json_t *own, *list, *version;
	int64_t format;
	size_t i;

	if (!json_is_object(file->root))
		return json_complain(&root, err, "is not an object at its top");
	if (!json_object_get(file->root, "ffiadvise")) {
		json_complain(&root, err, "holds no measurements of ffiadvise");
		err_hint(err, "write one with 'ffiadvise bench --save FILE'");
		return -1;
	}
	if (json_field(file->root, &version_at, JSON_MUST, JSON_STRING, &version, err) ||
		json_field(file->root, &own_at, JSON_MUST, JSON_OBJECT, &own, err) ||
		json_whole(own, &format_at, JSON_MUST, 1, INT32_MAX, &format, err))
		return -1;
	if (strcmp(json_string_value(version), "1.0") != 0)
		return json_complain(&version_at, err, "is not \"1.0\"");
	if (format != STORE_FORMAT) {
		json_complain(&format_at, err, "is %lld, of %s ffiadvise; this one reads %d",
			(long long)format, format < STORE_FORMAT ? "an older" : "a newer",
			STORE_FORMAT);
		err_hint(err, "measure again with this one");
		return -1;
	}
	if (store_json_environment(own, &own_at, &m->env, err) || read_missing(own, &own_at, m, err) ||
		read_readings(own, &own_at, m, err) ||
		json_field(file->root, &list_at, JSON_MUST, JSON_ARRAY, &list, err))
		return -1;
	if (json_array_size(list) > ITEMS_MOST)
		return json_complain(&list_at, err, "has more than %d items", ITEMS_MOST);
	for (i = 0; i < json_array_size(list); i++) {
		struct json_at item = json_item(&list_at, i);

		if (read_benchmark(json_array_get(list, i), &item, m, err))
			return -1;
	}
	return read_spared(own, &own_at, m, err);
}

int measurements_load(struct measurements *m, const char *path, struct err *err)
{
	struct json_file file;
	int failed;

	measurements_init(m);
	if (json_file_open(&file, path, FILE_MOST, err))
		return -1;
	failed = read_all(m, &file, err);
	json_file_close(&file);
	if (failed) {
		measurements_release(m);
		return -1;
	}
	m->file = xstrdup(path);
	stats_estimate(m);
	return 0;
}
