#include "survey/seen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "survey/quantity.h"

/* People round, and a machine has slower days: within a quarter figures agree. */
#define ROUNDING 1.25
/* The same for shares of the time. */
#define SHARE_ROUNDING 0.1
/* Below and above these shares of waiting a call is said to compute, or to wait. */
#define HARDLY 0.1
#define NEARLY_ALL 0.9

/* Where a value goes, and how a message calls it. */
struct place {
	struct survey_item *item;
	const struct question *question;
	size_t input;
	char name[64];
};

static struct place place_of(struct survey_item *item, const char *id, size_t input)
{
	struct place place = {item, questions_find(item->answers.questions, id), input, ""};

	if (place.question->scope == SCOPE_INPUT)
		snprintf(place.name, sizeof place.name, "inputs[%zu].%s", input,
			strchr(id, '.') ? strchr(id, '.') + 1 : id);
	else
		snprintf(place.name, sizeof place.name, "%s", id);
	return place;
}

static const struct value *said(const struct place *place)
{
	return answers_value(&place->item->answers, place->question, place->input);
}

static int was_said(const struct place *place)
{
	enum origin origin = said(place)->origin;

	return origin == ORIGIN_FILE || origin == ORIGIN_ASKED;
}

/* Types that could be the same one, as far as each says. */
static int types_agree(const struct pytype *a, const struct pytype *b)
{
	size_t i;

	if (!a || !b || a->kind == PYTYPE_ANY || b->kind == PYTYPE_ANY)
		return 1;
	if (a->kind != b->kind || strcmp(a->element, b->element) != 0)
		return 0;
	if (a->n != b->n)
		return a->ellipsis || b->ellipsis;
	for (i = 0; i < a->n; i++) {
		if (!types_agree(a->items[i], b->items[i]))
			return 0;
	}
	return 1;
}

static int ranges_agree(struct est a, struct est b, enum question_kind kind)
{
	if (kind == QUESTION_SHARE)
		return a.low <= b.high + SHARE_ROUNDING && b.low <= a.high + SHARE_ROUNDING;
	return a.low <= b.high * ROUNDING && b.low <= a.high * ROUNDING;
}

static int agrees(const struct place *place, const struct value *seen)
{
	const struct value *old = said(place);

	switch (place->question->kind) {
	case QUESTION_TYPE:
		return types_agree(old->type, seen->type);
	case QUESTION_BOOL:
	case QUESTION_CHOICE:
		return old->choices == seen->choices;
	case QUESTION_TEXT:
	case QUESTION_SHAPE:
	case QUESTION_CHOICES:
	case QUESTION_OUTCOMES:
		return 1;
	default:
		return ranges_agree(old->range, seen->range, place->question->kind);
	}
}

/* Warns, and lets the answer span both as far as it can. */
static void contradict(struct place *place, const struct value *seen)
{
	struct value *old = answers_edit(&place->item->answers, place->question, place->input);
	const struct question *q = place->question;
	struct str given, found, both;

	str_init(&given);
	str_init(&found);
	str_init(&both);
	if (question_is_quantity(q->kind)) {
		quantity_write_range(&given, old->range, q->kind);
		quantity_write_range(&found, seen->range, q->kind);
		old->range = est_join(old->range, seen->range);
		quantity_write_range(&both, old->range, q->kind);
	} else {
		value_write(&given, old, q);
		value_write(&found, seen, q);
		str_add(&both, q->kind == QUESTION_TYPE ? str_text(&given) : "neither, as if unknown");
	}
	survey_warn(place->item, "%s is given as %s, but the call that was measured shows %s; the advice "
		"works with %s", place->name, str_text(&given), str_text(&found), str_text(&both));
	if (q->kind == QUESTION_BOOL || q->kind == QUESTION_CHOICE)
		answers_forget(&place->item->answers, q, place->input);
	str_release(&given);
	str_release(&found);
	str_release(&both);
}

/* Takes what seen has, which is emptied. */
static void learn(struct place *place, struct value *seen)
{
	struct value *value;

	if (was_said(place)) {
		if (!agrees(place, seen))
			contradict(place, seen);
		value_release(seen);
		return;
	}
	value = answers_edit(&place->item->answers, place->question, place->input);
	value_release(value);
	*value = *seen;
	memset(seen, 0, sizeof *seen);
}

static void learn_range(struct survey_item *item, const char *id, size_t input, struct est range)
{
	struct place place = place_of(item, id, input);
	struct value seen;

	/* A worker may send anything. */
	if (!isfinite(range.low) || !isfinite(range.likely) || !isfinite(range.high) || range.low < 0 ||
		range.likely < range.low || range.high < range.likely || range.high > 1e15)
		return;
	value_init(&seen, place.question);
	if (range.low >= seen.range.low && range.high <= seen.range.high) {
		seen.range = range;
		seen.origin = ORIGIN_MEASURED;
		learn(&place, &seen);
	} else {
		value_release(&seen);
	}
}

static void learn_text(struct survey_item *item, const char *id, size_t input, const char *text)
{
	struct place place = place_of(item, id, input);
	struct value seen;

	value_init(&seen, place.question);
	if (*text && value_read(&seen, place.question, text, ORIGIN_MEASURED, NULL) == 0 &&
		value_known(&seen))
		learn(&place, &seen);
	else
		value_release(&seen);
}

static void learn_bool(struct survey_item *item, const char *id, size_t input, int yes)
{
	if (yes >= 0)
		learn_text(item, id, input, yes ? "yes" : "no");
}

static void add_shape(struct survey_item *item, size_t input, const struct worker_value *value)
{
	struct str text;
	size_t i;

	if (!value->n_shape)
		return;
	str_init(&text);
	for (i = 0; i < value->n_shape; i++)
		str_addf(&text, "%s%.0f", i ? ", " : "[", value->shape[i]);
	str_addc(&text, ']');
	learn_text(item, "inputs.shape", input, str_text(&text));
	str_release(&text);
}

/* The attributes an object has are the most that can be needed. */
static struct est needed(double fields)
{
	return est(fmin(1, fields), fields, fields);
}

static void add_input(struct survey_item *item, size_t input, const struct worker_value *value)
{
	learn_text(item, "inputs.name", input, value->name);
	learn_text(item, "inputs.type", input, value->type);
	learn_range(item, "inputs.length", input, est_point(value->length));
	learn_range(item, "inputs.item_length", input,
		est(value->item_low, value->item_likely, value->item_high));
	learn_range(item, "inputs.fields", input, needed(value->fields));
	learn_bool(item, "inputs.ascii", input, value->ascii);
	learn_bool(item, "inputs.contiguous", input, value->contiguous);
	learn_bool(item, "inputs.writable", input, value->writable);
	learn_bool(item, "inputs.own_class", input, value->own_class);
	add_shape(item, input, value);
}

/* The input of that name, or the one at the same place. */
static size_t input_of(const struct survey_item *item, const struct worker_value *value, size_t i)
{
	const struct value *name;
	size_t k;

	for (k = 0; k < item->answers.n_inputs; k++) {
		name = answers_input(&item->answers, k, "inputs.name");
		if (name->text && strcmp(name->text, value->name) == 0)
			return k;
	}
	return i;
}

static void add_inputs(struct survey_item *item, const struct worker_seen *seen)
{
	size_t n = seen->n ? seen->n - 1 : 0, i;

	n = n > ANSWERS_INPUTS_MAX ? ANSWERS_INPUTS_MAX : n;
	if (!item->answers.inputs_known) {
		for (i = 0; i < n; i++)
			add_input(item, answers_add_input(&item->answers), &seen->values[i]);
		item->answers.inputs_known = 1;
		return;
	}
	if (item->answers.n_inputs != n) {
		survey_warn(item, "inputs has %zu %s, but the call that was measured takes %zu; the advice "
			"works with those that are given", item->answers.n_inputs,
			item->answers.n_inputs == 1 ? "entry" : "entries", n);
		return;
	}
	for (i = 0; i < n; i++)
		add_input(item, input_of(item, &seen->values[i], i), &seen->values[i]);
}

static void add_output(struct survey_item *item, const struct worker_value *value)
{
	learn_text(item, "output.type", 0, value->type);
	learn_range(item, "output.length", 0, est_point(value->length));
	learn_range(item, "output.item_length", 0,
		est(value->item_low, value->item_likely, value->item_high));
	learn_bool(item, "output.own_class", 0, value->own_class);
}

void seen_add(struct survey_item *item, const struct worker_seen *seen, struct est time)
{
	struct est wait = est(seen->wait_low, seen->wait_likely, seen->wait_high);

	learn_text(item, "name", 0, seen->function);
	learn_range(item, "function.time_per_call", 0, time);
	if (wait.low >= 0 && wait.high <= 1) {
		learn_range(item, "function.wait_share", 0, wait);
		learn_text(item, "function.bound", 0, wait.high < HARDLY ? "cpu" :
			wait.low > NEARLY_ALL ? "io" : "mixed");
	}
	learn_text(item, "function.now", 0, seen->now);
	learn_text(item, "function.through", 0, seen->through);
	if (seen->is_call)
		add_inputs(item, seen);
	if (seen->n)
		add_output(item, &seen->values[seen->n - 1]);
}
