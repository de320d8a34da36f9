#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/cond.h"

static int core_first(const void *a, const void *b)
{
	const struct question *const *x = a, *const *y = b;

	/* Questions that share a place keep the order of the file. */
	return (*x)->core != (*y)->core ? (*x)->core - (*y)->core : *x < *y ? -1 : 1;
}

static struct answers *answers_of(const struct session *s)
{
	return &s->survey.items[0].answers;
}

static int is_asked(const struct session *s, size_t i)
{
	struct answers_at here;

	if (s->order[i]->scope == SCOPE_INPUT && s->seen)
		return 0;
	if (answers_value(answers_of(s), s->order[i], 0)->origin == ORIGIN_MEASURED)
		return 0;
	here.answers = answers_of(s);
	here.input = 0;
	return cond_eval(s->order[i]->when,
		s->order[i]->scope == SCOPE_INPUT ? answers_lookup_at : answers_lookup,
		s->order[i]->scope == SCOPE_INPUT ? (void *)&here : (void *)here.answers) == TRUTH_YES;
}

static void skip_unasked(struct session *s)
{
	while (s->at < s->n && !is_asked(s, s->at))
		s->at++;
}

/* Once the answers are there. */
static void begin(struct session *s, const struct questions *questions)
{
	size_t i;

	s->questions = questions;
	s->order = xcalloc(questions->n, sizeof *s->order);
	for (i = 0; i < questions->n; i++) {
		if (questions->items[i].core)
			s->order[s->n++] = &questions->items[i];
	}
	if (s->n)
		qsort(s->order, s->n, sizeof *s->order, core_first);
	skip_unasked(s);
}

void session_init(struct session *s, const struct questions *questions)
{
	memset(s, 0, sizeof *s);
	s->survey.items = xcalloc(1, sizeof *s->survey.items);
	s->survey.n = 1;
	answers_init(answers_of(s), questions);
	answers_add_input(answers_of(s));
	answers_of(s)->inputs_known = 1;
	begin(s, questions);
}

void session_init_from(struct session *s, struct survey *survey)
{
	memset(s, 0, sizeof *s);
	s->survey = *survey;
	memset(survey, 0, sizeof *survey);
	s->seen = answers_of(s)->inputs_known;
	if (!s->seen) {
		answers_add_input(answers_of(s));
		answers_of(s)->inputs_known = 1;
	}
	begin(s, answers_of(s)->questions);
}

void session_release(struct session *s)
{
	survey_release(&s->survey);
	free(s->order);
	memset(s, 0, sizeof *s);
}

const struct question *session_question(const struct session *s)
{
	return s->at < s->n ? s->order[s->at] : NULL;
}

void session_count(const struct session *s, size_t *number, size_t *of)
{
	size_t i;

	*number = *of = 0;
	for (i = 0; i < s->n; i++) {
		if (!is_asked(s, i))
			continue;
		++*of;
		if (i <= s->at)
			++*number;
	}
}

const struct value *session_value(const struct session *s)
{
	return answers_value(answers_of(s), s->order[s->at], 0);
}

/* A digit stands for the choice it numbers, where that is not an answer itself. */
static const char *choice_of(const struct question *q, const char *text)
{
	static const char *const words[] = {"yes", "no"};
	char *end;
	long n = strtol(text, &end, 10);

	if (!*text || *end || n < 1)
		return text;
	if (q->kind == QUESTION_BOOL && n <= 2)
		return words[n - 1];
	if ((q->kind == QUESTION_CHOICE || q->kind == QUESTION_CHOICES) && (size_t)n <= q->n_choices)
		return q->choices[n - 1].id;
	return text;
}

int session_reply(struct session *s, const char *text, struct err *err)
{
	const struct question *q = s->order[s->at];

	if (answers_set(answers_of(s), q, 0, choice_of(q, text), ORIGIN_ASKED, err) < 0)
		return -1;
	s->at++;
	skip_unasked(s);
	return 0;
}

int session_back(struct session *s)
{
	size_t i = s->at;

	while (i > 0) {
		if (is_asked(s, --i)) {
			s->at = i;
			return 1;
		}
	}
	return 0;
}

const struct survey *session_finish(struct session *s)
{
	struct answers *answers = answers_of(s);
	const struct question *type = questions_find(s->questions, "inputs.type");
	size_t i;

	/* An input of which nothing was said is no input. */
	if (!s->seen && !value_known(answers_value(answers, type, 0)) &&
		!value_known(answers_input(answers, 0, "inputs.length"))) {
		answers_clear_inputs(answers);
		answers->inputs_known = 0;
	}
	for (i = 0; i < s->survey.n; i++)
		survey_check(&s->survey.items[i]);
	return &s->survey;
}
