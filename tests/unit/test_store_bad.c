/* store: files that mean ill. One that is valid, a part of it replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "measure/store.h"
#include "unit/scratch.h"

static void write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	fclose(f);
}

#define VALID_RUN                                                                                  \
	"{\"metadata\": {\"loops\": 4}, \"values\": [1e-6], \"ffiadvise\": {\"worker\": 0, "       \
	"\"loops\": 4, \"unroll\": 8, \"full\": [900,901,902], \"half\": [450,451,452], "          \
	"\"gate\": [1000,1001,1002], \"switched\": [0,0,1], \"sweep\": [0,1,2]}}"

static const char valid[] =
	"{\"version\": \"1.0\", \"metadata\": {\"unit\": \"second\"},\n"
	" \"ffiadvise\": {\"format\": 2, \"program\": \"0.1.0\",\n"
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
	{"\"format\": 2", "\"format\": 3", "ffiadvise.format is 3, of a newer ffiadvise"},
	{"\"format\": 2", "\"format\": \"1\"", "ffiadvise.format is not a whole number"},
	{"\"format\": 2, ", "", "ffiadvise.format is missing"},
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
	char *path = scratch_path("valid.json");

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
	char *path = scratch_path("ill.json");
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
	char *path = scratch_path("ill.json");
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
	char *path = scratch_path("cut.json");
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
	char *path = scratch_path("deep.json"), *text = xmalloc(1000000);
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
	char *path = scratch_path("large.json");
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
	char *path = scratch_path("none.json");
	struct measurements m;
	struct err err;

	(void)state;
	assert_int_equal(measurements_load(&m, path, &err), -1);
	assert_non_null(strstr(err.text, "cannot open"));
	assert_int_equal(measurements_load(&m, scratch, &err), -1);
	assert_non_null(strstr(err.text, "is a folder"));
	free(path);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, scratch_begin, scratch_end)
	const struct CMUnitTest tests[] = {
		RUN(ill_readings_are_told),
		RUN(the_valid_file_is_valid),
		RUN(each_ill_is_told_with_its_place),
		RUN(every_cut_is_survived),
		RUN(deep_nesting_is_survived),
		RUN(too_large_is_refused),
		RUN(no_file_and_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
