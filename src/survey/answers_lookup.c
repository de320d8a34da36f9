#include "survey/answers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static void fact_lend(struct answers *answers, const char *word)
{
	GROW(answers->facts, answers->n_facts, answers->cap_facts);
	answers->facts[answers->n_facts++] = word;
}

/* A word made for this look-up. */
static void fact_add(struct answers *answers, char *word)
{
	GROW(answers->made, answers->n_made, answers->cap_made);
	answers->made[answers->n_made++] = word;
	fact_lend(answers, word);
}

static void add_inner_kinds(struct answers *answers, const struct pytype *type)
{
	size_t i;

	for (i = 0; i < type->n; i++) {
		fact_add(answers, xasprintf("of:%s", pytype_word(type->items[i]->kind)));
		add_inner_kinds(answers, type->items[i]);
	}
}

static void add_type(struct answers *answers, const struct pytype *type)
{
	struct str whole;

	str_init(&whole);
	pytype_write(type, &whole);
	if (strcmp(str_text(&whole), pytype_word(type->kind)) != 0)
		fact_lend(answers, pytype_word(type->kind));
	fact_add(answers, str_detach(&whole));
	add_inner_kinds(answers, type);
}

static void add_choices(
	struct answers *answers, const struct value *value, const struct question *question)
{
	const char *at, *end;
	size_t i;

	for (i = 0; i < question->n_choices; i++) {
		if (!(value->choices >> i & 1))
			continue;
		fact_lend(answers, question->choices[i].id);
		if (question->kind == QUESTION_OUTCOMES)
			fact_add(answers, xasprintf("%s:%s", question->choices[i].id,
						  outcome_word((enum outcome)value->outcomes[i])));
	}
	for (at = value->text; at && *at; at = *end ? end + 1 : end) {
		end = strchrnul(at, ' ');
		fact_add(answers, xstrndup(at, (size_t)(end - at)));
	}
}

/* Adds what one value says to the fact; seen counts the values before it. */
static void add_value(struct answers *answers, const struct value *value,
	const struct question *question, struct fact *fact, size_t seen)
{
	fact->is_quantity = question_is_quantity(question->kind);
	if (fact->is_quantity) {
		/* An unknown one spans all that is possible, so a range of several
		 * is known as soon as one of them is. */
		fact->range = seen ? est_join(fact->range, value->range) : value->range;
		fact->known |= value_known(value);
		return;
	}
	fact->known = (seen ? fact->known : 1) && value_known(value);
	if (!value_known(value))
		return;
	switch (question->kind) {
	case QUESTION_BOOL:
		fact_lend(answers, value_bool(value) ? "yes" : "no");
		break;
	case QUESTION_TEXT:
		fact_lend(answers, value->text);
		break;
	case QUESTION_TYPE:
		add_type(answers, value->type);
		break;
	case QUESTION_SHAPE:
		break;
	default:
		add_choices(answers, value, question);
	}
}

/* The inputs from..to - 1 taken together; when there are none all is known. */
static void add_inputs(struct answers *answers, const struct question *question, size_t from,
	size_t to, struct fact *fact)
{
	size_t i;

	for (i = from; i < to; i++)
		add_value(answers, answers_value(answers, question, i), question, fact, i - from);
	if (from >= to) {
		fact->is_quantity = question_is_quantity(question->kind);
		fact->known = answers->inputs_known && !fact->is_quantity;
	}
}

static int look_up(
	struct answers *answers, const char *key, size_t from, size_t to, struct fact *fact)
{
	static const char main_prefix[] = "inputs.main.";
	const struct question *question;
	char id[96];
	long main_input;

	memset(fact, 0, sizeof *fact);
	answers->n_facts = 0;
	while (answers->n_made)
		free(answers->made[--answers->n_made]);
	if (strcmp(key, "inputs.count") == 0) {
		fact->known = answers->inputs_known;
		fact->is_quantity = 1;
		fact->range = fact->known ? est_point((double)answers->n_inputs)
					  : est_range(0, ANSWERS_INPUTS_MAX);
		return 0;
	}
	if (str_starts(key, main_prefix)) {
		snprintf(id, sizeof id, "inputs.%s", key + sizeof main_prefix - 1);
		key = id;
		main_input = answers_main_input(answers);
		from = main_input < 0 ? 0 : (size_t)main_input;
		to = main_input < 0 ? 0 : from + 1;
	}
	question = questions_find(answers->questions, key);
	if (!question)
		return -1;
	if (question->scope == SCOPE_INPUT)
		add_inputs(answers, question, from, to, fact);
	else
		add_value(answers, answers_value(answers, question, 0), question, fact, 0);
	fact->words = answers->facts;
	fact->n_words = answers->n_facts;
	return 0;
}

int answers_lookup(void *who, const char *key, struct fact *fact)
{
	struct answers *answers = who;

	return look_up(answers, key, 0, answers->n_inputs, fact);
}

int answers_lookup_at(void *who, const char *key, struct fact *fact)
{
	struct answers_at *at = who;

	return look_up(at->answers, key, at->input, at->input + 1, fact);
}
