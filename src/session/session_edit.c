#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/session.h"

enum { PAST_MOST = 100 };

static void past_release(struct session_past *past)
{
	answers_release(&past->answers);
	free(past->marks.items);
}

static void marks_copy(struct session_marks *to, const struct session_marks *from)
{
	to->n = to->cap = from->n;
	to->items = from->n ? xcalloc(from->n, sizeof *to->items) : NULL;
	if (from->n)
		memcpy(to->items, from->items, from->n * sizeof *to->items);
}

void session_remember(struct session *s, struct session_at at)
{
	struct session_past *past;

	if (s->n_past == PAST_MOST) {
		past_release(&s->past[0]);
		memmove(s->past, s->past + 1, --s->n_past * sizeof *s->past);
	}
	GROW(s->past, s->n_past, s->cap_past);
	past = &s->past[s->n_past++];
	answers_copy(&past->answers, &s->answers);
	marks_copy(&past->marks, &s->marks);
	past->at = at;
}

void session_forget_past(struct session *s)
{
	while (s->n_past)
		past_release(&s->past[--s->n_past]);
}

int session_undo(struct session *s)
{
	struct session_past *past;

	if (!s->n_past)
		return 0;
	past = &s->past[--s->n_past];
	answers_release(&s->answers);
	free(s->marks.items);
	s->answers = past->answers;
	s->marks = past->marks;
	s->changes++;
	return 1;
}

static const struct session_at at_inputs = {STEP_INPUTS, NULL, 0};

long session_add_input(struct session *s)
{
	if (s->answers.n_inputs >= ANSWERS_INPUTS_MAX)
		return -1;
	session_remember(s, at_inputs);
	s->changes++;
	return (long)answers_add_input(&s->answers);
}

/* Two arguments change places, and what is remembered of their questions. */
static void swap(struct session *s, size_t a, size_t b)
{
	struct input input = s->answers.inputs[a];
	size_t i;

	s->answers.inputs[a] = s->answers.inputs[b];
	s->answers.inputs[b] = input;
	for (i = 0; i < s->marks.n; i++) {
		struct session_mark *mark = &s->marks.items[i];

		if (mark->question->scope != SCOPE_INPUT)
			continue;
		if (mark->input == a || mark->input == b)
			mark->input = mark->input == a ? b : a;
	}
}

long session_copy_input(struct session *s, size_t i)
{
	const struct questions *questions = s->questions;
	size_t to, k;

	if (s->answers.n_inputs >= ANSWERS_INPUTS_MAX)
		return -1;
	session_remember(s, at_inputs);
	s->changes++;
	to = answers_add_input(&s->answers);
	for (k = 0; k < questions->n; k++) {
		const struct question *q = &questions->items[k];
		struct value *value;

		/* Names tell arguments apart. */
		if (q->scope != SCOPE_INPUT || strcmp(q->id, "inputs.name") == 0 ||
			!value_known(answers_value(&s->answers, q, i)))
			continue;
		value = answers_edit(&s->answers, q, to);
		value_release(value);
		value_copy(value, answers_value(&s->answers, q, i));
	}
	for (; to > i + 1; to--)
		swap(s, to, to - 1);
	return (long)to;
}

void session_delete_input(struct session *s, size_t i)
{
	size_t last = s->answers.n_inputs - 1, k, n = 0;

	session_remember(s, at_inputs);
	s->changes++;
	for (; i < last; i++)
		swap(s, i, i + 1);
	for (k = 0; k < s->questions->n; k++) {
		if (s->questions->items[k].scope == SCOPE_INPUT)
			answers_forget(&s->answers, &s->questions->items[k], last);
	}
	free(s->answers.inputs[last].values);
	s->answers.n_inputs = last;
	s->answers.inputs_known = 1;
	for (k = 0; k < s->marks.n; k++) {
		if (s->marks.items[k].question->scope != SCOPE_INPUT ||
			s->marks.items[k].input != last)
			s->marks.items[n++] = s->marks.items[k];
	}
	s->marks.n = n;
}

size_t session_move_input(struct session *s, size_t i, int down)
{
	size_t to = down ? i + 1 : i - 1;

	if ((!down && i == 0) || to >= s->answers.n_inputs)
		return i;
	session_remember(s, at_inputs);
	s->changes++;
	swap(s, i, to);
	return to;
}

void session_keep(struct session *s, const char *name, const struct answers *answers)
{
	struct session_variant *variant;

	GROW(s->variants, s->n_variants, s->cap_variants);
	variant = &s->variants[s->n_variants++];
	s->variant_changes++;
	variant->name = name ? xstrdup(name) : xasprintf("variant %zu", s->n_variants);
	answers_copy(&variant->answers, answers ? answers : &s->answers);
}

void session_replace(struct session *s, const struct answers *answers)
{
	session_remember(s, s->at);
	answers_release(&s->answers);
	answers_copy(&s->answers, answers);
	s->marks.n = 0;
	s->changes++;
}

void session_take(struct session *s, size_t variant)
{
	session_replace(s, &s->variants[variant].answers);
}

void session_drop(struct session *s, size_t variant)
{
	s->variant_changes++;
	free(s->variants[variant].name);
	answers_release(&s->variants[variant].answers);
	memmove(s->variants + variant, s->variants + variant + 1,
		(--s->n_variants - variant) * sizeof *s->variants);
}
