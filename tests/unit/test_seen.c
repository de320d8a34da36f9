#include "survey/seen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "unit/world.h"

static struct survey survey;

static int begin(void **state)
{
	(void)state;
	memset(&survey, 0, sizeof survey);
	survey.items = xcalloc(1, sizeof *survey.items);
	survey.n = 1;
	answers_init(&survey.items[0].answers, &questions);
	return 0;
}

static int end(void **state)
{
	(void)state;
	survey_release(&survey);
	return 0;
}

static struct answers *answers(void)
{
	return &survey.items[0].answers;
}

static void say(const char *id, size_t input, const char *text)
{
	assert_int_equal(answers_set(answers(), questions_find(&questions, id), input, text,
				 ORIGIN_FILE, NULL), 0);
}

/* One list of a thousand floats, and a float that comes back. */
static struct worker_seen seen_one(void)
{
	struct worker_seen seen = {.is_call = 1, .function = "score", .now = "python", .through = "",
		.computed = "", .changed = "", .n = 2};

	seen.values[0] = (struct worker_value){.name = "xs", .type = "list[float]", .class = "list",
		.length = 1000, .item_low = NAN, .item_likely = NAN, .item_high = NAN, .fields = NAN,
		.ascii = -1, .contiguous = -1, .writable = -1, .own_class = -1};
	seen.values[1] = seen.values[0];
	seen.values[1].name = "";
	seen.values[1].type = "float";
	seen.values[1].length = NAN;
	return seen;
}

static const struct est time_now = {19000, 20000, 21000};

static void check_range(const char *id, double low, double high, enum origin origin)
{
	const struct value *value = strncmp(id, "inputs.", 7) == 0 ? answers_input(answers(), 0, id)
								   : answers_get(answers(), id);

	assert_int_equal(value->origin, origin);
	assert_true(value->range.low == low && value->range.high == high);
}

static void check_word(const char *id, const char *word, enum origin origin)
{
	const struct value *value = answers_get(answers(), id);

	assert_int_equal(value->origin, origin);
	assert_string_equal(value_word(value, questions_find(&questions, id)), word);
}

static void test_unknown_answers_are_filled(void **state)
{
	struct worker_seen seen = seen_one();
	const struct value *type;

	(void)state;
	seen_add(&survey.items[0], &seen, time_now);
	check_range("function.time_per_call", 19000, 21000, ORIGIN_MEASURED);
	assert_true(answers_get(answers(), "function.time_per_call")->range.likely == 20000);
	check_word("function.now", "python", ORIGIN_MEASURED);
	check_word("function.bound", "cpu", ORIGIN_MEASURED);
	assert_int_equal(answers()->n_inputs, 1);
	assert_int_equal(answers()->inputs_known, 1);
	check_range("inputs.length", 1000, 1000, ORIGIN_MEASURED);
	type = answers_input(answers(), 0, "inputs.type");
	assert_int_equal(type->origin, ORIGIN_MEASURED);
	assert_int_equal(type->type->kind, PYTYPE_LIST);
	assert_int_equal(answers_input(answers(), 0, "inputs.ascii")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_get(answers(), "output.length")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(survey.items[0].n_warnings, 0);
}

static void test_waiting_has_three_words(void **state)
{
	static const struct {
		double low, high;
		const char *word;
	} cases[] = {{0, 0.05, "cpu"}, {0.95, 0.99, "io"}, {0.3, 0.6, "mixed"}, {0, 1, "mixed"}};
	struct worker_seen seen;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		seen = seen_one();
		seen.wait_low = cases[i].low;
		seen.wait_likely = seen.wait_high = cases[i].high;
		seen_add(&survey.items[0], &seen, time_now);
		check_word("function.bound", cases[i].word, ORIGIN_MEASURED);
		end(state);
		begin(state);
	}
}

static void test_what_agrees_stands_as_it_was_said(void **state)
{
	struct worker_seen seen = seen_one();

	(void)state;
	answers_add_input(answers());
	answers()->inputs_known = 1;
	say("inputs.type", 0, "list");
	say("inputs.length", 0, "[100, 900]");
	say("function.time_per_call", 0, "24us");
	say("function.now", 0, "python");
	seen_add(&survey.items[0], &seen, time_now);
	assert_int_equal(survey.items[0].n_warnings, 0);
	check_range("inputs.length", 100, 900, ORIGIN_FILE);
	check_range("function.time_per_call", 24000, 24000, ORIGIN_FILE);
	check_word("function.now", "python", ORIGIN_FILE);
	/* What was not said of it is filled in. */
	assert_string_equal(answers_input(answers(), 0, "inputs.name")->text, "xs");
}

static void test_what_contradicts_is_told(void **state)
{
	struct worker_seen seen = seen_one();
	char **warnings;

	(void)state;
	answers_add_input(answers());
	answers()->inputs_known = 1;
	say("inputs.type", 0, "list[str]");
	say("inputs.length", 0, "10");
	say("function.time_per_call", 0, "2us");
	say("function.now", 0, "native");
	seen_add(&survey.items[0], &seen, time_now);
	assert_int_equal(survey.items[0].n_warnings, 4);
	check_range("inputs.length", 10, 1000, ORIGIN_FILE);
	check_range("function.time_per_call", 2000, 21000, ORIGIN_FILE);
	assert_int_equal(answers_input(answers(), 0, "inputs.type")->type->items[0]->kind, PYTYPE_STR);
	/* Neither word: it is as if nothing had been said. */
	assert_int_not_equal(answers_get(answers(), "function.now")->origin, ORIGIN_FILE);
	assert_int_not_equal(answers_get(answers(), "function.now")->origin, ORIGIN_MEASURED);
	warnings = survey.items[0].warnings;
	assert_non_null(strstr(warnings[0], "function.time_per_call is given as 2 us"));
	assert_non_null(strstr(warnings[2], "inputs[0].type is given as list[str]"));
	assert_non_null(strstr(warnings[2], "list[float]"));
}

static void test_inputs_go_by_name(void **state)
{
	struct worker_seen seen = seen_one();

	(void)state;
	seen.n = 3;
	seen.values[2] = seen.values[1];
	seen.values[1] = seen.values[0];
	seen.values[1].name = "k";
	seen.values[1].type = "int";
	seen.values[1].length = NAN;
	answers_add_input(answers());
	answers_add_input(answers());
	answers()->inputs_known = 1;
	say("inputs.name", 0, "k");
	say("inputs.name", 1, "xs");
	seen_add(&survey.items[0], &seen, time_now);
	assert_int_equal(answers_input(answers(), 0, "inputs.type")->type->kind, PYTYPE_INT);
	assert_int_equal(answers_input(answers(), 1, "inputs.type")->type->kind, PYTYPE_LIST);
}

static void test_no_single_call_says_nothing_of_inputs(void **state)
{
	struct worker_seen seen = seen_one();

	(void)state;
	seen.is_call = 0;
	seen.function = seen.now = "";
	seen_add(&survey.items[0], &seen, time_now);
	assert_int_equal(answers()->inputs_known, 0);
	assert_int_equal(answers()->n_inputs, 0);
	assert_int_equal(answers_get(answers(), "output.type")->origin, ORIGIN_MEASURED);
	assert_int_equal(answers_get(answers(), "function.now")->origin, ORIGIN_DEFAULT);
}

/* The worker runs somebody's code and may send anything. */
static void test_nonsense_is_left_out(void **state)
{
	struct worker_seen seen = seen_one();

	(void)state;
	seen.function = "\x1b[31m";
	seen.now = "cobol";
	seen.through = "tin cans";
	seen.wait_low = -1;
	seen.wait_high = 7;
	seen.values[0].type = "list[";
	seen.values[0].length = -5;
	seen.values[0].item_low = 9;
	seen.values[0].item_likely = 3;
	seen.values[0].item_high = INFINITY;
	seen.values[0].fields = 1e300;
	seen_add(&survey.items[0], &seen, est(0, 0, INFINITY));
	assert_int_equal(answers_get(answers(), "function.now")->origin, ORIGIN_DEFAULT);
	assert_int_equal(answers_get(answers(), "function.through")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_get(answers(), "function.bound")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_get(answers(), "function.time_per_call")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_input(answers(), 0, "inputs.type")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_input(answers(), 0, "inputs.length")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_input(answers(), 0, "inputs.item_length")->origin, ORIGIN_UNKNOWN);
	assert_int_equal(answers_input(answers(), 0, "inputs.fields")->origin, ORIGIN_UNKNOWN);
}

static void test_fields_are_the_most_that_can_be_needed(void **state)
{
	struct worker_seen seen = seen_one();

	(void)state;
	seen.values[0].type = "object";
	seen.values[0].fields = 5;
	seen_add(&survey.items[0], &seen, time_now);
	check_range("inputs.fields", 1, 5, ORIGIN_MEASURED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_unknown_answers_are_filled, begin, end),
		cmocka_unit_test_setup_teardown(test_waiting_has_three_words, begin, end),
		cmocka_unit_test_setup_teardown(test_what_agrees_stands_as_it_was_said, begin, end),
		cmocka_unit_test_setup_teardown(test_what_contradicts_is_told, begin, end),
		cmocka_unit_test_setup_teardown(test_inputs_go_by_name, begin, end),
		cmocka_unit_test_setup_teardown(test_no_single_call_says_nothing_of_inputs, begin, end),
		cmocka_unit_test_setup_teardown(test_nonsense_is_left_out, begin, end),
		cmocka_unit_test_setup_teardown(test_fields_are_the_most_that_can_be_needed, begin, end),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
