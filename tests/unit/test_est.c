#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/est.h"

static void same(struct est e, double low, double likely, double high)
{
	assert_true(e.low == low && e.likely == likely && e.high == high);
}

static void ranges_have_a_middle(void **state)
{
	(void)state;
	same(est_range(1, 100), 1, 10, 100);
	same(est_range(100, 1), 1, 10, 100);
	same(est_range(0, 4), 0, 2, 4);
	assert_true(isinf(est_range(3, INFINITY).high));
	assert_true(est_range(3, INFINITY).likely == 3);
	assert_true(est_is_point(est_point(2)) && !est_is_point(est_range(1, 2)));
}

static void arithmetic_is_by_ends(void **state)
{
	struct est a = est(1, 2, 4), b = est(2, 3, 8);

	(void)state;
	same(est_add(a, b), 3, 5, 12);
	same(est_mul(a, b), 2, 6, 32);
	same(est_scale(a, 3), 3, 6, 12);
	same(est_div(b, a), 0.5, 1.5, 8);
	same(est_sub(b, a), 0, 1, 7);
	same(est_max(a, b), 2, 3, 8);
	same(est_min(a, b), 1, 2, 4);
	same(est_join(a, b), 1, 2, 8);
	same(est_rest(est(0.25, 0.5, 1)), 0, 0.5, 0.75);
}

/* A division by what may be nothing is open, never a crash or a NaN. */
static void nothing_and_open_ends(void **state)
{
	struct est open = est(1, 2, INFINITY), none = est_point(0);

	(void)state;
	assert_true(isinf(est_div(est_point(1), est(0, 1, 2)).high));
	same(est_div(none, none), 0, 0, 0);
	same(est_mul(open, none), 0, 0, 0);
	assert_true(est_div(est_point(1), open).low == 0);
	same(est_sub(est_point(3), open), 0, 1, 2);
	same(est_rest(est(0, 2, 3)), 0, 0, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_have_a_middle),
		cmocka_unit_test(arithmetic_is_by_ends),
		cmocka_unit_test(nothing_and_open_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
