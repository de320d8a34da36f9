#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "survey/answers.h"
#include "unit/world.h"

static const struct question *ask(const char *id)
{
	const struct question *question = questions_find(&questions, id);

	assert_non_null(question);
	return question;
}

static void set(struct answers *answers, const char *id, size_t input, const char *text)
{
	struct err err;

	if (answers_set(answers, ask(id), input, text, ORIGIN_ASKED, &err) < 0)
		fail_msg("%s '%s': %s", id, text, err.text);
}

static void nothing_said_is_unknown_or_default(void **state)
{
	struct answers answers;
	const struct value *value;
	size_t i;

	(void)state;
	answers_init(&answers, &questions);
	answers_add_input(&answers);
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		value = answers_value(&answers, q, 0);
		assert_int_equal(value->origin, q->default_text ? ORIGIN_DEFAULT : ORIGIN_UNKNOWN);
		if (question_is_quantity(q->kind) && !q->default_text) {
			assert_true(value->range.low == q->low);
			assert_true(value->range.high == q->high);
		}
	}
	value = answers_get(&answers, "function.typed");
	assert_int_equal(value_bool(value), -1);
	assert_null(value_word(answers_get(&answers, "function.bound"), ask("function.bound")));
	assert_string_equal(
		value_word(answers_get(&answers, "function.now"), ask("function.now")), "python");
	answers_release(&answers);
}

static void text_is_read_as_typed(void **state)
{
	struct answers answers;
	const struct value *value;

	(void)state;
	answers_init(&answers, &questions);
	answers_add_input(&answers);
	set(&answers, "function.time_per_call", 0, "45us");
	value = answers_get(&answers, "function.time_per_call");
	assert_int_equal(value->origin, ORIGIN_ASKED);
	assert_true(value->range.low == 45000 && value->range.likely == 45000 &&
		    value->range.high == 45000);
	set(&answers, "function.share", 0, " [ 30% , 0.6 ] ");
	value = answers_get(&answers, "function.share");
	assert_true(value->range.low == 0.3 && value->range.high == 0.6);
	assert_true(fabs(value->range.likely - sqrt(0.3 * 0.6)) < 1e-12);
	set(&answers, "function.typed", 0, "y");
	assert_int_equal(value_bool(answers_get(&answers, "function.typed")), 1);
	set(&answers, "function.typed", 0, "No");
	assert_int_equal(value_bool(answers_get(&answers, "function.typed")), 0);
	set(&answers, "team.languages", 0, "rust, c");
	value = answers_get(&answers, "team.languages");
	assert_int_equal(value_has(value, ask("team.languages"), "rust"), 1);
	assert_int_equal(value_has(value, ask("team.languages"), "cpp"), 0);
	set(&answers, "team.platforms", 0, "[freebsd-x86_64, pyodide, freebsd-x86_64]");
	value = answers_get(&answers, "team.platforms");
	assert_int_equal(value_has(value, ask("team.platforms"), "freebsd-x86_64"), 1);
	assert_int_equal(value_has(value, ask("team.platforms"), "pyodide"), 1);
	assert_int_equal(value_has(value, ask("team.platforms"), "freebsd"), 0);
	assert_int_equal(value_has(value, ask("team.platforms"), "linux-musl"), 0);
	set(&answers, "tried", 0, "numpy: worse, cache");
	value = answers_get(&answers, "tried");
	assert_int_equal(value_has(value, ask("tried"), "cache"), 1);
	assert_int_equal(value->outcomes[question_choice(ask("tried"), "numpy")], OUTCOME_WORSE);
	assert_int_equal(value->outcomes[question_choice(ask("tried"), "cache")], OUTCOME_UNKNOWN);
	set(&answers, "inputs.type", 0, "dict[str, int]");
	assert_int_equal(answers_input(&answers, 0, "inputs.type")->type->kind, PYTYPE_DICT);
	set(&answers, "inputs.shape", 0, "[1k, 3]");
	value = answers_input(&answers, 0, "inputs.shape");
	assert_int_equal(value->n_shape, 2);
	assert_true(value->shape[0] == 1000 && value->shape[1] == 3);
	answers_release(&answers);
}

static void unknown_takes_an_answer_back(void **state)
{
	struct answers answers;

	(void)state;
	answers_init(&answers, &questions);
	set(&answers, "function.share", 0, "60%");
	set(&answers, "function.share", 0, "unknown");
	assert_false(value_known(answers_get(&answers, "function.share")));
	assert_true(answers_get(&answers, "function.share")->range.high == 1);
	set(&answers, "function.now", 0, "native");
	set(&answers, "function.now", 0, "  ");
	assert_int_equal(answers_get(&answers, "function.now")->origin, ORIGIN_DEFAULT);
	set(&answers, "team.languages", 0, "[unknown]");
	assert_false(value_known(answers_get(&answers, "team.languages")));
	answers_release(&answers);
}

static void what_is_not_allowed_changes_nothing(void **state)
{
	static const struct {
		const char *id, *text, *words;
	} cases[] = {
		{"function.share", "150%", "out of range: allowed is 0% to 100%"},
		{"function.share", "[60%, 30%]", "begins with its high end"},
		{"function.share", "[1%, 2%, 3%]", "two ends"},
		{"function.share", "[1%, 2%", "no closing ']'"},
		{"function.time_per_call", "45", "its unit is missing"},
		{"function.bound", "gpu", "allowed: cpu, io, mixed, or unknown"},
		{"function.bound", "cpu, io", "is no choice here"},
		{"function.typed", "maybe", "neither yes nor no"},
		{"team.languages", "none, rust", "cannot stand beside"},
		{"team.platforms", "my box", "is no choice here"},
		{"tried", "numpy: bad", "is no outcome"},
		{"tried", "prayer: better", "is no choice here"},
		{"output.type", "lisst[int]", "is no type"},
		{"name", "two\nlines", "line break"},
		{"name", "\033[1m", "control character"},
		{"goal.speedup", "0.5x", "allowed is 1 to 1e6"},
	};
	struct answers answers;
	struct str before, after;
	struct err err;
	size_t i;

	(void)state;
	answers_init(&answers, &questions);
	str_init(&before);
	str_init(&after);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct question *q = ask(cases[i].id);

		set(&answers, q->id, 0, q->example);
		str_clear(&before);
		value_write(&before, answers_get(&answers, q->id), q);
		assert_int_equal(
			answers_set(&answers, q, 0, cases[i].text, ORIGIN_ASKED, &err), -1);
		assert_int_equal(err.code, ERR_INVALID);
		if (!strstr(err.text, cases[i].words))
			fail_msg("%s '%s': %s", cases[i].id, cases[i].text, err.text);
		assert_null(strchr(err.text, '\033'));
		str_clear(&after);
		value_write(&after, answers_get(&answers, q->id), q);
		assert_string_equal(str_text(&before), str_text(&after));
	}
	str_release(&before);
	str_release(&after);
	answers_release(&answers);
}

/* What is written can be typed again, and is then the same. */
static void written_values_come_back(void **state)
{
	static const struct {
		const char *id, *text, *written;
	} cases[] = {
		{"name", "score: [pairs], 60%", "score: [pairs], 60%"},
		{"function.share", "[30%, 0.6]", "[30%, 60%]"},
		{"function.time_per_call", "4200ns", "4.2us"},
		{"function.calls_per_second", "13k/s", "13k"},
		{"goal.memory", "64KiB", "64KiB"},
		{"goal.speedup", "10", "10x"},
		{"function.typed", "true", "yes"},
		{"function.bound", "i/o", "io"},
		{"team.languages", "[rust, c]", "c, rust"},
		{"team.platforms", "haiku, pyodide, linux-aarch64", "linux-arm64, pyodide, haiku"},
		{"tried", "numpy: worse, cache", "cache, numpy: worse"},
		{"team.compile_step", "no", "never"},
		{"inputs.type", "dict[str,list[int]]", "dict[str, list[int]]"},
		{"inputs.shape", "[1k, 3]", "[1000, 3]"},
		{"inputs.length", "0.125", "0.125"},
		{"caller.loop", "unknown", "unknown"},
	};
	struct answers answers;
	struct str out;
	size_t i, round;

	(void)state;
	answers_init(&answers, &questions);
	answers_add_input(&answers);
	str_init(&out);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct question *q = ask(cases[i].id);

		str_add(&out, cases[i].text);
		for (round = 0; round < 2; round++) {
			set(&answers, q->id, 0, str_text(&out));
			str_clear(&out);
			value_write(&out, answers_value(&answers, q, 0), q);
			assert_string_equal(str_text(&out), cases[i].written);
		}
		str_clear(&out);
	}
	str_release(&out);
	answers_release(&answers);
}

static void copies_are_their_own(void **state)
{
	struct answers a, b, c;

	(void)state;
	answers_init(&a, &questions);
	answers_add_input(&a);
	set(&a, "inputs.type", 0, "list[float]");
	set(&a, "name", 0, "first");
	set(&a, "team.platforms", 0, "haiku");
	answers_copy(&b, &a);
	answers_copy(&c, &b);
	set(&b, "name", 0, "second");
	set(&b, "inputs.type", 0, "int");
	answers_add_input(&b);
	answers_edit(&b, ask("function.share"), 0)->range = est_point(0.5);
	assert_string_equal(answers_get(&a, "name")->text, "first");
	assert_int_equal(answers_input(&a, 0, "inputs.type")->type->kind, PYTYPE_LIST);
	assert_int_equal(a.n_inputs, 1);
	assert_true(answers_get(&a, "function.share")->range.high == 1);
	answers_release(&a);
	answers_release(&b);
	assert_string_equal(answers_get(&c, "name")->text, "first");
	assert_string_equal(answers_get(&c, "team.platforms")->text, "haiku");
	assert_int_equal(answers_get(&c, "function.now")->origin, ORIGIN_DEFAULT);
	assert_int_equal(c.inputs_known, 1);
	answers_release(&c);
}

static enum truth holds(
	struct answers *answers, const char *key, enum cond_op op, const char *word, double number)
{
	char *values[1] = {(char *)(uintptr_t)word};
	struct cond cond;

	memset(&cond, 0, sizeof cond);
	cond.kind = COND_LEAF;
	cond.key = (char *)(uintptr_t)key;
	cond.op = op;
	cond.values = values;
	cond.n_values = word ? 1 : 0;
	cond.number = number;
	return cond_eval(&cond, answers_lookup, answers);
}

static void conditions_find_answers(void **state)
{
	struct answers answers;
	struct fact fact;

	(void)state;
	answers_init(&answers, &questions);
	set(&answers, "function.bound", 0, "cpu");
	set(&answers, "function.time_per_call", 0, "[1us, 3us]");
	set(&answers, "function.typed", 0, "yes");
	set(&answers, "team.languages", 0, "rust, c");
	set(&answers, "team.platforms", 0, "pyodide, haiku, plan9");
	set(&answers, "tried", 0, "numpy: worse, cache");
	set(&answers, "output.type", 0, "dict[str, list[int]]");
	set(&answers, "name", 0, "f");
	assert_int_equal(holds(&answers, "function.bound", OP_IS, "cpu", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "function.bound", OP_IS, "io", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "function.work", OP_IS, "text", 0), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "function.typed", OP_IS, "yes", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "function.time_per_call", OP_LESS, NULL, 4000), TRUTH_YES);
	assert_int_equal(
		holds(&answers, "function.time_per_call", OP_LESS, NULL, 2000), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "function.share", OP_LESS, NULL, 2), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "team.languages", OP_HAS, "rust", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "team.languages", OP_HAS_NOT, "cpp", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "team.platforms", OP_HAS, "plan9", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "team.platforms", OP_HAS, "linux-musl", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "tried", OP_HAS, "numpy", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "tried", OP_HAS, "numpy:worse", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "tried", OP_HAS, "cache:better", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "output.type", OP_HAS, "dict", 0), TRUTH_YES);
	assert_int_equal(
		holds(&answers, "output.type", OP_HAS, "dict[str, list[int]]", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "output.type", OP_HAS, "of:int", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "output.type", OP_HAS, "list", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "name", OP_IS, "f", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "function.bound", OP_KNOWN, NULL, 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "function.work", OP_KNOWN, NULL, 0), TRUTH_NO);
	assert_int_equal(answers_lookup(&answers, "no.such", &fact), -1);
	answers_release(&answers);
}

static void conditions_see_all_inputs(void **state)
{
	struct answers answers;
	struct answers_at at;
	struct fact fact;

	(void)state;
	answers_init(&answers, &questions);
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "list", 0), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "inputs.count", OP_LESS, NULL, 1), TRUTH_UNKNOWN);
	assert_int_equal(answers_main_input(&answers), -1);
	answers.inputs_known = 1;
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "list", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "inputs.count", OP_LESS, NULL, 1), TRUTH_YES);
	assert_int_equal(holds(&answers, "inputs.main.type", OP_HAS, "list", 0), TRUTH_NO);
	answers_add_input(&answers);
	answers_add_input(&answers);
	set(&answers, "inputs.type", 0, "int");
	set(&answers, "inputs.length", 0, "1");
	/* The other one is not known yet: it may be a list. */
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "int", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "list", 0), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "inputs.length", OP_LESS, NULL, 10), TRUTH_UNKNOWN);
	set(&answers, "inputs.type", 1, "list[float]");
	set(&answers, "inputs.length", 1, "1000");
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "list", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "inputs.type", OP_HAS, "set", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "inputs.length", OP_AT_MOST, NULL, 1000), TRUTH_YES);
	assert_int_equal(holds(&answers, "inputs.length", OP_MORE, NULL, 10), TRUTH_UNKNOWN);
	assert_int_equal(holds(&answers, "inputs.count", OP_AT_LEAST, NULL, 2), TRUTH_YES);
	assert_int_equal(answers_main_input(&answers), 1);
	assert_int_equal(holds(&answers, "inputs.main.type", OP_HAS, "list", 0), TRUTH_YES);
	assert_int_equal(holds(&answers, "inputs.main.type", OP_HAS, "int", 0), TRUTH_NO);
	assert_int_equal(holds(&answers, "inputs.main.length", OP_MORE, NULL, 10), TRUTH_YES);
	at.answers = &answers;
	at.input = 0;
	assert_int_equal(answers_lookup_at(&at, "inputs.type", &fact), 0);
	assert_int_equal(fact.n_words, 1);
	assert_string_equal(fact.words[0], "int");
	assert_int_equal(answers_lookup_at(&at, "function.now", &fact), 0);
	assert_string_equal(fact.words[0], "python");
	answers_release(&answers);
}

static void questions_hold_back_what_does_not_apply(void **state)
{
	struct answers answers;
	struct answers_at at;

	(void)state;
	answers_init(&answers, &questions);
	answers_add_input(&answers);
	at.answers = &answers;
	at.input = 0;
	assert_int_equal(cond_eval(ask("caller.loop_can_move")->when, answers_lookup, &answers),
		TRUTH_UNKNOWN);
	set(&answers, "caller.loop", 0, "python");
	assert_int_equal(
		cond_eval(ask("caller.loop_can_move")->when, answers_lookup, &answers), TRUTH_YES);
	set(&answers, "caller.loop", 0, "none");
	assert_int_equal(
		cond_eval(ask("caller.loop_can_move")->when, answers_lookup, &answers), TRUTH_NO);
	set(&answers, "inputs.type", 0, "list[str]");
	assert_int_equal(cond_eval(ask("inputs.ascii")->when, answers_lookup_at, &at), TRUTH_YES);
	assert_int_equal(cond_eval(ask("inputs.length")->when, answers_lookup_at, &at), TRUTH_YES);
	assert_int_equal(
		cond_eval(ask("inputs.item_length")->when, answers_lookup_at, &at), TRUTH_YES);
	assert_int_equal(cond_eval(ask("inputs.fields")->when, answers_lookup_at, &at), TRUTH_NO);
	set(&answers, "inputs.type", 0, "int");
	assert_int_equal(cond_eval(ask("inputs.length")->when, answers_lookup_at, &at), TRUTH_NO);
	assert_int_equal(cond_eval(ask("inputs.ascii")->when, answers_lookup_at, &at), TRUTH_NO);
	answers_release(&answers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_said_is_unknown_or_default),
		cmocka_unit_test(text_is_read_as_typed),
		cmocka_unit_test(unknown_takes_an_answer_back),
		cmocka_unit_test(what_is_not_allowed_changes_nothing),
		cmocka_unit_test(written_values_come_back),
		cmocka_unit_test(copies_are_their_own),
		cmocka_unit_test(conditions_find_answers),
		cmocka_unit_test(conditions_see_all_inputs),
		cmocka_unit_test(questions_hold_back_what_does_not_apply),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
