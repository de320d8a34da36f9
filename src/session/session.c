#include "session/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "catalog/cond.h"

static int core_first(const void *a, const void *b)
{
	const struct question *const *x = a, *const *y = b;

	/* Questions that share a place keep the order of the file. */
	return (*x)->core != (*y)->core ? (*x)->core - (*y)->core : *x < *y ? -1 : 1;
}

/* Once the answers are there. */
static void init(struct session *s, const struct questions *questions)
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
	session_begin(s);
}

void session_init(struct session *s, const struct questions *questions)
{
	memset(s, 0, sizeof *s);
	answers_init(&s->answers, questions);
	answers_add_input(&s->answers);
	init(s, questions);
}

void session_init_from(struct session *s, const struct answers *answers)
{
	memset(s, 0, sizeof *s);
	answers_copy(&s->answers, answers);
	if (!answers->inputs_known)
		answers_add_input(&s->answers);
	init(s, answers->questions);
}

void session_release(struct session *s)
{
	size_t i;

	answers_release(&s->answers);
	for (i = 0; i < s->n_past; i++) {
		answers_release(&s->past[i].answers);
		free(s->past[i].marks.items);
	}
	while (s->n_variants)
		session_drop(s, s->n_variants - 1);
	free(s->past);
	free(s->variants);
	free(s->marks.items);
	free(s->trail);
	free(s->ahead);
	free(s->order);
	session_drop_notes(s);
	memset(s, 0, sizeof *s);
}

/* The way through the core questions, the table and the advice; the caller frees it. */
static struct session_at *way_of(const struct session *s, size_t *n)
{
	size_t most = s->n * (s->answers.n_inputs + 1) + 2, i, k, input;
	struct session_at *way = xcalloc(most, sizeof *way), at = {STEP_QUESTION, NULL, 0};
	int inputs_done = 0;

	*n = 0;
	for (i = 0; i < s->n; i++) {
		at.question = s->order[i];
		at.input = 0;
		if (at.question->scope != SCOPE_INPUT) {
			if (session_asks(s, at) && session_is_core(s, at))
				way[(*n)++] = at;
			continue;
		}
		/* One argument after the other, each with all its questions. */
		for (input = 0; !inputs_done && input < s->answers.n_inputs; input++) {
			at.input = input;
			for (k = i; k < s->n; k++) {
				at.question = s->order[k];
				if (at.question->scope == SCOPE_INPUT && session_asks(s, at) &&
					session_is_core(s, at))
					way[(*n)++] = at;
			}
		}
		if (!inputs_done && s->tables)
			way[(*n)++] = (struct session_at){STEP_INPUTS, NULL, 0};
		inputs_done = 1;
	}
	way[(*n)++] = (struct session_at){STEP_ADVICE, NULL, 0};
	return way;
}

static int same(struct session_at a, struct session_at b)
{
	return a.step == b.step && a.question == b.question && a.input == b.input;
}

/* Its place on the way; n when it is not on it. */
static size_t place_on(const struct session_at *way, size_t n, struct session_at at)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (same(way[i], at))
			return i;
	}
	return n;
}

static int is_open(const struct session *s, struct session_at at)
{
	return at.step == STEP_QUESTION && session_state(s, at) == STATE_OPEN;
}

static struct session_at first_open(const struct session *s)
{
	size_t n, i;
	struct session_at *way = way_of(s, &n), found = way[n - 1];

	for (i = 0; i < n; i++) {
		if (is_open(s, way[i])) {
			found = way[i];
			break;
		}
	}
	free(way);
	return found;
}

/* What comes after `at` on the way; off the way, the advice. */
static struct session_at after(const struct session *s, struct session_at at)
{
	size_t n, i;
	struct session_at *way = way_of(s, &n), found;

	i = place_on(way, n, at);
	found = way[i + 1 < n ? i + 1 : n - 1];
	free(way);
	return found;
}

static void arrive(struct session *s, struct session_at to)
{
	s->at = to;
	if (to.step == STEP_ADVICE)
		s->advised = 1;
}

static void travel(struct session *s, struct session_at to)
{
	if (same(s->at, to))
		return;
	GROW(s->trail, s->n_trail, s->cap_trail);
	s->trail[s->n_trail++] = s->at;
	arrive(s, to);
}

void session_begin(struct session *s)
{
	s->n_trail = s->n_ahead = 0;
	s->advised = s->has_home = 0;
	arrive(s, first_open(s));
}

/* Who goes from the table or the advice to a question wants to be back there. */
static void leave_from(struct session *s, struct session_at to)
{
	if (to.step != STEP_QUESTION) {
		s->has_home = 0;
	} else if (s->at.step != STEP_QUESTION) {
		s->home = s->at;
		s->has_home = 1;
	}
}

void session_go(struct session *s, struct session_at to)
{
	s->n_ahead = 0;
	leave_from(s, to);
	travel(s, to);
}

const struct question *session_question(const struct session *s)
{
	return s->at.step == STEP_QUESTION ? s->at.question : NULL;
}

void session_count(const struct session *s, size_t *number, size_t *of)
{
	size_t n, i;
	struct session_at *way = way_of(s, &n);

	*number = *of = 0;
	for (i = 0; i < n; i++) {
		if (way[i].step != STEP_QUESTION)
			continue;
		++*of;
		if (same(way[i], s->at))
			*number = *of;
	}
	free(way);
}

const struct value *session_value(const struct session *s)
{
	return answers_value(&s->answers, s->at.question, s->at.input);
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

int session_try(const struct session *s, struct value *value, const char *text, struct err *err)
{
	return value_read(value, s->at.question, choice_of(s->at.question, text), ORIGIN_ASKED, err);
}

/* Who looks for the questions whose condition names a key. */
struct search {
	const char *key;
	int found;
};

static void visit(void *who, const char *key)
{
	struct search *search = who;

	search->found |= strcmp(search->key, key) == 0;
}

/* Answers that were given under another answer to `changed` are kept, and marked. */
static void mark_dependants(struct session *s, struct session_at changed)
{
	struct search search = {.key = changed.question->id};
	struct session_row *rows;
	size_t n = session_rows(s, &rows), i;

	for (i = 0; i < n; i++) {
		const struct question *q = rows[i].at.question;
		const struct value *value = answers_value(&s->answers, q, rows[i].at.input);

		search.found = 0;
		if (!q->when || !value_known(value) || value->origin == ORIGIN_DEFAULT ||
			(q->scope == SCOPE_INPUT && changed.question->scope == SCOPE_INPUT &&
			 rows[i].at.input != changed.input))
			continue;
		cond_keys(q->when, visit, &search);
		if (search.found)
			session_mark_add(s, rows[i].at)->stale = 1;
	}
	free(rows);
}

static int says_the_same(const struct session *s, const struct value *before)
{
	const struct value *now = session_value(s);
	struct str a, b;
	int result;

	str_init(&a);
	str_init(&b);
	value_write(&a, before, s->at.question);
	value_write(&b, now, s->at.question);
	result = value_known(before) == value_known(now) &&
		strcmp(str_text(&a), str_text(&b)) == 0;
	str_release(&a);
	str_release(&b);
	return result;
}

/* An argument may have been taken away since. */
static int is_there(const struct session *s, struct session_at at)
{
	return at.step != STEP_QUESTION || at.question->scope != SCOPE_INPUT ||
		at.input < s->answers.n_inputs;
}

static int is_on_way(const struct session *s, struct session_at at)
{
	size_t n;
	struct session_at *way = way_of(s, &n);
	int on = place_on(way, n, at) < n;

	free(way);
	return on;
}

/* A core question that is open now and was not on the way of before, of n places. */
static int newly_open(const struct session *s, const struct session_at *before, size_t n_before,
	struct session_at *found)
{
	size_t n, i;
	struct session_at *way = way_of(s, &n);
	int is_new = 0;

	for (i = 0; i < n && !is_new; i++) {
		is_new = is_open(s, way[i]) && place_on(before, n_before, way[i]) == n_before;
		*found = way[i];
	}
	free(way);
	return is_new;
}

/* Where a reply leads: to a question it opened, to where the question was gone to from, or on. */
static void go_on(struct session *s, const struct session_at *before, size_t n_before)
{
	struct session_at to = {STEP_ADVICE, NULL, 0};

	s->n_ahead = 0;
	if (s->has_home) {
		if (!newly_open(s, before, n_before, &to)) {
			to = s->home;
			s->has_home = 0;
		}
	} else if (is_on_way(s, s->at)) {
		to = after(s, s->at);
	} else if (s->n_trail && is_there(s, s->trail[s->n_trail - 1])) {
		to = s->trail[s->n_trail - 1];
	}
	travel(s, to);
}

int session_reply(struct session *s, const char *text, struct err *err)
{
	const struct question *q = s->at.question;
	struct session_mark *mark;
	struct session_at *way;
	struct value before, fresh;
	int changed;
	size_t n;

	value_init(&fresh, q);
	if (session_try(s, &fresh, text, err) < 0)
		return -1;
	value_release(&fresh);
	way = way_of(s, &n);
	value_copy(&before, session_value(s));
	session_remember(s, s->at);
	answers_set(&s->answers, q, s->at.input, choice_of(q, text), ORIGIN_ASKED, err);
	changed = !says_the_same(s, &before) || before.origin == ORIGIN_DEFAULT;
	mark = session_mark_add(s, s->at);
	mark->passed = !value_known(session_value(s));
	mark->stale = 0;
	if (changed && value_known(&before) && before.origin != ORIGIN_DEFAULT)
		mark_dependants(s, s->at);
	s->changes++;
	value_release(&before);
	go_on(s, way, n);
	free(way);
	return 0;
}

int session_back(struct session *s)
{
	struct session_at from = s->at;
	size_t n, i;
	struct session_at *way;
	int found = 0;

	while (s->n_trail > 0) {
		struct session_at to = s->trail[--s->n_trail];

		if (!is_there(s, to) || same(to, from))
			continue;
		arrive(s, to);
		found = 1;
		break;
	}
	if (!found) {
		way = way_of(s, &n);
		i = place_on(way, n, from);
		if (i > 0 && i < n) {
			arrive(s, way[i - 1]);
			found = 1;
		}
		free(way);
	}
	if (found) {
		s->refining = s->has_home = 0;
		GROW(s->ahead, s->n_ahead, s->cap_ahead);
		s->ahead[s->n_ahead++] = from;
	}
	return found;
}

void session_forward(struct session *s)
{
	struct session_at to;

	while (s->n_ahead) {
		to = s->ahead[--s->n_ahead];
		if (is_there(s, to) && !same(to, s->at)) {
			travel(s, to);
			return;
		}
	}
	if (s->at.step == STEP_QUESTION && s->refining) {
		session_mark_add(s, s->at)->passed = !value_known(session_value(s));
		travel(s, (struct session_at){STEP_ADVICE, NULL, 0});
		return;
	}
	travel(s, after(s, s->at));
}

int session_refine(struct session *s, const struct session_at *wanted, size_t n)
{
	struct session_row *rows = NULL;
	struct session_at to = {STEP_ADVICE, NULL, 0};
	size_t i;

	for (i = 0; i < n && to.step == STEP_ADVICE; i++) {
		if (is_open(s, wanted[i]))
			to = wanted[i];
	}
	n = session_rows(s, &rows);
	for (i = 0; i < n && to.step == STEP_ADVICE; i++) {
		if (is_open(s, rows[i].at))
			to = rows[i].at;
	}
	free(rows);
	s->n_ahead = 0;
	leave_from(s, to);
	travel(s, to);
	s->refining = to.step == STEP_QUESTION;
	return s->refining;
}
