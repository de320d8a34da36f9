#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

static void sets_code_and_text(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(err_set(&err, ERR_INVALID, "no '%s' in %d", "xs", 3), -1);
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.text, "no 'xs' in 3");
	assert_string_equal(err.hint, "");
	assert_int_equal(err.line, 0);
}

static void null_err_is_allowed(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, ERR_USAGE, "nobody asks"), -1);
	err_hint(NULL, "nobody asks");
	err_at(NULL, "f", 1, 1);
	err_prefix(NULL, "x");
}

static void control_characters_are_shown(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_INVALID, "a\033[31mb\n%s", "\xff");
	assert_string_equal(err.text, "a\\x1b[31mb\\x0a\\xff");
	err_hint(&err, "\a");
	assert_string_equal(err.hint, "\\x07");
	err_at(&err, "a\033.yaml", 1, 2);
	assert_string_equal(err.file, "a\\x1b.yaml");
}

static void long_text_is_cut_between_characters(void **state)
{
	char text[2001];
	struct err err;
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 1000; i++)
		memcpy(text + 2 * i, "\xc3\xa9", 2);
	text[2000] = '\0';
	err_set(&err, ERR_INVALID, "%s", text);
	n = strlen(err.text);
	assert_true(n < sizeof err.text);
	assert_string_equal(err.text + n - 3, "...");
	assert_int_equal((n - 3) % 2, 0);
	assert_memory_equal(err.text, text, n - 3);
}

static void format_puts_place_first_and_hint_last(void **state)
{
	struct err err;
	struct str out;

	(void)state;
	str_init(&out);
	err_set(&err, ERR_INVALID, "wrong");
	err_format(&err, &out);
	assert_string_equal(str_text(&out), "wrong");
	str_clear(&out);
	err_hint(&err, "do it right");
	err_at(&err, "f.yaml", 4, 7);
	err_format(&err, &out);
	assert_string_equal(str_text(&out), "f.yaml:4:7: wrong (do it right)");
	str_clear(&out);
	err_at(&err, "f.yaml", 0, 0);
	err_format(&err, &out);
	assert_string_equal(str_text(&out), "f.yaml: wrong (do it right)");
	str_release(&out);
}

static void prefix_keeps_code_and_hint(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_FAILURE, "disk full");
	err_hint(&err, "make room");
	err_prefix(&err, "cannot save '%s'", "a");
	assert_string_equal(err.text, "cannot save 'a': disk full");
	assert_string_equal(err.hint, "make room");
	assert_int_equal(err.code, ERR_FAILURE);
}

static void a_list_keeps_every_err(void **state)
{
	struct errs errs = {NULL, 0, 0};
	char want[16];
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		err_set(errs_add(&errs), ERR_INVALID, "%d", i);
	assert_int_equal(errs.n, 100);
	for (i = 0; i < 100; i++) {
		snprintf(want, sizeof want, "%d", i);
		assert_string_equal(errs.items[i].text, want);
	}
	errs_release(&errs);
	assert_int_equal(errs.n, 0);
	assert_null(errs.items);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_code_and_text),
		cmocka_unit_test(null_err_is_allowed),
		cmocka_unit_test(control_characters_are_shown),
		cmocka_unit_test(long_text_is_cut_between_characters),
		cmocka_unit_test(format_puts_place_first_and_hint_last),
		cmocka_unit_test(prefix_keeps_code_and_hint),
		cmocka_unit_test(a_list_keeps_every_err),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
