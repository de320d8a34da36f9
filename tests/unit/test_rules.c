/* rules: thresholds that are no factors are told, with their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "catalog/rules.h"
#include "unit/scratch.h"

/* Loads rules whose thresholds are this line. */
static int load(struct rules *rules, const char *threshold, struct errs *errs)
{
	char *dir = scratch_new(), *text = xasprintf("thresholds:\n  worthwhile: 1.5\n  %s\n"
		"rules: []\n", threshold);
	int rc;

	scratch_write(dir, "rules.yaml", text);
	rc = rules_load(rules, dir, errs);
	free(text);
	scratch_remove(dir);
	return rc;
}

static void a_threshold_is_a_factor(void **state)
{
	static const char *const keys[] = {"worthwhile_unmanned", "worthwhile_rework",
		"worthwhile_free", "worthwhile_program", "easier_within", "easier_spread",
		"easier_unmanned", "easier_gradual", "tie"};
	static const struct {
		const char *value, *says;
	} bad[] = {{"0.99", "of 1 or more, not 0.99"}, {"0", "of 1 or more"},
		{"-1", "of 1 or more"}, {"nan", "has to be a number"},
		{"inf", "has to be a number"}, {"-inf", "has to be a number"},
		{"text", "has to be a number"}, {"[1]", "has to be a number"}};
	size_t k, i;

	(void)state;
	for (k = 0; k < sizeof keys / sizeof *keys; k++) {
		for (i = 0; i < sizeof bad / sizeof *bad; i++) {
			char *line = xasprintf("%s: %s", keys[k], bad[i].value);
			struct errs errs = {0};
			struct rules rules;

			assert_int_equal(load(&rules, line, &errs), -1);
			assert_int_equal(errs.n, 1);
			assert_non_null(strstr(errs.items[0].text, keys[k]));
			assert_non_null(strstr(errs.items[0].text, bad[i].says));
			assert_int_equal(errs.items[0].line, 3);
			errs_release(&errs);
			free(line);
		}
	}
}

static void what_is_left_out_is_what_it_is_made_of(void **state)
{
	struct errs errs = {0};
	struct rules rules;

	(void)state;
	assert_int_equal(load(&rules, "easier_within: 1.25", &errs), 0);
	assert_true(rules.worthwhile_unmanned == 1.5);
	assert_true(rules.easier_spread == 1.25 && rules.easier_gradual == 1.25);
	assert_true(rules.tie == 1);
	rules_release(&rules);
	errs_release(&errs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_threshold_is_a_factor),
		cmocka_unit_test(what_is_left_out_is_what_it_is_made_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
