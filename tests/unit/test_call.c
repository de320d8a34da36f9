#include "measure/call.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A measurement of `workers` with n samples each, the k-th of first + k x more ns. */
static struct measurement *make(struct measurements *m, int workers, size_t n, double first,
	double more, uint32_t gate)
{
	struct measurement *item;
	struct samples *run;
	size_t k;
	int i;

	measurements_init(m);
	item = measurements_add(m, CALL_PROBE, CALL_BINDING, 0);
	for (i = 0; i < workers; i++) {
		run = measurement_run(item, i, 1, 1);
		for (k = 0; k < n; k++)
			samples_add(run, (uint32_t)(first + more * (double)k), 0, gate, 0, (uint32_t)k);
	}
	return item;
}

static void test_drift(void **state)
{
	struct measurements m;

	(void)state;
	/* The thirds' medians are at 10 and 49 of 60: 1000 + 9.5 x 100 and 1000 + 49.5 x 100. */
	assert_true(fabs(call_drift(make(&m, 3, 60, 1000, 100, 500)) - 5950.0 / 1950) < 1e-9);
	measurements_release(&m);
	assert_true(call_drift(make(&m, 3, 60, 1000, 0, 500)) == 1);
	measurements_release(&m);
	/* One that gets faster does not get slower. */
	assert_true(call_drift(make(&m, 1, 60, 10000, -100, 500)) < 1);
	measurements_release(&m);
}

static void test_drift_needs_samples(void **state)
{
	struct measurements m;

	(void)state;
	assert_true(call_drift(make(&m, 3, 8, 1000, 1000, 500)) == 1);
	measurements_release(&m);
	assert_true(call_drift(make(&m, 3, 9, 1000, 1000, 500)) > 1.3);
	measurements_release(&m);
	assert_true(call_drift(make(&m, 0, 0, 0, 0, 0)) == 1);
	measurements_release(&m);
}

/* A machine that turns slow in the middle slows the gates as well. */
static void test_drift_is_not_the_machine(void **state)
{
	struct measurements m;
	struct measurement *item = make(&m, 1, 60, 1000, 0, 500);
	size_t k;

	(void)state;
	for (k = 30; k < 60; k++) {
		item->runs[0].full[k] = 1800;
		item->runs[0].gate[k] = 900;
	}
	assert_true(call_drift(item) == 1);
	/* And one worker that sees no drift is enough to say that there is none. */
	measurements_release(&m);
	item = make(&m, 2, 60, 1000, 100, 500);
	for (k = 0; k < 60; k++)
		item->runs[1].full[k] = 1000;
	assert_true(call_drift(item) == 1);
	measurements_release(&m);
}

static void test_budget(void **state)
{
	(void)state;
	/* A share for what is short, however short. */
	assert_true(call_budget(5, 100, 0) == 2);
	assert_true(call_budget(10, 100, 0) == 4);
	/* A slow call gets some runs, */
	assert_true(fabs(call_budget(5, 2e9, 0) - 9) < 1e-9);
	/* but no more than 20 s, */
	assert_true(call_budget(5, 8e9, 0) == 20);
	/* and room for the set-ups comes on top; the share is the least. */
	assert_true(fabs(call_budget(5, 2e9, 2) - 18) < 1e-9);
	assert_true(fabs(call_budget(5, 100, 2) - 9) < 1e-3);
	assert_true(call_budget(5, 100, 0.1) == 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_drift),
		cmocka_unit_test(test_drift_needs_samples),
		cmocka_unit_test(test_drift_is_not_the_machine),
		cmocka_unit_test(test_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
