/* store: the index, and the file there and back. */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "measure/stats.h"
#include "measure/store.h"
#include "unit/scratch.h"

static size_t files_in_folder(void)
{
	DIR *dir = opendir(scratch);
	struct dirent *entry;
	size_t n = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	char *text;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	text = xcalloc((size_t)st.st_size + 1, 1);
	assert_int_equal(fread(text, 1, (size_t)st.st_size, f), st.st_size);
	fclose(f);
	return text;
}

static void add_samples(struct measurement *item, int worker, uint32_t base, size_t n)
{
	struct samples *run = measurement_run(item, worker, 40 + (uint32_t)worker, 32);
	size_t i;

	for (i = 0; i < n; i++)
		samples_add(run, base + (uint32_t)(i % 7), base / 2 + (uint32_t)(i % 5),
			1000 + (uint32_t)(i % 90), i % 50 == 49, (uint32_t)i);
}

static void fill(struct measurements *m, int probes, size_t samples)
{
	struct environment *env = &m->env;
	char name[32];
	int i, k;

	measurements_init(m);
	env->cpu = xstrdup("Some \"CPU\" \\ 3000 \xc3\xa9");
	env->cores = 2;
	env->os = xstrdup("Debian GNU/Linux 12");
	env->python = xstrdup("3.11.7");
	env->implementation = xstrdup("cpython");
	env->executable = xstrdup("/usr/bin/python3.11");
	env->shared = 1;
	env->cflags = xstrdup("-O3 -Wall");
	env->free_threaded = 1;
	env->others = 0.25;
	env->shell = xstrdup("embedded");
	env->machine_key = xstrdup("key|1");
	env->interpreter_key = xstrdup("cpython-311-0123abcd");
	env->program = xstrdup("0.1.0");
	strcpy(env->started, "2026-01-31T12:00:00Z");
	env->n_bindings = 2;
	env->bindings = xcalloc(2, sizeof *env->bindings);
	env->bindings[0] = (struct binding_state){xstrdup("capi"), xstrdup("1"), xstrdup("gcc"),
		xstrdup("0123456789abcdef"), 1, NULL, NULL};
	env->bindings[1] = (struct binding_state){xstrdup("pyo3"), xstrdup(""), xstrdup(""),
		xstrdup(""), 0, xstrdup("there is no cargo"), xstrdup("install Rust")};
	for (i = 0; i < probes; i++) {
		struct measurement *item;

		snprintf(name, sizeof name, "probe_%d.by-way", i);
		item = measurements_add(m, name, "capi", i % 2 ? 1000 : 0);
		strcpy(item->when, "2026-01-31T12:00:05Z");
		for (k = 0; k < 5; k++)
			add_samples(item, k, 50000 + 100 * (uint32_t)(i + k), samples);
	}
	measurements_miss(m, "probe_x/capi", 1, "ended by SIGSEGV");
	measurements_miss(m, "pyo3", 0, "there is no cargo; install Rust");
	stats_estimate(m);
}

static void same_samples(const struct samples *a, const struct samples *b)
{
	assert_int_equal(a->worker, b->worker);
	assert_int_equal(a->loops, b->loops);
	assert_int_equal(a->unroll, b->unroll);
	assert_int_equal(a->n, b->n);
	assert_memory_equal(a->full, b->full, a->n * sizeof *a->full);
	assert_memory_equal(a->half, b->half, a->n * sizeof *a->half);
	assert_memory_equal(a->gate, b->gate, a->n * sizeof *a->gate);
	assert_memory_equal(a->sweep, b->sweep, a->n * sizeof *a->sweep);
	assert_memory_equal(a->switched, b->switched, a->n);
}

static void same_environment(const struct environment *a, const struct environment *b)
{
	assert_string_equal(a->cpu, b->cpu);
	assert_int_equal(a->cores, b->cores);
	assert_string_equal(a->os, b->os);
	assert_string_equal(a->python, b->python);
	assert_string_equal(a->implementation, b->implementation);
	assert_string_equal(a->executable, b->executable);
	assert_int_equal(a->shared, b->shared);
	assert_string_equal(a->cflags, b->cflags);
	assert_int_equal(a->free_threaded, b->free_threaded);
	assert_true(a->others == b->others);
	assert_string_equal(a->shell, b->shell);
	assert_string_equal(a->machine_key, b->machine_key);
	assert_string_equal(a->interpreter_key, b->interpreter_key);
	assert_string_equal(a->program, b->program);
	assert_string_equal(a->started, b->started);
	assert_int_equal(a->grade, b->grade);
	assert_true(a->clean_share == b->clean_share && a->gate_ns == b->gate_ns);
	assert_int_equal(a->n_why, b->n_why);
	assert_int_equal(a->n_bindings, 2);
	assert_int_equal(b->n_bindings, 2);
	assert_string_equal(a->bindings[0].build, b->bindings[0].build);
	assert_int_equal(b->bindings[0].available, 1);
	assert_null(b->bindings[0].why_not);
	assert_int_equal(b->bindings[1].available, 0);
	assert_string_equal(b->bindings[1].why_not, "there is no cargo");
	assert_string_equal(b->bindings[1].cure, "install Rust");
	assert_string_equal(b->bindings[1].version, "");
}

static void there_and_back_is_the_same(void **state)
{
	struct measurements m, back;
	struct err err;
	char *path = scratch_path("m.json"), *again = scratch_path("again.json"), *a, *b;
	size_t i, k;

	(void)state;
	fill(&m, 7, 30);
	m.items[2].spared = 1;
	m.items[3].run = 5;
	assert_int_equal(measurements_save(&m, path, &err), 0);
	assert_int_equal(measurements_load(&back, path, &err), 0);
	same_environment(&m.env, &back.env);
	assert_string_equal(back.file, path);
	assert_int_equal(back.n, m.n);
	for (i = 0; i < m.n; i++) {
		const struct measurement *x = &m.items[i], *y = &back.items[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->probe, y->probe);
		assert_string_equal(x->binding, y->binding);
		assert_int_equal(x->n, y->n);
		assert_string_equal(x->when, y->when);
		assert_true(x->ns.low == y->ns.low && x->ns.likely == y->ns.likely &&
			    x->ns.high == y->ns.high);
		assert_int_equal(x->processes, y->processes);
		assert_int_equal(x->samples, y->samples);
		assert_int_equal(x->clean, y->clean);
		assert_int_equal(x->n_runs, y->n_runs);
		assert_int_equal(y->run, i == 3 ? 5 : 0);
		assert_int_equal(y->spared, i == 2);
		for (k = 0; k < x->n_runs; k++)
			same_samples(&x->runs[k], &y->runs[k]);
	}
	assert_int_equal(back.n_missing, 2);
	assert_string_equal(back.missing[0].id, "probe_x/capi");
	assert_int_equal(back.missing[0].failed, 1);
	assert_string_equal(back.missing[1].why, "there is no cargo; install Rust");
	assert_int_equal(back.missing[1].failed, 0);
	/* Written again it is the same file. */
	assert_int_equal(measurements_save(&back, again, &err), 0);
	a = read_file(path);
	b = read_file(again);
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(path);
	free(again);
	measurements_release(&m);
	measurements_release(&back);
}

static struct measurement *add_reading(
	struct measurements *m, const char *probe, enum reads reads, const double values[3])
{
	struct measurement *item = measurements_add(m, probe, "capi", 0);
	int i;

	item->reads = reads;
	strcpy(item->when, "2026-01-31T12:00:05Z");
	for (i = 0; i < 3; i++)
		measurement_read(item, values[i]);
	return item;
}

static void readings_are_kept_in_their_units(void **state)
{
	static const struct {
		const char *probe;
		enum reads reads;
		double values[3];
		const char *in_file; /* as pyperf reads it; "" where it is none of its */
	} rows[] = {
		{"bytes", READS_BYTES, {8000056, 8000060, 8000050},
			"\"unit\": \"byte\"}, \"runs\": [{\"values\": [8000056]}, {\"values\": [8000060]}"},
		{"count", READS_COUNT, {1, 1, 1}, "\"unit\": \"integer\"}"},
		{"none", READS_COUNT, {0, 0, 0}, ""},
		{"less", READS_BYTES, {-4096, 0, 4096.5}, ""},
		{"seconds", READS_SECONDS, {0.1, 0.3, 0.2}, "\"unit\": \"second\"}"},
		{"ns", READS_NS, {50, 51, 52}, "\"unit\": \"second\"}"},
	};
	enum { ROWS = sizeof rows / sizeof *rows };
	struct measurements m, back;
	struct measurement *names;
	struct err err;
	char *path = scratch_path("readings.json"), *text;
	size_t i, k;

	(void)state;
	fill(&m, 2, 12);
	for (i = 0; i < ROWS; i++)
		add_reading(&m, rows[i].probe, rows[i].reads, rows[i].values);
	names = add_reading(&m, "names", READS_NAMES, (const double[3]){2, 2, 2});
	names->names = xcalloc(2, sizeof *names->names);
	names->names[names->n_names++] = xstrdup("PyLong_AsLong");
	names->names[names->n_names++] = xstrdup("a \"name\" \x1b");
	assert_int_equal(measurements_save(&m, path, &err), 0);
	text = read_file(path);
	assert_int_equal(measurements_load(&back, path, &err), 0);
	assert_int_equal(back.n, m.n);
	for (i = 0; i < ROWS; i++) {
		const struct measurement *item = measurements_find(&back, rows[i].probe, "capi", 0);

		assert_int_equal(item->reads, rows[i].reads);
		assert_int_equal(item->n_values, 3);
		for (k = 0; k < 3; k++)
			assert_true(item->values[k] == rows[i].values[k]);
		assert_int_equal(item->processes, 3);
		assert_true(item->value.low <= item->value.likely &&
			    item->value.likely <= item->value.high);
		assert_string_equal(item->when, "2026-01-31T12:00:05Z");
		assert_non_null(strstr(text, rows[i].in_file));
	}
	/* A time is in ns too; what is none has no ns. */
	assert_true(measurements_find(&back, "seconds", "capi", 0)->ns.likely == 2e8);
	assert_true(measurements_find(&back, "ns", "capi", 0)->ns.likely == 51);
	assert_true(isinf(measurements_find(&back, "bytes", "capi", 0)->ns.high));
	names = &back.items[measurements_find(&back, "names", "capi", 0) - back.items];
	assert_int_equal(names->n_names, 2);
	assert_string_equal(names->names[0], "PyLong_AsLong");
	/* Beside them what was timed is what it was, and so are the noise and its reasons. */
	assert_int_equal(measurements_find(&back, "probe_0.by-way", "capi", 0)->n_runs, 5);
	assert_int_equal(back.env.n_why, m.env.n_why);
	free(text);
	free(path);
	measurements_release(&m);
	measurements_release(&back);
}

/* Doctored samples give doctored figures: what the file says of them otherwise counts for nothing.
 */
static void estimates_come_from_the_samples(void **state)
{
	struct measurements m, back;
	struct err err;
	char *path = scratch_path("m.json"), *text, *at;
	double before;

	(void)state;
	fill(&m, 1, 30);
	before = m.items[0].ns.likely;
	assert_int_equal(measurements_save(&m, path, &err), 0);
	text = read_file(path);
	at = strstr(text, "\"values\": [");
	assert_non_null(at);
	at[strlen("\"values\": [")] = '9';
	scratch_write(scratch, "m.json", text);
	assert_int_equal(measurements_load(&back, path, &err), 0);
	assert_true(back.items[0].ns.likely == before);
	free(text);
	free(path);
	measurements_release(&m);
	measurements_release(&back);
}

static void reference_figures_stay_out(void **state)
{
	struct measurements m, back;
	struct measurement *item;
	struct err err;
	char *path = scratch_path("m.json");

	(void)state;
	fill(&m, 2, 30);
	item = measurements_add(&m, "listed", "pyo3", 0);
	item->basis = BASIS_REFERENCE;
	item->ns = est(1, 2, 3);
	measurements_add(&m, "never.sampled", "capi", 0);
	assert_int_equal(measurements_save(&m, path, &err), 0);
	assert_int_equal(measurements_load(&back, path, &err), 0);
	assert_int_equal(back.n, 2);
	assert_null(measurements_find(&back, "listed", "pyo3", 0));
	free(path);
	measurements_release(&m);
	measurements_release(&back);
}

static void control_characters_are_not_written(void **state)
{
	struct measurements m, back;
	struct err err;
	char *path = scratch_path("m.json"), *text, *c;

	(void)state;
	fill(&m, 1, 30);
	measurements_miss(&m, "evil\x1b[2J", 1, "it said \x1b]0;x\x07 and \xff");
	assert_int_equal(measurements_save(&m, path, &err), 0);
	text = read_file(path);
	for (c = text; *c; c++)
		assert_true((unsigned char)*c >= ' ' || *c == '\n');
	assert_int_equal(measurements_load(&back, path, &err), 0);
	assert_string_equal(back.missing[2].id, "evil\\x1b[2J");
	free(text);
	free(path);
	measurements_release(&m);
	measurements_release(&back);
}

static void a_save_that_fails_leaves_the_old_file(void **state)
{
	struct measurements m;
	struct err err;
	char *path = scratch_path("m.json"), *target = scratch_path("m.json/below.json"), *before, *after;

	(void)state;
	fill(&m, 1, 30);
	assert_int_equal(measurements_save(&m, path, &err), 0);
	before = read_file(path);
	/* A file is no folder, for any user. */
	assert_int_equal(measurements_save(&m, target, &err), -1);
	assert_int_equal(err.code, ERR_FAILURE);
	assert_non_null(strstr(err.text, "cannot write"));
	after = read_file(path);
	assert_string_equal(before, after);
	assert_int_equal(files_in_folder(), 1);
	free(before);
	free(after);
	free(path);
	free(target);
	measurements_release(&m);
}

static void a_thousand_are_found(void **state)
{
	struct measurements m;
	char name[32];
	int i;

	(void)state;
	measurements_init(&m);
	assert_null(measurements_find(&m, "p0", "b", 0));
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "p%d", i);
		assert_string_equal(measurements_add(&m, name, "b", i % 3)->probe, name);
	}
	assert_int_equal(m.n, 1000);
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof name, "p%d", i);
		assert_ptr_equal(measurements_find(&m, name, "b", i % 3), &m.items[i]);
		assert_null(measurements_find(&m, name, "b", i % 3 + 1));
		assert_null(measurements_find(&m, name, "c", i % 3));
	}
	assert_ptr_equal(measurements_add(&m, "p5", "b", 2), &m.items[5]);
	measurements_drop(&m, 0);
	assert_null(measurements_find(&m, "p0", "b", 0));
	assert_ptr_equal(measurements_find(&m, "p999", "b", 0), &m.items[998]);
	measurements_release(&m);
}

static void a_failure_is_said_rather_than_a_lack(void **state)
{
	struct measurements m;

	(void)state;
	measurements_init(&m);
	measurements_miss(&m, "p/b", 0, "no time");
	measurements_miss(&m, "p/b", 0, "other");
	assert_string_equal(measurements_missed(&m, "p/b")->why, "no time");
	measurements_miss(&m, "p/b", 1, "it died");
	measurements_miss(&m, "p/b", 1, "it died again");
	measurements_miss(&m, "p/b", 0, "no time");
	assert_int_equal(m.n_missing, 1);
	assert_string_equal(m.missing[0].why, "it died");
	assert_int_equal(m.missing[0].failed, 1);
	assert_null(measurements_missed(&m, "q/b"));
	measurements_release(&m);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, scratch_begin, scratch_end)
	const struct CMUnitTest tests[] = {
		RUN(there_and_back_is_the_same),
		RUN(readings_are_kept_in_their_units),
		RUN(estimates_come_from_the_samples),
		RUN(reference_figures_stay_out),
		RUN(control_characters_are_not_written),
		RUN(a_save_that_fails_leaves_the_old_file),
		cmocka_unit_test(a_thousand_are_found),
		cmocka_unit_test(a_failure_is_said_rather_than_a_lack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
