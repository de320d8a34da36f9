/* plan: doubles, sizes, what a binding does not do, families. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measure/plan.h"

static long sizes[] = {1, 100, 10000};
static char *only_capi[] = {(char *)"capi"};

static struct binding python = {.id = (char *)"python"}, capi = {.id = (char *)"capi"},
		      pyo3 = {.id = (char *)"pyo3"};

#define LIST_IN(name, way)                                                                         \
	{                                                                                          \
		.id = (char *)name, .sizes = sizes, .n_sizes = 3, .role = {                        \
			.kind = ROLE_IN,                                                           \
			.type = (char *)"list[float]",                                             \
			.how = way                                                                 \
		}                                                                                  \
	}

static struct probe by_reference = LIST_IN("list_float.by_reference", HOW_BY_REFERENCE);
static struct probe copied = LIST_IN("list_float.copied", HOW_COPY);
static struct probe ints = {.id = (char *)"list_int.copied",
	.sizes = sizes,
	.n_sizes = 3,
	.role = {.kind = ROLE_IN, .type = (char *)"list[int]", .how = HOW_COPY}};
static struct probe call = {.id = (char *)"call.none", .role = {.kind = ROLE_CALL}};
static struct probe call3 = {.id = (char *)"call.three", .role = {.kind = ROLE_CALL, .args = 3}};
static struct probe other = {.id = (char *)"attribute.slots"};
static struct probe another = {.id = (char *)"attribute.dict"};
static struct probe vectorcall = {.id = (char *)"call.vector", .only = only_capi, .n_only = 1};

static int family(
	const struct plan *plan, const struct probe *probe, const struct binding *binding, long n)
{
	size_t i;

	for (i = 0; i < plan->n; i++) {
		const struct plan_item *item = &plan->items[i];

		if (item->probe == probe && item->binding == binding && item->n == n)
			return item->family;
	}
	fail_msg("%s is not in the plan", probe->id);
	return -1;
}

static void doubles_raise_the_weight(void **state)
{
	struct plan plan;

	(void)state;
	plan_init(&plan);
	plan_add(&plan, &copied, &pyo3, 100, 1);
	plan_add(&plan, &copied, &pyo3, 100, 3);
	plan_add(&plan, &copied, &pyo3, 100, 2);
	assert_int_equal(plan.n, 1);
	assert_true(plan.items[0].weight == 3);
	plan_add(&plan, &copied, &pyo3, 1, 1);
	plan_add(&plan, &copied, &capi, 100, 1);
	assert_int_equal(plan.n, 3);
	plan_release(&plan);
	assert_int_equal(plan.n, 0);
}

static void only_what_there_is(void **state)
{
	struct plan plan;

	(void)state;
	plan_init(&plan);
	plan_add(&plan, &copied, &pyo3, 50, 1);
	plan_add(&plan, &copied, &pyo3, 0, 1);
	plan_add(&plan, &call, &pyo3, 1, 1);
	plan_add(&plan, &vectorcall, &pyo3, 0, 1);
	assert_int_equal(plan.n, 0);
	plan_add(&plan, &call, &pyo3, 0, 1);
	plan_add(&plan, &vectorcall, &capi, 0, 1);
	assert_int_equal(plan.n, 2);
	plan_release(&plan);
}

static void alternatives_are_one_family(void **state)
{
	struct plan plan;

	(void)state;
	plan_init(&plan);
	plan_add(&plan, &other, &pyo3, 0, 1);
	plan_add(&plan, &copied, &pyo3, 100, 1);
	plan_add(&plan, &call, &python, 0, 1);
	plan_add(&plan, &copied, &capi, 100, 1);
	plan_add(&plan, &by_reference, &capi, 100, 1);
	plan_add(&plan, &copied, &pyo3, 10000, 1);
	plan_add(&plan, &ints, &pyo3, 100, 1);
	plan_add(&plan, &call3, &capi, 0, 1);
	plan_add(&plan, &other, &capi, 0, 1);
	plan_add(&plan, &another, &capi, 0, 1);
	assert_int_equal(plan.n, 10);
	assert_int_equal(family(&plan, &copied, &pyo3, 100), family(&plan, &copied, &capi, 100));
	assert_int_equal(
		family(&plan, &copied, &pyo3, 100), family(&plan, &by_reference, &capi, 100));
	assert_int_equal(family(&plan, &call, &python, 0), family(&plan, &call3, &capi, 0));
	assert_int_equal(family(&plan, &other, &pyo3, 0), family(&plan, &other, &capi, 0));
	/* Another size, another type, another probe without a role: another decision. */
	assert_int_not_equal(
		family(&plan, &copied, &pyo3, 100), family(&plan, &copied, &pyo3, 10000));
	assert_int_not_equal(family(&plan, &copied, &pyo3, 100), family(&plan, &ints, &pyo3, 100));
	assert_int_not_equal(family(&plan, &other, &capi, 0), family(&plan, &another, &capi, 0));
	assert_int_not_equal(family(&plan, &call, &python, 0), family(&plan, &other, &pyo3, 0));
	plan_release(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doubles_raise_the_weight),
		cmocka_unit_test(only_what_there_is),
		cmocka_unit_test(alternatives_are_one_family),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
