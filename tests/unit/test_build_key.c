/*
 * build_key, command, python: what a build hangs on, programs run for what they
 * print, and interpreters that are none.
 */
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
#include "session/build_key.h"
#include "session/command.h"
#include "unit/scratch.h"

static void write_file(const char *name, const char *text, mode_t mode)
{
	char *path = xasprintf("%s/%s", scratch, name);

	scratch_write(scratch, name, text);
	assert_int_equal(chmod(path, mode), 0);
	free(path);
}

static int make_folder(void **state)
{
	char *below;

	scratch_begin(state);
	below = xasprintf("mkdir -p %s/src/base %s/data %s/bin", scratch, scratch, scratch);
	assert_int_equal(system(below), 0);
	free(below);
	return 0;
}

static void check_key(const char *before, const struct python *python, int same)
{
	char *now = build_key(python, scratch);

	assert_int_equal(strlen(now), 16);
	assert_int_equal(strcmp(now, before) == 0, same);
	free(now);
}

static void a_key_follows_sources_interpreter_and_bindings(void **state)
{
	char made[] = "PY_EXE := /bin/a\n", other[] = "PY_EXE := /bin/b\n", *key;
	struct python python;

	(void)state;
	unsetenv("FFIADVISE_BINDINGS");
	python_init(&python);
	python.make = made;
	write_file("src/base/a.c", "one", 0644);
	key = build_key(&python, scratch);
	check_key(key, &python, 1);
	setenv("FFIADVISE_BINDINGS", "capi", 1);
	check_key(key, &python, 0);
	unsetenv("FFIADVISE_BINDINGS");
	check_key(key, &python, 1);
	python.make = other;
	check_key(key, &python, 0);
	python.make = made;
	write_file("data/questions.yaml", "no source", 0644);
	check_key(key, &python, 1);
	write_file("src/base/b.c", "", 0644);
	check_key(key, &python, 0);
	free(key);
	key = build_key(&python, scratch);
	write_file("src/base/a.c", "longer", 0644);
	check_key(key, &python, 0);
	free(key);
}

static void check_run(const char *script, double seconds, int result, const char *printed,
	const char *last, const char *why)
{
	const char *const argv[] = {"/bin/sh", "-c", script, NULL};
	struct str out, said;
	struct err err;

	str_init(&out);
	str_init(&said);
	err_init(&err);
	assert_int_equal(command_run(argv, seconds, &out, &said, &err), result);
	assert_string_equal(str_text(&out), printed);
	assert_string_equal(str_text(&said), last);
	assert_string_equal(err.text, why);
	str_release(&out);
	str_release(&said);
}

static void a_command_is_run_for_what_it_prints(void **state)
{
	(void)state;
	check_run("echo one; echo two >&2; echo three >&2", 10, 0, "one\n", "three", "");
	check_run("echo $PYTHONPATH", 10, 0, "\n", "", "");
	check_run("echo one; exit 3", 10, -1, "one\n", "", "it ended with status 3");
	check_run("kill -9 $$", 10, -1, "", "", "it was ended by SIGKILL");
	check_run("sleep 60", 0.05, -1, "", "", "it was still running after 0.05 s");
}

static void a_command_that_floods_is_cut(void **state)
{
	const char *const argv[] = {"/bin/sh", "-c", "head -c 100000 /dev/zero || :", NULL};
	struct str out, said;
	struct err err;

	(void)state;
	str_init(&out);
	str_init(&said);
	assert_int_equal(command_run(argv, 10, &out, &said, &err), 0);
	assert_int_equal(out.len, 1 << 16);
	str_release(&out);
	str_release(&said);
}

static void release(char **list)
{
	size_t i;

	for (i = 0; list[i]; i++)
		free(list[i]);
	free(list);
}

static void a_word_is_looked_for_on_the_path(void **state)
{
	char *before = xstrdup(getenv("PATH")), *path = xasprintf(":%s/none:%s/bin", scratch, scratch);
	char *program = xasprintf("%s/bin/tool", scratch), **list;

	(void)state;
	write_file("bin/tool", "#!/bin/sh\n", 0755);
	write_file("bin/text", "no program", 0644);
	setenv("PATH", path, 1);
	list = command_find("tool");
	assert_string_equal(list[0], program);
	assert_null(list[1]);
	release(list);
	list = command_find("text");
	assert_null(list[0]);
	release(list);
	list = command_find(program);
	assert_string_equal(list[0], program);
	release(list);
	list = command_find("/nowhere/tool");
	assert_null(list[0]);
	release(list);
	setenv("PATH", before, 1);
	free(program);
	free(path);
	free(before);
}

static void check_refused(const char *name, const char *part)
{
	char *given = xasprintf("%s/%s", scratch, name);
	struct python python;
	struct err err;

	err_init(&err);
	assert_int_equal(python_resolve(&python, given, scratch, &err), -1);
	if (!strstr(err.text, part))
		fail_msg("'%s' does not say '%s'", err.text, part);
	assert_int_equal(err.code, ERR_USAGE);
	assert_true(*err.hint);
	free(given);
}

static void what_is_no_interpreter_is_told(void **state)
{
	(void)state;
	write_file("bin/quiet", "#!/bin/sh\n", 0755);
	write_file("bin/old", "#!/bin/sh\necho 'PY_ERROR := it is $$5 \\# old'\n", 0755);
	write_file("bin/half", "#!/bin/sh\necho 'PY_EXE := /bin/sh'\n", 0755);
	check_refused("bin/quiet", "is no Python interpreter");
	check_refused("bin/half", "is no Python interpreter");
	check_refused("bin/old", "cannot be measured in: it is $5 # old");
	check_refused("bin/none", "is no program");
	check_refused("data", "has no bin/python");
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, make_folder, scratch_end)
	const struct CMUnitTest tests[] = {
		RUN(a_key_follows_sources_interpreter_and_bindings),
		cmocka_unit_test(a_command_is_run_for_what_it_prints),
		cmocka_unit_test(a_command_that_floods_is_cut),
		RUN(a_word_is_looked_for_on_the_path),
		RUN(what_is_no_interpreter_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
