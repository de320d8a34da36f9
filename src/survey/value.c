#include "survey/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/quantity.h"

void value_init(struct value *value, const struct question *question)
{
	memset(value, 0, sizeof *value);
	if (question_is_quantity(question->kind))
		value->range = est_range(question->low, question->high);
}

void value_release(struct value *value)
{
	pytype_free(value->type);
	free(value->text);
	free(value->shape);
	memset(value, 0, sizeof *value);
}

void value_copy(struct value *to, const struct value *from)
{
	*to = *from;
	to->type = pytype_copy(from->type);
	to->text = from->text ? xstrdup(from->text) : NULL;
	to->shape = NULL;
	if (from->n_shape) {
		to->shape = xreallocarray(NULL, from->n_shape, sizeof *to->shape);
		memcpy(to->shape, from->shape, from->n_shape * sizeof *to->shape);
	}
}

int value_known(const struct value *value)
{
	return value->origin != ORIGIN_UNKNOWN;
}

int value_bool(const struct value *value)
{
	return !value_known(value) ? -1 : (value->choices & 2) != 0;
}

const char *value_word(const struct value *value, const struct question *question)
{
	size_t i;

	for (i = 0; value_known(value) && i < question->n_choices; i++) {
		if (value->choices >> i & 1)
			return question->choices[i].id;
	}
	return NULL;
}

int value_lists(const struct value *value, const char *word)
{
	const char *list = value->text;
	size_t n = strlen(word);
	const char *at;

	for (at = list; at && (at = strstr(at, word)); at += n) {
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return 1;
	}
	return 0;
}

int value_has(const struct value *value, const struct question *question, const char *choice)
{
	int i = question_choice(question, choice);

	if (!value_known(value))
		return -1;
	return i < 0 ? value_lists(value, choice) : (int)(value->choices >> i & 1);
}

void value_merge_outcomes(struct value *value, const struct value *under)
{
	size_t i;

	for (i = 0; i < VALUE_CHOICES_MAX; i++) {
		if (!(value->choices >> i & 1))
			value->outcomes[i] = under->outcomes[i];
	}
	value->choices |= under->choices;
}

const char *outcome_word(enum outcome outcome)
{
	static const char *const words[] = {"unknown", "worse", "same", "better"};

	return words[outcome];
}

static void write_choices(
	struct str *out, const struct value *value, const struct question *question)
{
	const char *between = "", *at;
	size_t i;

	for (i = 0; i < question->n_choices; i++) {
		if (!(value->choices >> i & 1))
			continue;
		str_addf(out, "%s%s", between, question->choices[i].id);
		if (question->kind == QUESTION_OUTCOMES && value->outcomes[i])
			str_addf(out, ": %s", outcome_word((enum outcome)value->outcomes[i]));
		between = ", ";
	}
	for (at = value->text; at && *at; at++) {
		if (at == value->text || at[-1] == ' ')
			str_add(out, between);
		between = ", ";
		if (*at != ' ')
			str_addc(out, *at);
	}
}

static void write_shape(struct str *out, const struct value *value)
{
	size_t i;

	str_addc(out, '[');
	for (i = 0; i < value->n_shape; i++) {
		str_add(out, i ? ", " : "");
		quantity_write_exact(out, value->shape[i], QUESTION_COUNT);
	}
	str_addc(out, ']');
}

static void write_range(struct str *out, struct est range, enum question_kind kind)
{
	if (est_is_point(range)) {
		quantity_write_exact(out, range.low, kind);
		return;
	}
	str_addc(out, '[');
	quantity_write_exact(out, range.low, kind);
	str_add(out, ", ");
	quantity_write_exact(out, range.high, kind);
	str_addc(out, ']');
}

void value_write(struct str *out, const struct value *value, const struct question *question)
{
	if (!value_known(value)) {
		str_add(out, "unknown");
		return;
	}
	switch (question->kind) {
	case QUESTION_TEXT:
		str_add(out, value->text);
		break;
	case QUESTION_BOOL:
		str_add(out, value_bool(value) ? "yes" : "no");
		break;
	case QUESTION_TYPE:
		pytype_write(value->type, out);
		break;
	case QUESTION_CHOICE:
	case QUESTION_CHOICES:
	case QUESTION_OUTCOMES:
		write_choices(out, value, question);
		break;
	case QUESTION_SHAPE:
		write_shape(out, value);
		break;
	default:
		write_range(out, value->range, question->kind);
	}
}
