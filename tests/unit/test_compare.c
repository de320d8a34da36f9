#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "measure/compare.h"
#include "measure/stats.h"

/* Five workers whose medians lie around ns, each with 20 clean samples. */
static void add(struct measurements *m, const char *probe, double ns)
{
	struct measurement *item = measurements_add(m, probe, "capi", 0);
	int worker, s;

	for (worker = 0; worker < 5; worker++) {
		struct samples *run = measurement_run(item, worker, 1, 2);
		double own = 1000 * ns * (1 + 0.01 * (worker - 2));

		for (s = 0; s < 20; s++)
			samples_add(run, (uint32_t)(2 * own), (uint32_t)own, 1000, 0, (uint32_t)s);
	}
}

static void begin(struct measurements *m, const char *machine)
{
	measurements_init(m);
	m->env.machine_key = xstrdup(machine);
	m->env.interpreter_key = xstrdup("cpython-311-x");
}

static void test_ratios(void **state)
{
	struct measurements before, after;
	struct comparison c;

	(void)state;
	begin(&before, "here");
	begin(&after, "here");
	add(&before, "same", 100);
	add(&after, "same", 100);
	add(&before, "slower", 100);
	add(&after, "slower", 200);
	add(&before, "near", 100);
	add(&after, "near", 105);
	add(&after, "new", 100);
	add(&before, "gone", 100);
	stats_estimate(&before);
	stats_estimate(&after);
	compare_make(&c, &before, &after);
	assert_int_equal(c.n, 5);
	assert_int_equal(c.n_notes, 0);
	assert_false(c.items[0].apart);
	assert_true(c.items[0].ratio.low < 1 && c.items[0].ratio.high > 1);
	assert_true(c.items[1].apart);
	assert_true(fabs(c.items[1].ratio.likely - 2) < 0.01);
	/* The workers spread by 1.6 %: Welch on logs with 4 degrees of freedom gives +- 2.8 %. */
	assert_true(c.items[1].ratio.low > 1.93 && c.items[1].ratio.low < 1.96);
	assert_true(c.items[1].ratio.high > 2.04 && c.items[1].ratio.high < 2.07);
	/* Certain, and no more than a tie. */
	assert_true(c.items[2].ratio.low > 1);
	assert_false(c.items[2].apart);
	assert_null(c.items[3].before);
	assert_null(c.items[4].after);
	compare_release(&c);
	measurements_release(&before);
	measurements_release(&after);
}

static void test_notes(void **state)
{
	struct measurements before, after;
	struct comparison c;

	(void)state;
	begin(&before, "there");
	begin(&after, "here");
	before.env.gate_ns = 1000;
	after.env.gate_ns = 1500;
	compare_make(&c, &before, &after);
	assert_int_equal(c.n_notes, 2);
	assert_non_null(strstr(c.notes[0], "another machine"));
	assert_non_null(strstr(c.notes[1], "1.50 times"));
	compare_release(&c);
	measurements_release(&before);
	measurements_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ratios),
		cmocka_unit_test(test_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
