#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/gates.h"

static void equal_cpus_are_left_as_they_are(void **state)
{
	struct gates gates;

	(void)state;
	gates_init(&gates, 2);
	/* Nothing is known yet: nothing is taken out. */
	assert_true(gates_level(&gates, 1, 1500) == 1500);
	gates_note(&gates, 0, 1000);
	gates_note(&gates, 1, 1050);
	gates_note(&gates, 1, 1800); /* slow for a while: its fastest stays */
	assert_true(gates.fastest[1] == 1050);
	assert_true(gates_level(&gates, 0, 1000) == 1000);
	assert_true(gates_level(&gates, 1, 1050) == 1050);
	assert_true(gates_level(&gates, 1, 1800) == 1800);
}

/* A slower kind of core is as clean at its own speed as the other at its. */
static void another_kind_of_cpu_is_brought_to_one_scale(void **state)
{
	struct gates gates;

	(void)state;
	gates_init(&gates, 3);
	gates_note(&gates, 0, 1000);
	gates_note(&gates, 2, 1600);
	assert_true(gates_level(&gates, 2, 1600) == 1000);
	assert_true(gates_level(&gates, 2, 2400) == 1500);
	assert_true(gates_level(&gates, 0, 1500) == 1500);
	/* It was slow when first seen, and is of the same kind after all. */
	gates_note(&gates, 2, 1010);
	assert_true(gates_level(&gates, 2, 1600) == 1600);
}

static void more_cpus_than_there_is_room_for_are_not_looked_at(void **state)
{
	struct gates gates;

	(void)state;
	gates_init(&gates, 3 * GATES_CPUS_MOST);
	assert_int_equal(gates.n, GATES_CPUS_MOST);
}

static void threads_want_a_cpu_each(void **state)
{
	(void)state;
	assert_false(gates_taken(1, 2, 2)); /* only who asks */
	assert_true(gates_taken(2, 2, 2));
	assert_false(gates_taken(2, 2, 4));
	assert_false(gates_taken(3, 2, 4));
	assert_true(gates_taken(4, 2, 4));
	assert_false(gates_taken(0, 2, 2)); /* not known */
	/* On one CPU they never have one each. */
	assert_false(gates_taken(1, 2, 1));
	assert_true(gates_taken(2, 2, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_cpus_are_left_as_they_are),
		cmocka_unit_test(another_kind_of_cpu_is_brought_to_one_scale),
		cmocka_unit_test(threads_want_a_cpu_each),
		cmocka_unit_test(more_cpus_than_there_is_room_for_are_not_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
