#include "survey/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* A text taken apart: which functions, which answer, what it becomes. */
struct change {
	size_t from, to; /* functions from..to - 1 */
	const struct question *question;
	size_t input;
	const char *value;
};

static const char *name_of(const struct survey_item *item)
{
	return answers_get(&item->answers, "name")->text;
}

/* The function whose name and a slash the text begins with; the longest name counts. */
static const char *find_function(const struct survey *survey, const char *text, struct change *c)
{
	const char *rest = text;
	size_t longest = 0, n, i;

	c->from = 0;
	c->to = survey->n;
	for (i = 0; i < survey->n; i++) {
		const char *name = name_of(&survey->items[i]);

		n = name ? strlen(name) : 0;
		if (!n || n < longest || strncmp(text, name, n) != 0 || text[n] != '/')
			continue;
		longest = n;
		rest = text + n + 1;
		c->from = i;
		c->to = i + 1;
	}
	return rest;
}

static int no_function(const struct survey *survey, const char *name, struct err *err)
{
	const char **names = xcalloc(survey->n, sizeof *names), *near;
	size_t n = 0, i;

	for (i = 0; i < survey->n; i++) {
		names[n] = name_of(&survey->items[i]);
		n += names[n] != NULL;
	}
	near = str_nearest(name, names, n);
	err_set(err, ERR_USAGE, "the file has no function '%s'", name);
	if (near)
		err_hint(err, "did you mean '%s'?", near);
	else
		err_hint(err, "NAME/KEY=VALUE changes one function, KEY=VALUE all of them");
	free(names);
	return -1;
}

static int no_key(const struct questions *questions, const char *key, struct err *err)
{
	const char **ids = xcalloc(questions->n, sizeof *ids), *near;
	size_t i;

	for (i = 0; i < questions->n; i++)
		ids[i] = questions->items[i].id;
	near = str_nearest(key, ids, questions->n);
	err_set(err, ERR_USAGE, "there is no answer '%s'", key);
	if (near)
		err_hint(err, "did you mean '%s'?", near);
	else
		err_hint(err, "man ffiadvise-answers has the keys");
	free(ids);
	return -1;
}

/* "inputs[1].length" as "inputs.length" and 1; other keys as they are. */
static int split_key(const char *key, char id[96], size_t *input, int *indexed, struct err *err)
{
	const char *at = key + strlen("inputs[");
	unsigned long i;
	char *end;

	*input = 0;
	*indexed = str_starts(key, "inputs[");
	if (!*indexed) {
		snprintf(id, 96, "%s", key);
		return 0;
	}
	i = strtoul(at, &end, 10);
	if (*at < '0' || *at > '9' || end[0] != ']' || end[1] != '.' || i >= ANSWERS_INPUTS_MAX) {
		err_set(err, ERR_USAGE, "'%s' names no input", key);
		err_hint(err, "write inputs[0].length, counting from 0");
		return -1;
	}
	*input = i;
	snprintf(id, 96, "inputs.%s", end + 2);
	return 0;
}

static int find_question(const struct survey *survey, const struct questions *questions,
	const char *key, struct change *c, struct err *err)
{
	char id[96];
	int indexed;
	size_t i;

	if (split_key(key, id, &c->input, &indexed, err) < 0)
		return -1;
	c->question = questions_find(questions, id);
	if (!c->question)
		return no_key(questions, id, err);
	if (strcmp(id, "name") == 0) {
		err_set(err, ERR_USAGE, "'name' tells the functions apart and stays");
		err_hint(err, "change it in the file");
		return -1;
	}
	if (c->question->scope != SCOPE_INPUT)
		return 0;
	if (!indexed) {
		err_set(err, ERR_USAGE, "'%s' does not say which input", key);
		err_hint(err, "write inputs[0].%s, counting from 0", strchr(id, '.') + 1);
		return -1;
	}
	for (i = c->from; i < c->to; i++) {
		const struct survey_item *item = &survey->items[i];

		if (c->input < item->answers.n_inputs)
			continue;
		err_set(err, ERR_USAGE, "%s%s%s has %zu input%s, and '%s' is beyond",
			name_of(item) ? "'" : "", name_of(item) ? name_of(item) : "the function",
			name_of(item) ? "'" : "", item->answers.n_inputs,
			item->answers.n_inputs == 1 ? "" : "s", key);
		err_hint(err, "inputs are added in the file; they count from 0");
		return -1;
	}
	return 0;
}

static int apply(struct survey *survey, const struct change *c, struct err *err)
{
	struct value tried;
	size_t i;

	/* Tried before anything is changed: it is the same text for all. */
	value_init(&tried, c->question);
	if (value_read(&tried, c->question, c->value, ORIGIN_ASKED, err) < 0) {
		err->code = ERR_USAGE;
		if (!err->hint[0])
			err_hint(err, "ffiadvise explain %s says what is allowed", c->question->id);
		return -1;
	}
	value_release(&tried);
	for (i = c->from; i < c->to; i++) {
		if (answers_set(&survey->items[i].answers, c->question, c->input, c->value,
			ORIGIN_ASKED, err) < 0)
			return -1;
	}
	return 0;
}

int survey_change(struct survey *survey, const struct questions *questions, const char *text,
	struct err *err)
{
	struct change c;
	const char *rest = find_function(survey, text, &c), *equals = strchr(rest, '=');
	const char *slash;
	char *key;
	int result;

	if (!equals || equals == rest) {
		err_set(err, ERR_USAGE, "'%s' is no KEY=VALUE", text);
		err_hint(err, "as in function.share=60%%, inputs[0].length=1k or library=unknown");
		return -1;
	}
	key = xstrndup(rest, (size_t)(equals - rest));
	c.value = equals + 1;
	slash = strrchr(key, '/');
	if (slash) {
		key[slash - key] = 0;
		result = no_function(survey, key, err);
	} else {
		result = find_question(survey, questions, key, &c, err) < 0 ? -1 :
			apply(survey, &c, err);
	}
	free(key);
	return result;
}

void survey_copy(struct survey *to, const struct survey *from)
{
	size_t i;

	memset(to, 0, sizeof *to);
	to->items = xcalloc(from->n, sizeof *to->items);
	for (i = 0; i < from->n; i++)
		answers_copy(&to->items[to->n++].answers, &from->items[i].answers);
}
