#include "survey/answers.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Made once by answers_init(), shared by every copy, freed with the last: also by copies in
 * the hands of another thread. */
struct initial {
	atomic_size_t users;
	size_t n;
	struct value *values; /* by question_index() */
};

/*
 * A broken promise between modules, never something a person did: the program ends
 * there, and a debugger or the core file shows the id.
 */
static void insist(int promise, const char *id)
{
	assert(promise && id);
	if (!promise || !id)
		abort();
}

static struct initial *initial_make(const struct questions *questions)
{
	struct initial *initial = xcalloc(1, sizeof *initial);
	const struct question *q;
	size_t i;

	atomic_init(&initial->users, 1);
	initial->n = questions->n;
	initial->values = xcalloc(questions->n, sizeof *initial->values);
	for (i = 0; i < questions->n; i++) {
		q = &questions->items[i];
		value_init(&initial->values[i], q);
		/* One that is not allowed leaves it unknown; answers_check_defaults() tells. */
		if (q->default_text)
			value_read(&initial->values[i], q, q->default_text, ORIGIN_DEFAULT, NULL);
	}
	return initial;
}

int answers_check_defaults(const struct questions *questions, struct errs *errs)
{
	size_t before = errs->n, i, k;
	struct value value;
	struct err err;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];
		const char *texts[] = {q->default_text, q->example, q->lever};
		static const char *const names[] = {"default", "example", "lever"};

		for (k = 0; k < 3; k++) {
			value_init(&value, q);
			if (texts[k] && value_read(&value, q, texts[k], ORIGIN_DEFAULT, &err) < 0) {
				err_prefix(&err, "the %s of '%s' is not allowed",
					names[k], q->id);
				*errs_add(errs) = err;
			}
			value_release(&value);
		}
	}
	return errs->n == before ? 0 : -1;
}

static void initial_release(struct initial *initial)
{
	size_t i;

	if (--initial->users)
		return;
	for (i = 0; i < initial->n; i++)
		value_release(&initial->values[i]);
	free(initial->values);
	free(initial);
}

static void values_release(struct value **values, size_t n)
{
	size_t i;

	for (i = 0; values && i < n; i++) {
		if (!values[i])
			continue;
		value_release(values[i]);
		free(values[i]);
	}
	free(values);
}

static struct value **values_copy(struct value *const *values, size_t n)
{
	struct value **copy;
	size_t i;

	if (!values)
		return NULL;
	copy = xcalloc(n, sizeof *copy);
	for (i = 0; i < n; i++) {
		if (!values[i])
			continue;
		copy[i] = xmalloc(sizeof **copy);
		value_copy(copy[i], values[i]);
	}
	return copy;
}

void answers_init(struct answers *answers, const struct questions *questions)
{
	memset(answers, 0, sizeof *answers);
	answers->questions = questions;
	answers->initial = initial_make(questions);
	answers->values = xcalloc(questions->n_function, sizeof *answers->values);
}

void answers_release(struct answers *answers)
{
	size_t i;

	if (!answers->questions)
		return;
	answers_clear_inputs(answers);
	free(answers->inputs);
	values_release(answers->values, answers->questions->n_function);
	initial_release(answers->initial);
	for (i = 0; i < answers->n_made; i++)
		free(answers->made[i]);
	free(answers->made);
	free(answers->facts);
	memset(answers, 0, sizeof *answers);
}

void answers_copy(struct answers *to, const struct answers *from)
{
	size_t i;

	memset(to, 0, sizeof *to);
	to->questions = from->questions;
	to->initial = from->initial;
	to->initial->users++;
	to->values = values_copy(from->values, from->questions->n_function);
	to->n_inputs = from->n_inputs;
	to->inputs_known = from->inputs_known;
	to->inputs = from->n_inputs ? xcalloc(from->n_inputs, sizeof *to->inputs) : NULL;
	for (i = 0; i < from->n_inputs; i++)
		to->inputs[i].values =
			values_copy(from->inputs[i].values, from->questions->n_input);
}

static const struct question *question_of(const struct answers *answers, const char *id)
{
	const struct question *question = questions_find(answers->questions, id);

	insist(question != NULL, id);
	return question;
}

const struct value *answers_value(
	const struct answers *answers, const struct question *question, size_t input)
{
	struct value **values = answers->values;

	if (answers->seen)
		answers->seen[question_index(answers->questions, question)] = 1;
	if (question->scope == SCOPE_INPUT) {
		insist(input < answers->n_inputs, question->id);
		values = answers->inputs[input].values;
	}
	if (values && values[question->place])
		return values[question->place];
	return &answers->initial->values[question_index(answers->questions, question)];
}

const struct value *answers_get(const struct answers *answers, const char *id)
{
	return answers_value(answers, question_of(answers, id), 0);
}

const struct value *answers_input(const struct answers *answers, size_t i, const char *id)
{
	return answers_value(answers, question_of(answers, id), i);
}

struct value *answers_edit(struct answers *answers, const struct question *question, size_t input)
{
	const struct value *now = answers_value(answers, question, input);
	struct value ***values =
		question->scope == SCOPE_INPUT ? &answers->inputs[input].values : &answers->values;

	if (!*values)
		*values = xcalloc(answers->questions->n_input, sizeof **values);
	if (!(*values)[question->place]) {
		(*values)[question->place] = xmalloc(sizeof ***values);
		value_copy((*values)[question->place], now);
	}
	return (*values)[question->place];
}

void answers_forget(struct answers *answers, const struct question *question, size_t input)
{
	struct value **values = answers->values;

	if (question->scope == SCOPE_INPUT)
		values = input < answers->n_inputs ? answers->inputs[input].values : NULL;
	if (!values || !values[question->place])
		return;
	value_release(values[question->place]);
	free(values[question->place]);
	values[question->place] = NULL;
}

size_t answers_add_input(struct answers *answers)
{
	answers->inputs =
		xreallocarray(answers->inputs, answers->n_inputs + 1, sizeof *answers->inputs);
	answers->inputs[answers->n_inputs].values = NULL;
	answers->inputs_known = 1;
	return answers->n_inputs++;
}

void answers_clear_inputs(struct answers *answers)
{
	size_t i;

	for (i = 0; i < answers->n_inputs; i++)
		values_release(answers->inputs[i].values, answers->questions->n_input);
	answers->n_inputs = 0;
}

long answers_main_input(const struct answers *answers)
{
	const struct value *value;
	double longest = -1;
	long main_input = answers->n_inputs ? 0 : -1;
	size_t i;

	for (i = 0; i < answers->n_inputs; i++) {
		value = answers_input(answers, i, "inputs.length");
		if (value_known(value) && value->range.likely > longest) {
			longest = value->range.likely;
			main_input = (long)i;
		}
	}
	return main_input;
}

int answers_set(struct answers *answers, const struct question *question, size_t input,
	const char *text, enum origin origin, struct err *err)
{
	struct value fresh;

	value_init(&fresh, question);
	if (value_read(&fresh, question, text, origin, err) < 0)
		return -1;
	if (!value_known(&fresh)) {
		value_release(&fresh);
		answers_forget(answers, question, input);
		return 0;
	}
	value_release(answers_edit(answers, question, input));
	*answers_edit(answers, question, input) = fresh;
	return 0;
}
