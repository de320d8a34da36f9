#include "advise/trial.h"

void trial_begin(struct trial *t, const struct reckoning *base, const struct question *q, int input)
{
	t->base = base;
	answers_copy(&t->answers, base->workload.answers);
	t->value = answers_edit(&t->answers, q, input < 0 ? 0 : (size_t)input);
}

void trial_begin_length(struct trial *t, const struct reckoning *base, double length)
{
	const struct workload *w = &base->workload;
	const struct questions *questions = w->answers->questions;
	struct value *time;

	trial_begin(t, base, questions_find(questions, "inputs.length"), w->main_input);
	t->value->range = est_point(length);
	t->value->origin = ORIGIN_ASKED;
	time = answers_edit(&t->answers, questions_find(questions, "function.time_per_call"), 0);
	time->range = est_scale(w->time_now, length / w->inputs[w->main_input].length.likely);
	time->origin = ORIGIN_ASKED;
}

void trial_reckon(struct trial *t, struct reckoning *r)
{
	t->value->origin = ORIGIN_ASKED;
	reckon(r, &t->answers, t->base->figures.catalog, t->base->figures.measurements, 1);
}

void trial_end(struct trial *t)
{
	answers_release(&t->answers);
}
