#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "show/lines.h"

static void text_is(struct lines *l, int colour, const char *expected)
{
	struct str out;

	str_init(&out);
	lines_write(l, colour, &out);
	assert_string_equal(str_text(&out), expected);
	str_release(&out);
}

static void spans_and_columns(void **state)
{
	struct lines l;

	(void)state;
	lines_init(&l);
	lines_begin(&l, 2, 4);
	lines_add(&l, LOOK_TITLE, "%s %d", "now", 45);
	lines_tab(&l, 12);
	lines_add(&l, LOOK_VALUE, "us");
	assert_int_equal(lines_column(&l), 14);
	text_is(&l, 0, "  now 45    us\n");
	text_is(&l, 1, "  \033[1mnow 45\033[0m    \033[36mus\033[0m\n");
	lines_release(&l);
}

static void a_gap_is_one_line(void **state)
{
	struct lines l;

	(void)state;
	lines_init(&l);
	lines_gap(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_PLAIN, "a");
	lines_gap(&l);
	lines_gap(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_PLAIN, "b   ");
	text_is(&l, 0, "a\n\nb\n");
	lines_release(&l);
}

static void wrapping_keeps_to_the_width(void **state)
{
	struct lines l;
	size_t i;

	(void)state;
	lines_init(&l);
	lines_begin(&l, 2, 4);
	lines_add(&l, LOOK_PLAIN, "one two three four");
	lines_add(&l, LOOK_HINT, " five six");
	lines_add(&l, LOOK_PLAIN, "seven");
	lines_begin(&l, 0, 2);
	lines_add(&l, LOOK_PLAIN, "averylongwordthatfitsnowhereatall");
	lines_wrap(&l, 20);
	text_is(&l, 0, "  one two three four\n    five sixseven\naverylongwordthatfit\n"
		       "  snowhereatall\n");
	for (i = 0; i < l.n; i++)
		assert_true(l.items[i].indent <= 4);
	lines_release(&l);
}

#define KANJI "\xe6\xbc\xa2\xe5\xad\x97" /* two characters, four columns */

static void wide_characters_count_twice(void **state)
{
	struct lines l;
	size_t i;

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_PLAIN, KANJI);
	assert_int_equal(lines_column(&l), 4);
	lines_tab(&l, 6);
	lines_add(&l, LOOK_PLAIN, "|");
	text_is(&l, 0, KANJI "  |\n");
	/* No character is cut in two, and none hangs over. */
	lines_begin(&l, 0, 3);
	for (i = 0; i < 10; i++)
		lines_add(&l, LOOK_PLAIN, KANJI);
	lines_wrap(&l, 21);
	for (i = 1; i < l.n; i++) {
		assert_true(l.items[i].n > 0);
		assert_true(l.items[i].indent + str_width(l.items[i].spans[0].text) <= 21);
		assert_int_equal(strlen(l.items[i].spans[0].text) % 3, 0);
	}
	lines_release(&l);
	setlocale(LC_ALL, "C");
}

static void a_line_makes_room_for_its_end(void **state)
{
	struct lines l, to;

	(void)state;
	setlocale(LC_ALL, "C.UTF-8");
	lines_init(&l);
	lines_init(&to);
	lines_begin(&l, 2, 2);
	lines_add(&l, LOOK_PLAIN, "abc");
	lines_add(&l, LOOK_VALUE, KANJI "xyz");
	lines_move(&to, &l.items[0]);
	assert_int_equal(l.items[0].n, 0);
	lines_end_with(&to, "~", 9);
	text_is(&to, 0, "  abc\xe6\xbc\xa2~\n");
	lines_end_with(&to, "~", 80);
	text_is(&to, 0, "  abc\xe6\xbc\xa2~~\n");
	lines_release(&l);
	lines_release(&to);
	setlocale(LC_ALL, "C");
}

static void control_characters_are_shown(void **state)
{
	struct lines l;

	(void)state;
	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_PLAIN, "%s", "a\033[31mb\rc\xff");
	text_is(&l, 0, "a\\x1b[31mb\\x0dc\\xff\n");
	lines_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_and_columns),
		cmocka_unit_test(a_gap_is_one_line),
		cmocka_unit_test(wrapping_keeps_to_the_width),
		cmocka_unit_test(wide_characters_count_twice),
		cmocka_unit_test(a_line_makes_room_for_its_end),
		cmocka_unit_test(control_characters_are_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
