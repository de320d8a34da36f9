#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "survey/quantity.h"

static void good_ones_are_read(void **state)
{
	static const struct {
		const char *text;
		enum question_kind kind;
		double value;
	} cases[] = {
		{"850ns", QUESTION_DURATION, 850},
		{"4.2us", QUESTION_DURATION, 4200},
		{"4.2\xc2\xb5s", QUESTION_DURATION, 4200},
		{"4.2\xce\xbcs", QUESTION_DURATION, 4200},
		{"3ms", QUESTION_DURATION, 3e6},
		{"1.5s", QUESTION_DURATION, 1.5e9},
		{"2min", QUESTION_DURATION, 120e9},
		{"1h", QUESTION_DURATION, 3600e9},
		{"45 us", QUESTION_DURATION, 45000},
		{" 45us ", QUESTION_DURATION, 45000},
		{"0", QUESTION_DURATION, 0},
		{"1e3ns", QUESTION_DURATION, 1000},
		{"20000", QUESTION_COUNT, 20000},
		{"2e4", QUESTION_COUNT, 20000},
		{"2E+4", QUESTION_COUNT, 20000},
		{"20k", QUESTION_COUNT, 20000},
		{"1M", QUESTION_COUNT, 1e6},
		{"1G", QUESTION_COUNT, 1e9},
		{"1_000", QUESTION_COUNT, 1000},
		{"20,000", QUESTION_COUNT, 20000},
		{"1,234,567", QUESTION_COUNT, 1234567},
		{"13,000/s", QUESTION_RATE, 13000},
		{"13,000 ", QUESTION_RATE, 13000},
		{".5", QUESTION_COUNT, 0.5},
		{"5.", QUESTION_COUNT, 5},
		{"+7", QUESTION_COUNT, 7},
		{"-7", QUESTION_COUNT, -7},
		{"13k", QUESTION_RATE, 13000},
		{"13k/s", QUESTION_RATE, 13000},
		{"64KiB", QUESTION_SIZE, 65536},
		{"1MB", QUESTION_SIZE, 1e6},
		{"1kB", QUESTION_SIZE, 1000},
		{"2GiB", QUESTION_SIZE, 2147483648.0},
		{"512 B", QUESTION_SIZE, 512},
		{"0.6", QUESTION_SHARE, 0.6},
		{"60%", QUESTION_SHARE, 0.6},
		{"7%", QUESTION_SHARE, 0.07},
		{"12.5 %", QUESTION_SHARE, 0.125},
		{"10", QUESTION_FACTOR, 10},
		{"10x", QUESTION_FACTOR, 10},
		{"1e-400", QUESTION_COUNT, 0},
	};
	struct err err;
	double value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (quantity_read(cases[i].text, cases[i].kind, &value, &err) < 0)
			fail_msg("'%s': %s", cases[i].text, err.text);
		if (value != cases[i].value)
			fail_msg("'%s' is %g", cases[i].text, value);
	}
}

static void bad_ones_are_refused(void **state)
{
	static const struct {
		const char *text;
		enum question_kind kind;
		const char *words, *hint;
	} cases[] = {
		{"45", QUESTION_DURATION, "its unit is missing", "4.2us"},
		{"100", QUESTION_SIZE, "its unit is missing", "64KiB"},
		{"45usec", QUESTION_DURATION, "'usec' is no unit", "did you mean 'us'?"},
		{"45MS", QUESTION_DURATION, "'MS' is no unit", "did you mean 'ms'?"},
		{"1M", QUESTION_SIZE, "'M' is no unit", "1MB"},
		{"5%", QUESTION_COUNT, "'%' is no unit", "20k"},
		{"5us", QUESTION_SHARE, "'us' is no unit", "60%"},
		{"10/s", QUESTION_COUNT, "'/s' is no unit", "20k"},
		{"", QUESTION_COUNT, "is no number", ""},
		{"fast", QUESTION_COUNT, "is no number", ""},
		{"inf", QUESTION_COUNT, "is no number", ""},
		{"nan", QUESTION_SHARE, "is no share", ""},
		{"0x10", QUESTION_COUNT, "is no unit", ""},
		{"1,0000", QUESTION_COUNT, "comma", "point"},
		{"1,00", QUESTION_COUNT, "comma", "point"},
		{"0,500", QUESTION_COUNT, "comma", "point"},
		{"1000,000", QUESTION_COUNT, "comma", "point"},
		{"1,500k", QUESTION_COUNT, "comma", "point"},
		{"1,000.5", QUESTION_COUNT, "comma", "point"},
		{"1,500us", QUESTION_DURATION, "comma", "point"},
		{"1e999", QUESTION_COUNT, "too large", ""},
		{"-", QUESTION_COUNT, "is no number", ""},
		{".", QUESTION_COUNT, "is no number", ""},
		{"1e", QUESTION_COUNT, "'e' is no unit", ""},
		{"1 2", QUESTION_COUNT, "'2' is no unit", ""},
		{"1__0", QUESTION_COUNT, "no unit", ""},
		{"1:30", QUESTION_DURATION, "':30' is no unit", ""},
		{"10 per second or so", QUESTION_RATE, "is no rate", ""},
	};
	struct err err;
	double value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		value = 77;
		if (quantity_read(cases[i].text, cases[i].kind, &value, &err) == 0)
			fail_msg("'%s' is read as %g", cases[i].text, value);
		if (!strstr(err.text, cases[i].words) || !strstr(err.hint, cases[i].hint))
			fail_msg("'%s': %s (%s)", cases[i].text, err.text, err.hint);
		assert_true(value == 77);
	}
}

static void check_write(double value, enum question_kind kind, const char *want)
{
	struct str out;

	str_init(&out);
	quantity_write(&out, value, kind);
	assert_string_equal(str_text(&out), want);
	str_release(&out);
}

static void written_as_a_person_does(void **state)
{
	(void)state;
	check_write(45000, QUESTION_DURATION, "45 us");
	check_write(0.3, QUESTION_DURATION, "0.3 ns");
	check_write(999.9, QUESTION_DURATION, "1 us");
	check_write(999499, QUESTION_DURATION, "999 us");
	check_write(999900, QUESTION_DURATION, "1 ms");
	check_write(1.234e9, QUESTION_DURATION, "1.23 s");
	check_write(90e9, QUESTION_DURATION, "90 s");
	check_write(86400e9, QUESTION_DURATION, "24 h");
	check_write(0, QUESTION_DURATION, "0 ns");
	check_write(0.6, QUESTION_SHARE, "60 %");
	check_write(0.0123, QUESTION_SHARE, "1.23 %");
	check_write(1000, QUESTION_COUNT, "1000");
	check_write(13000, QUESTION_RATE, "13k");
	check_write(1e6, QUESTION_COUNT, "1M");
	check_write(0.5, QUESTION_COUNT, "0.5");
	check_write(65536, QUESTION_SIZE, "64 KiB");
	check_write(1e8, QUESTION_SIZE, "100 MB");
	check_write(1000, QUESTION_SIZE, "1 kB");
	check_write(512, QUESTION_SIZE, "512 B");
	check_write(10, QUESTION_FACTOR, "10x");
	check_write(INFINITY, QUESTION_DURATION, "unlimited");
}

static void check_range(double low, double high, enum question_kind kind, const char *want)
{
	struct str out;

	str_init(&out);
	quantity_write_range(&out, est_range(low, high), kind);
	assert_string_equal(str_text(&out), want);
	str_release(&out);
}

static void ranges_share_their_unit(void **state)
{
	(void)state;
	check_range(30000, 60000, QUESTION_DURATION, "30..60 us");
	check_range(850, 4200, QUESTION_DURATION, "850 ns..4.2 us");
	check_range(45000, 45000, QUESTION_DURATION, "45 us");
	check_range(45000, 45001, QUESTION_DURATION, "45 us");
	check_range(0, 60000, QUESTION_DURATION, "0..60 us");
	check_range(3e6, INFINITY, QUESTION_DURATION, "at least 3 ms");
	check_range(0, INFINITY, QUESTION_DURATION, "unknown");
	check_range(0.5, 0.6, QUESTION_SHARE, "50..60 %");
	check_range(13000, 20000, QUESTION_RATE, "13k..20k");
	check_range(0, 20000, QUESTION_RATE, "0..20k");
	check_range(1, 1000, QUESTION_COUNT, "1..1000");
	check_range(2, 10, QUESTION_FACTOR, "2..10x");
}

/* What is written exactly is read as the same double, whatever it was. */
static void exact_ones_come_back(void **state)
{
	static const enum question_kind kinds[] = {QUESTION_DURATION, QUESTION_COUNT, QUESTION_RATE,
		QUESTION_SIZE, QUESTION_SHARE, QUESTION_FACTOR};
	struct err err;
	struct str out;
	double value, again;
	size_t k;
	int i;

	(void)state;
	srand(20);
	str_init(&out);
	for (i = 0; i < 3000; i++) {
		for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			value = pow(10, rand() % 1200 / 100.0) * (i % 3 ? 1 : rand() / 3e9);
			if (i % 5 == 0)
				value = floor(value);
			if (kinds[k] == QUESTION_SHARE)
				value = i < 1001 ? i / 1000.0 : rand() / (double)RAND_MAX;
			str_clear(&out);
			quantity_write_exact(&out, value, kinds[k]);
			if (quantity_read(str_text(&out), kinds[k], &again, &err) < 0)
				fail_msg("%.17g is written as '%s': %s", value, str_text(&out),
					err.text);
			if (again != value)
				fail_msg("%.17g is written as '%s'", value, str_text(&out));
		}
	}
	str_clear(&out);
	quantity_write_exact(&out, 45000, QUESTION_DURATION);
	str_addc(&out, ' ');
	quantity_write_exact(&out, 0.6, QUESTION_SHARE);
	str_addc(&out, ' ');
	quantity_write_exact(&out, 400, QUESTION_COUNT);
	assert_string_equal(str_text(&out), "45us 60% 400");
	str_release(&out);
}

static void the_locale_changes_nothing(void **state)
{
	static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "pt_BR.UTF-8"};
	double value;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		setlocale(LC_NUMERIC, locales[i]);
		assert_int_equal(quantity_read("1.5s", QUESTION_DURATION, &value, NULL), 0);
		assert_true(value == 1.5e9);
	}
	setlocale(LC_NUMERIC, "C");
}

static void units_of_a_report(void **state)
{
	(void)state;
	assert_string_equal(quantity_unit(QUESTION_DURATION), "ns");
	assert_string_equal(quantity_unit(QUESTION_SIZE), "bytes");
	assert_string_equal(quantity_unit(QUESTION_RATE), "per-second");
	assert_string_equal(quantity_unit(QUESTION_SHARE), "share");
	assert_string_equal(quantity_unit(QUESTION_COUNT), "count");
	assert_string_equal(quantity_unit(QUESTION_FACTOR), "factor");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_ones_are_read),
		cmocka_unit_test(bad_ones_are_refused),
		cmocka_unit_test(written_as_a_person_does),
		cmocka_unit_test(ranges_share_their_unit),
		cmocka_unit_test(exact_ones_come_back),
		cmocka_unit_test(the_locale_changes_nothing),
		cmocka_unit_test(units_of_a_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
