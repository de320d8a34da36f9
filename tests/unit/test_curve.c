#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "advise/curve.h"
#include "survey/survey.h"
#include "unit/world.h"

static struct catalog catalog;
static struct measurements measurements;

static int load(void **state)
{
	(void)state;
	world_catalog(&catalog);
	world_stored(&measurements);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	measurements_release(&measurements);
	catalog_release(&catalog);
	return 0;
}

struct given {
	struct survey survey;
	struct advice advice;
};

static void begin(struct given *w, const char *text)
{
	world_survey(&catalog.questions, text, &w->survey);
	advice_make(&w->advice, &w->survey.items[0].answers, &catalog, &measurements);
}

static void end(struct given *w)
{
	advice_release(&w->advice);
	survey_release(&w->survey);
}

static const char lists[] =
	"ffiadvise: 1\n"
	"function: {bound: cpu, share: 60%, time_per_call: 45us, work: numeric, native_share: 0}\n"
	"caller: {loop: python, loop_can_move: yes, iterations: 10k, independent: yes}\n"
	"inputs:\n  - {name: xs, type: 'list[float]', length: 1000, between_calls: rebuilt}\n"
	"output: {type: float}\n"
	"team: {languages: [rust, c], compile_step: ok}\n";

/* The copy of an item costs a part of the work on it, the call some dozens of them. */
static const char turning[] =
	"ffiadvise: 1\n"
	"function: {bound: cpu, share: 60%, time_per_call: 20us, work: numeric, native_share: 0}\n"
	"caller: {loop: none}\n"
	"inputs:\n  - {name: xs, type: 'list[float]', length: 1000, between_calls: rebuilt}\n"
	"output: {type: float}\n"
	"team: {languages: [rust, c], compile_step: ok}\n";

/* A point of the curve, on the line between two of them. */
static double at(const struct curves *c, size_t curve, double x)
{
	const double *y = c->items[curve].ns;
	size_t i;

	for (i = 1; i < CURVE_POINTS && c->at[i] < x;)
		i++;
	return y[i - 1] * pow(y[i] / y[i - 1], log(x / c->at[i - 1]) / log(c->at[i] / c->at[i - 1]));
}

static void curves_go_through_the_advice(void **state)
{
	const struct option *o;
	struct curves c;
	struct given w;
	struct err err;
	size_t i;
	int axis;

	(void)state;
	begin(&w, lists);
	for (axis = 0; axis < CURVE_AXES; axis++) {
		assert_int_equal(curves_make(&c, &w.advice, axis, NULL, 0, &err), 0);
		assert_int_equal(c.n, CURVES_MAX);
		assert_string_equal(c.items[0].option, "stay");
		assert_string_equal(c.items[1].option, w.advice.option->id);
		assert_true(c.here == (axis == CURVE_LENGTH ? 1000 : 10000));
		for (i = 0; i < c.n; i++) {
			o = options_find(&w.advice.reckoning.options, c.items[i].option);
			assert_true(fabs(at(&c, i, c.here) / o->time_after.likely - 1) < 0.02);
		}
		curves_release(&c);
	}
	end(&w);
}

static void time_grows_with_the_length_and_not_with_the_calls(void **state)
{
	struct curves c;
	struct given w;
	struct err err;

	(void)state;
	begin(&w, lists);
	assert_int_equal(curves_make(&c, &w.advice, CURVE_LENGTH, NULL, 0, &err), 0);
	assert_string_equal(c.answer, "inputs[0].length");
	assert_string_equal(c.unit, "items of xs");
	assert_true(c.items[0].ns[CURVE_POINTS - 1] / c.items[0].ns[0] > 1e5);
	curves_release(&c);
	assert_int_equal(curves_make(&c, &w.advice, CURVE_ITERATIONS, NULL, 0, &err), 0);
	assert_string_equal(c.answer, "caller.iterations");
	assert_true(c.items[0].ns[CURVE_POINTS - 1] == c.items[0].ns[0]);
	curves_release(&c);
	end(&w);
}

/* The answers with the length and the time that goes with it. */
static void put(char text[1024], const char *from, double length, double ns)
{
	const char *time = strstr(from, "20us"), *count = strstr(from, "1000");

	snprintf(text, 1024, "%.*s%.9gns%.*s%.9g%s", (int)(time - from), from, ns,
		(int)(count - time - 4), time + 4, length, count + 4);
}

/* The advice for a length on either side of the crossing has the two in that order. */
static void the_crossing_is_where_the_order_turns(void **state)
{
	static const char *const ids[] = {"ffi/pyo3/as-is"};
	const struct option *o;
	struct curves c;
	struct given w, beyond;
	struct err err;
	char text[1024];
	double sides[2];
	int i;

	(void)state;
	begin(&w, turning);
	assert_int_equal(curves_make(&c, &w.advice, CURVE_LENGTH, ids, 1, &err), 0);
	assert_int_equal(c.n, 2);
	assert_false(isnan(c.crossing));
	assert_int_equal(c.crossing_with, 1);
	sides[0] = c.crossing * 0.98;
	sides[1] = c.crossing * 1.02;
	for (i = 0; i < 2; i++) {
		put(text, turning, sides[i], 20 * sides[i]);
		begin(&beyond, text);
		o = options_find(&beyond.advice.reckoning.options, ids[0]);
		assert_int_equal(o->time_after.likely <
			beyond.advice.reckoning.options.items[0].time_after.likely,
			i == 1 ? c.above : !c.above);
		end(&beyond);
	}
	curves_release(&c);
	end(&w);
}

static void too_little_is_known(void **state)
{
	struct curves c;
	struct given w;
	struct err err;

	(void)state;
	begin(&w, "ffiadvise: 1\nfunction: {bound: cpu}\n");
	assert_int_equal(curves_make(&c, &w.advice, CURVE_LENGTH, NULL, 0, &err), -1);
	assert_string_equal(err.hint, "answer inputs.length");
	assert_int_equal(curves_make(&c, &w.advice, CURVE_ITERATIONS, NULL, 0, &err), -1);
	assert_string_equal(err.hint, "answer caller.loop");
	end(&w);
	begin(&w, "ffiadvise: 1\ninputs: [{type: str, length: 10}]\ncaller: {loop: none}\n");
	assert_int_equal(curves_make(&c, &w.advice, CURVE_LENGTH, NULL, 0, &err), -1);
	assert_string_equal(err.hint, "answer function.time_per_call");
	assert_int_equal(curves_make(&c, &w.advice, CURVE_ITERATIONS, NULL, 0, &err), -1);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(curves_go_through_the_advice),
		cmocka_unit_test(time_grows_with_the_length_and_not_with_the_calls),
		cmocka_unit_test(the_crossing_is_where_the_order_turns),
		cmocka_unit_test(too_little_is_known),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
