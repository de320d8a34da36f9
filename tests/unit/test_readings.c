/* readings: what is evaluated and not timed, on a pretended worker. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "measure/constants.h"
#include "unit/fake_run.h"

static void readings_are_taken_in_three_processes_and_not_sampled(void **state)
{
	struct bench *b = *state;
	const struct measurement *item;

	add(b, 100, 0, 1);
	add_reading(b, READS_BYTES, 1000, 1)->spread = 10;
	add(b, 200, 1, 1);
	add_reading(b, READS_SECONDS, 0.5, 1)->when = "2026-01-31T12:00:00Z";
	add_reading(b, READS_NAMES, 0, 1)->names = 2;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 5);
	assert_int_equal(b->m.n_missing, 0);
	assert_int_equal(fake.processes, READINGS_WANTED + WORKERS_WANTED);
	item = found(b, 1);
	assert_int_equal(item->n_runs, 0);
	assert_int_equal(item->processes, READINGS_WANTED);
	assert_true(item->value.low == 1000 && item->value.likely == 1010 &&
		    item->value.high == 1020);
	assert_true(isinf(item->ns.high));
	assert_in_range(clock_from_iso(item->when), clock_unix() - 1, clock_unix());
	item = found(b, 3);
	assert_true(item->ns.low == 5e8 && item->ns.likely == 5e8 && item->ns.high == 5e8);
	assert_string_equal(item->when, "2026-01-31T12:00:00Z");
	item = found(b, 4);
	assert_int_equal(item->n_names, 2);
	assert_string_equal(item->names[1], "PyDict_Next");
	assert_true(item->value.likely == 2);
	/* The timed ones are as they would be alone. */
	assert_int_equal(found(b, 0)->reads, READS_NOTHING);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
	assert_true(fabs(found(b, 2)->ns.likely / 200 - 1) < 0.02);
	assert_int_equal(fake.told_wanted, 5);
}

static void readings_alone_need_no_sampling(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 0, 1);
	assert_true(run(b) < 0.5);
	assert_int_equal(fake.processes, READINGS_WANTED);
	assert_int_equal(fake.n_blocks, 0);
	assert_true(found(b, 0)->value.high == 0);
	assert_int_equal(b->m.env.n_why, 0);
}

static void a_reading_that_dies_or_is_refused_is_named(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 1, 3)->die_read = 2;
	add_reading(b, READS_COUNT, 2, 2)->refuse_read = 1;
	add_reading(b, READS_COUNT, 3, 1);
	run(b);
	assert_int_equal(b->m.n, 1);
	assert_int_equal(missed(b, 0)->failed, 1);
	assert_string_equal(missed(b, 0)->why, "ended by SIGSEGV");
	assert_non_null(strstr(missed(b, 1)->why, "no number"));
	assert_int_equal(found(b, 2)->processes, READINGS_WANTED);
	assert_int_equal(fake.readings[0].reads, 2);
	assert_int_equal(fake.readings[1].reads, 1);
	/* The one it killed had another put in its place. */
	assert_int_equal(fake.processes, READINGS_WANTED + 1);
}

static void readings_keep_to_their_share_weightiest_first(void **state)
{
	struct bench *b = *state;

	add(b, 100, 0, 1);
	add_reading(b, READS_COUNT, 1, 1)->load_ms = 400;
	add_reading(b, READS_COUNT, 2, 9)->load_ms = 400;
	b->options.budget = 2;
	run(b);
	/* A quarter is 500 ms: the second begins before it and is the last. */
	assert_int_equal(fake.readings[1].reads, 1);
	assert_int_equal(fake.readings[0].reads, 1);
	assert_int_equal(found(b, 2)->processes, 1);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
}

static void readings_for_which_no_worker_starts_are_an_error(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 1, 1);
	fake.failing_starts = 100;
	run(b);
	assert_int_equal(b->result, -1);
	assert_non_null(strstr(b->err.text, "cause "));
	assert_int_equal(b->m.n, 0);
	assert_non_null(missed(b, 0));
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, fake_setup, fake_teardown)
	const struct CMUnitTest tests[] = {
		RUN(readings_are_taken_in_three_processes_and_not_sampled),
		RUN(readings_alone_need_no_sampling),
		RUN(a_reading_that_dies_or_is_refused_is_named),
		RUN(readings_keep_to_their_share_weightiest_first),
		RUN(readings_for_which_no_worker_starts_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
