#include "show/view_seen.h"

#include "show/report.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

static void add_text(struct str *out, const struct value *value, const struct question *question)
{
	if (question->kind == QUESTION_DURATION)
		show_duration_est(out, value->range);
	else if (question_is_quantity(question->kind))
		quantity_write_range(out, value->range, question->kind);
	else
		value_write(out, value, question);
}

static void add_one(struct lines *l, const struct answers *answers, const struct question *question,
	size_t input)
{
	const struct value *value = answers_value(answers, question, input);
	const char *id = question->id;
	struct str text;

	if (value->origin != ORIGIN_MEASURED)
		return;
	str_init(&text);
	add_text(&text, value, question);
	lines_begin(l, 2, 4);
	if (question->scope == SCOPE_INPUT)
		lines_add(l, LOOK_PLAIN, "inputs[%zu].%s: ", input, id + sizeof "inputs." - 1);
	else
		lines_add(l, LOOK_PLAIN, "%s: ", id);
	lines_add(l, LOOK_VALUE, "%s", str_text(&text));
	str_release(&text);
}

static int has_any(const struct answers *answers)
{
	const struct value *type;
	size_t i;

	for (i = 0; i < answers->n_inputs; i++) {
		type = answers_input(answers, i, "inputs.type");
		if (type->origin == ORIGIN_MEASURED)
			return 1;
	}
	return answers_get(answers, "function.time_per_call")->origin == ORIGIN_MEASURED ||
	       answers_get(answers, "output.type")->origin == ORIGIN_MEASURED ||
	       answers_get(answers, "function.wait_share")->origin == ORIGIN_MEASURED;
}

void view_seen(struct lines *l, const struct answers *answers)
{
	const struct questions *all = answers->questions;
	size_t i, input;

	if (!has_any(answers))
		return;
	view_head(l, "Measured on the call");
	for (i = 0; i < all->n; i++) {
		if (all->items[i].scope != SCOPE_INPUT)
			add_one(l, answers, &all->items[i], 0);
	}
	for (input = 0; input < answers->n_inputs; input++) {
		for (i = 0; i < all->n; i++) {
			if (all->items[i].scope == SCOPE_INPUT)
				add_one(l, answers, &all->items[i], input);
		}
	}
}
