#include "advise/again.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void again_begin(struct again *again, const struct reckoning *base)
{
	memset(again, 0, sizeof *again);
	again->base = base;
	answers_copy(&again->answers, base->workload.answers);
	again->seen = xcalloc(again->answers.questions->n, 1);
	again->answers.seen = again->seen;
	again_decide(again, NULL);
	again->answers.seen = NULL;
}

void again_end(struct again *again)
{
	answers_release(&again->answers);
	reckon_release(&again->room);
	free(again->seen);
}

struct value *again_change(struct again *again, const struct question *question, size_t input)
{
	struct value *value = answers_edit(&again->answers, question, input);

	again->changed[again->n_changed].question = question;
	again->changed[again->n_changed++].input = input;
	value->origin = ORIGIN_ASKED;
	return value;
}

void again_change_length(struct again *again, double length)
{
	const struct workload *w = &again->base->workload;
	const struct questions *questions = w->answers->questions;
	size_t main = (size_t)w->main_input;

	again_change(again, questions_find(questions, "inputs.length"), main)->range =
		est_point(length);
	again_change(again, questions_find(questions, "function.time_per_call"), 0)->range =
		est_scale(w->time_now, length / w->inputs[main].length.likely);
}

void again_undo(struct again *again)
{
	while (again->n_changed) {
		const struct question *q = again->changed[--again->n_changed].question;
		size_t input = again->changed[again->n_changed].input;
		struct value *value = answers_edit(&again->answers, q, input);

		value_release(value);
		value_copy(value, answers_value(again->base->workload.answers, q, input));
	}
}

const struct option *again_decide(struct again *again, const struct draw *draw)
{
	reckon_trial(&again->room, &again->base->figures, &again->answers, draw);
	return again->room.verdict.option;
}

int again_matters(const struct again *again, const struct question *q, size_t input)
{
	struct answers_at here;

	if (!again->seen[question_index(again->answers.questions, q)])
		return 0;
	/* The look-ups lend their words from scratch room in the answers. */
	here.answers = (struct answers *)(uintptr_t)again->base->workload.answers;
	here.input = input;
	return q->scope == SCOPE_INPUT ?
		cond_eval(q->when, answers_lookup_at, &here) == TRUTH_YES :
		cond_eval(q->when, answers_lookup, here.answers) == TRUTH_YES;
}
