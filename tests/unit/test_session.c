#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/session.h"
#include "unit/world.h"

/* The real questions; tests run from the repository's root. */
static void reply(struct session *s, const char *text)
{
	struct err err;

	assert_int_equal(session_reply(s, text, &err), 0);
}

static void core_questions_come_in_order(void **state)
{
	struct session s;
	int last = 0;

	(void)state;
	session_init(&s, &questions);
	assert_string_equal(session_question(&s)->id, "function.bound");
	while (session_question(&s)) {
		assert_true(session_question(&s)->core >= last);
		last = session_question(&s)->core;
		reply(&s, "");
	}
	assert_int_equal(last, 9);
	session_release(&s);
}

/* Whether a loop can move is asked of a loop in Python only. */
static void answers_open_and_close_questions(void **state)
{
	struct session s;
	size_t number, with, without;

	(void)state;
	session_init(&s, &questions);
	while (strcmp(session_question(&s)->id, "caller.loop") != 0)
		reply(&s, "");
	reply(&s, "python");
	assert_string_equal(session_question(&s)->id, "caller.loop_can_move");
	session_count(&s, &number, &with);
	assert_int_equal(session_back(&s), 1);
	reply(&s, "none");
	assert_string_not_equal(session_question(&s)->id, "caller.loop_can_move");
	session_count(&s, &number, &without);
	assert_int_equal(with, without + 1);
	session_release(&s);
}

static size_t asked_in_all(const char *task, const char *loop, const char *time, const char *type,
	const char *languages)
{
	struct session s;
	size_t n = 0;

	session_init(&s, &questions);
	for (; session_question(&s); n++) {
		const char *id = session_question(&s)->id;

		reply(&s, strcmp(id, "function.task") == 0 ? task :
			strcmp(id, "caller.loop") == 0 ? loop :
			strcmp(id, "function.time_per_call") == 0 ? time :
			strcmp(id, "inputs.type") == 0 ? type :
			strcmp(id, "team.languages") == 0 ? languages : "");
	}
	session_release(&s);
	return n;
}

/* What the answers before leave no doubt about waits until it is known to count. */
static void a_session_is_about_ten_questions(void **state)
{
	(void)state;
	assert_int_equal(asked_in_all("edit-distance", "python", "20us", "str", "rust"), 9);
	assert_int_equal(asked_in_all("edit-distance", "python", "20us", "str", "none"), 10);
	assert_int_equal(asked_in_all("other", "python", "20us", "list[float]", "rust"), 10);
	assert_int_equal(asked_in_all("other", "python", "1s", "list[float]", "none"), 10);
	assert_int_equal(asked_in_all("other", "python", "20us", "list[float]", "none"), 11);
	assert_int_equal(asked_in_all("", "none", "", "", ""), 9);
}

/* A task that is named has a library; what was said of the library itself stands. */
static void a_task_tells_of_the_library(void **state)
{
	static const char *const said[][3] = {
		/* task, library, what advice takes */
		{"json", "", "yes"}, {"json", "no", "no"}, {"json", "in-use", "in-use"},
		{"other", "", "no"}, {"other", "yes", "yes"}, {"", "", NULL},
	};
	const struct question *library = questions_find(&questions, "library");
	struct survey survey;
	struct session s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof said / sizeof *said; i++) {
		const char *word;

		session_init(&s, &questions);
		session_go(&s, (struct session_at){STEP_QUESTION,
			questions_find(&questions, "function.task"), 0});
		reply(&s, said[i][0]);
		session_go(&s, (struct session_at){STEP_QUESTION, library, 0});
		reply(&s, said[i][1]);
		session_survey(&s.answers, &survey);
		word = value_word(answers_get(&survey.items[0].answers, "library"), library);
		if (said[i][2])
			assert_string_equal(word, said[i][2]);
		else
			assert_null(word);
		survey_release(&survey);
		session_release(&s);
	}
}

static void digits_stand_for_choices(void **state)
{
	const struct question *q;
	struct session s;

	(void)state;
	session_init(&s, &questions);
	q = session_question(&s);
	reply(&s, "2");
	assert_int_equal(session_back(&s), 1);
	assert_string_equal(value_word(session_value(&s), q), q->choices[1].id);
	assert_int_equal(session_back(&s), 0);
	session_release(&s);
}

static void a_wrong_reply_changes_nothing(void **state)
{
	struct session s;
	struct err err;

	(void)state;
	session_init(&s, &questions);
	reply(&s, "cpu");
	assert_string_equal(session_question(&s)->id, "function.share");
	assert_int_equal(session_reply(&s, "170%", &err), -1);
	assert_true(err.text[0]);
	assert_string_equal(session_question(&s)->id, "function.share");
	assert_false(value_known(session_value(&s)));
	session_release(&s);
}

static void an_input_of_which_nothing_was_said_is_none(void **state)
{
	struct survey survey;
	struct session s;

	(void)state;
	session_init(&s, &questions);
	while (session_question(&s))
		reply(&s, "");
	session_survey(&s.answers, &survey);
	assert_int_equal(survey.items[0].answers.n_inputs, 0);
	assert_false(survey.items[0].answers.inputs_known);
	survey_release(&survey);
	session_release(&s);
	session_init(&s, &questions);
	while (session_question(&s))
		reply(&s, strcmp(session_question(&s)->id, "inputs.type") == 0 ? "list[int]" : "");
	session_survey(&s.answers, &survey);
	assert_int_equal(survey.items[0].answers.n_inputs, 1);
	survey_release(&survey);
	session_release(&s);
}

static struct session_at question(const char *id, size_t input)
{
	return (struct session_at){STEP_QUESTION, questions_find(&questions, id), input};
}

static const struct session_at advice = {STEP_ADVICE, NULL, 0};
static const struct session_at table = {STEP_INPUTS, NULL, 0};

/* Replies until the core questions are done; the loop is Python's. */
static void reply_all(struct session *s)
{
	while (s->at.step != STEP_ADVICE) {
		if (s->at.step == STEP_INPUTS)
			session_forward(s);
		else if (strcmp(session_question(s)->id, "caller.loop") == 0)
			reply(s, "python");
		else if (strcmp(session_question(s)->id, "inputs.type") == 0)
			reply(s, "list[int]");
		else
			reply(s, "");
	}
}

static void the_table_comes_after_the_arguments(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	s.tables = 1;
	while (strcmp(session_question(&s)->id, "inputs.length") != 0)
		reply(&s, strcmp(session_question(&s)->id, "inputs.type") == 0 ? "list[int]" : "");
	reply(&s, "10");
	assert_int_equal(s.at.step, STEP_INPUTS);
	assert_null(session_question(&s));
	session_forward(&s);
	assert_string_equal(session_question(&s)->id, "team.languages");
	assert_int_equal(session_back(&s), 1);
	assert_int_equal(s.at.step, STEP_INPUTS);
	session_release(&s);
}

static void dependants_are_kept_and_marked(void **state)
{
	struct survey survey;
	struct session s;

	(void)state;
	session_init(&s, &questions);
	session_go(&s, question("caller.loop", 0));
	reply(&s, "python");
	assert_string_equal(session_question(&s)->id, "caller.loop_can_move");
	reply(&s, "yes");
	session_go(&s, question("caller.loop", 0));
	reply(&s, "none");
	assert_int_equal(session_state(&s, question("caller.loop_can_move", 0)), STATE_UNNEEDED);
	assert_true(value_known(answers_get(&s.answers, "caller.loop_can_move")));
	session_survey(&s.answers, &survey);
	assert_false(value_known(answers_get(&survey.items[0].answers, "caller.loop_can_move")));
	survey_release(&survey);
	session_go(&s, question("caller.loop", 0));
	reply(&s, "python");
	assert_int_equal(session_state(&s, question("caller.loop_can_move", 0)), STATE_STALE);
	session_go(&s, question("caller.loop_can_move", 0));
	reply(&s, "yes");
	assert_int_equal(session_state(&s, question("caller.loop_can_move", 0)), STATE_ANSWERED);
	session_release(&s);
}

static void the_same_reply_marks_nothing(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	session_go(&s, question("caller.loop", 0));
	reply(&s, "python");
	reply(&s, "yes");
	session_go(&s, question("caller.loop", 0));
	reply(&s, "python");
	assert_int_equal(session_state(&s, question("caller.loop_can_move", 0)), STATE_ANSWERED);
	session_release(&s);
}

static void from_the_advice_and_back_there(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	reply_all(&s);
	session_go(&s, question("function.share", 0));
	reply(&s, "50%");
	assert_int_equal(s.at.step, STEP_ADVICE);
	/* A reply that opens a core question leads there first. */
	session_go(&s, question("caller.loop", 0));
	reply(&s, "none");
	assert_int_equal(s.at.step, STEP_ADVICE);
	session_mark_add(&s, question("caller.loop_can_move", 0))->passed = 0;
	session_go(&s, question("caller.loop", 0));
	reply(&s, "python");
	assert_string_equal(session_question(&s)->id, "caller.loop_can_move");
	reply(&s, "");
	assert_int_equal(s.at.step, STEP_ADVICE);
	session_release(&s);
}

static void who_only_looked_at_the_advice_goes_on(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	reply(&s, "cpu");
	session_go(&s, advice);
	assert_int_equal(session_back(&s), 1);
	assert_string_equal(session_question(&s)->id, "function.share");
	reply(&s, "50%");
	assert_string_equal(session_question(&s)->id, "function.time_per_call");
	session_release(&s);
}

static void forward_goes_where_back_came_from(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	reply(&s, "cpu");
	reply(&s, "50%");
	session_back(&s);
	session_back(&s);
	assert_string_equal(session_question(&s)->id, "function.bound");
	session_forward(&s);
	session_forward(&s);
	assert_string_equal(session_question(&s)->id, "function.time_per_call");
	/* Past what was seen it passes the question by, which stays open. */
	session_forward(&s);
	assert_int_equal(session_state(&s, question("function.time_per_call", 0)), STATE_OPEN);
	session_release(&s);
}

static void refining_takes_what_is_wanted_then_the_rest(void **state)
{
	struct session_at wanted[2];
	struct session s;
	int asked = 0;

	(void)state;
	session_init(&s, &questions);
	reply_all(&s);
	wanted[0] = question("function.bound", 0);        /* passed: not offered again */
	wanted[1] = question("function.native_share", 0);
	assert_true(session_refine(&s, wanted, 2));
	assert_string_equal(session_question(&s)->id, "function.native_share");
	reply(&s, "10%");
	assert_int_equal(s.at.step, STEP_ADVICE);
	while (session_refine(&s, wanted, 2)) {
		assert_int_equal(session_state(&s, s.at), STATE_OPEN);
		reply(&s, "");
		assert_true(++asked < 200);
	}
	assert_true(asked > 20);
	assert_int_equal(s.at.step, STEP_ADVICE);
	session_release(&s);
}

static void undo_takes_back_answers_and_marks(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	reply(&s, "cpu");
	reply(&s, "50%");
	assert_true(session_undo(&s));
	assert_false(value_known(answers_get(&s.answers, "function.share")));
	assert_int_equal(session_state(&s, question("function.share", 0)), STATE_OPEN);
	assert_true(session_undo(&s));
	assert_false(session_undo(&s));
	session_release(&s);
}

static const char *name_of(const struct session *s, size_t i)
{
	return answers_input(&s->answers, i, "inputs.name")->text;
}

static void arguments_are_added_copied_moved_and_taken_away(void **state)
{
	struct session s;
	size_t i;

	(void)state;
	session_init(&s, &questions);
	session_go(&s, table);
	for (i = 0; i < 3; i++) {
		if (i)
			assert_int_equal(session_add_input(&s), i);
		session_go(&s, question("inputs.name", i));
		reply(&s, i == 0 ? "a" : i == 1 ? "b" : "c");
		assert_int_equal(s.at.step, STEP_INPUTS);
	}
	session_go(&s, question("inputs.type", 0));
	reply(&s, "int");
	assert_int_equal(session_copy_input(&s, 0), 1);
	assert_int_equal(s.answers.n_inputs, 4);
	assert_null(name_of(&s, 1));
	assert_int_equal(answers_input(&s.answers, 1, "inputs.type")->type->kind, PYTYPE_INT);
	session_delete_input(&s, 1);
	assert_string_equal(name_of(&s, 1), "b");
	assert_int_equal(session_move_input(&s, 1, 0), 0);
	assert_string_equal(name_of(&s, 0), "b");
	assert_string_equal(name_of(&s, 1), "a");
	assert_int_equal(session_move_input(&s, 0, 0), 0);
	assert_int_equal(session_move_input(&s, 2, 1), 2);
	assert_true(session_undo(&s));
	assert_string_equal(name_of(&s, 0), "a");
	while (s.answers.n_inputs)
		session_delete_input(&s, 0);
	assert_true(s.answers.inputs_known);
	while (session_add_input(&s) >= 0)
		;
	assert_int_equal(s.answers.n_inputs, ANSWERS_INPUTS_MAX);
	session_release(&s);
}

static void marks_follow_their_argument(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	session_add_input(&s);
	session_go(&s, question("inputs.type", 1));
	reply(&s, "");
	assert_int_equal(session_state(&s, question("inputs.type", 1)), STATE_PASSED);
	session_move_input(&s, 1, 0);
	assert_int_equal(session_state(&s, question("inputs.type", 0)), STATE_PASSED);
	assert_int_equal(session_state(&s, question("inputs.type", 1)), STATE_OPEN);
	session_delete_input(&s, 0);
	assert_int_equal(session_state(&s, question("inputs.type", 0)), STATE_OPEN);
	session_release(&s);
}

static void variants_are_kept_taken_and_dropped(void **state)
{
	struct session s;

	(void)state;
	session_init(&s, &questions);
	reply(&s, "cpu");
	session_keep(&s, "as it is", NULL);
	session_back(&s);
	reply(&s, "io");
	session_keep(&s, NULL, NULL);
	assert_string_equal(s.variants[1].name, "variant 2");
	session_take(&s, 0);
	assert_int_equal(value_has(answers_get(&s.answers, "function.bound"),
		questions_find(&questions, "function.bound"), "cpu"), 1);
	session_undo(&s);
	assert_int_equal(value_has(answers_get(&s.answers, "function.bound"),
		questions_find(&questions, "function.bound"), "io"), 1);
	session_drop(&s, 0);
	assert_int_equal(s.n_variants, 1);
	assert_string_equal(s.variants[0].name, "variant 2");
	session_release(&s);
}

static void the_list_has_every_question_once(void **state)
{
	struct session_row *rows;
	struct session s;
	size_t n, i, k;

	(void)state;
	session_init(&s, &questions);
	session_add_input(&s);
	n = session_rows(&s, &rows);
	assert_int_equal(n, questions.n_function + 2 * questions.n_input);
	for (i = 0; i < n; i++) {
		for (k = 0; k < i; k++)
			assert_false(rows[i].at.question == rows[k].at.question &&
				rows[i].at.input == rows[k].at.input);
	}
	assert_string_equal(rows[0].at.question->id, "function.bound");
	free(rows);
	session_release(&s);
}

static void set(struct answers *answers, const char *id, const char *text, enum origin origin)
{
	struct err err;

	assert_int_equal(answers_set(answers, questions_find(&questions, id), 0, text, origin, &err),
		0);
}

/* What a call showed is not asked, nor first of all what could not be seen of its inputs; the rest is. */
static void what_was_measured_is_not_asked(void **state)
{
	struct session_row *rows;
	struct answers answers, after;
	struct session s;
	size_t n, i;

	(void)state;
	answers_init(&answers, &questions);
	set(&answers, "function.bound", "cpu", ORIGIN_MEASURED);
	set(&answers, "function.wait_share", "0%", ORIGIN_MEASURED);
	answers_add_input(&answers);
	set(&answers, "inputs.name", "x", ORIGIN_MEASURED);
	session_init_from(&s, &answers);
	n = session_rows(&s, &rows);
	for (i = 0; i < n; i++) {
		if (rows[i].at.question->scope == SCOPE_INPUT && rows[i].at.question->core)
			assert_int_not_equal(rows[i].state, STATE_OPEN);
	}
	free(rows);
	assert_non_null(session_question(&s));
	while (session_question(&s)) {
		assert_int_not_equal(session_question(&s)->scope, SCOPE_INPUT);
		assert_int_not_equal(session_value(&s)->origin, ORIGIN_MEASURED);
		reply(&s, "");
	}
	session_answers(&s.answers, &after);
	assert_int_equal(after.n_inputs, 1);
	assert_true(value_known(answers_get(&after, "function.wait_share")));
	answers_release(&after);
	session_release(&s);
	answers_release(&answers);
}

/* Of a call without arguments none are asked for; of what was no call they are. */
static void inputs_are_asked_for_where_none_were_seen(void **state)
{
	struct answers answers;
	struct session s;
	int known, asked;

	(void)state;
	for (known = 0; known < 2; known++) {
		answers_init(&answers, &questions);
		answers.inputs_known = known;
		session_init_from(&s, &answers);
		asked = 0;
		while (session_question(&s)) {
			asked |= session_question(&s)->scope == SCOPE_INPUT;
			reply(&s, "");
		}
		assert_int_equal(asked, !known);
		assert_int_equal(s.answers.n_inputs, !known);
		session_release(&s);
		answers_release(&answers);
	}
}

/* A call f(xs), f(xs, ys) ... as a worker sees it. */
static struct own own_of(size_t n, const char *type, double ns)
{
	static const char *const names[] = {"xs", "ys"};
	struct own own = {.state = OWN_MEASURED};
	struct worker_seen *seen = &own.call.seen;
	size_t i;

	measurements_init(&own.m);
	own.call.expression = "f(xs)";
	own.call.ns = est(ns, ns, ns);
	own.call.drift = 1;
	*seen = (struct worker_seen){.is_call = 1, .function = "f", .now = "python", .through = "",
		.first_ns = ns, .later_ns = ns, .computed = "", .changed = "", .n = n + 1};
	for (i = 0; i <= n; i++) {
		seen->values[i] = (struct worker_value){.name = i < n ? names[i] : "", .type = type,
			.class = "", .length = 7, .item_low = NAN, .item_likely = NAN,
			.item_high = NAN, .fields = NAN, .ascii = -1, .contiguous = -1,
			.writable = -1, .own_class = -1};
	}
	return own;
}

static const char *answer(struct session *s, const char *id, struct str *text)
{
	str_clear(text);
	value_write(text, answers_get(&s->answers, id), questions_find(&questions, id));
	return str_text(text);
}

/* What was said stays, with a note where the call shows something else; another call takes the
 * place of the first, and undo brings it back. */
static void a_call_fills_in_what_was_not_said(void **state)
{
	struct own first = own_of(1, "list[float]", 5e6), second = own_of(2, "list[int]", 100);
	unsigned long changes;
	struct session s;
	struct str text;

	(void)state;
	str_init(&text);
	session_init(&s, &questions);
	session_go(&s, (struct session_at){STEP_QUESTION,
		questions_find(&questions, "function.time_per_call"), 0});
	reply(&s, "1us");
	changes = s.changes;
	session_learn(&s, &first);
	assert_int_equal(s.changes, changes + 1);
	assert_string_equal(answer(&s, "name", &text), "f");
	assert_int_equal(s.answers.n_inputs, 1);
	assert_true(session_was_seen(&s.answers, 0));
	assert_int_equal(answers_get(&s.answers, "function.time_per_call")->origin, ORIGIN_ASKED);
	assert_true(answers_get(&s.answers, "function.time_per_call")->range.high == 5e6);
	assert_true(s.n_notes >= 1);
	assert_non_null(strstr(s.notes[0], "function.time_per_call"));
	session_learn(&s, &second);
	assert_int_equal(s.answers.n_inputs, 2);
	assert_int_equal(answers_input(&s.answers, 1, "inputs.type")->origin, ORIGIN_MEASURED);
	assert_int_equal(session_undo(&s), 1);
	assert_int_equal(s.answers.n_inputs, 1);
	assert_int_equal(session_undo(&s), 1);
	assert_int_equal(session_measured(&s.answers), 0);
	assert_int_equal(s.answers.n_inputs, 1);
	str_release(&text);
	session_release(&s);
}

/* Of an argument that was seen nothing of the core is asked; of one that was added it is, and what
 * cannot be seen is offered when it is refined. */
static void an_argument_that_was_added_is_asked_for(void **state)
{
	const struct question *type = questions_find(&questions, "inputs.type");
	const struct question *access = questions_find(&questions, "inputs.access");
	struct own own = own_of(1, "list[float]", 100);
	struct session s;

	(void)state;
	session_init(&s, &questions);
	session_learn(&s, &own);
	session_add_input(&s);
	assert_int_equal(session_asks(&s, (struct session_at){STEP_QUESTION, type, 0}), 0);
	assert_int_equal(session_asks(&s, (struct session_at){STEP_QUESTION, type, 1}), 1);
	assert_int_equal(session_state(&s, (struct session_at){STEP_QUESTION, access, 0}), STATE_OPEN);
	session_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(core_questions_come_in_order),
		cmocka_unit_test(answers_open_and_close_questions),
		cmocka_unit_test(a_session_is_about_ten_questions),
		cmocka_unit_test(a_task_tells_of_the_library),
		cmocka_unit_test(digits_stand_for_choices),
		cmocka_unit_test(a_wrong_reply_changes_nothing),
		cmocka_unit_test(an_input_of_which_nothing_was_said_is_none),
		cmocka_unit_test(the_table_comes_after_the_arguments),
		cmocka_unit_test(dependants_are_kept_and_marked),
		cmocka_unit_test(the_same_reply_marks_nothing),
		cmocka_unit_test(from_the_advice_and_back_there),
		cmocka_unit_test(who_only_looked_at_the_advice_goes_on),
		cmocka_unit_test(forward_goes_where_back_came_from),
		cmocka_unit_test(refining_takes_what_is_wanted_then_the_rest),
		cmocka_unit_test(undo_takes_back_answers_and_marks),
		cmocka_unit_test(arguments_are_added_copied_moved_and_taken_away),
		cmocka_unit_test(marks_follow_their_argument),
		cmocka_unit_test(variants_are_kept_taken_and_dropped),
		cmocka_unit_test(the_list_has_every_question_once),
		cmocka_unit_test(what_was_measured_is_not_asked),
		cmocka_unit_test(inputs_are_asked_for_where_none_were_seen),
		cmocka_unit_test(a_call_fills_in_what_was_not_said),
		cmocka_unit_test(an_argument_that_was_added_is_asked_for),
	};

	return cmocka_run_group_tests(tests, questions_begin, questions_end);
}
