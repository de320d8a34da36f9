/* manifest and measure_look(): what is here, without starting Python. */
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
#include "measure/manifest.h"
#include "measure/measure.h"
#include "unit/scratch.h"

static char *worker, *path;

static int begin(void **state)
{
	scratch_begin(state);
	worker = scratch_path("ffiadvise-worker");
	path = scratch_path("manifest.json");
	return 0;
}

static int end(void **state)
{
	free(worker);
	free(path);
	return scratch_end(state);
}

static void write_program(const char *text)
{
	scratch_write(scratch, "ffiadvise-worker", text);
	assert_int_equal(chmod(worker, 0755), 0);
}

static const char valid[] =
	"{\"tag\": \"cpython-311-x86_64-linux-gnu-0123abcd\", \"python\": \"3.11.7\",\n"
	" \"implementation\": \"cpython\", \"executable\": \"/usr/bin/python3.11\",\n"
	" \"soabi\": \"cpython-311-x86_64-linux-gnu\", \"shared\": true, \"cflags\": \"-O3\",\n"
	" \"free_threaded\": false, \"bindings\": [\n"
	"  {\"id\": \"capi\", \"version\": null, \"toolchain\": \"gcc 12.2.0\",\n"
	"   \"build\": \"0123456789abcdef\", \"available\": true, \"why_not\": null, \"cure\": "
	"null,\n"
	"   \"clean_build_seconds\": 0.6, \"built\": \"2026-01-31T12:00:00Z\"},\n"
	"  {\"id\": \"pyo3\", \"version\": \"0.30.1\", \"build\": \"\", \"available\": false,\n"
	"   \"why_not\": \"there is no cargo\", \"cure\": \"install Rust\"}]}\n";

static void a_manifest_fills_interpreter_and_bindings(void **state)
{
	struct environment env;
	struct err err;

	(void)state;
	scratch_write(scratch, "manifest.json", valid);
	assert_int_equal(manifest_read(&env, path, &err), 0);
	assert_string_equal(env.interpreter_key, "cpython-311-x86_64-linux-gnu-0123abcd");
	assert_string_equal(env.python, "3.11.7");
	assert_string_equal(env.implementation, "cpython");
	assert_string_equal(env.executable, "/usr/bin/python3.11");
	assert_string_equal(env.cflags, "-O3");
	assert_int_equal(env.shared, 1);
	assert_int_equal(env.free_threaded, 0);
	assert_int_equal(env.n_bindings, 2);
	assert_string_equal(env.bindings[0].id, "capi");
	assert_string_equal(env.bindings[0].version, "");
	assert_string_equal(env.bindings[0].toolchain, "gcc 12.2.0");
	assert_string_equal(env.bindings[0].build, "0123456789abcdef");
	assert_int_equal(env.bindings[0].available, 1);
	assert_null(env.bindings[0].why_not);
	assert_string_equal(env.bindings[1].version, "0.30.1");
	assert_int_equal(env.bindings[1].available, 0);
	assert_string_equal(env.bindings[1].why_not, "there is no cargo");
	assert_string_equal(env.bindings[1].cure, "install Rust");
	environment_release(&env);
}

static const struct {
	const char *part, *by, *says;
} ills[] = {
	{"\"tag\"", "\"tog\"", "tag is missing"},
	{"\"3.11.7\"", "3.11", "python is not a text"},
	{"\"implementation\": \"cpython\",", "", "implementation is missing"},
	{"\"executable\"", "\"program\"", "executable is missing"},
	{"\"shared\": true", "\"shared\": \"yes\"", "shared is not true or false"},
	{"\"bindings\": [", "\"bindings\": [9, ", "bindings[0] is not an object"},
	{"\"id\": \"capi\"", "\"id\": null", "bindings[0].id is missing"},
	{"\"available\": false", "\"available\": 0", "bindings[1].available is not true or false"},
	{"]}", "]", "is no JSON"},
};

static void a_manifest_that_is_not_whole_is_told(void **state)
{
	struct environment env;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ills / sizeof *ills; i++) {
		const char *at = strstr(valid, ills[i].part);
		struct str text;

		assert_non_null(at);
		str_init(&text);
		str_addn(&text, valid, (size_t)(at - valid));
		str_add(&text, ills[i].by);
		str_add(&text, at + strlen(ills[i].part));
		scratch_write(scratch, "manifest.json", str_text(&text));
		assert_int_equal(manifest_read(&env, path, &err), -1);
		if (!strstr(err.text, ills[i].says))
			fail_msg("'%s' does not say '%s'", err.text, ills[i].says);
		assert_non_null(strstr(err.hint, "make"));
		assert_null(env.bindings);
		str_release(&text);
	}
}

static void a_manifest_lies_beside_the_worker(void **state)
{
	char *beside = manifest_path("/a/b/ffiadvise-worker"), *here = manifest_path("worker");

	(void)state;
	assert_string_equal(beside, "/a/b/manifest.json");
	assert_string_equal(here, "manifest.json");
	free(beside);
	free(here);
}

static void look_adds_the_machine_and_what_the_build_does_not_know(void **state)
{
	struct binding known[] = {{.id = (char *)"capi", .cure = (char *)"install gcc"},
		{.id = (char *)"cython", .cure = (char *)"pip install cython"}};
	struct probes probes = {.bindings = known, .n_bindings = 2};
	struct measure_options options = {.worker = worker, .program = "0.1.0", .stop_fd = -1};
	struct environment env, again;
	struct err err;

	(void)state;
	scratch_write(scratch, "manifest.json", valid);
	/* If it were started this would be seen: it is no program at all. */
	write_program("no program");
	assert_int_equal(measure_look(&env, &probes, &options, &err), 0);
	assert_true(env.cores >= 1);
	assert_true(*env.cpu && *env.os);
	assert_string_equal(env.shell, "embedded");
	assert_string_equal(env.program, "0.1.0");
	assert_int_equal(env.n_bindings, 3);
	assert_string_equal(env.bindings[2].id, "cython");
	assert_int_equal(env.bindings[2].available, 0);
	assert_string_equal(env.bindings[2].cure, "pip install cython");
	/* The key of the machine is the same at each look. */
	assert_int_equal(measure_look(&again, &probes, &options, &err), 0);
	assert_string_equal(env.machine_key, again.machine_key);
	assert_non_null(strstr(env.machine_key, env.cpu));
	environment_release(&env);
	environment_release(&again);
}

static void look_without_a_worker_names_the_cure(void **state)
{
	struct probes probes = {.n_bindings = 0};
	struct measure_options options = {.worker = worker, .stop_fd = -1};
	struct environment env;
	struct err err;

	(void)state;
	assert_int_equal(measure_look(&env, &probes, &options, &err), -1);
	assert_int_equal(err.code, ERR_FAILURE);
	assert_non_null(strstr(err.text, "cannot run the worker"));
	assert_non_null(strstr(err.hint, "make"));
	/* A worker without a manifest. */
	write_program("");
	assert_int_equal(measure_look(&env, &probes, &options, &err), -1);
	assert_int_equal(err.code, ERR_FAILURE);
	assert_non_null(strstr(err.text, "manifest.json"));
	assert_non_null(strstr(err.hint, "make"));
}

/* A worker that is no program: three starts fail, and the cause is told. */
static void run_without_a_usable_worker_fails_with_the_cause(void **state)
{
	struct binding capi = {.id = (char *)"capi", .module = (char *)"capi_probes"};
	struct probe probe = {.id = (char *)"call.none",
		.function = (char *)"noop",
		.setup = (char *)"",
		.call = (char *)"f()"};
	struct probes probes = {.bindings = &capi, .n_bindings = 1, .items = &probe, .n = 1};
	struct measure_options options = {
		.worker = worker, .probes = scratch, .budget = 2, .stop_fd = -1};
	struct measurements m;
	struct plan plan;
	struct err err;
	int stopped;

	(void)state;
	scratch_write(scratch, "manifest.json", valid);
	write_program("no program");
	plan_init(&plan);
	plan_add(&plan, &probe, &capi, 0, 1);
	measurements_init(&m);
	assert_int_equal(measure_run(&m, &plan, &probes, &options, &stopped, &err), -1);
	assert_int_equal(stopped, 0);
	assert_true(*err.text);
	assert_int_equal(m.n, 0);
	measurements_release(&m);
	plan_release(&plan);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		RUN(a_manifest_fills_interpreter_and_bindings),
		RUN(a_manifest_that_is_not_whole_is_told),
		cmocka_unit_test(a_manifest_lies_beside_the_worker),
		RUN(look_adds_the_machine_and_what_the_build_does_not_know),
		RUN(look_without_a_worker_names_the_cure),
		RUN(run_without_a_usable_worker_fails_with_the_cause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
