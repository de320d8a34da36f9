#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/judge.h"

static void measured(struct measurements *m, const char *probe, double low, double likely,
	double high)
{
	struct measurement *item = measurements_add(m, probe, "capi", 0);

	item->ns = est(low, likely, high);
}

static struct claim claim_of(struct claim_test *tests, size_t n)
{
	struct claim c;

	memset(&c, 0, sizeof c);
	c.kind = CLAIM_TIMING;
	c.tests = tests;
	c.n_tests = n;
	c.verdict = -1;
	return c;
}

static struct claim_test ratio_of(char *a, char *b, double low, double high)
{
	struct claim_test t = {TEST_RATIO, a, b, NULL, NULL, 1, low, high, NULL, 0, NULL};

	return t;
}

static enum claim_verdict verdict(struct claim_test *tests, size_t n, struct measurements *m)
{
	struct claim c = claim_of(tests, n);
	struct judgement j;
	enum claim_verdict v;

	judge_claim(&j, &c, m);
	v = j.verdict;
	judgement_release(&j);
	return v;
}

static void intervals_decide(void **state)
{
	char a[] = "a/capi", b[] = "b/capi", gone[] = "gone/capi";
	struct claim_test yes = ratio_of(a, b, 2, INFINITY), no = ratio_of(a, b, 20, INFINITY);
	struct claim_test maybe = ratio_of(a, b, 10, INFINITY), none = ratio_of(a, gone, 1, INFINITY);
	struct claim_test both[2];
	struct measurements m;

	(void)state;
	measurements_init(&m);
	measured(&m, "a", 95, 100, 110);
	measured(&m, "b", 9, 10, 11);
	assert_int_equal(verdict(&yes, 1, &m), VERDICT_HOLDS);
	assert_int_equal(verdict(&no, 1, &m), VERDICT_FAILS);
	assert_int_equal(verdict(&maybe, 1, &m), VERDICT_NOT_TOLD_APART);
	assert_int_equal(verdict(&none, 1, &m), VERDICT_NOT_MEASURED);
	both[0] = yes;
	both[1] = no;
	assert_int_equal(verdict(both, 2, &m), VERDICT_IN_PART);
	both[1] = none;
	assert_int_equal(verdict(both, 2, &m), VERDICT_HOLDS);
	measurements_release(&m);
}

static void values_and_what_is_taken_off(void **state)
{
	char a[] = "a/capi", b[] = "b/capi";
	struct claim_test t = {TEST_VALUE, a, NULL, b, NULL, 10, 8, 10, NULL, 0, NULL};
	struct measurements m;

	(void)state;
	measurements_init(&m);
	measured(&m, "a", 100, 100, 100);
	measured(&m, "b", 10, 10, 10);
	assert_int_equal(verdict(&t, 1, &m), VERDICT_HOLDS);
	t.per = 100;
	assert_int_equal(verdict(&t, 1, &m), VERDICT_FAILS);
	measurements_release(&m);
}

static void names_are_there_or_not(void **state)
{
	char a[] = "symbols/capi", name[] = "PyLong_AsLong", other[] = "PyNothing";
	struct claim_test has = {TEST_NAMES, a, NULL, NULL, NULL, 1, 0, INFINITY, name, 0, NULL};
	struct claim_test lacks = has;
	struct measurement *item;
	struct measurements m;

	(void)state;
	measurements_init(&m);
	item = measurements_add(&m, "symbols", "capi", 0);
	item->reads = READS_NAMES;
	item->names = malloc(sizeof *item->names);
	item->names[0] = strdup("PyLong_AsLong");
	item->n_names = 1;
	assert_int_equal(verdict(&has, 1, &m), VERDICT_HOLDS);
	lacks.absent = 1;
	assert_int_equal(verdict(&lacks, 1, &m), VERDICT_FAILS);
	has.name = other;
	assert_int_equal(verdict(&has, 1, &m), VERDICT_FAILS);
	measurements_release(&m);
}

static void people_and_references(void **state)
{
	struct measurements m;
	struct judgement j;
	struct claim c = claim_of(NULL, 0);

	(void)state;
	measurements_init(&m);
	c.kind = CLAIM_PERSON;
	judge_claim(&j, &c, &m);
	assert_int_equal(j.verdict, VERDICT_ASK);
	judgement_release(&j);
	c.kind = CLAIM_REFERENCE;
	c.verdict = VERDICT_IN_PART;
	judge_claim(&j, &c, &m);
	assert_int_equal(j.verdict, VERDICT_IN_PART);
	judgement_release(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intervals_decide),
		cmocka_unit_test(values_and_what_is_taken_off),
		cmocka_unit_test(names_are_there_or_not),
		cmocka_unit_test(people_and_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
