#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/cond.h"
#include "session/session.h"

/* Answers of questions that are not asked stay out; what was measured holds without a question. */
static void forget_unasked(struct answers *answers)
{
	const struct questions *questions = answers->questions;
	struct answers_at here = {.answers = answers};
	size_t i, k, n;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		n = q->scope == SCOPE_INPUT ? answers->n_inputs : 1;
		for (k = 0; q->when && k < n; k++) {
			here.input = k;
			if (cond_eval(q->when, q->scope == SCOPE_INPUT ? answers_lookup_at :
				answers_lookup, q->scope == SCOPE_INPUT ? (void *)&here :
				(void *)answers) == TRUTH_NO &&
				answers_value(answers, q, k)->origin != ORIGIN_MEASURED)
				answers_forget(answers, q, k);
		}
	}
}

/* An input of which nothing was said or seen is no input. */
static void forget_inputs(struct answers *answers)
{
	const struct question *type = questions_find(answers->questions, "inputs.type");

	if (answers->n_inputs != 1 || value_known(answers_value(answers, type, 0)) ||
		value_known(answers_input(answers, 0, "inputs.length")) || session_was_seen(answers, 0))
		return;
	answers_clear_inputs(answers);
	answers->inputs_known = 0;
}

void session_answers(const struct answers *from, struct answers *to)
{
	answers_copy(to, from);
	forget_inputs(to);
	forget_unasked(to);
}

void session_survey(const struct answers *answers, struct survey *survey)
{
	memset(survey, 0, sizeof *survey);
	survey->items = xcalloc(1, sizeof *survey->items);
	survey->n = 1;
	session_answers(answers, &survey->items[0].answers);
	survey_check(&survey->items[0]);
}

/* --- the person's own call --- */

int session_was_seen(const struct answers *answers, size_t input)
{
	const struct questions *questions = answers->questions;
	size_t i;

	for (i = 0; i < questions->n; i++) {
		if (questions->items[i].scope == SCOPE_INPUT &&
			answers_value(answers, &questions->items[i], input)->origin == ORIGIN_MEASURED)
			return 1;
	}
	return 0;
}

size_t session_measured(const struct answers *answers)
{
	const struct questions *questions = answers->questions;
	size_t count = 0, i, k, n;

	for (i = 0; i < questions->n; i++) {
		n = questions->items[i].scope == SCOPE_INPUT ? answers->n_inputs : 1;
		for (k = 0; k < n; k++)
			count += answers_value(answers, &questions->items[i], k)->origin ==
				ORIGIN_MEASURED;
	}
	return count;
}

static int was_said(const struct answers *answers, size_t input)
{
	const struct questions *questions = answers->questions;
	enum origin origin;
	size_t i;

	for (i = 0; i < questions->n; i++) {
		if (questions->items[i].scope != SCOPE_INPUT)
			continue;
		origin = answers_value(answers, &questions->items[i], input)->origin;
		if (origin == ORIGIN_ASKED || origin == ORIGIN_FILE)
			return 1;
	}
	return 0;
}

/* Another call tells anew what the one before it told; inputs of which nothing was said go. */
static void forget_seen(struct answers *answers)
{
	const struct questions *questions = answers->questions;
	int said = 0;
	size_t i, k, n;

	for (i = 0; i < questions->n; i++) {
		n = questions->items[i].scope == SCOPE_INPUT ? answers->n_inputs : 1;
		for (k = 0; k < n; k++) {
			if (answers_value(answers, &questions->items[i], k)->origin == ORIGIN_MEASURED)
				answers_forget(answers, &questions->items[i], k);
		}
	}
	for (k = 0; k < answers->n_inputs; k++)
		said |= was_said(answers, k);
	if (said)
		return;
	answers_clear_inputs(answers);
	answers->inputs_known = 0;
}

void session_drop_notes(struct session *s)
{
	while (s->n_notes)
		free(s->notes[--s->n_notes]);
	free(s->notes);
	s->notes = NULL;
}

void session_learn(struct session *s, const struct own *own)
{
	struct survey_item item = {0};

	session_remember(s, s->at);
	answers_copy(&item.answers, &s->answers);
	forget_seen(&item.answers);
	own_add(&item, own);
	answers_release(&s->answers);
	answers_copy(&s->answers, &item.answers);
	if (!s->answers.inputs_known)
		answers_add_input(&s->answers);
	session_drop_notes(s);
	s->notes = item.warnings;
	s->n_notes = item.n_warnings;
	answers_release(&item.answers);
	s->changes++;
}
