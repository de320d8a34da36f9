#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "catalog/cond.h"

static struct cond *read_cond(const char *text, struct errs *errs)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	struct node *node;
	struct cond *cond;

	memset(errs, 0, sizeof *errs);
	node = yaml_read(in, "c.yaml", &yaml_limits_default, errs);
	fclose(in);
	assert_non_null(node);
	cond = cond_read(node, "c.yaml", errs);
	node_free(node);
	return cond;
}

/* word: "cpu". set: {"a", "b"}. some: "a", and more may come. time: 5..10 us.
 * open: at least 3. dark: nothing known. */
static int look(void *who, const char *key, struct fact *fact)
{
	static const char *const word[] = {"cpu"}, *const set[] = {"a", "b"};

	(void)who;
	memset(fact, 0, sizeof *fact);
	if (strcmp(key, "word") == 0) {
		fact->known = 1;
		fact->words = word;
		fact->n_words = 1;
	} else if (strcmp(key, "set") == 0 || strcmp(key, "some") == 0) {
		fact->known = key[1] == 'e';
		fact->words = set;
		fact->n_words = fact->known ? 2 : 1;
	} else if (strcmp(key, "time") == 0) {
		fact->known = fact->is_quantity = 1;
		fact->range = est_range(5000, 10000);
	} else if (strcmp(key, "open") == 0) {
		fact->known = fact->is_quantity = 1;
		fact->range = est_range(3, INFINITY);
	} else if (strcmp(key, "dark") != 0) {
		return -1;
	}
	return 0;
}

static enum truth eval(const char *text)
{
	struct errs errs;
	struct cond *cond = read_cond(text, &errs);
	enum truth truth;

	if (!cond)
		fail_msg("'%s': %s", text, errs.items[0].text);
	truth = cond_eval(cond, look, NULL);
	cond_free(cond);
	return truth;
}

static const struct {
	const char *text;
	enum truth truth;
} leaves[] = {
	{"{key: word, op: is, value: cpu}", TRUTH_YES},
	{"{key: word, op: is, value: [io, cpu]}", TRUTH_YES},
	{"{key: word, op: is, value: io}", TRUTH_NO},
	{"{key: word, op: is-not, value: io}", TRUTH_YES},
	{"{key: word, op: is-not, value: [io, cpu]}", TRUTH_NO},
	{"{key: set, op: has, value: b}", TRUTH_YES},
	{"{key: set, op: has, value: [c, b]}", TRUTH_YES},
	{"{key: set, op: has, value: c}", TRUTH_NO},
	{"{key: set, op: has-not, value: c}", TRUTH_YES},
	{"{key: set, op: has-not, value: a}", TRUTH_NO},
	{"{key: some, op: has, value: a}", TRUTH_YES},
	{"{key: some, op: has, value: b}", TRUTH_UNKNOWN},
	{"{key: some, op: has-not, value: a}", TRUTH_NO},
	{"{key: some, op: has-not, value: b}", TRUTH_UNKNOWN},
	{"{key: dark, op: is, value: cpu}", TRUTH_UNKNOWN},
	{"{key: dark, op: is-not, value: cpu}", TRUTH_UNKNOWN},
	{"{key: dark, op: less, value: 5}", TRUTH_UNKNOWN},
	{"{key: nothing, op: is, value: cpu}", TRUTH_UNKNOWN},
	{"{key: nothing, op: known}", TRUTH_UNKNOWN},
	{"{key: word, op: known}", TRUTH_YES},
	{"{key: dark, op: known}", TRUTH_NO},
	{"{key: time, op: less, value: 11us}", TRUTH_YES},
	{"{key: time, op: less, value: 10us}", TRUTH_UNKNOWN},
	{"{key: time, op: at-most, value: 10us}", TRUTH_YES},
	{"{key: time, op: less, value: 5us}", TRUTH_NO},
	{"{key: time, op: at-most, value: 5us}", TRUTH_UNKNOWN},
	{"{key: time, op: more, value: 4us}", TRUTH_YES},
	{"{key: time, op: more, value: 5us}", TRUTH_UNKNOWN},
	{"{key: time, op: at-least, value: 5us}", TRUTH_YES},
	{"{key: time, op: at-least, value: 7us}", TRUTH_UNKNOWN},
	{"{key: time, op: at-least, value: 10.5us}", TRUTH_NO},
	{"{key: time, op: more, value: 10us}", TRUTH_NO},
	{"{key: open, op: more, value: 2}", TRUTH_YES},
	{"{key: open, op: more, value: 100k}", TRUTH_UNKNOWN},
	/* A word is no number, and a number is no word. */
	{"{key: word, op: less, value: 5}", TRUTH_UNKNOWN},
	{"{key: time, op: is, value: cpu}", TRUTH_UNKNOWN},
};

static void leaves_compare(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof leaves / sizeof *leaves; i++) {
		if (eval(leaves[i].text) != leaves[i].truth)
			fail_msg("'%s' is %d", leaves[i].text, eval(leaves[i].text));
	}
}

#define YES "{key: word, op: is, value: cpu}"
#define NO "{key: word, op: is, value: io}"
#define DARK "{key: dark, op: is, value: io}"

static void groups_keep_what_is_not_known(void **state)
{
	(void)state;
	assert_int_equal(eval("{all: [" YES ", " YES "]}"), TRUTH_YES);
	assert_int_equal(eval("{all: [" YES ", " DARK "]}"), TRUTH_UNKNOWN);
	assert_int_equal(eval("{all: [" NO ", " DARK "]}"), TRUTH_NO);
	assert_int_equal(eval("{any: [" NO ", " NO "]}"), TRUTH_NO);
	assert_int_equal(eval("{any: [" NO ", " DARK "]}"), TRUTH_UNKNOWN);
	assert_int_equal(eval("{any: [" DARK ", " YES "]}"), TRUTH_YES);
	assert_int_equal(eval("{not: " YES "}"), TRUTH_NO);
	assert_int_equal(eval("{not: " NO "}"), TRUTH_YES);
	assert_int_equal(eval("{not: " DARK "}"), TRUTH_UNKNOWN);
	assert_int_equal(eval("{not: {any: [" NO ", {all: [" YES ", {not: " NO "}]}]}}"), TRUTH_NO);
	assert_int_equal(cond_eval(NULL, look, NULL), TRUTH_YES);
}

static void count_key(void *who, const char *key)
{
	size_t *n = who;

	assert_true(strcmp(key, "word") == 0 || strcmp(key, "dark") == 0);
	++*n;
}

static void keys_are_visited(void **state)
{
	struct errs errs;
	struct cond *cond = read_cond("{any: [" YES ", {not: {all: [" DARK ", " NO "]}}]}", &errs);
	size_t n = 0;

	(void)state;
	cond_keys(cond, count_key, &n);
	assert_int_equal(n, 3);
	cond_keys(NULL, count_key, &n);
	assert_int_equal(n, 3);
	cond_free(cond);
}

static void mistakes_are_told(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"[a]", "a condition is a map"},
		{"{}", "'key' is missing"},
		{"{key: a}", "'op' is missing"},
		{"{op: is, value: b}", "'key' is missing"},
		{"{key: a, op: is}", "'value' is missing"},
		{"{key: a, op: iss, value: b}", "'iss' is no value of 'op'"},
		{"{key: a, op: less, value: fast}", "'fast' is no quantity"},
		{"{key: a, op: less, value: [1, 2]}", "compares with one number"},
		{"{key: a, op: is, value: []}", "holds no word"},
		{"{key: a, op: known, value: b}", "'known' takes no value"},
		{"{key: a, op: is, value: b, valeu: c}", "did you mean 'value'?"},
		{"{all: []}", "holds no condition"},
		{"{any: {key: a}}", "has to be a list of conditions"},
		{"{all: [{key: a, op: known}], key: b}", "has to stand alone"},
		{"{all: [{key: a, op: known}], any: [{key: a, op: known}]}", "has to stand alone"},
		{"{not: {all: [{key: a, op: is}]}}", "'value' is missing"},
	};
	struct errs errs;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(read_cond(cases[i].text, &errs));
		assert_true(errs.n > 0);
		if (!strstr(errs.items[0].text, cases[i].words))
			fail_msg("'%s': %s", cases[i].text, errs.items[0].text);
		assert_int_equal(errs.items[0].line, 1);
		errs_release(&errs);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_compare),
		cmocka_unit_test(groups_keep_what_is_not_known),
		cmocka_unit_test(keys_are_visited),
		cmocka_unit_test(mistakes_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
