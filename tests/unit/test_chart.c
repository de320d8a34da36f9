#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "show/chart.h"
#include "show/scale.h"

static int near(double a, double b)
{
	return fabs(a - b) < 1e-9 * b;
}

static int load(void **state)
{
	(void)state;
	return !setlocale(LC_ALL, "C.UTF-8");
}

/* Leaving it grows with the length; the other has a price for the call and then a tenth. */
static const double lengths[] = {1, 10, 100, 1000};
static const double stay[] = {10, 100, 1000, 10000};
static const double native[] = {101, 110, 200, 1100};

static struct chart two_curves(void)
{
	struct chart chart = {
		.x = lengths, .n = 4, .n_series = 2, .x_kind = QUESTION_COUNT,
		.y_kind = QUESTION_DURATION, .x_title = "items of xs", .mark = 11.1,
		.mark_text = "at 11 items of xs they cost the same", .here = 30,
		.series = {{"stay", stay}, {"ffi/pyo3/as-is", native}},
	};

	return chart;
}

static char *drawn(const struct chart *chart, int width, int height, enum chart_cells cells,
	const struct glyphs *glyphs)
{
	struct lines l;
	struct str out;

	lines_init(&l);
	chart_draw(&l, chart, width, height, cells, glyphs);
	str_init(&out);
	lines_write(&l, 0, &out);
	lines_release(&l);
	return str_detach(&out);
}

static void looks_like(enum chart_cells cells, const struct glyphs *glyphs, const char *expected)
{
	struct chart chart = two_curves();
	char *text = drawn(&chart, 44, 16, cells, glyphs);

	assert_string_equal(text, expected);
	free(text);
}

static void ascii_cells(void **state)
{
	(void)state;
	looks_like(CHART_ASCII, &glyphs_ascii,
		"  10 us |                 |               11\n"
		"        |                 |           11111\n"
		"        |                 |       11111\n"
		"   1 us |                 |   11111     2222\n"
		"        |                 11111    222222\n"
		"        |              1111222222222\n"
		" 100 ns |222222222211X11222\n"
		"        |      11111      |\n"
		"        |  11111          |\n"
		"  10 ns |111              |\n"
		"        ++----------+-----------+----------+\n"
		"         1          10          100     1000\n"
		"         items of xs, | now 30\n"
		"  1 stay\n"
		"  2 ffi/pyo3/as-is\n"
		"  X at 11 items of xs they cost the same\n");
}

static void braille_cells(void **state)
{
	(void)state;
	looks_like(CHART_BRAILLE, &glyphs_utf8,
		"  10 us │                 │             ⢀⣠⠴1\n"
		"        │                 │          ⣀⡤⠖⠋\n"
		"        │                 │      ⢀⣠⠴⠋⠁\n"
		"   1 us │                 │   ⣀⡤⠞⠉      ⣀⣠⠴2\n"
		"        │                 ⢀⣠⠴⠋⠁    ⢀⣠⠴⠒⠋⠁\n"
		"        │              ⣀⡴⠚⠉⢀⣀⣀⣀⡤⠤⠖⠋⠉\n"
		" 100 ns │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢤⣶╳⠛⠓⠋⠉⠉⠉\n"
		"        │       ⣀⡴⠚⠉      │\n"
		"        │   ⢀⡤⠖⠋⠁         │\n"
		"  10 ns │⣠⠴⠚⠉             │\n"
		"        └┴──────────┴───────────┴──────────┴\n"
		"         1          10          100     1000\n"
		"         items of xs, │ now 30\n"
		"  1 stay\n"
		"  2 ffi/pyo3/as-is\n"
		"  ╳ at 11 items of xs they cost the same\n");
}

static void block_cells(void **state)
{
	(void)state;
	looks_like(CHART_BLOCK, &glyphs_utf8,
		"  10 us │                 │              ▄▄1\n"
		"        │                 │          ▗▄▛▀▘\n"
		"        │                 │       ▄▟▀▀\n"
		"   1 us │                 │   ▄▄▛▀▘     ▄▄▟2\n"
		"        │                 ▗▄▟▀▘    ▗▄▄▛▀▘\n"
		"        │              ▄▟▀▀▄▄▄▄▄▄▛▀▀\n"
		" 100 ns │▄▄▄▄▄▄▄▛▀▀██╳▀▀▀▀▀▘\n"
		"        │      ▗▄▟▀▘      │\n"
		"        │   ▄▄▛▀          │\n"
		"  10 ns │▄▛▀▘             │\n"
		"        └┴──────────┴───────────┴──────────┴\n"
		"         1          10          100     1000\n"
		"         items of xs, │ now 30\n"
		"  1 stay\n"
		"  2 ffi/pyo3/as-is\n"
		"  ╳ at 11 items of xs they cost the same\n");
}

static size_t count(const char *text, char c)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == c;
	return n;
}

/* Whatever the size: it keeps to it, and says what every curve is called. */
static void every_size(void **state)
{
	static const enum chart_cells kinds[] = {CHART_BRAILLE, CHART_BLOCK, CHART_ASCII};
	struct chart chart = two_curves();
	char *text, *line, *end;
	int width, height;
	size_t k;

	(void)state;
	for (k = 0; k < 3; k++) {
		for (width = 1; width < 130; width += 7) {
			for (height = 1; height < 40; height += 5) {
				text = drawn(&chart, width, height, kinds[k], k == 2 ?
					&glyphs_ascii : &glyphs_utf8);
				assert_non_null(strstr(text, "1 stay"));
				assert_non_null(strstr(text, "2 ffi/pyo3/as-is"));
				if (height > 12 && width >= 44)
					assert_int_equal(count(text, '\n'), height);
				for (line = text; *line; line = end + 1) {
					end = strchr(line, '\n');
					*end = '\0';
					assert_true(str_width(line) <= (width < CHART_WIDTH_LEAST ?
						CHART_WIDTH_LEAST : width));
				}
				free(text);
			}
		}
	}
}

/* Curves with nothing in them, on a point, out of every range. */
static void odd_values(void **state)
{
	static const double none[] = {NAN, NAN, NAN, NAN}, flat[] = {5, 5, 5, 5},
		wild[] = {0, INFINITY, 1e-300, 1e300};
	struct chart chart = two_curves();
	char *text;

	(void)state;
	chart.series[0].y = none;
	chart.series[1].y = none;
	text = drawn(&chart, 60, 16, CHART_BRAILLE, &glyphs_utf8);
	assert_non_null(strstr(text, "1 stay"));
	free(text);
	chart.series[0].y = flat;
	text = drawn(&chart, 60, 16, CHART_ASCII, &glyphs_ascii);
	assert_non_null(strstr(text, "1111111"));
	free(text);
	chart.series[0].y = wild;
	text = drawn(&chart, 60, 16, CHART_BLOCK, &glyphs_utf8);
	free(text);
	chart.n = 1;
	text = drawn(&chart, 60, 16, CHART_ASCII, &glyphs_ascii);
	free(text);
	chart.n = 0;
	chart.n_series = 0;
	chart.mark = NAN;
	text = drawn(&chart, 60, 16, CHART_ASCII, &glyphs_ascii);
	assert_null(strstr(text, "1 stay"));
	free(text);
}

static void a_scale_holds_its_ends(void **state)
{
	struct scale s = scale_make(20, 4000, 61);
	struct str out;

	(void)state;
	assert_true(near(s.low, 10) && near(s.high, 10000));
	assert_true(scale_place(&s, 10) == 0 && scale_place(&s, 1) == 0);
	assert_true(fabs(scale_place(&s, 10000) - 60) < 1e-9);
	assert_true(fabs(scale_place(&s, 100) - 20) < 1e-9);
	assert_true(scale_place(&s, 1e9) == 60);
	str_init(&out);
	scale_labels(&s, QUESTION_DURATION, &out);
	assert_string_equal(str_text(&out),
		"10 ns               100 ns              1 us            10 us");
	str_release(&out);
	/* A power of ten is its own end, and an axis of one value has a decade. */
	s = scale_make(100, 100, 10);
	assert_true(near(s.low, 100) && near(s.high, 1000));
	s = scale_make(NAN, 1, 10);
	assert_true(s.low == 1 && s.high == 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_cells), cmocka_unit_test(braille_cells),
		cmocka_unit_test(block_cells), cmocka_unit_test(every_size),
		cmocka_unit_test(odd_values), cmocka_unit_test(a_scale_holds_its_ends),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
