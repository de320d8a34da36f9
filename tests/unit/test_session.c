#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "session/session.h"

/* The real questions; tests run from the repository's root. */
static struct questions questions;

static int load(void **state)
{
	struct errs errs = {0};

	(void)state;
	return questions_load(&questions, "data", &errs);
}

static int unload(void **state)
{
	(void)state;
	questions_release(&questions);
	return 0;
}

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
	assert_int_equal(last, 8);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(core_questions_come_in_order),
		cmocka_unit_test(answers_open_and_close_questions),
		cmocka_unit_test(digits_stand_for_choices),
		cmocka_unit_test(a_wrong_reply_changes_nothing),
		cmocka_unit_test(an_input_of_which_nothing_was_said_is_none),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
