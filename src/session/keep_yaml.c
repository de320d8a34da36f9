#include "session/keep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/*
 * What may stand in a block of YAML without quotes: it begins with a letter or a
 * digit and holds nothing that YAML gives a meaning to. "null" is an answer like
 * another, but not in YAML.
 */
static int is_plain(const char *text)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   " _-+./%()";
	static const char *const meant[] = {"null", "Null", "NULL", "unknown"};
	size_t n = strlen(text), i;

	for (i = 0; i < sizeof meant / sizeof *meant; i++) {
		if (strcmp(text, meant[i]) == 0)
			return 0;
	}
	return n && strchr(first, text[0]) && text[n - 1] != ' ' && !text[strspn(text, rest)];
}

/* U+FFFE and U+FFFF can be typed, but YAML takes them as an escape only. */
static int is_no_character(const char *at)
{
	return (unsigned char)at[0] == 0xef && (unsigned char)at[1] == 0xbf &&
	       (unsigned char)at[2] >= 0xbe;
}

static void put_text(struct str *out, const char *text)
{
	const char *at;

	if (is_plain(text)) {
		str_add(out, text);
		return;
	}
	str_addc(out, '"');
	for (at = text; *at; at++) {
		if (is_no_character(at)) {
			str_addf(out, "\\u%s", (unsigned char)at[2] == 0xbe ? "FFFE" : "FFFF");
			at += 2;
			continue;
		}
		if (*at == '"' || *at == '\\')
			str_addc(out, '\\');
		str_addc(out, *at);
	}
	str_addc(out, '"');
}

/* "[rust, c]"; what came of something makes it a map, "{numpy: worse}". */
static void put_choices(struct str *out, const struct value *value, const struct question *q)
{
	const char *separator = "", *word = value->text;
	int is_map = 0;
	size_t i, n;

	for (i = 0; i < q->n_choices && q->kind == QUESTION_OUTCOMES; i++)
		is_map |= value->outcomes[i] != OUTCOME_UNKNOWN;
	str_addc(out, is_map ? '{' : '[');
	for (i = 0; i < q->n_choices; i++) {
		if (!(value->choices >> i & 1))
			continue;
		str_add(out, separator);
		put_text(out, q->choices[i].id);
		if (is_map)
			str_addf(out, ": %s", outcome_word((enum outcome)value->outcomes[i]));
		separator = ", ";
	}
	while (word && *word) {
		char *one = xstrndup(word, n = strcspn(word, " "));

		str_add(out, separator);
		put_text(out, one);
		free(one);
		separator = ", ";
		word += n + (word[n] == ' ');
	}
	str_addc(out, is_map ? '}' : ']');
}

static void put_value(struct str *out, const struct value *value, const struct question *q)
{
	struct value within;

	switch (q->kind) {
	case QUESTION_TEXT:
		put_text(out, value->text);
		break;
	case QUESTION_CHOICE:
		put_text(out, value_word(value, q));
		break;
	case QUESTION_CHOICES:
	case QUESTION_OUTCOMES:
		put_choices(out, value, q);
		break;
	default:
		/* Quantities, ranges, types, shapes, yes and no are YAML as they are. What was
		 * measured may lie outside of what a file may say. */
		within = *value;
		within.range.low = fmin(fmax(value->range.low, q->low), q->high);
		within.range.high = fmin(fmax(value->range.high, q->low), q->high);
		value_write(out, question_is_quantity(q->kind) ? &within : value, q);
	}
}

/* What is being written: one function, or one of its inputs. */
struct place {
	struct answers *answers; /* a copy: conditions need its scratch room */
	size_t input;
	int indent;
	int comments; /* questions as comments, and those not answered too */
	int own;      /* the program's own file: what was not asked says where it is from */
};

static int may_be_asked(const struct place *p, const struct question *q)
{
	struct answers_at here = {p->answers, p->input};

	return (q->scope == SCOPE_INPUT ? cond_eval(q->when, answers_lookup_at, &here) :
		cond_eval(q->when, answers_lookup, p->answers)) != TRUTH_NO;
}

static const char *key_of(const struct question *q)
{
	const char *dot = strchr(q->id, '.');

	return dot ? dot + 1 : q->id;
}

static void put_comment(struct str *out, const struct place *p, const char *text)
{
	str_addf(out, "%*s# ", p->indent, "");
	str_add_shown(out, text, strlen(text));
	str_addc(out, '\n');
}

/* Asked answers go without saying; the others say where they come from. */
static const char *const origins[] = {
	[ORIGIN_FILE] = KEEP_FROM_FILE, [ORIGIN_MEASURED] = KEEP_MEASURED,
	[ORIGIN_ASKED] = "", [ORIGIN_DEFAULT] = "", [ORIGIN_UNKNOWN] = "",
};

/* Writes "key: value"; one that is not said goes into a comment. dash makes it the first
 * key of a list's item. Returns whether there is a value. */
static int put_key(struct str *out, const struct place *p, const struct question *q, int dash)
{
	const struct value *value = answers_value(p->answers, q, p->input);
	int said = value->origin != ORIGIN_UNKNOWN && value->origin != ORIGIN_DEFAULT;

	if (p->comments && (said || may_be_asked(p, q))) {
		put_comment(out, p, q->text);
		if (!said)
			str_addf(out, "%*s#   %s: ", p->indent, "", key_of(q));
		if (!said && value_known(value))
			put_value(out, value, q);
		if (!said)
			str_addf(out, "%s\n", value_known(value) ? "   (the default)" : "unknown");
	}
	if (!said)
		return 0;
	str_addf(out, "%*s%s%s: ", dash ? p->indent - 2 : p->indent, "", dash ? "- " : "", key_of(q));
	put_value(out, value, q);
	str_addf(out, "%s\n", p->own || value->origin == ORIGIN_MEASURED ? origins[value->origin] : "");
	return 1;
}

static void put_inputs(struct str *out, struct place p)
{
	const struct questions *questions = p.answers->questions;
	size_t i, before;
	int begun;

	if (!p.answers->inputs_known)
		return;
	if (p.comments)
		put_comment(out, &p, "Its arguments, in order.");
	if (!p.answers->n_inputs) {
		str_addf(out, "%*sinputs: []\n", p.indent, "");
		return;
	}
	str_addf(out, "%*sinputs:\n", p.indent, "");
	p.indent += 4;
	for (p.input = 0; p.input < p.answers->n_inputs; p.input++) {
		begun = 0;
		before = out->len;
		for (i = 0; i < questions->n; i++) {
			if (questions->items[i].scope == SCOPE_INPUT)
				begun |= put_key(out, &p, &questions->items[i], !begun);
		}
		if (!begun) {
			/* Nothing is known of it, but that it is there. */
			out->len = before;
			str_addf(out, "%*s- {}\n", p.indent - 2, "");
		}
		/* What is asked of one is asked of each. */
		p.comments = 0;
	}
}

/* The keys of a section ("goal") below its head. */
static void put_section(struct str *out, struct place p, const char *id, size_t length)
{
	const struct questions *questions = p.answers->questions;
	size_t before = out->len, begun, i;

	str_addf(out, "%*s%.*s:\n", p.indent, "", (int)length, id);
	begun = out->len;
	p.indent += 2;
	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		if (q->scope == SCOPE_FUNCTION && strncmp(q->id, id, length) == 0 &&
			q->id[length] == '.')
			put_key(out, &p, q, 0);
	}
	if (out->len == begun)
		out->len = before;
	out->s[out->len] = '\0';
}

/* Is an earlier question of this one's section? Its keys have then been written. */
static int is_done(const struct questions *questions, size_t i, size_t length)
{
	size_t k;

	for (k = 0; k < i; k++) {
		if (strncmp(questions->items[k].id, questions->items[i].id, length + 1) == 0)
			return 1;
	}
	return 0;
}

static void put_function(struct str *out, const struct place *p)
{
	const struct questions *questions = p->answers->questions;
	size_t i, length;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		length = strcspn(q->id, ".");
		if (!q->id[length])
			put_key(out, p, q, 0);
		else if (is_done(questions, i, length))
			continue;
		else if (q->scope == SCOPE_INPUT)
			put_inputs(out, *p);
		else
			put_section(out, *p, q->id, length);
	}
}

/* One of several functions has to have a name. */
static void name_it(struct answers *answers, size_t i)
{
	char *number;

	if (value_known(answers_get(answers, "name")))
		return;
	number = xasprintf("function %zu", i + 1);
	answers_set(answers, questions_find(answers->questions, "name"), 0, number, ORIGIN_ASKED,
		NULL);
	free(number);
}

void keep_write(struct str *out, const struct answers *const *functions, size_t n, int own)
{
	/* A function of a file may take 64 KiB; the comments are a quarter of that at most. */
	enum { WITH_COMMENTS = 40 * 1024 };
	struct answers copy;
	struct place p = {&copy, 0, n > 1 ? 4 : 0, 1, own};
	size_t i, before;

	str_add(out, "# Answers for ffiadvise: ffiadvise --answers FILE reads them;\n"
		     "# man 5 ffiadvise-answers explains them.\n");
	str_addf(out, "ffiadvise: 1\n%s", n > 1 ? "functions:\n" : "");
	for (i = 0; i < n; i++) {
		answers_copy(&copy, functions[i]);
		if (n > 1) {
			name_it(&copy, i);
			str_add(out, "  -\n");
		}
		before = out->len;
		put_function(out, &p);
		if (out->len - before > WITH_COMMENTS) {
			out->len = before;
			p.comments = 0;
			put_function(out, &p);
			p.comments = 1;
		}
		answers_release(&copy);
	}
}
