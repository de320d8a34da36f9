/* order: what of a block comes when. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/order.h"

static void thinning_gives_the_slow_an_equal_part(void **state)
{
	double ns[] = {5e6, 5e6, 40e6, 20e6, 1e6};
	double brief[] = {1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 40e6, 20e6};
	double weight[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
	uint32_t every[12];
	double per_sweep = 0;
	int i;

	(void)state;
	order_thin(brief, weight, 12, every);
	for (i = 0; i < 10; i++)
		assert_int_equal(every[i], 1);
	assert_int_equal(every[10], 8);
	assert_int_equal(every[11], 4);
	for (i = 10; i < 12; i++)
		per_sweep += brief[i] / every[i];
	assert_true(per_sweep <= 10e6);
	/* What weighs three times as much comes three times as often for its length. */
	weight[11] = 3;
	order_thin(brief, weight, 12, every);
	assert_int_equal(every[10], 16);
	assert_int_equal(every[11], 3);
	/* Nothing short left: nothing to make room for. */
	order_thin(ns, weight, 4, every);
	for (i = 0; i < 4; i++)
		assert_int_equal(every[i], 1);
}

static void shuffling_is_fair(void **state)
{
	struct chance chance;
	int at[4][4] = {{0}}, round, i, k;

	(void)state;
	chance_seed(&chance, 3);
	for (round = 0; round < 4000; round++) {
		size_t items[] = {0, 1, 2, 3};

		chance_shuffle(&chance, items, 4);
		for (i = 0; i < 4; i++)
			at[items[i]][i]++;
	}
	/* 1000 each; four standard deviations are 110. */
	for (i = 0; i < 4; i++) {
		for (k = 0; k < 4; k++)
			assert_in_range(at[i][k], 890, 1110);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(thinning_gives_the_slow_an_equal_part),
		cmocka_unit_test(shuffling_is_fair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
