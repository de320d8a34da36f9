/* cache: where it lies, when it may be used, and how a run is completed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/cache.h"
#include "measure/constants.h"
#include "measure/stats.h"

static int64_t now;

static int64_t now_unix(void)
{
	return now;
}

static void expect_path(const char *key, const char *want)
{
	char *path = cache_path(key);

	if (want)
		assert_string_equal(path, want);
	else
		assert_null(path);
	free(path);
}

static void the_path_follows_the_xdg_rules(void **state)
{
	char *home = getenv("HOME") ? xstrdup(getenv("HOME")) : NULL;

	(void)state;
	setenv("HOME", "/home/x", 1);
	setenv("XDG_CACHE_HOME", "/var/cache/x", 1);
	expect_path("cp-1", "/var/cache/x/ffiadvise/measurements-cp-1.json");
	setenv("XDG_CACHE_HOME", "cache", 1); /* relative: as if it were not set */
	expect_path("cp-1", "/home/x/.cache/ffiadvise/measurements-cp-1.json");
	setenv("XDG_CACHE_HOME", "", 1);
	expect_path("cp-1", "/home/x/.cache/ffiadvise/measurements-cp-1.json");
	unsetenv("XDG_CACHE_HOME");
	/* A key is no way out of the folder. */
	expect_path("../../etc/x", "/home/x/.cache/ffiadvise/measurements-.._.._etc_x.json");
	setenv("HOME", "home", 1);
	expect_path("cp-1", NULL);
	unsetenv("HOME");
	expect_path("cp-1", NULL);
	if (home)
		setenv("HOME", home, 1);
	free(home);
}

static void set_environment(struct environment *env)
{
	memset(env, 0, sizeof *env);
	env->machine_key = xstrdup("machine");
	env->interpreter_key = xstrdup("cp-1");
	env->program = xstrdup("0.1.0");
	strcpy(env->started, "2026-01-31T12:00:00Z");
	env->n_bindings = 2;
	env->bindings = xcalloc(2, sizeof *env->bindings);
	env->bindings[0].id = xstrdup("capi");
	env->bindings[0].build = xstrdup("00");
	env->bindings[0].available = 1;
	env->bindings[1].id = xstrdup("pyo3");
	env->bindings[1].build = xstrdup("");
}

static void replace(char **text, const char *by)
{
	free(*text);
	*text = xstrdup(by);
}

static void a_saved_run_is_usable_here_for_a_day(void **state)
{
	struct measurements m;
	struct environment env;
	struct str why;

	(void)state;
	clock_replace(NULL, now_unix);
	measurements_init(&m);
	set_environment(&m.env);
	set_environment(&env);
	str_init(&why);
	now = clock_from_iso("2026-01-31T12:00:00Z");
	assert_int_equal(cache_usable(&m, &env, &why), 1);
	now += CACHE_LIFE;
	assert_int_equal(cache_usable(&m, &env, &why), 1);
	assert_string_equal(str_text(&why), "");
	now += 1;
	assert_int_equal(cache_usable(&m, &env, &why), 0);
	assert_string_equal(str_text(&why), "they are 24 hours old");
	now -= CACHE_LIFE + 2;
	assert_int_equal(cache_usable(&m, &env, NULL), 0); /* from the future */
	str_release(&why);
	clock_replace(NULL, NULL);
	measurements_release(&m);
	environment_release(&env);
}

/* One change to where it is to be used; what the refusal says. */
static void refused(void (*change)(struct environment *), const char *says)
{
	struct measurements m;
	struct environment env;
	struct str why;

	measurements_init(&m);
	set_environment(&m.env);
	set_environment(&env);
	str_init(&why);
	change(&env);
	assert_int_equal(cache_usable(&m, &env, &why), 0);
	if (!strstr(str_text(&why), says))
		fail_msg("'%s' does not say '%s'", str_text(&why), says);
	str_release(&why);
	measurements_release(&m);
	environment_release(&env);
}

static void other_machine(struct environment *env)
{
	replace(&env->machine_key, "other");
}

static void other_interpreter(struct environment *env)
{
	replace(&env->interpreter_key, "cp-2");
}

static void other_version(struct environment *env)
{
	replace(&env->program, "0.2.0");
}

static void other_build(struct environment *env)
{
	replace(&env->bindings[0].build, "01");
}

static void now_available(struct environment *env)
{
	env->bindings[1].available = 1;
}

static void gone(struct environment *env)
{
	free(env->bindings[1].id);
	free(env->bindings[1].build);
	env->n_bindings = 1;
}

static void another_place_is_told(void **state)
{
	(void)state;
	clock_replace(NULL, now_unix);
	now = clock_from_iso("2026-01-31T12:30:00Z");
	refused(other_machine, "another machine");
	refused(other_interpreter, "another interpreter");
	refused(other_version, "another version");
	refused(other_build, "'capi' were built anew");
	refused(now_available, "'pyo3' were built anew");
	refused(gone, "'pyo3' were built anew");
	clock_replace(NULL, NULL);
}

static void saving_makes_the_folders(void **state)
{
	char folder[] = "/tmp/ffiadvise-test-XXXXXX";
	struct measurements m, back;
	char *path, *below;
	struct stat st;
	struct err err;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/a/ffiadvise/m.json", folder);
	below = xasprintf("%s/x/y.json", path);
	measurements_init(&m);
	set_environment(&m.env);
	assert_int_equal(cache_save(&m, path, &err), 0);
	assert_int_equal(cache_save(&m, path, &err), 0);
	assert_int_equal(measurements_load(&back, path, &err), 0);
	assert_string_equal(back.env.machine_key, "machine");
	assert_int_equal(cache_save(&m, below, &err), -1);
	assert_non_null(strstr(err.text, "cannot make the folder"));
	unlink(path);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(rmdir(path), 0);
	*strrchr(path, '/') = '\0';
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(folder), 0);
	free(path);
	free(below);
	measurements_release(&m);
	measurements_release(&back);
}

/* --- completing a run --- */

static struct binding capi = {.id = (char *)"capi"}, pyo3 = {.id = (char *)"pyo3"};
static struct probe a = {.id = (char *)"a"}, b = {.id = (char *)"b"}, c = {.id = (char *)"c"};

static void measured(struct measurements *m, const char *probe, double ns)
{
	struct measurement *item = measurements_add(m, probe, "capi", 0);
	int k, i;

	for (k = 0; k < 5; k++) {
		struct samples *run = measurement_run(item, k, 10, 1);

		for (i = 0; i < 12; i++)
			samples_add(run, (uint32_t)(10 * ns), 0, 1000, 0, (uint32_t)i);
	}
}

/* What was measured, what is wanted, and what is left to measure. */
static struct {
	struct measurements m;
	struct plan plan, rest;
} run;

static int begin(void **state)
{
	(void)state;
	measurements_init(&run.m);
	set_environment(&run.m.env);
	plan_init(&run.plan);
	plan_init(&run.rest);
	plan_add(&run.plan, &a, &capi, 0, 1);
	plan_add(&run.plan, &b, &capi, 0, 1);
	plan_add(&run.plan, &c, &capi, 0, 1);
	plan_add(&run.plan, &a, &pyo3, 0, 1);
	run.plan.items[0].family = run.plan.items[1].family = 0;
	run.plan.items[2].family = 1;
	run.plan.items[3].family = 2;
	return 0;
}

static int end(void **state)
{
	(void)state;
	plan_release(&run.rest);
	plan_release(&run.plan);
	measurements_release(&run.m);
	return 0;
}

/* How many are left, by what hangs on those that were measured. */
static size_t left(const double *weights)
{
	plan_release(&run.rest);
	plan_without(&run.rest, &run.plan, &run.m, weights);
	return run.rest.n;
}

static void a_family_is_measured_anew_as_a_whole(void **state)
{
	(void)state;
	measured(&run.m, "a", 100);
	measured(&run.m, "c", 100);
	/* b is missing, so a goes with it; c is there; pyo3 is absent and stays so. */
	assert_int_equal(left(NULL), 2);
	assert_ptr_equal(run.rest.items[0].probe, &a);
	assert_ptr_equal(run.rest.items[1].probe, &b);
	/* What failed is not tried again, and does not hold up the others. */
	measurements_miss(&run.m, "b/capi", 1, "ended by SIGSEGV");
	assert_int_equal(left(NULL), 0);
}

/* What was spared is measured anew, with its family, where something hangs on it now. */
static void what_was_spared_is_completed_where_it_matters(void **state)
{
	double weights[] = {0, 0, 0};

	(void)state;
	measured(&run.m, "a", 100);
	measured(&run.m, "b", 100);
	measured(&run.m, "c", 100);
	run.m.items[1].spared = 1;
	assert_int_equal(left(NULL), 0);
	assert_int_equal(left(weights), 0);
	weights[0] = weights[2] = 4; /* these had their time */
	assert_int_equal(left(weights), 0);
	weights[1] = 0.25;
	assert_int_equal(left(weights), 2);
	assert_ptr_equal(run.rest.items[0].probe, &a);
	assert_ptr_equal(run.rest.items[1].probe, &b);
}

static void want_of_time_is_no_failure(void **state)
{
	(void)state;
	measured(&run.m, "a", 100);
	measured(&run.m, "b", 100);
	measurements_miss(&run.m, "c/capi", 0, "the budget left no time for it");
	assert_int_equal(left(NULL), 1);
	assert_ptr_equal(run.rest.items[0].probe, &c);
}

static void merging_takes_the_fresh_and_keeps_runs_apart(void **state)
{
	struct measurements m, fresh;
	const struct measurement *x, *y, *z;

	(void)state;
	measurements_init(&m);
	measurements_init(&fresh);
	set_environment(&m.env);
	set_environment(&fresh.env);
	strcpy(fresh.env.started, "2026-01-31T18:00:00Z");
	measured(&m, "a", 100);
	measured(&m, "c", 300);
	measurements_miss(&m, "b/capi", 0, "no time");
	measured(&fresh, "a", 110);
	measured(&fresh, "b", 220);
	fresh.items[1].spared = 1;
	measurements_miss(&fresh, "d/capi", 1, "it died");
	m.env.others = 0.2;
	fresh.env.others = 0.7;
	stats_estimate(&fresh);
	measurements_merge(&m, &fresh);
	assert_int_equal(fresh.n, 0);
	/* Two of three figures were taken beside others that took more. */
	assert_true(fabs(m.env.others - (0.2 + 2 * 0.7) / 3) < 1e-9);
	assert_int_equal(m.env.grade, GRADE_USABLE);
	x = measurements_find(&m, "a", "capi", 0);
	y = measurements_find(&m, "b", "capi", 0);
	z = measurements_find(&m, "c", "capi", 0);
	assert_int_equal(lround(x->ns.likely), 110);
	assert_int_equal(lround(y->ns.likely), 220);
	assert_int_equal(lround(z->ns.likely), 300);
	assert_int_equal(x->processes, 5);
	assert_true(y->spared && !x->spared);
	/* a and b were measured together, c before. */
	assert_int_equal(x->run, y->run);
	assert_int_not_equal(x->run, z->run);
	assert_string_equal(m.env.started, "2026-01-31T12:00:00Z");
	assert_null(measurements_missed(&m, "b/capi"));
	assert_int_equal(measurements_missed(&m, "d/capi")->failed, 1);
	measurements_release(&m);
}

static void merging_takes_readings_along(void **state)
{
	struct measurements m, fresh;
	struct measurement *item;
	const struct measurement *found;

	(void)state;
	measurements_init(&m);
	measurements_init(&fresh);
	measured(&m, "a", 50);
	measured(&m, "b", 60);
	item = measurements_add(&fresh, "b", "capi", 0);
	item->reads = READS_NAMES;
	item->names = xcalloc(1, sizeof *item->names);
	item->names[item->n_names++] = xstrdup("PyDict_Next");
	measurement_read(item, 1);
	measurements_merge(&m, &fresh);
	assert_int_equal(m.n, 2);
	found = measurements_find(&m, "b", "capi", 0);
	assert_int_equal(found->reads, READS_NAMES);
	assert_int_equal(found->n_runs, 0);
	assert_true(found->value.likely == 1);
	assert_string_equal(found->names[0], "PyDict_Next");
	assert_int_equal(measurements_find(&m, "a", "capi", 0)->reads, READS_NOTHING);
	measurements_release(&m);
}

static void a_failure_now_takes_the_old_figure_away(void **state)
{
	struct measurements m, fresh;

	(void)state;
	measurements_init(&m);
	measurements_init(&fresh);
	measured(&m, "a", 100);
	measured(&m, "b", 100);
	measurements_miss(&fresh, "a/capi", 1, "it died");
	measurements_miss(&fresh, "b/capi", 0, "no time");
	measurements_merge(&m, &fresh);
	assert_null(measurements_find(&m, "a", "capi", 0));
	assert_non_null(measurements_find(&m, "b", "capi", 0));
	assert_null(measurements_missed(&m, "b/capi"));
	assert_int_equal(m.n_missing, 1);
	measurements_release(&m);
}

/* However often: no number is used up, and what is measured anew is of the newest run. */
static void completing_has_no_end(void **state)
{
	struct measurements m, fresh;
	const struct measurement *x, *y;
	char name[16];
	size_t i;
	int tie;

	(void)state;
	measurements_init(&m);
	measured(&m, "a", 100);
	for (i = 1; i <= 40; i++) {
		snprintf(name, sizeof name, "x%zu", i);
		measurements_init(&fresh);
		measured(&fresh, name, 100);
		measured(&fresh, "b", 200);
		measurements_merge(&m, &fresh);
	}
	assert_int_equal(m.n, 42);
	x = measurements_find(&m, "x40", "capi", 0);
	y = measurements_find(&m, "x39", "capi", 0);
	assert_int_equal(x->run, measurements_find(&m, "b", "capi", 0)->run);
	assert_int_not_equal(x->run, y->run);
	/* The same worker numbers, and nothing in common: the quotient of the figures. */
	m.items[x - m.items].worker_ns[0] *= 8;
	assert_true(stats_ratio(x, y, &tie).likely == x->ns.likely / y->ns.likely);
	measurements_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_path_follows_the_xdg_rules),
		cmocka_unit_test(a_saved_run_is_usable_here_for_a_day),
		cmocka_unit_test(another_place_is_told),
		cmocka_unit_test(saving_makes_the_folders),
		cmocka_unit_test_setup_teardown(a_family_is_measured_anew_as_a_whole, begin, end),
		cmocka_unit_test_setup_teardown(what_was_spared_is_completed_where_it_matters, begin, end),
		cmocka_unit_test_setup_teardown(want_of_time_is_no_failure, begin, end),
		cmocka_unit_test(merging_takes_the_fresh_and_keeps_runs_apart),
		cmocka_unit_test(merging_takes_readings_along),
		cmocka_unit_test(a_failure_now_takes_the_old_figure_away),
		cmocka_unit_test(completing_has_no_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
