/* schedule, lanes: probes that die, refuse or hang, workers that do not start, no time, a stop. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "measure/constants.h"
#include "unit/fake_run.h"

static void what_dies_while_loading_is_named_once(void **state)
{
	struct bench *b = *state;
	size_t i;

	add_many(b, 12);
	fake.natures[3].die_load = 1;
	fake.natures[7].refuse_load = 1;
	fake.natures[9].die_load = 1;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 9);
	assert_int_equal(b->m.n_missing, 3);
	for (i = 0; i < 12; i++) {
		if (i != 3 && i != 7 && i != 9) {
			assert_int_equal(found(b, i)->processes, WORKERS_WANTED);
			continue;
		}
		assert_null(found(b, i));
		assert_int_equal(missed(b, i)->failed, 1);
		assert_int_equal(fake.natures[i].loads, 1);
	}
	assert_string_equal(missed(b, 3)->why, "ended by SIGSEGV");
	assert_string_equal(missed(b, 7)->why, "the statement raised ValueError");
	/* Two workers died, five were wanted. */
	assert_int_equal(fake.processes, WORKERS_WANTED + 2);
	assert_int_equal(fake.told_wanted, 9);
}

static void what_dies_in_a_block_is_named_and_the_worker_replaced(void **state)
{
	struct bench *b = *state;
	size_t i, k;

	add_many(b, 12);
	fake.natures[5].die_block = 8; /* it has samples by then */
	fake.natures[6].refuse_block = 1;
	run(b);
	assert_int_equal(b->result, 0);
	assert_null(found(b, 5));
	assert_null(found(b, 6));
	assert_string_equal(missed(b, 5)->why, "ended by SIGABRT");
	assert_string_equal(missed(b, 6)->why, "the statement raised KeyError");
	assert_int_equal(missed(b, 5)->failed, 1);
	/* Only the death cost a worker. */
	assert_int_equal(fake.processes, WORKERS_WANTED + 1);
	for (i = 0; i < 12; i++) {
		if (i == 5 || i == 6)
			continue;
		assert_true(found(b, i)->processes >= WORKERS_WANTED - 1);
		/* One run for each process that took samples, the replacement's its own. */
		assert_int_equal(found(b, i)->n_runs, WORKERS_WANTED + 1);
		for (k = 0; k < found(b, i)->n_runs; k++)
			assert_in_range(found(b, i)->runs[k].worker, 0, WORKERS_WANTED);
	}
}

static void what_hangs_does_not_break_the_budget(void **state)
{
	struct bench *b = *state;
	double took;

	add_many(b, 12);
	fake.slow_share = 0.97;
	fake.natures[2].hang_block = 1;
	took = run(b);
	assert_true(took <= 1.2 * b->options.budget);
	assert_int_equal(missed(b, 2)->failed, 1);
	assert_int_equal(b->m.n, 11);
}

/* The whole of a small budget may not go to finding out what hangs. */
static void many_that_hang_while_loading_leave_time_for_the_others(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i, named = 0;

	add_many(b, 60);
	for (i = 0; i < 60; i++)
		fake.natures[i].load_ms = 12;
	fake.natures[14].hang_load = fake.natures[28].hang_load = 1;
	fake.natures[42].hang_load = fake.natures[56].hang_load = 1;
	b->options.budget = 2;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_true(took <= 1.2 * b->options.budget);
	assert_true(b->m.n >= 14);
	for (i = 0; i < 60; i++)
		named += missed(b, i) != NULL;
	assert_int_equal(b->m.n + named, 60);
	assert_int_equal(missed(b, 14)->failed, 1);
	assert_int_equal(missed(b, 59)->failed, 0);
}

static void deaths_nobody_is_to_blame_for_come_to_an_end(void **state)
{
	struct bench *b = *state;
	double took;

	add_many(b, 5);
	fake.blameless_deaths = 1000000;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_true(took <= b->options.budget);
	assert_true(fake.processes <= WORKERS_MAX);
	assert_int_equal(b->m.n, 0);
	assert_int_equal(b->m.n_missing, 5);
	assert_int_equal(missed(b, 0)->failed, 0);
}

static void three_starts_in_a_row_that_fail_are_the_end(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.failing_starts = 3;
	run(b);
	assert_int_equal(b->result, -1);
	assert_string_equal(b->err.text, "cause 0");
	assert_int_equal(b->m.n, 0);
}

static void two_starts_that_fail_are_not(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.failing_starts = 2;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 5);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
}

static void a_worker_for_another_interpreter_is_refused(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.soabi = "cpython-313";
	run(b);
	assert_int_equal(b->result, -1);
	assert_non_null(strstr(b->err.text, "cpython-313"));
	assert_non_null(strstr(b->err.hint, "make"));
}

static void a_tiny_budget_measures_with_fewer_workers_and_says_so(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i, n = 0;

	add_many(b, 60);
	b->plan.items[50].weight = 5;
	b->options.budget = 0.2;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_true(took <= 0.24);
	assert_true(b->m.n >= 10);
	assert_true(says(b, "come from fewer than 3 workers"));
	/* The weightiest was loaded first; what was not is named, but did not fail. */
	assert_non_null(found(b, 50));
	for (i = 0; i < 60; i++) {
		if (found(b, i)) {
			assert_int_equal(
				found(b, i)->upper_bound, found(b, i)->processes < WORKERS_LEAST);
			continue;
		}
		n++;
		assert_int_equal(missed(b, i)->failed, 0);
		assert_non_null(strstr(missed(b, i)->why, "the budget of 0.2 s"));
	}
	assert_int_equal(n + b->m.n, 60);
	assert_true(n > 0);
}

static void no_budget_at_all_is_survived(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	b->options.budget = 0;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n_missing, 5);
}

static void stop_keeps_what_there_is(void **state)
{
	struct bench *b = *state;
	int fds[2];
	double took;

	add_many(b, 20);
	fake.slow_share = 0.95;
	assert_int_equal(pipe(fds), 0);
	fake.stop_write = fds[1];
	fake.stop_at = fake.now + 2 * (int64_t)SECOND;
	b->options.stop_fd = fds[0];
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 1);
	assert_true(took > 1.99 && took < 2.1);
	assert_int_equal(b->m.n, 20);
	/* Before anything was measured: nothing, and why. */
	while (b->m.n)
		measurements_drop(&b->m, b->m.n - 1);
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 1);
	assert_true(took < 0.05);
	assert_int_equal(b->m.n, 0);
	assert_non_null(strstr(missed(b, 0)->why, "stopped"));
	close(fds[0]);
	close(fds[1]);
}

static void an_absent_binding_is_named_once_with_the_cure(void **state)
{
	struct bench *b = *state;
	size_t i;

	add_many(b, 6);
	for (i = 0; i < 3; i++)
		plan_add(&b->plan, &b->probes[i], &absent, 0, 1);
	run(b);
	assert_int_equal(b->m.n, 6);
	assert_int_equal(b->m.n_missing, 1);
	assert_string_equal(b->m.missing[0].id, "pyo3");
	assert_int_equal(b->m.missing[0].failed, 0);
	assert_non_null(strstr(b->m.missing[0].why, "install Rust"));
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, fake_setup, fake_teardown)
	const struct CMUnitTest tests[] = {
		RUN(what_dies_while_loading_is_named_once),
		RUN(what_dies_in_a_block_is_named_and_the_worker_replaced),
		RUN(what_hangs_does_not_break_the_budget),
		RUN(many_that_hang_while_loading_leave_time_for_the_others),
		RUN(deaths_nobody_is_to_blame_for_come_to_an_end),
		RUN(three_starts_in_a_row_that_fail_are_the_end),
		RUN(two_starts_that_fail_are_not),
		RUN(a_worker_for_another_interpreter_is_refused),
		RUN(a_tiny_budget_measures_with_fewer_workers_and_says_so),
		RUN(no_budget_at_all_is_survived),
		RUN(stop_keeps_what_there_is),
		RUN(an_absent_binding_is_named_once_with_the_cure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
