/* data/libraries.yaml: what is there, and what a mistake in it is told as. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "catalog/catalog.h"
#include "catalog/libraries.h"
#include "unit/scratch.h"

#define DATA "data"

enum { TOLD = 1024 };

static void the_real_file_is_right(void **state)
{
	struct libraries l;
	struct errs errs = {0};
	const struct library *orjson;
	size_t i;

	(void)state;
	assert_int_equal(libraries_load(&l, DATA, &errs), 0);
	assert_true(l.n_tasks >= 20);
	orjson = libraries_find(&l, "orjson");
	assert_non_null(orjson);
	assert_string_equal(orjson->task, "json");
	assert_string_equal(orjson->install, "python -m pip install orjson");
	assert_true(orjson->gain.low < orjson->gain.likely);
	assert_null(orjson->first);
	assert_non_null(strstr(libraries_find(&l, "pyyaml")->first, "CSafeLoader"));
	assert_non_null(libraries_task(&l, "json"));
	assert_null(libraries_task(&l, "jsn"));
	assert_null(libraries_find(&l, "orjsn"));
	for (i = 0; i < l.n; i++) {
		const struct statement *s = &l.items[i].licence;

		assert_non_null(libraries_task(&l, l.items[i].task));
		assert_true(s->source ? s->date != NULL : strcmp(s->says, "unknown") == 0);
	}
	libraries_release(&l);
}

/* Loads a file of that text; the first mistake's text in `told`. */
static int load(const char *text, char told[TOLD])
{
	char *dir = scratch_new();
	struct libraries l;
	struct errs errs = {0};
	int rc;

	told[0] = '\0';
	scratch_write(dir, "libraries.yaml", text);
	rc = libraries_load(&l, dir, &errs);
	if (rc == 0) {
		libraries_release(&l);
	} else {
		assert_null(l.items);
		assert_true(errs.items[0].line > 0);
		snprintf(told, TOLD, "%s", errs.items[0].text);
	}
	errs_release(&errs);
	scratch_remove(dir);
	return rc;
}

#define STATEMENT "{says: s, source: \"https://example.org\", date: 2026-11-25}"
#define HEAD "tasks:\n  - task: t\n    title: T\n    libraries:\n"
#define LIBRARY(id, licence, gain) "      - {id: " id ", install: i, replaces: " STATEMENT \
	", licence: " licence ", batch: unknown, gain: " gain "}\n"
#define GAIN(value, date) "{value: " value ", says: s, source: o, date: " date "}"

static void mistakes_are_told(void **state)
{
	static const struct {
		const char *text, *told; /* NULL: it is right */
	} files[] = {
		{HEAD LIBRARY("a", STATEMENT, "unknown"), NULL},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[1, 2, 3]", "2026-11")), NULL},
		{"", "'tasks' has to be a list"},
		{"tasks: 3\n", "'tasks' has to be a list"},
		{"tasks: []\nstray: 1\n", "'stray' is no field here"},
		{"tasks: [3]\n", "expected a map"},
		{"tasks:\n  - {task: t, title: T}\n", "a task needs 'libraries'"},
		{"tasks:\n  - {task: t, title: T, libraries: []}\n", "a task needs 'libraries'"},
		{"tasks:\n  - {title: T, libraries: [{id: a}]}\n", "'task' is missing"},
		{"tasks:\n  - {task: t, title: T, libraries: [3]}\n", "expected a map"},
		{HEAD "      - {id: a, install: i}\n", "'replaces' has to be a map"},
		{HEAD LIBRARY("a", "MIT", "unknown"), "'licence' has to be a map of says, source and "
			"date, or unknown"},
		{HEAD LIBRARY("a", "{says: MIT, source: s}", "unknown"), "'date' is missing"},
		{HEAD LIBRARY("a", "{says: MIT, source: s, date: 2026, by: me}", "unknown"), "'by'"},
		{HEAD LIBRARY("a", "{says: MIT, source: s, date: today}", "unknown"),
			"'today' is no date"},
		{HEAD LIBRARY("a", "{says: MIT, source: s, date: 2026-1-1}", "unknown"),
			"'2026-1-1' is no date"},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[3, 2, 1]", "2026")), "'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[1, 2]", "2026")), "'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[0, 2, 3]", "2026")), "'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[1, 2, inf]", "2026")), "'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, GAIN("[1, 2, x]", "2026")), "'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, "{says: s, source: o, date: 2026}"),
			"'value' has to be"},
		{HEAD LIBRARY("a", STATEMENT, "unknown") LIBRARY("a", STATEMENT, "unknown"),
			"the library 'a' stands here a second time for 't'"},
		{HEAD LIBRARY("a", STATEMENT, "unknown") "  - {task: t, title: T, libraries: [{id: b}]}\n",
			"the task 't' stands here a second time"},
	};
	char told[TOLD];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof files / sizeof *files; i++) {
		assert_int_equal(load(files[i].text, told), files[i].told ? -1 : 0);
		if (files[i].told && !strstr(told, files[i].told))
			fail_msg("%zu: '%s' is not '%s'", i, told, files[i].told);
	}
}

/* The whole of data/ is cross-checked: a task that questions.yaml has not is told. */
static void tasks_are_choices(void **state)
{
	char *dir = scratch_new(), *command;
	struct catalog catalog;
	struct errs errs = {0};

	(void)state;
	command = xasprintf("cp -R %s/. %s && sed -i 's/  - task: json/  - task: jason/' "
		"%s/libraries.yaml", DATA, dir, dir);
	assert_int_equal(system(command), 0);
	free(command);
	assert_int_equal(catalog_load(&catalog, dir, &errs), -1);
	assert_int_equal(errs.n, 2);
	assert_non_null(strstr(errs.items[0].text, "the task 'json' of questions.yaml has no library"));
	assert_non_null(strstr(errs.items[1].text, "'jason' is no choice of function.task"));
	errs_release(&errs);
	scratch_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_real_file_is_right),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(tasks_are_choices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
