/* store: the index, the file there and back, and files that mean ill. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "measure/stats.h"
#include "measure/store.h"

static char folder[64];

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/ffiadvise-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static size_t files_in_folder(int remove_them)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t n = 0;
	char path[512];

	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		n++;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (remove_them)
			unlink(path);
	}
	closedir(dir);
	return n;
}

static int remove_folder(void **state)
{
	(void)state;
	files_in_folder(1);
	return rmdir(folder);
}

static char *file_at(const char *name)
{
	return xasprintf("%s/%s", folder, name);
}

static void write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
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
	char *path = file_at("m.json"), *again = file_at("again.json"), *a, *b;
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
	char *path = file_at("readings.json"), *text;
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
	char *path = file_at("m.json"), *text, *at;
	double before;

	(void)state;
	fill(&m, 1, 30);
	before = m.items[0].ns.likely;
	assert_int_equal(measurements_save(&m, path, &err), 0);
	text = read_file(path);
	at = strstr(text, "\"values\": [");
	assert_non_null(at);
	at[strlen("\"values\": [")] = '9';
	write_file(path, text, strlen(text));
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
	char *path = file_at("m.json");

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
	char *path = file_at("m.json"), *text, *c;

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
	char *path = file_at("m.json"), *target = file_at("m.json/below.json"), *before, *after;

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
	assert_int_equal(files_in_folder(0), 1);
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

/* --- files that mean ill: one valid file, a part of it replaced --- */

#define VALID_RUN                                                                                  \
	"{\"metadata\": {\"loops\": 4}, \"values\": [1e-6], \"ffiadvise\": {\"worker\": 0, "       \
	"\"loops\": 4, \"unroll\": 8, \"full\": [900,901,902], \"half\": [450,451,452], "          \
	"\"gate\": [1000,1001,1002], \"switched\": [0,0,1], \"sweep\": [0,1,2]}}"

static const char valid[] =
	"{\"version\": \"1.0\", \"metadata\": {\"unit\": \"second\"},\n"
	" \"ffiadvise\": {\"format\": 1, \"program\": \"0.1.0\",\n"
	"  \"environment\": {\"cores\": 2, \"shared\": true, \"cpu\": \"x\",\n"
	"   \"started\": \"2026-01-31T12:00:00Z\",\n"
	"   \"bindings\": [{\"id\": \"capi\", \"available\": true, \"build\": \"00\"}]},\n"
	"  \"missing\": [{\"id\": \"q/capi\", \"why\": \"it died\", \"failed\": true}]},\n"
	" \"benchmarks\": [{\"metadata\": {\"name\": \"p/capi/n=100\",\n"
	"   \"date\": \"2026-01-31T12:00:00+00:00\"}, \"runs\": [" VALID_RUN "]}]}\n";

struct ill {
	const char *part, *by; /* of the valid file */
	const char *says;      /* in the message */
};

static const struct ill ills[] = {
	/* no JSON */
	{"{\"version\"", "\"version\"", "is no JSON"},
	{"[1e-6]", "[NaN]", "is no JSON"},
	{"[1e-6]", "[Infinity]", "is no JSON"},
	{"[1e-6]", "[1e999]", "is no JSON"},
	{"\"unroll\": 8", "\"unroll\": 99999999999999999999", "is no JSON"},
	{"\"0.1.0\"", "\"\\ud800\"", "is no JSON"},
	{"\"0.1.0\"", "\"a\\u0000b\"", "is no JSON"},
	{"\"0.1.0\"", "\"\xff\xfe\"", "is no JSON"},
	{"\"cores\": 2", "\"cores\": 2, \"cores\": 3", "is no JSON"},
	/* the whole */
	{"\"ffiadvise\": {\"format\"", "\"pyperf\": {\"format\"",
		"holds no measurements of ffiadvise"},
	{"\"version\": \"1.0\"", "\"version\": \"2.0\"", "version is not \"1.0\""},
	{"\"version\": \"1.0\"", "\"version\": 1", "version is not a text"},
	{"\"format\": 1", "\"format\": 2", "ffiadvise.format is 2, of a newer ffiadvise"},
	{"\"format\": 1", "\"format\": \"1\"", "ffiadvise.format is not a whole number"},
	{"\"format\": 1, ", "", "ffiadvise.format is missing"},
	{"\"benchmarks\"", "\"benchmark\"", "benchmarks is missing"},
	{"\"benchmarks\": [", "\"benchmarks\": [7, ", "benchmarks[0] is not an object"},
	/* the environment */
	{"\"environment\"", "\"environments\"", "ffiadvise.environment is missing"},
	{"\"cores\": 2", "\"cores\": -1", "ffiadvise.environment.cores is not from 0"},
	{"\"cores\": 2", "\"cores\": 2.5", "ffiadvise.environment.cores is not a whole number"},
	{"\"shared\": true", "\"shared\": 1", "ffiadvise.environment.shared is not true or false"},
	{"\"cpu\": \"x\"", "\"cpu\": [\"x\"]", "ffiadvise.environment.cpu is not a text"},
	{"12:00:00Z", "yesterday", "ffiadvise.environment.started is no date"},
	{"\"bindings\": [", "\"bindings\": [null, ", "bindings[0] is not an object"},
	{"\"id\": \"capi\", ", "", "ffiadvise.environment.bindings[0].id is missing"},
	{"\"bindings\": [", "\"bindings\": [{\"id\": \"capi\"}, ",
		"bindings[1] has the same id as [0]"},
	{"\"bindings\": [", "\"bindings\": 4, \"b\": [", "environment.bindings is not a list"},
	/* what is missing */
	{"\"why\": \"it died\", ", "", "ffiadvise.missing[0].why is missing"},
	{"\"failed\": true", "\"failed\": \"yes\"",
		"ffiadvise.missing[0].failed is not true or false"},
	{"\"missing\": [", "\"missing\": [[], ", "ffiadvise.missing[0] is not an object"},
	/* names */
	{"p/capi/n=100", "p", "benchmarks[0].metadata.name is no name like"},
	{"p/capi/n=100", "p/", "name is no name like"},
	{"p/capi/n=100", "/capi", "name is no name like"},
	{"p/capi/n=100", "p/capi/n=-4", "name is no name like"},
	{"p/capi/n=100", "p/capi/n=007", "name is no name like"},
	{"p/capi/n=100", "p/capi/n=99999999999999999999", "name is no name like"},
	{"p/capi/n=100", "p/capi/n=100/x", "name is no name like"},
	{"p/capi/n=100", "p\\u001b[31m/capi", "name is no name like"},
	{"p/capi/n=100", "p\\n/capi", "name is no name like"},
	{"p/capi/n=100", "../../p/capi", "name is no name like"},
	{"\"name\": \"p/capi/n=100\"", "\"name\": 7", "metadata.name is not a text"},
	{"12:00:00+00:00", "noon", "benchmarks[0].metadata.date is no date"},
	/* runs */
	{"\"runs\": [" VALID_RUN "]", "\"runs\": []", "benchmarks[0].runs is empty"},
	{"\"runs\": [", "\"runs\": [3, ", "benchmarks[0].runs[0] is not an object"},
	{"\"runs\": [", "\"runs\": [" VALID_RUN ", ",
		"benchmarks[0].runs[1].ffiadvise.worker is given twice"},
	{"[1e-6], \"ffiadvise\"", "[1e-6], \"other\"",
		"benchmarks[0].runs[0].ffiadvise is missing"},
	{"\"worker\": 0", "\"worker\": 64", "ffiadvise.worker is not from 0 to 63"},
	{"\"worker\": 0", "\"worker\": -1", "ffiadvise.worker is not from 0 to 63"},
	{"\"worker\": 0, \"loops\": 4", "\"worker\": 0, \"loops\": 0",
		"ffiadvise.loops is not from 1"},
	{"\"unroll\": 8", "\"unroll\": 0", "ffiadvise.unroll is not from 1"},
	{"\"unroll\": 8", "\"unroll\": 8.0", "ffiadvise.unroll is not a whole number"},
	/* columns */
	{"\"full\": [900,901,902]", "\"full\": []", "ffiadvise.full has no samples"},
	{"\"full\": [900,901,902]", "\"full\": {}", "ffiadvise.full is not a list"},
	{"\"half\": [450,451,452], ", "", "ffiadvise.half is missing"},
	{"\"half\": [450,451,452]", "\"half\": [450,451]",
		"ffiadvise.half has 2 items where 'full' has 3"},
	{"\"gate\": [1000,1001,1002]", "\"gate\": [1000,1001,1002,3]",
		"ffiadvise.gate has 4 items"},
	{"\"gate\": [1000,1001,1002]", "\"gate\": [1000,-1,1002]",
		"ffiadvise.gate[1] is not a whole number from 0"},
	{"901,902]", "901,4294967296]",
		"ffiadvise.full[2] is not a whole number from 0 to 4294967295"},
	{"[900,901", "[900,\"901\"", "ffiadvise.full[1] is not a whole number"},
	{"[900,901", "[900,9.5", "ffiadvise.full[1] is not a whole number"},
	{"[900,901", "[900,null", "ffiadvise.full[1] is not a whole number"},
	{"[0,0,1]", "[0,0,256]", "ffiadvise.switched[2] is not a whole number from 0 to 255"},
	{"[0,1,2]", "[0,1,4294967295]", "ffiadvise.sweep[2] is not a whole number"},
};

static char *with(const char *part, const char *by)
{
	const char *at = strstr(valid, part);
	struct str out;

	if (!at)
		fail_msg("'%s' is not in the valid file", part);
	str_init(&out);
	str_addn(&out, valid, (size_t)(at - valid));
	str_add(&out, by);
	str_add(&out, at + strlen(part));
	return str_detach(&out);
}

static void the_valid_file_is_valid(void **state)
{
	struct measurements m;
	struct err err;
	char *path = file_at("valid.json");

	(void)state;
	write_file(path, valid, strlen(valid));
	assert_int_equal(measurements_load(&m, path, &err), 0);
	assert_non_null(measurements_find(&m, "p", "capi", 100));
	assert_true(measurements_available(&m, "capi"));
	assert_false(measurements_available(&m, "pyo3"));
	free(path);
	measurements_release(&m);
}

static void each_ill_is_told_with_its_place(void **state)
{
	char *path = file_at("ill.json");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ills / sizeof *ills; i++) {
		char *text = with(ills[i].part, ills[i].by);
		struct measurements m;
		struct err err;

		write_file(path, text, strlen(text));
		if (measurements_load(&m, path, &err) != -1)
			fail_msg("'%s' for '%s' is taken", ills[i].by, ills[i].part);
		assert_int_equal(err.code, ERR_INVALID);
		assert_non_null(strstr(err.text, path));
		if (!strstr(err.text, ills[i].says))
			fail_msg("'%s' does not say '%s'", err.text, ills[i].says);
		/* What is no JSON has a line. */
		assert_int_equal(err.line > 0, strstr(err.text, "is no JSON") != NULL);
		assert_int_equal(m.n, 0);
		assert_null(m.items);
		free(text);
	}
	free(path);
}

static void ill_readings_are_told(void **state)
{
	static const struct {
		const char *reading, *says;
	} bad[] = {
		{"7", "readings[0] is not an object"},
		{"{\"reads\": \"count\", \"values\": [1]}", "readings[0].name is missing"},
		{"{\"name\": \"p/capi\", \"values\": [1]}", "readings[0].reads is missing"},
		{"{\"name\": \"p/capi\", \"reads\": \"miles\", \"values\": [1]}",
			"readings[0].reads is no unit of a reading"},
		{"{\"name\": \"p/capi\", \"reads\": \"nothing\", \"values\": [1]}",
			"is no unit of a reading"},
		{"{\"name\": \"p/capi\", \"reads\": \"count\", \"values\": []}",
			"values does not have 1 to 64 items"},
		{"{\"name\": \"p/capi\", \"reads\": \"count\", \"values\": [\"1\"]}",
			"values[0] is no number"},
		{"{\"name\": \"p/capi\", \"reads\": \"names\", \"values\": [1], \"names\": [3]}",
			"names[0] is no text"},
		{"{\"name\": \"p/capi/n=100\", \"reads\": \"count\", \"values\": [1]}",
			"'p/capi/n=100' is given twice"},
	};
	char *path = file_at("ill.json");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		char *by = xasprintf("\"readings\": [%s], \"missing\"", bad[i].reading);
		char *text = with("\"missing\"", by);
		struct measurements m;
		struct err err;

		write_file(path, text, strlen(text));
		if (measurements_load(&m, path, &err) != -1)
			fail_msg("'%s' is taken", bad[i].reading);
		if (!strstr(err.text, bad[i].says))
			fail_msg("'%s' does not say '%s'", err.text, bad[i].says);
		assert_null(m.items);
		free(text);
		free(by);
	}
	free(path);
}

static void every_cut_is_survived(void **state)
{
	char *path = file_at("cut.json");
	size_t n;

	(void)state;
	for (n = 0; n + 2 < sizeof valid; n += 3) {
		struct measurements m;
		struct err err;

		write_file(path, valid, n);
		assert_int_equal(measurements_load(&m, path, &err), -1);
		assert_non_null(strstr(err.text, "is no JSON"));
	}
	free(path);
}

static void deep_nesting_is_survived(void **state)
{
	char *path = file_at("deep.json"), *text = xmalloc(1000000);
	struct measurements m;
	struct err err;

	(void)state;
	memset(text, '[', 1000000);
	write_file(path, text, 1000000);
	assert_int_equal(measurements_load(&m, path, &err), -1);
	assert_non_null(strstr(err.text, "is no JSON"));
	free(text);
	free(path);
}

static void too_large_is_refused(void **state)
{
	char *path = file_at("large.json");
	struct measurements m;
	struct err err;

	(void)state;
	write_file(path, "{", 1);
	/* A hole: it takes no room on the disk. */
	assert_int_equal(truncate(path, ((off_t)200 << 20) + 1), 0);
	assert_int_equal(measurements_load(&m, path, &err), -1);
	assert_non_null(strstr(err.text, "is larger than 200 MB"));
	free(path);
}

static void no_file_and_a_folder(void **state)
{
	char *path = file_at("none.json");
	struct measurements m;
	struct err err;

	(void)state;
	assert_int_equal(measurements_load(&m, path, &err), -1);
	assert_non_null(strstr(err.text, "cannot open"));
	assert_int_equal(measurements_load(&m, folder, &err), -1);
	assert_non_null(strstr(err.text, "is a folder"));
	free(path);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		RUN(there_and_back_is_the_same),
		RUN(readings_are_kept_in_their_units),
		RUN(ill_readings_are_told),
		RUN(estimates_come_from_the_samples),
		RUN(reference_figures_stay_out),
		RUN(control_characters_are_not_written),
		RUN(a_save_that_fails_leaves_the_old_file),
		cmocka_unit_test(a_thousand_are_found),
		cmocka_unit_test(a_failure_is_said_rather_than_a_lack),
		RUN(the_valid_file_is_valid),
		RUN(each_ill_is_told_with_its_place),
		RUN(every_cut_is_survived),
		RUN(deep_nesting_is_survived),
		RUN(too_large_is_refused),
		RUN(no_file_and_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
