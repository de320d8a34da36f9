#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "session/session.h"

static enum truth holds(const struct session *s, const struct cond *cond, struct session_at at)
{
	struct answers_at here;

	/* The look-ups lend their words from scratch room in the answers. */
	here.answers = (struct answers *)(uintptr_t)&s->answers;
	here.input = at.input;
	if (at.question->scope == SCOPE_INPUT)
		return cond_eval(cond, answers_lookup_at, &here);
	return cond_eval(cond, answers_lookup, here.answers);
}

static enum truth asks(const struct session *s, struct session_at at)
{
	return holds(s, at.question->when, at);
}

/* Until it can be told, it is. */
int session_is_core(const struct session *s, struct session_at at)
{
	return at.question->core && holds(s, at.question->core_when, at) != TRUTH_NO;
}

/* Nobody is asked for what was measured, nor first of all for what could not be seen of inputs
 * that were: a length that is not there. */
static int is_seen(const struct session *s, struct session_at at)
{
	return (at.question->core && at.question->scope == SCOPE_INPUT &&
		session_was_seen(&s->answers, at.input)) ||
	       answers_value(&s->answers, at.question, at.input)->origin == ORIGIN_MEASURED;
}

int session_asks(const struct session *s, struct session_at at)
{
	return asks(s, at) == TRUTH_YES && !is_seen(s, at);
}

struct session_mark *session_mark(const struct session *s, struct session_at at)
{
	size_t i;

	for (i = 0; i < s->marks.n; i++) {
		if (s->marks.items[i].question == at.question &&
			s->marks.items[i].input == at.input)
			return &s->marks.items[i];
	}
	return NULL;
}

struct session_mark *session_mark_add(struct session *s, struct session_at at)
{
	struct session_mark *mark = session_mark(s, at);

	if (mark)
		return mark;
	GROW(s->marks.items, s->marks.n, s->marks.cap);
	mark = &s->marks.items[s->marks.n++];
	*mark = (struct session_mark){.question = at.question, .input = at.input};
	return mark;
}

enum session_state session_state(const struct session *s, struct session_at at)
{
	const struct session_mark *mark = session_mark(s, at);
	const struct value *value = answers_value(&s->answers, at.question, at.input);

	enum truth asked = asks(s, at);

	if (asked != TRUTH_YES)
		return asked == TRUTH_NO ? STATE_UNNEEDED : STATE_LATER;
	if (value_known(value))
		return mark && mark->stale ? STATE_STALE : STATE_ANSWERED;
	if (is_seen(s, at))
		return STATE_UNNEEDED;
	return mark && mark->passed ? STATE_PASSED : STATE_OPEN;
}

/* The rows of one question of the list, and at the first of the arguments all of theirs. */
static size_t add_rows(const struct session *s, const struct question *const *list, size_t n,
	struct session_row *rows)
{
	int inputs_done = 0;
	size_t count = 0, i, k, input;

	for (i = 0; i < n; i++) {
		if (list[i]->scope != SCOPE_INPUT) {
			rows[count++].at = (struct session_at){STEP_QUESTION, list[i], 0};
			continue;
		}
		for (input = 0; !inputs_done && input < s->answers.n_inputs; input++) {
			for (k = i; k < n; k++) {
				if (list[k]->scope == SCOPE_INPUT)
					rows[count++].at = (struct session_at){STEP_QUESTION,
						list[k], input};
			}
		}
		inputs_done = 1;
	}
	return count;
}

size_t session_rows(const struct session *s, struct session_row **rows)
{
	const struct questions *questions = s->questions;
	const struct question **others = xcalloc(questions->n + 1, sizeof *others);
	size_t n_others = 0, n, i;

	*rows = xcalloc(questions->n * (s->answers.n_inputs + 1) + 1, sizeof **rows);
	for (i = 0; i < questions->n; i++) {
		if (!questions->items[i].core)
			others[n_others++] = &questions->items[i];
	}
	n = add_rows(s, s->order, s->n, *rows);
	n += add_rows(s, others, n_others, *rows + n);
	for (i = 0; i < n; i++)
		(*rows)[i].state = session_state(s, (*rows)[i].at);
	free(others);
	return n;
}
