#include "survey/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "survey/quantity.h"

enum {
	SHOWN_MAX = 60,	    /* bytes of a wrong text that a message repeats */
	QUANTITY_MAX = 64,  /* bytes of a number with its unit */
	OPEN_WORD_MAX = 40, /* bytes of a word that only open_prefix allows */
};

static const struct {
	const char *word;
	int yes;
} bool_words[] = {{"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0}, {"y", 1}, {"n", 0}};

int text_is_unknown(const char *text)
{
	size_t n;

	while (*text == ' ')
		text++;
	n = strlen(text);
	while (n && text[n - 1] == ' ')
		n--;
	return n == 0 || (n == 7 && strncasecmp(text, "unknown", 7) == 0);
}

/* As much of a wrong text as a message should repeat; buf holds SHOWN_MAX + 4. */
static const char *shown(const char *text, char *buf)
{
	size_t n = strlen(text);

	if (n > SHOWN_MAX) {
		n = SHOWN_MAX;
		while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
		memcpy(buf, text, n);
		strcpy(buf + n, "...");
		return buf;
	}
	return text;
}

/* "cpu, io, mixed": every word that is allowed. */
static void add_allowed(struct str *out, const struct question *question)
{
	size_t i;

	for (i = 0; i < question->n_choices; i++)
		str_addf(out, "%s%s", i ? ", " : "", question->choices[i].id);
	if (question->open_prefix)
		str_addf(out, "%s%s",
			question->open_prefix[0] ? ", other words that begin with "
						 : ", any other word",
			question->open_prefix);
}

const char *value_near_choice(const struct question *question, const char *word)
{
	const char *words[512], *near;
	char folded[SHOWN_MAX + 4];
	size_t n = 0, i, k;

	snprintf(folded, sizeof folded, "%s", word);
	for (i = 0; folded[i]; i++)
		folded[i] = folded[i] == '_' || folded[i] == ' '
				    ? '-'
				    : (char)tolower((unsigned char)folded[i]);
	for (i = 0; i < question->n_choices; i++) {
		if (n < 512)
			words[n++] = question->choices[i].id;
		for (k = 0; question->choices[i].also && question->choices[i].also[k]; k++) {
			if (n < 512)
				words[n++] = question->choices[i].also[k];
		}
	}
	for (i = 0; i < n; i++) {
		if (strcmp(words[i], folded) == 0)
			return words[i];
	}
	near = str_nearest(folded, words, n);
	return near;
}

static int wrong_choice(const struct question *question, const char *word, struct err *err)
{
	const char *near = value_near_choice(question, word);
	char buf[SHOWN_MAX + 4];
	struct str allowed;

	str_init(&allowed);
	add_allowed(&allowed, question);
	err_set(err, ERR_INVALID, "'%s' is no choice here; allowed: %s, or unknown",
		shown(word, buf), str_text(&allowed));
	if (near)
		err_hint(err, "did you mean '%s'?", near);
	str_release(&allowed);
	return -1;
}

static int read_bool(struct value *value, const char *text, struct err *err)
{
	char buf[SHOWN_MAX + 4];
	size_t i;

	for (i = 0; i < sizeof bool_words / sizeof *bool_words; i++) {
		if (strcasecmp(bool_words[i].word, text) == 0) {
			value->choices = bool_words[i].yes ? 2 : 1;
			return 0;
		}
	}
	err_set(err, ERR_INVALID,
		"'%s' is neither yes nor no; allowed: yes, no, true, false, or "
		"unknown",
		shown(text, buf));
	return -1;
}

/* True for a word that names something: letters, digits and -_.+ only. */
static int is_word(const char *text)
{
	return *text && strlen(text) <= OPEN_WORD_MAX &&
	       !text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789-_.+")];
}

static void add_open_word(struct value *value, const char *word)
{
	char *longer;

	if (value_lists(value, word))
		return;
	longer = value->text ? xasprintf("%s %s", value->text, word) : xstrdup(word);
	free(value->text);
	value->text = longer;
}

static int add_choice(
	struct value *value, const struct question *question, const char *word, struct err *err)
{
	int i = question_choice(question, word);

	if (i >= 0) {
		value->choices |= (uint64_t)1 << i;
		return 0;
	}
	if (question->open_prefix && str_starts(word, question->open_prefix) && is_word(word)) {
		add_open_word(value, word);
		return 0;
	}
	return wrong_choice(question, word, err);
}

/* "numpy" or "numpy: worse". */
static int add_outcome(
	struct value *value, const struct question *question, const char *text, struct err *err)
{
	const char *colon = strchr(text, ':'), *said = colon ? colon + 1 : "", *near;
	const char *words[N_OUTCOMES - 1];
	char *word, buf[SHOWN_MAX + 4];
	size_t n = colon ? (size_t)(colon - text) : strlen(text), i;
	int choice;

	while (n && text[n - 1] == ' ')
		n--;
	word = xstrndup(text, n);
	choice = question_choice(question, word);
	if (choice < 0)
		wrong_choice(question, word, err);
	free(word);
	if (choice < 0)
		return -1;
	while (*said == ' ')
		said++;
	value->choices |= (uint64_t)1 << choice;
	if (text_is_unknown(said))
		return 0;
	for (i = 1; i < N_OUTCOMES; i++) {
		words[i - 1] = outcome_word((enum outcome)i);
		if (strcmp(outcome_word((enum outcome)i), said) == 0) {
			value->outcomes[choice] = (unsigned char)i;
			return 0;
		}
	}
	near = str_nearest(said, words, N_OUTCOMES - 1);
	err_set(err, ERR_INVALID, "'%s' is no outcome; allowed: worse, same, better, or unknown",
		shown(said, buf));
	if (near)
		err_hint(err, "did you mean '%s'?", near);
	return -1;
}

static int read_choices(struct value *value, const struct question *question,
	const char *const *items, size_t n, size_t *bad, struct err *err)
{
	size_t i, chosen = 0;
	int done;

	for (i = 0; i < n; i++) {
		*bad = i;
		done = question->kind == QUESTION_OUTCOMES
			       ? add_outcome(value, question, items[i], err)
			       : add_choice(value, question, items[i], err);
		if (done < 0)
			return -1;
	}
	*bad = n;
	for (i = 0; i < question->n_choices; i++)
		chosen += value->choices >> i & 1;
	chosen += value->text != NULL;
	for (i = 0; i < question->n_choices && chosen > 1; i++) {
		if (!(value->choices >> i & 1) || !question->choices[i].alone)
			continue;
		err_set(err, ERR_INVALID, "'%s' cannot stand beside another choice",
			question->choices[i].id);
		err_hint(err, "leave it or the others out");
		return -1;
	}
	return 0;
}

/* A number that lies within what the question allows. */
static int read_number(const struct question *question, enum question_kind kind, const char *text,
	double *number, struct err *err)
{
	char buf[SHOWN_MAX + 4];

	if (strlen(text) > QUANTITY_MAX) {
		err_set(err, ERR_INVALID, "'%s' is no number", shown(text, buf));
		return -1;
	}
	if (quantity_read(text, kind, number, err) < 0)
		return -1;
	if (*number >= question->low && *number <= question->high)
		return 0;
	err_set(err, ERR_INVALID, "'%s' is out of range: allowed is %s to %s", text,
		question->low_text ? question->low_text : "0",
		question->high_text ? question->high_text : "any number");
	if (kind == QUESTION_SHARE && *number > 1 && *number <= 100 && !strchr(text, '%'))
		err_hint(err, "did you mean %s%%?", text);
	return -1;
}

static int read_range(struct value *value, const struct question *question,
	const char *const *items, size_t n, size_t *bad, struct err *err)
{
	double ends[2];
	size_t i;

	if (n != 2) {
		*bad = n;
		err_set(err, ERR_INVALID, "a range has two ends, low and high; here are %zu", n);
		err_hint(err, "write [low, high], or one value");
		return -1;
	}
	for (i = 0; i < 2; i++) {
		*bad = i;
		if (read_number(question, question->kind, items[i], &ends[i], err) < 0)
			return -1;
	}
	*bad = n;
	if (ends[0] > ends[1]) {
		err_set(err, ERR_INVALID, "the range begins with its high end, '%s'", items[0]);
		err_hint(err, "write [%s, %s]", items[1], items[0]);
		return -1;
	}
	value->range = est_range(ends[0], ends[1]);
	return 0;
}

static int read_shape(struct value *value, const struct question *question,
	const char *const *items, size_t n, size_t *bad, struct err *err)
{
	size_t i;

	*bad = n;
	if (n > VALUE_SHAPE_MAX) {
		err_set(err, ERR_INVALID, "a shape of %zu dimensions; %d is the most", n,
			VALUE_SHAPE_MAX);
		return -1;
	}
	value->shape = xreallocarray(NULL, n, sizeof *value->shape);
	value->n_shape = n;
	for (i = 0; i < n; i++) {
		*bad = i;
		if (read_number(question, QUESTION_COUNT, items[i], &value->shape[i], err) < 0)
			return -1;
	}
	return 0;
}

static int read_text(
	struct value *value, const struct question *question, const char *text, struct err *err)
{
	struct str visible;
	int clean;

	if ((double)strlen(text) > question->high) {
		err_set(err, ERR_INVALID, "a text of %zu characters; %s is the most", strlen(text),
			question->high_text);
		return -1;
	}
	str_init(&visible);
	str_add_shown(&visible, text, strlen(text));
	clean = strcmp(str_text(&visible), text) == 0;
	str_release(&visible);
	if (!clean) {
		err_set(err, ERR_INVALID, "'%s' holds a line break or a control character", text);
		err_hint(err, "write it as one line of plain text");
		return -1;
	}
	value->text = xstrdup(text);
	return 0;
}

static int read_one(
	struct value *value, const struct question *question, const char *text, struct err *err)
{
	int choice;

	switch (question->kind) {
	case QUESTION_TEXT:
		return read_text(value, question, text, err);
	case QUESTION_BOOL:
		return read_bool(value, text, err);
	case QUESTION_CHOICE:
		choice = question_choice(question, text);
		if (choice < 0)
			return wrong_choice(question, text, err);
		value->choices = (uint64_t)1 << choice;
		return 0;
	case QUESTION_TYPE:
		value->type = pytype_read(text, err);
		return value->type ? 0 : -1;
	default:
		if (read_number(question, question->kind, text, &value->range.low, err) < 0)
			return -1;
		value->range = est_point(value->range.low);
		return 0;
	}
}

/* Puts fresh in the place of value when it was read, else lets it go. */
static int settle(struct value *value, struct value *fresh, int result, enum origin origin)
{
	if (result < 0) {
		value_release(fresh);
		return -1;
	}
	fresh->origin = origin;
	value_release(value);
	*value = *fresh;
	return 0;
}

static int takes_list(enum question_kind kind)
{
	return kind == QUESTION_CHOICES || kind == QUESTION_OUTCOMES || kind == QUESTION_SHAPE;
}

int value_read_list(struct value *value, const struct question *question, const char *const *items,
	size_t n, enum origin origin, size_t *bad, struct err *err)
{
	struct value fresh;
	size_t ignored;
	int result;

	if (!bad)
		bad = &ignored;
	*bad = n;
	value_init(&fresh, question);
	if (n == 0 || (n == 1 && text_is_unknown(items[0])))
		return settle(value, &fresh, 0, ORIGIN_UNKNOWN);
	if (question_is_quantity(question->kind)) {
		result = read_range(&fresh, question, items, n, bad, err);
	} else if (question->kind == QUESTION_SHAPE) {
		result = read_shape(&fresh, question, items, n, bad, err);
	} else if (takes_list(question->kind)) {
		result = read_choices(&fresh, question, items, n, bad, err);
	} else {
		result = err_set(err, ERR_INVALID, "a list, where one %s is expected",
			question->kind == QUESTION_TYPE	  ? "type"
			: question->kind == QUESTION_TEXT ? "text"
							  : "word");
		if (question->kind == QUESTION_TYPE)
			err_hint(err, "quote a type that has brackets, as in \"list[float]\"");
	}
	return settle(value, &fresh, result, origin);
}

/* Cuts text, a copy, at its commas; the pieces point into it. Returns how many. */
static size_t cut(char *text, char ***pieces)
{
	size_t n = 0, cap = 0, len;
	char *next;

	*pieces = NULL;
	for (; text; text = next) {
		next = strchr(text, ',');
		if (next)
			*next++ = '\0';
		while (*text == ' ')
			text++;
		len = strlen(text);
		while (len && text[len - 1] == ' ')
			text[--len] = '\0';
		GROW(*pieces, n, cap);
		(*pieces)[n++] = text;
	}
	return n;
}

/* Reads "[a, b]", "{a: b}" or "a, b" as a list. */
static int read_cut(struct value *value, const struct question *question, char *text,
	enum origin origin, struct err *err)
{
	size_t len = strlen(text), n;
	char **pieces, close = *text == '[' ? ']' : *text == '{' ? '}' : '\0', buf[SHOWN_MAX + 4];
	int result;

	if (close && text[len - 1] != close) {
		err_set(err, ERR_INVALID, "'%s' has no closing '%c'", shown(text, buf), close);
		return -1;
	}
	if (close) {
		text[len - 1] = '\0';
		text++;
	}
	n = cut(text, &pieces);
	if (n == 1 && !*pieces[0])
		n = 0;
	result =
		value_read_list(value, question, (const char *const *)pieces, n, origin, NULL, err);
	free(pieces);
	return result;
}

int value_read(struct value *value, const struct question *question, const char *text,
	enum origin origin, struct err *err)
{
	struct value fresh;
	char *copy;
	size_t len;
	int result;

	value_init(&fresh, question);
	if (text_is_unknown(text))
		return settle(value, &fresh, 0, ORIGIN_UNKNOWN);
	while (*text == ' ')
		text++;
	len = strlen(text);
	while (len && text[len - 1] == ' ')
		len--;
	copy = xstrndup(text, len);
	if (takes_list(question->kind) || (question_is_quantity(question->kind) && *copy == '['))
		result = read_cut(value, question, copy, origin, err);
	else
		result = settle(value, &fresh, read_one(&fresh, question, copy, err), origin);
	free(copy);
	return result;
}
