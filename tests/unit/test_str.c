#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static void grows_and_clears(void **state)
{
	struct str str;
	int i;

	(void)state;
	str_init(&str);
	assert_string_equal(str_text(&str), "");
	for (i = 0; i < 1000; i++)
		str_addf(&str, "%d,", i % 10);
	assert_int_equal(str.len, 2000);
	assert_int_equal(strlen(str_text(&str)), 2000);
	assert_string_equal(str_text(&str) + 1994, "7,8,9,");
	str_clear(&str);
	assert_string_equal(str_text(&str), "");
	str_add(&str, "a");
	str_addc(&str, 'b');
	str_addn(&str, "cde", 2);
	assert_string_equal(str_text(&str), "abcd");
	str_release(&str);
}

static void detach_hands_over(void **state)
{
	struct str str;
	char *s;

	(void)state;
	str_init(&str);
	s = str_detach(&str);
	assert_string_equal(s, "");
	free(s);
	str_add(&str, "xyz");
	s = str_detach(&str);
	assert_string_equal(s, "xyz");
	assert_int_equal(str.len, 0);
	free(s);
	str_release(&str);
}

static void check_shown(const char *s, size_t n, const char *want)
{
	struct str str;

	str_init(&str);
	str_add_shown(&str, s, n);
	assert_string_equal(str_text(&str), want);
	str_release(&str);
}

static void shows_what_could_act(void **state)
{
	(void)state;
	check_shown("plain", 5, "plain");
	check_shown("\033[2J", 4, "\\x1b[2J");
	check_shown("a\0b", 3, "a\\x00b");
	check_shown("\x7f\t\r", 3, "\\x7f\\x09\\x0d");
	check_shown("na\xc3\xafve \xe5\x88\x86", 10, "na\xc3\xafve \xe5\x88\x86");
	/* C1 controls in UTF-8, and overrides of the writing direction. */
	check_shown("\xc2\x9b", 2, "\\xc2\\x9b");
	check_shown("\xe2\x80\xae", 3, "\\xe2\\x80\\xae");
	/* Cut short, overlong, a surrogate, beyond Unicode. */
	check_shown("\xc3", 1, "\\xc3");
	check_shown("\xc0\xaf", 2, "\\xc0\\xaf");
	check_shown("\xed\xa0\x80", 3, "\\xed\\xa0\\x80");
	check_shown("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80");
	check_shown("\xf0\x9f\x98\x80", 4, "\xf0\x9f\x98\x80");
}

static void counts_columns(void **state)
{
	(void)state;
	assert_int_equal(str_width(""), 0);
	assert_int_equal(str_width("abc"), 3);
	assert_int_equal(str_width("\xff\xfe"), 2);
	if (setlocale(LC_CTYPE, "C.UTF-8")) {
		assert_int_equal(str_width("\xc3\xa9"), 1);
		assert_int_equal(str_width("\xe5\x88\x86\xe6\x95\xb0"), 4);
		/* Whole characters: two columns each; an accent goes with its letter. */
		assert_int_equal(str_fit("\xe5\x88\x86\xe6\x95\xb0", 3), 3);
		assert_int_equal(str_fit("\xe5\x88\x86\xe6\x95\xb0", 1), 0);
		assert_int_equal(str_fit("ae\xcc\x81z", 2), 4);
	}
	assert_int_equal(str_fit("abc", 2), 2);
	assert_int_equal(str_fit("abc", 9), 3);
	assert_int_equal(str_fit("\xff\xfez", 2), 2);
}

static void finds_the_nearest_word(void **state)
{
	static const char *const words[] = {"function", "goal", "caller", "time_per_call", "io"};

	(void)state;
	assert_string_equal(str_nearest("funtion", words, 5), "function");
	assert_string_equal(str_nearest("fucntion", words, 5), "function");
	assert_string_equal(str_nearest("goals", words, 5), "goal");
	assert_string_equal(str_nearest("time_pre_cal", words, 5), "time_per_call");
	assert_null(str_nearest("completely", words, 5));
	/* In a word of two letters every slip is another word. */
	assert_null(str_nearest("ia", words, 5));
	assert_null(str_nearest("", words, 5));
	assert_null(str_nearest("x", words, 0));
}

static void a_long_word_is_near_nothing(void **state)
{
	static const char *const words[] = {"function"};
	char word[5001];

	(void)state;
	memset(word, 'f', 5000);
	word[5000] = '\0';
	assert_null(str_nearest(word, words, 1));
}

static void starts(void **state)
{
	(void)state;
	assert_true(str_starts("inputs.type", "inputs."));
	assert_false(str_starts("input", "inputs."));
	assert_true(str_starts("x", ""));
}

/* The same of the same text, another of any that differs in one place, wherever it lies. */
static void a_hash_sees_all_of_a_text(void **state)
{
	char text[24] = "inputs.main.between_one", other[24];
	size_t i;

	(void)state;
	memcpy(other, text, sizeof text);
	assert_true(str_hash(0, text) == str_hash(0, other));
	for (i = 0; i < sizeof text - 1; i++) {
		other[i] ^= 1;
		assert_true(str_hash(0, text) != str_hash(0, other));
		other[i] ^= 1;
		other[i] = '\0';
		assert_true(str_hash(0, text) != str_hash(0, other));
		other[i] = text[i];
	}
	assert_true(str_hash(1, text) != str_hash(0, text));
}

/* Longer or shorter than what is reserved at first. */
static void formats_any_length(void **state)
{
	struct str str;
	char text[200];
	int n;

	(void)state;
	for (n = 0; n < (int)sizeof text; n++) {
		memset(text, 'x', sizeof text);
		text[n] = '\0';
		str_init(&str);
		str_addf(&str, "%s|", text);
		str_addf(&str, "%s", text);
		assert_int_equal(str.len, 2 * n + 1);
		assert_int_equal(strlen(str_text(&str)), 2 * n + 1);
		str_release(&str);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_clears),
		cmocka_unit_test(detach_hands_over),
		cmocka_unit_test(shows_what_could_act),
		cmocka_unit_test(counts_columns),
		cmocka_unit_test(finds_the_nearest_word),
		cmocka_unit_test(a_long_word_is_near_nothing),
		cmocka_unit_test(starts),
		cmocka_unit_test(a_hash_sees_all_of_a_text),
		cmocka_unit_test(formats_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
