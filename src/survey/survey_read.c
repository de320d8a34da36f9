#include "survey/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum {
	FUNCTION_BYTES_MAX = 64 * 1024,
	KEYS_MAX = 128,	    /* keys a message lists */
	ERRORS_MAX = 10000, /* mistakes of one file that are kept */
};

struct err *mistake(struct reading *r)
{
	if (r->errs->n < ERRORS_MAX)
		return errs_add(r->errs);
	r->stop = 1;
	return &r->spare;
}

void at_value(struct reading *r, struct err *err, const struct node *node)
{
	err_at(err, r->file, node->line, node->column);
}

void at_key(struct reading *r, struct err *err, const struct node *node)
{
	err_at(err, r->file, node->key_line ? node->key_line : node->line,
		node->key_line ? node->key_column : node->column);
}

const char *kind_words(const struct node *node)
{
	return node->kind == NODE_LIST ? "a list" : node->kind == NODE_MAP ? "a map" : "one value";
}

int says_nothing(const struct node *node)
{
	return node_is_null(node) || (node->kind == NODE_SCALAR && text_is_unknown(node->text));
}

/* The sections are the first words of the ids: "goal" of "goal.speedup". */
static void find_sections(struct reading *r)
{
	size_t i, k, n, length = 0;
	char *at;

	for (i = 0; i < r->questions->n; i++)
		length += strlen(r->questions->items[i].id) + 1;
	at = r->section_texts = xmalloc(length + 1);
	for (i = 0; i < r->questions->n; i++) {
		const char *id = r->questions->items[i].id;

		n = strcspn(id, ".");
		if (!id[n] || r->questions->items[i].scope == SCOPE_INPUT)
			continue;
		for (k = 0; k < r->n_sections; k++) {
			if (strlen(r->sections[k]) == n && strncmp(r->sections[k], id, n) == 0)
				break;
		}
		if (k < r->n_sections || k == SECTIONS_MAX)
			continue;
		memcpy(at, id, n);
		at[n] = '\0';
		r->sections[r->n_sections++] = at;
		at += n + 1;
	}
}

void reading_begin(
	struct reading *r, const struct questions *questions, const char *file, struct errs *errs)
{
	memset(r, 0, sizeof *r);
	r->questions = questions;
	r->file = file;
	r->errs = errs;
	find_sections(r);
}

void reading_end(struct reading *r)
{
	free(r->section_texts);
}

static int is_section(const struct reading *r, const char *key)
{
	size_t i;

	for (i = 0; i < r->n_sections; i++) {
		if (strcmp(r->sections[i], key) == 0)
			return 1;
	}
	return 0;
}

/*
 * The keys allowed in a section ("" for the top of a function); lent pointers
 * into the ids. Returns how many.
 */
static size_t keys_of(const struct reading *r, const char *section, const char **keys)
{
	size_t n = 0, i, length = strlen(section);

	for (i = 0; i < r->questions->n && n < KEYS_MAX - SECTIONS_MAX - 2; i++) {
		const char *id = r->questions->items[i].id;

		if (length && strncmp(id, section, length) == 0 && id[length] == '.')
			keys[n++] = id + length + 1;
		else if (!length && !strchr(id, '.'))
			keys[n++] = id;
	}
	if (length)
		return n;
	for (i = 0; i < r->n_sections; i++)
		keys[n++] = r->sections[i];
	keys[n++] = "inputs";
	return n;
}

/* The question whose last word is key, wherever it belongs; NULL for none. */
static const struct question *question_named(const struct reading *r, const char *key)
{
	const char *dot;
	size_t i;

	for (i = 0; i < r->questions->n; i++) {
		dot = strchr(r->questions->items[i].id, '.');
		if (strcmp(dot ? dot + 1 : r->questions->items[i].id, key) == 0)
			return &r->questions->items[i];
	}
	return NULL;
}

/* Tells that a key is not one of section; where names it ("functions[3].goal"). */
static void unknown_key(
	struct reading *r, const struct node *node, const char *section, const char *where)
{
	const char *keys[KEYS_MAX], *near, *dot = strchr(node->key, '.');
	size_t n = keys_of(r, section, keys), i;
	const struct question *elsewhere = question_named(r, node->key);
	struct err *err = mistake(r);
	struct str allowed;

	str_init(&allowed);
	for (i = 0; i < n; i++)
		str_addf(&allowed, "%s%s", i ? " " : "", keys[i]);
	err_set(err, ERR_INVALID, "'%.80s%s' is no key %s%s%s; allowed: %s", node->key,
		strlen(node->key) > 80 ? "..." : "", *where ? "of '" : "here", where,
		*where ? "'" : "", str_text(&allowed));
	near = str_nearest(node->key, keys, n);
	if (near)
		err_hint(err, "did you mean '%s'?", near);
	else if (dot && questions_find(r->questions, node->key))
		err_hint(err, "write '%s:' below '%.*s:'", dot + 1, (int)(dot - node->key),
			node->key);
	else if (elsewhere && (dot = strchr(elsewhere->id, '.')))
		err_hint(err, "'%s' belongs below '%.*s:'", node->key, (int)(dot - elsewhere->id),
			elsewhere->id);
	else if (elsewhere)
		err_hint(err, "'%s' belongs at the top of the function, not indented", node->key);
	at_key(r, err, node);
	str_release(&allowed);
}

/* The texts of a list's items; a mistake when one is no plain text. NULL then. */
static const char **item_texts(struct reading *r, const struct node *list, const char *where)
{
	const char **texts = xcalloc(list->n + 1, sizeof *texts);
	struct err *err;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (list->items[i]->kind == NODE_SCALAR) {
			texts[i] = list->items[i]->text;
			continue;
		}
		err = mistake(r);
		err_set(err, ERR_INVALID,
			"'%s': %s stands in the list, where plain words or numbers "
			"are expected",
			where, kind_words(list->items[i]));
		at_value(r, err, list->items[i]);
		free(texts);
		return NULL;
	}
	return texts;
}

/* "numpy: worse" for each entry of a map of outcomes; the caller frees them. */
static char **outcome_texts(struct reading *r, const struct node *map, const char *where)
{
	char **texts = xcalloc(map->n + 1, sizeof *texts);
	struct err *err;
	size_t i, k;

	for (i = 0; i < map->n; i++) {
		if (map->items[i]->kind == NODE_SCALAR) {
			texts[i] = xasprintf("%s: %s", map->items[i]->key,
				says_nothing(map->items[i]) ? "" : map->items[i]->text);
			continue;
		}
		err = mistake(r);
		err_set(err, ERR_INVALID, "'%s.%s' is %s; allowed: worse, same, better, or unknown",
			where, map->items[i]->key, kind_words(map->items[i]));
		at_value(r, err, map->items[i]);
		for (k = 0; k < i; k++)
			free(texts[k]);
		free(texts);
		return NULL;
	}
	return texts;
}

static const char *expected(const struct question *question)
{
	switch (question->kind) {
	case QUESTION_TEXT:
		return "one line of text";
	case QUESTION_BOOL:
		return "yes or no";
	case QUESTION_CHOICE:
		return "one word";
	case QUESTION_CHOICES:
		return "one word or a list of words";
	case QUESTION_OUTCOMES:
		return "a list of words, or a map of them to worse, same or better";
	case QUESTION_TYPE:
		return "one type";
	case QUESTION_SHAPE:
		return "a list of numbers";
	default:
		return "one quantity or [low, high]";
	}
}

/* Reads a list or a map of outcomes into value; *bad is the item that is wrong. */
static int read_items(struct reading *r, struct value *value, const struct question *question,
	const struct node *node, const char *where)
{
	char **owned = node->kind == NODE_MAP ? outcome_texts(r, node, where) : NULL;
	const char **lent = node->kind == NODE_LIST ? item_texts(r, node, where) : NULL;
	const char *const *texts = owned ? (const char *const *)owned : lent;
	size_t bad = 0, i;
	struct err err, *told;
	int result = -1;

	if (texts)
		result = value_read_list(value, question, texts, node->n, ORIGIN_FILE, &bad, &err);
	if (texts && result < 0) {
		told = mistake(r);
		*told = err;
		err_prefix(told, "'%s'", where);
		at_value(r, told, bad < node->n ? node->items[bad] : node);
	}
	for (i = 0; owned && i < node->n; i++)
		free(owned[i]);
	free(owned);
	free(lent);
	return result;
}

/* Reads what node says into the answers; where names the place for messages. */
static void read_value(struct reading *r, struct answers *answers, const struct question *question,
	size_t input, const struct node *node, const char *where)
{
	struct value value, *to;
	struct err err, *told;
	int result = -1;

	value_init(&value, question);
	if (node->kind == NODE_MAP && question->kind != QUESTION_OUTCOMES && node->n) {
		told = mistake(r);
		err_set(told, ERR_INVALID, "'%s' is a map, where %s is expected", where,
			expected(question));
		at_value(r, told, node);
		return;
	}
	if (node_is_null(node)) {
		result = 0;
	} else if (node->kind != NODE_SCALAR) {
		result = read_items(r, &value, question, node, where);
	} else {
		result = value_read(&value, question, node->text, ORIGIN_FILE, &err);
		if (result < 0) {
			told = mistake(r);
			*told = err;
			err_prefix(told, "'%s'", where);
			at_value(r, told, node);
		}
	}
	if (result < 0 || !value_known(&value)) {
		/* What is said to be unknown is so, whatever 'defaults' says. */
		answers_forget(answers, question, input);
		value_release(&value);
		return;
	}
	value.line = node->line;
	value.column = node->column;
	to = answers_edit(answers, question, input);
	/* Maps merge: what was tried is added to what the defaults say. */
	if (question->kind == QUESTION_OUTCOMES && node->kind == NODE_MAP)
		value_merge_outcomes(&value, to);
	value_release(to);
	*to = value;
}

int want_map(struct reading *r, const struct node *node, const char *where)
{
	struct err *err;

	if (node->kind == NODE_MAP)
		return 1;
	if (says_nothing(node))
		return 0;
	err = mistake(r);
	err_set(err, ERR_INVALID, "'%s' is %s, where a map of keys is expected", where,
		kind_words(node));
	if (node->kind == NODE_SCALAR && strchr(node->text, ':'))
		err_hint(err, "a key is followed by ': ' and its value, with a space between");
	at_value(r, err, node);
	return 0;
}

/* The keys of one map of a section ("goal", or "inputs" for one entry). */
static void read_section(struct reading *r, struct answers *answers, const char *section,
	size_t input, const struct node *map, const char *where)
{
	char id[128], place[192];
	const struct question *question;
	size_t i;

	for (i = 0; i < map->n && !r->stop; i++) {
		const struct node *node = map->items[i];

		snprintf(id, sizeof id, "%s.%s", section, node->key);
		question = questions_find(r->questions, id);
		if (!question) {
			unknown_key(r, node, section, where);
			continue;
		}
		snprintf(place, sizeof place, "%s.%s", where, node->key);
		read_value(r, answers, question, input, node, place);
	}
}

static void read_inputs(struct reading *r, struct answers *answers, const struct node *list)
{
	struct err *err;
	char where[96];
	size_t i;

	answers_clear_inputs(answers);
	answers->inputs_known = 0;
	if (says_nothing(list))
		return;
	if (list->kind != NODE_LIST) {
		err = mistake(r);
		err_set(err, ERR_INVALID,
			"'%sinputs' is %s, where a list with one entry for each "
			"argument is expected",
			r->prefix, kind_words(list));
		err_hint(err,
			"begin each entry with '- ', as in '- type: list[float]'; no arguments "
			"are written inputs: []");
		at_value(r, err, list);
		return;
	}
	if (list->n > ANSWERS_INPUTS_MAX) {
		err = mistake(r);
		err_set(err, ERR_INVALID, "'%sinputs' has %zu entries; %d is the most", r->prefix,
			list->n, ANSWERS_INPUTS_MAX);
		err_hint(err, "describe those that cost most");
		at_value(r, err, list->items[ANSWERS_INPUTS_MAX]);
		return;
	}
	answers->inputs_known = 1;
	for (i = 0; i < list->n; i++) {
		answers_add_input(answers);
		snprintf(where, sizeof where, "%sinputs[%zu]", r->prefix, i);
		if (want_map(r, list->items[i], where))
			read_section(r, answers, "inputs", i, list->items[i], where);
	}
}

void read_function(struct reading *r, struct answers *answers, const struct node *map,
	const char *const *pass_over)
{
	const struct question *question;
	char where[128];
	struct err *err;
	size_t i, k;

	if (map->bytes > FUNCTION_BYTES_MAX) {
		err = mistake(r);
		err_set(err, ERR_INVALID, "a function of %zu KiB; %d KiB is the most",
			(map->bytes + 1023) / 1024, FUNCTION_BYTES_MAX / 1024);
		at_value(r, err, map);
		return;
	}
	for (i = 0; i < map->n && !r->stop; i++) {
		const struct node *node = map->items[i];

		for (k = 0; pass_over[k] && strcmp(pass_over[k], node->key) != 0;)
			k++;
		if (pass_over[k])
			continue;
		snprintf(where, sizeof where, "%s%s", r->prefix, node->key);
		question = strchr(node->key, '.') ? NULL : questions_find(r->questions, node->key);
		if (question) {
			read_value(r, answers, question, 0, node, where);
		} else if (strcmp(node->key, "inputs") == 0) {
			read_inputs(r, answers, node);
		} else if (is_section(r, node->key)) {
			if (want_map(r, node, where))
				read_section(r, answers, node->key, 0, node, where);
		} else {
			where[strlen(r->prefix)] = '\0';
			if (*where)
				where[strlen(where) - 1] = '\0';
			unknown_key(r, node, "", where);
		}
	}
}
