#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/option.h"
#include "advise/price.h"
#include "advise/ranking.h"
#include "base/str.h"

static int near(double a, double b)
{
	return fabs(a - b) <= 1e-9 * fabs(b);
}

static struct workload workload(struct est now, struct est share)
{
	struct workload w;

	memset(&w, 0, sizeof w);
	w.time_now = now;
	w.share = share;
	return w;
}

/* 1000 ns now; 100 ns stay whatever happens, a tenth of the time now is left. */
static void the_parts_add_up(void **state)
{
	struct workload w = workload(est_point(1000), est_point(0.5));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_FFI;
	o.cost.call = est_point(40);
	o.cost.inputs = est_point(60);
	o.gain = est_point(10);
	o.at_once = est_point(1);
	o.native_gain = est_point(1);
	option_finish(&o, &w);
	assert_true(near(o.time_after.likely, 200) && near(o.speedup.likely, 5));
	/* Amdahl: 1 / (1 - 0.5 + 0.5 / 5). */
	assert_true(near(o.program_speedup.likely, 1 / 0.6));
}

/* An unknown time now must not be divided by itself: at 1 us the fixed part
 * weighs a tenth, at 1 ms nothing. */
static void an_unknown_time_is_counted_once(void **state)
{
	struct workload w = workload(est(1e3, 3e4, 1e6), est_point(1));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_FFI;
	o.cost.call = est_point(100);
	o.gain = est_point(10);
	o.at_once = est_point(1);
	o.native_gain = est_point(1);
	option_finish(&o, &w);
	assert_true(near(o.speedup.low, 5));
	assert_true(near(o.speedup.high, 1 / 0.1001));
}

static void staying_changes_nothing(void **state)
{
	struct workload w = workload(est_range(10, 1000), est_range(0, 1));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_STAY;
	o.gain = o.native_gain = o.at_once = est_point(1);
	option_finish(&o, &w);
	assert_true(est_is_point(o.speedup) && o.speedup.likely == 1);
	assert_true(est_is_point(o.program_speedup) && o.program_speedup.likely == 1);
}

/* Neither waiting nor C code gets faster; who waits does not compute. */
static void what_is_left_of_the_time(void **state)
{
	struct workload w = workload(est_point(1000), est_point(1));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_FFI;
	o.gain = est_point(8);
	o.at_once = est_point(1);
	o.native_gain = est_point(1);
	w.wait_share = est_point(0.5);
	w.native_share = est_point(0.2);
	option_finish(&o, &w);
	/* 0.5 + 0.5 * (0.2 + 0.8 / 8) */
	assert_true(near(o.time_after.likely, 650));
	assert_true(near(o.cost.wait.likely, 500) && near(o.cost.compute.likely, 150));
	o.at_once = est_point(3);
	o.native_gain = est_point(1);
	option_finish(&o, &w);
	assert_true(near(o.time_after.likely, 550));
}

/* Waiting unknown: at best nothing waits and the gain is the highest; at worst
 * all of it waits, or the gain is the lowest. */
static void an_unknown_wait_is_counted_once(void **state)
{
	struct workload w = workload(est_point(1000), est_point(1));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_FFI;
	o.gain = est(0.5, 8, 20);
	o.at_once = est_point(1);
	o.native_gain = est_point(1);
	w.wait_share = est(0, 0.1, 1);
	option_finish(&o, &w);
	assert_true(near(o.time_after.low, 50) && near(o.time_after.high, 2000));
	assert_true(near(o.speedup.low, 0.5) && near(o.speedup.high, 20));
}

/* A second paid once, 100 ms of the function in the process's life, 1 ms a call:
 * a hundred calls share it. Nothing of it where the process lives on. */
static void starting_up_is_shared(void **state)
{
	struct workload w = workload(est_point(1e6), est_point(0.5));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_COMPILE;
	o.gain = est_point(10);
	o.at_once = est_point(1);
	o.native_gain = est_point(1);
	o.startup = est_point(1e9);
	option_finish(&o, &w);
	assert_true(near(o.time_after.likely, 1e5) && o.cost.call.likely == 0);
	w.start_counts = 1;
	w.busy = est_point(1e8);
	option_finish(&o, &w);
	assert_true(near(o.cost.call.likely, 1e7));
	assert_true(near(o.time_after.likely, 1.01e7));
	assert_true(near(o.speedup.likely, 1e6 / 1.01e7));
}

/* Four wait at once, and compute one after the other. */
static void waiting_overlaps(void **state)
{
	struct workload w = workload(est_point(1000), est_point(1));
	struct option o;

	(void)state;
	memset(&o, 0, sizeof o);
	o.use = USE_ASYNC;
	o.gain = o.native_gain = o.at_once = est_point(1);
	o.waits_at_once = est(2, 4, 8);
	w.wait_share = est_point(0.8);
	option_finish(&o, &w);
	assert_true(near(o.cost.wait.likely, 200) && near(o.cost.compute.likely, 200));
	assert_true(near(o.time_after.likely, 400));
	assert_true(near(o.time_after.low, 300) && near(o.time_after.high, 600));
}

static void a_design_has_its_words_in_the_name(void **state)
{
	struct option o = {.use = USE_FFI, .tool_id = "pyo3"};

	(void)state;
	option_name(&o);
	assert_string_equal(o.id, "ffi/pyo3/as-is");
	o.design = DESIGN_RELEASE_GIL | DESIGN_MOVE_LOOP | DESIGN_ZERO_COPY;
	option_name(&o);
	assert_string_equal(o.id, "ffi/pyo3/move-loop+zero-copy+release-gil");
	assert_int_equal(use_from_word("ffi"), USE_FFI);
	assert_int_equal(use_from_word("fly"), -1);
}

static struct brief function(enum use use, double share, double speedup)
{
	struct brief b;

	memset(&b, 0, sizeof b);
	b.use = use;
	b.share = est_point(share);
	b.share_known = 1;
	b.speedup = est_point(speedup);
	b.program_speedup = est_point(1 / (1 - share + share / speedup));
	return b;
}

/* Two functions of half and a tenth of the program, each ten times as fast:
 * 1 / (1 - 0.9 * 0.5 - 0.9 * 0.1). */
static void gains_of_several_functions(void **state)
{
	const struct brief b[] = {function(USE_FFI, 0.1, 10), function(USE_FFI, 0.5, 10),
		function(USE_STAY, 0.3, 1)};
	struct ranked *ranked;
	int overlapping;
	size_t n;

	(void)state;
	ranked = ranking_make(b, 3, &n, &overlapping);
	assert_int_equal(n, 2);
	assert_int_equal(overlapping, 0);
	assert_int_equal(ranked[0].function, 1);
	assert_true(near(ranked[0].cumulative.likely, 1 / 0.55));
	assert_true(near(ranked[1].cumulative.likely, 1 / 0.46));
	free(ranked);
}

/* 80 % and 60 % of one program: one calls the other. Between the first alone,
 * 1 / (1 - 0.72), and all of the program ten times as fast. */
static void gains_of_functions_that_call_each_other(void **state)
{
	const struct brief b[] = {function(USE_FFI, 0.8, 10), function(USE_FFI, 0.6, 10)};
	struct ranked *ranked;
	int overlapping;
	size_t n;

	(void)state;
	ranked = ranking_make(b, 2, &n, &overlapping);
	assert_int_equal(n, 2);
	assert_int_equal(overlapping, 1);
	assert_true(near(ranked[1].cumulative.low, 1 / 0.28));
	assert_true(near(ranked[1].cumulative.likely, 1 / (0.28 * 0.46)));
	assert_true(near(ranked[1].cumulative.high, 10));
	free(ranked);
}

/* Ten functions of unknown share cannot each be 40 % of the program. */
static void unknown_shares_are_parts_of_what_is_left(void **state)
{
	struct brief b[11];
	struct ranked *ranked;
	int overlapping;
	size_t n, i;

	(void)state;
	b[0] = function(USE_FFI, 0.5, 10);
	for (i = 1; i < 11; i++) {
		b[i] = function(USE_FFI, 0.4, 10);
		b[i].share = est(0.05, 0.4, 1);
		b[i].share_known = 0;
	}
	ranked = ranking_make(b, 11, &n, &overlapping);
	assert_int_equal(n, 11);
	assert_int_equal(overlapping, 0);
	assert_true(near(ranked[10].cumulative.likely, 10));
	assert_true(ranked[10].cumulative.high <= 10);
	free(ranked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_parts_add_up),
		cmocka_unit_test(an_unknown_time_is_counted_once),
		cmocka_unit_test(staying_changes_nothing),
		cmocka_unit_test(what_is_left_of_the_time),
		cmocka_unit_test(an_unknown_wait_is_counted_once),
		cmocka_unit_test(starting_up_is_shared),
		cmocka_unit_test(waiting_overlaps),
		cmocka_unit_test(a_design_has_its_words_in_the_name),
		cmocka_unit_test(gains_of_several_functions),
		cmocka_unit_test(gains_of_functions_that_call_each_other),
		cmocka_unit_test(unknown_shares_are_parts_of_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
