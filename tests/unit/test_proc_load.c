#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include "base/proc_load.h"

static void test_stat(void **state)
{
	struct proc_load load;

	(void)state;
	proc_load_parse(&load, "2.62 1.79 1.39 4/108 19308\n",
		"cpu  100 1 20 300 4 0 3 12 0 0\ncpu0 1 2 3\n");
	assert_true(load.average > 2.61 && load.average < 2.63);
	assert_int_equal(load.ticks, 440);
	assert_int_equal(load.stolen, 12);
	assert_int_equal(load.idle, 304);
	proc_load_parse(&load, "", "nothing of the kind");
	assert_true(load.average == -1);
	assert_int_equal(load.ticks, 0);
}

static void test_stolen(void **state)
{
	struct proc_load a = {.ticks = 1000, .stolen = 10}, b = {.ticks = 1200, .stolen = 30};

	(void)state;
	assert_true(proc_load_stolen(&a, &b) > 0.0999 && proc_load_stolen(&a, &b) < 0.1001);
	assert_true(proc_load_stolen(&b, &a) == 0);
	assert_true(proc_load_stolen(&a, &a) == 0);
}

static void test_others(void **state)
{
	const double second = (double)sysconf(_SC_CLK_TCK);
	struct proc_load a = {.ticks = 1000, .idle = 500, .own = 7};
	/* Two CPUs for a second: half a second idle, half a second our own, one of others. */
	struct proc_load b = {.ticks = 1000 + (uint64_t)(2 * second),
		.idle = 500 + (uint64_t)(0.5 * second), .own = 7 + 500000000};
	struct proc_load soon = {.ticks = 1010, .idle = 500};
	double share = proc_load_others(&a, &b);

	(void)state;
	assert_true(share > 0.49 && share < 0.51);
	b.own += 1500000000; /* the clock of the ticks lags behind ours */
	assert_true(proc_load_others(&a, &b) == 0);
	assert_true(proc_load_others(&a, &soon) == 0);
	assert_true(proc_load_others(&b, &a) == 0);
}

static void test_task(void **state)
{
	static const char stat[] = "4321 (a) b (\033[1m)) S 1 4321 4321 0 -1 4194304 1 0 0 0 70 30 0 0 "
				   "20 0 1 0 100 1000 10 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 "
				   "5 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
	struct proc_task task;

	(void)state;
	assert_int_equal(proc_task_parse(&task, stat), 0);
	assert_int_equal(task.pid, 4321);
	assert_int_equal(task.ticks, 100);
	assert_int_equal(task.cpu, 5);
	assert_string_equal(task.name, "a) b (\\x1b[1m)");
	assert_int_equal(proc_task_parse(&task, ""), -1);
	assert_int_equal(proc_task_parse(&task, "1 )("), -1);
	assert_int_equal(proc_task_parse(&task, "1 (x) S 1"), -1);
}

static void test_busiest(void **state)
{
	struct proc_task then[] = {{.pid = 1, .ticks = 50}, {.pid = 2, .ticks = 10}};
	struct proc_task now[] = {{.pid = 1, .ticks = 51}, {.pid = 2, .ticks = 60},
		{.pid = 3, .ticks = 90}};
	struct proc_load before = {.tasks = then, .n = 2};
	struct proc_load after = {.when = 1000000000, .tasks = now, .n = 3};
	const pid_t own[] = {3};
	double share, ticks = (double)sysconf(_SC_CLK_TCK);

	(void)state;
	assert_ptr_equal(proc_load_busiest(&before, &after, NULL, 0, &share), &now[2]);
	assert_ptr_equal(proc_load_busiest(&before, &after, own, 1, &share), &now[1]);
	assert_true(share > 49.9 / ticks && share < 50.1 / ticks);
	assert_null(proc_load_busiest(&before, &before, NULL, 0, &share));
}

static void test_here(void **state)
{
	struct proc_load load;
	size_t i, found = 0;

	(void)state;
	proc_load_take(&load);
	for (i = 0; i < load.n; i++)
		found += load.tasks[i].pid == getpid();
	assert_int_equal(found, 1);
	assert_true(load.own > 0);
	assert_true(load.ticks > 0);
	proc_load_release(&load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stat),
		cmocka_unit_test(test_stolen),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_task),
		cmocka_unit_test(test_busiest),
		cmocka_unit_test(test_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
