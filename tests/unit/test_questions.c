#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/questions.h"
#include "survey/answers.h"
#include "unit/scratch.h"
#include "unit/world.h"

/* The keys of answers-format.md. */
static const char *const keys[] = {
	"name",
	"goal.speedup",
	"goal.time_per_call",
	"goal.memory",
	"function.now",
	"function.through",
	"function.holds_gil",
	"function.interface",
	"function.bound",
	"function.wait_share",
	"function.share",
	"function.time_per_call",
	"function.calls_per_second",
	"function.work",
	"function.vectorisable",
	"function.native_share",
	"function.redundant_work",
	"function.callbacks_per_call",
	"function.typed",
	"function.keeps_state",
	"function.needs",
	"caller.loop",
	"caller.iterations",
	"caller.loop_can_move",
	"caller.independent",
	"inputs.name",
	"inputs.type",
	"inputs.length",
	"inputs.item_length",
	"inputs.fields",
	"inputs.access",
	"inputs.between_calls",
	"inputs.container_can_change",
	"inputs.own_class",
	"inputs.crosses",
	"inputs.ascii",
	"inputs.contiguous",
	"inputs.writable",
	"inputs.shape",
	"output.type",
	"output.length",
	"output.item_length",
	"output.read",
	"output.own_class",
	"runtime.concurrency",
	"runtime.workers",
	"runtime.cores",
	"runtime.free_threaded",
	"runtime.pypy",
	"runtime.short_lived",
	"runtime.lifetime",
	"runtime.import_time",
	"team.languages",
	"team.maintainers",
	"team.native_build_exists",
	"team.compile_step",
	"team.memory",
	"team.ship_to",
	"team.platforms",
	"team.wheels",
	"team.pure_python_fallback",
	"team.spread",
	"team.logging",
	"tried",
	"library",
	"function.task",
	"library_batch",
};

static void every_key_is_asked(void **state)
{
	size_t i;

	(void)state;
	assert_int_equal(questions.n, sizeof keys / sizeof *keys);
	for (i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct question *q = questions_find(&questions, keys[i]);

		if (!q)
			fail_msg("'%s' is not asked", keys[i]);
		assert_string_equal(q->id, keys[i]);
		assert_ptr_equal(&questions.items[question_index(&questions, q)], q);
		assert_int_equal(q->scope,
			strncmp(keys[i], "inputs.", 7) == 0 ? SCOPE_INPUT : SCOPE_FUNCTION);
	}
	assert_null(questions_find(&questions, "function"));
	assert_null(questions_find(&questions, ""));
	assert_null(questions_find(&questions, "function.shar"));
}

static void places_count_within_a_scope(void **state)
{
	size_t function = 0, input = 0, i;

	(void)state;
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		assert_int_equal(q->place, q->scope == SCOPE_INPUT ? input++ : function++);
	}
	assert_int_equal(questions.n_function, function);
	assert_int_equal(questions.n_input, input);
}

static void the_core_is_nine_in_order(void **state)
{
	static const struct {
		const char *id;
		int core;
	} core[] = {
		{"function.bound", 1},
		{"function.share", 2},
		{"function.time_per_call", 3},
		{"function.task", 4},
		{"caller.loop", 5},
		{"caller.loop_can_move", 5},
		{"function.work", 6},
		{"inputs.type", 7},
		{"inputs.length", 7},
		{"team.languages", 8},
		{"team.compile_step", 9},
	};
	size_t n = 0, i;

	(void)state;
	for (i = 0; i < questions.n; i++)
		n += questions.items[i].core != 0;
	assert_int_equal(n, sizeof core / sizeof *core);
	for (i = 0; i < n; i++)
		assert_int_equal(questions_find(&questions, core[i].id)->core, core[i].core);
}

/* Prose is a question, a sentence, and a line for each choice. */
static void prose_is_whole(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		if (q->text[strlen(q->text) - 1] != '?' || q->why[strlen(q->why) - 1] != '.')
			fail_msg("'%s' is no question or its reason no sentence", q->id);
		for (k = 0; k < q->n_choices; k++)
			assert_true(strlen(q->choices[k].text) > 0);
		assert_non_null(q->example);
	}
}

static void examples_and_defaults_are_allowed(void **state)
{
	struct answers answers;
	struct err err;
	size_t i;

	(void)state;
	answers_init(&answers, &questions);
	answers_add_input(&answers);
	for (i = 0; i < questions.n; i++) {
		const struct question *q = &questions.items[i];

		if (answers_set(&answers, q, 0, q->example, ORIGIN_ASKED, &err) < 0)
			fail_msg("'%s': the example '%s': %s", q->id, q->example, err.text);
		assert_true(value_known(answers_value(&answers, q, 0)));
		if (q->default_text)
			assert_int_equal(
				answers_set(&answers, q, 0, q->default_text, ORIGIN_ASKED, &err),
				0);
	}
	answers_release(&answers);
}

/* Loads text as questions.yaml of a folder of its own. */
static int load_text(const char *text, struct questions *q, struct errs *errs)
{
	char *dir = scratch_new();
	int result;

	scratch_write(dir, "questions.yaml", text);
	memset(errs, 0, sizeof *errs);
	result = questions_load(q, dir, errs);
	scratch_remove(dir);
	return result;
}

static void defaults_that_are_not_allowed_are_told(void **state)
{
	struct errs errs = {NULL, 0, 0};
	struct answers answers;
	struct questions q;

	(void)state;
	assert_int_equal(answers_check_defaults(&questions, &errs), 0);
	assert_int_equal(load_text("- {id: a, text: t?, why: w., kind: bool, default: maybe}\n"
				   "- {id: b, text: t?, why: w., kind: share, low: 0, high: 1,\n"
				   "   example: 200%}\n",
				 &q, &errs),
		0);
	assert_int_equal(answers_check_defaults(&q, &errs), -1);
	assert_int_equal(errs.n, 2);
	assert_non_null(strstr(errs.items[0].text, "the default of 'a' is not allowed: 'maybe'"));
	assert_non_null(strstr(errs.items[1].text, "the example of 'b' is not allowed: '200%'"));
	errs_release(&errs);
	answers_init(&answers, &q);
	assert_false(value_known(answers_get(&answers, "a")));
	answers_release(&answers);
	questions_release(&q);
}

static void choices_have_other_spellings(void **state)
{
	const struct question *step = questions_find(&questions, "team.compile_step");
	const struct question *platforms = questions_find(&questions, "team.platforms");

	(void)state;
	assert_string_equal(step->choices[question_choice(step, "no")].id, "never");
	assert_string_equal(step->choices[question_choice(step, "never")].id, "never");
	assert_int_equal(question_choice(step, "maybe"), -1);
	assert_string_equal(
		platforms->choices[question_choice(platforms, "linux-aarch64")].id, "linux-arm64");
	assert_string_equal(platforms->open_prefix, "");
	assert_true(questions_find(&questions, "team.languages")->choices[4].alone);
}

static void a_small_file_is_read(void **state)
{
	struct questions q;
	struct errs errs;

	(void)state;
	assert_int_equal(
		load_text("- {id: a.b, text: t?, why: w., kind: duration, low: 1us, high: 2ms,\n"
			  "   core: 3, default: 5us}\n"
			  "- {id: a.c, text: t?, why: w., kind: share, low: 10%, high: 1,\n"
			  "   when: {key: a.b, op: more, value: 1ms}}\n",
			&q, &errs),
		0);
	assert_int_equal(q.n, 2);
	assert_true(q.items[0].low == 1000 && q.items[0].high == 2e6);
	assert_string_equal(q.items[0].high_text, "2ms");
	assert_int_equal(q.items[0].core, 3);
	assert_true(q.items[1].low == 0.1);
	assert_non_null(q.items[1].when);
	questions_release(&q);
}

static void mistakes_of_the_file_are_told(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"a: b\n", "a list of questions"},
		{"- {id: a, text: t, why: w}\n", "'kind' is missing"},
		{"- {id: a, text: t, kind: text}\n", "'why' is missing"},
		{"- {id: a, text: t, why: w, kind: txt}\n", "did you mean 'text'?"},
		{"- {id: a, text: t, why: w, kind: text, lo: 1}\n", "'lo' is no field"},
		{"- {id: a, text: t, why: w, kind: share}\n", "needs 'low' and 'high'"},
		{"- {id: a, text: t, why: w, kind: share, low: 2, high: 1}\n",
			"'low' is above 'high'"},
		{"- {id: a, text: t, why: w, kind: size, low: 1, high: 2}\n", "unit is missing"},
		{"- {id: a, text: t, why: w, kind: bool, low: 1}\n", "has no range"},
		{"- {id: a, text: t, why: w, kind: choice}\n", "'choices' has to be a list"},
		{"- {id: a, text: t, why: w, kind: bool, choices: [{id: x, text: y}]}\n",
			"has no choices"},
		{"- {id: a, text: t, why: w, kind: choice, choices: [{id: x, text: y}, {id: x, "
		 "text: z}]}\n",
			"stands for two choices"},
		{"- {id: a, text: t, why: w, kind: bool}\n- {id: a, text: t, why: w, kind: bool}\n",
			"'a' is asked twice"},
		{"- {id: name, text: t, why: w, kind: bool, when: {key: nam, op: known}}\n",
			"'nam' is no question; did you mean 'name'?"},
		{"- {id: a, text: t, why: w, kind: choice, choices: [{id: x, text: y}],\n"
		 "   when: {key: a, op: is, value: z}}\n",
			"'z' is no choice of 'a'"},
		{"- {id: a, text: t, why: w, kind: text, open_prefix: b}\n",
			"for the kind 'choices'"},
	};
	struct questions q;
	struct errs errs;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(load_text(cases[i].text, &q, &errs), -1);
		assert_true(errs.n > 0);
		if (!strstr(errs.items[0].text, cases[i].words))
			fail_msg("'%s': %s", cases[i].text, errs.items[0].text);
		assert_int_equal(q.n, 0);
		errs_release(&errs);
	}
}

static void a_folder_without_questions(void **state)
{
	struct errs errs = {NULL, 0, 0};
	struct questions q;

	(void)state;
	assert_int_equal(questions_load(&q, "/nowhere", &errs), -1);
	assert_non_null(strstr(errs.items[0].text, "/nowhere/questions.yaml"));
	errs_release(&errs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_asked),
		cmocka_unit_test(places_count_within_a_scope),
		cmocka_unit_test(the_core_is_nine_in_order),
		cmocka_unit_test(prose_is_whole),
		cmocka_unit_test(examples_and_defaults_are_allowed),
		cmocka_unit_test(defaults_that_are_not_allowed_are_told),
		cmocka_unit_test(choices_have_other_spellings),
		cmocka_unit_test(a_small_file_is_read),
		cmocka_unit_test(mistakes_of_the_file_are_told),
		cmocka_unit_test(a_folder_without_questions),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
