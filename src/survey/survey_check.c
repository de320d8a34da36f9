#include "survey/survey.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "survey/quantity.h"

/* People round: figures that differ by less than a quarter agree. */
#define ROUNDING 1.25

/*
 * The least time in ns to look at one item. Of a list, tuple, dict or set every
 * item is a pointer to an object: no less than a clock cycle each, a third of a
 * nanosecond at 3 GHz, however the loop is written. Of text, bytes and buffers a
 * vector instruction takes 32 bytes at a time.
 */
#define FLOOR_OBJECTS 0.3
#define FLOOR_PACKED 0.01

/*
 * A function that is bound by waiting waits for half of its time or more, one that
 * is bound by the processor for half or less; an io function that waits for a tenth
 * is still told about, one for a third may be a matter of taste.
 */
#define HALF 0.5
#define NEAR_ZERO 0.1

static const struct question *question_of(const struct survey_item *item, const char *id)
{
	return questions_find(item->answers.questions, id);
}

static const struct value *get(const struct survey_item *item, const char *id)
{
	return answers_get(&item->answers, id);
}

static int known(const struct survey_item *item, const char *id)
{
	return value_known(get(item, id));
}

void survey_warn(struct survey_item *item, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	item->warnings =
		xreallocarray(item->warnings, item->n_warnings + 1, sizeof *item->warnings);
	item->warnings[item->n_warnings++] = xstrdup(text);
}

/* A range in words; buf is lent back. */
static const char *words(char *buf, size_t size, struct est range, enum question_kind kind)
{
	struct str text;

	str_init(&text);
	quantity_write_range(&text, range, kind);
	snprintf(buf, size, "%s", str_text(&text));
	str_release(&text);
	return buf;
}

/* Six digits are more than anybody said; the rest is the noise of arithmetic. */
static double neat(double v)
{
	double step;

	if (v == 0 || !isfinite(v))
		return v;
	step = pow(10, floor(log10(fabs(v))) - 5);
	return step < 1 ? round(v / step) / round(1 / step) : round(v / step) * step;
}

static void widen(struct survey_item *item, const char *id, size_t input, struct est other)
{
	struct value *value = answers_edit(&item->answers, question_of(item, id), input);

	other.low = neat(other.low);
	other.high = neat(other.high);
	value->range = est_join(value->range, other);
}

/* True when it is known that several calls can be under way at a time. */
static int runs_side_by_side(const struct survey_item *item)
{
	const struct question *question = question_of(item, "runtime.concurrency");
	const struct value *value = get(item, "runtime.concurrency");

	return value_has(value, question, "threads") == 1 ||
	       value_has(value, question, "processes") == 1 ||
	       value_has(value, question, "asyncio") == 1;
}

/* The share that was said against time x rate. */
static void check_share(struct survey_item *item)
{
	struct est share, time, rate, product;
	char as_given[64], per_call[64], calls[64], implied[64], both[64];

	if (!known(item, "function.share") || !known(item, "function.time_per_call") ||
		!known(item, "function.calls_per_second"))
		return;
	share = get(item, "function.share")->range;
	time = get(item, "function.time_per_call")->range;
	rate = get(item, "function.calls_per_second")->range;
	product = est_scale(est_mul(time, rate), 1e-9);
	/* Calls side by side take their share of the wall time together. */
	if (runs_side_by_side(item))
		product.low /= fmax(1, get(item, "runtime.workers")->range.high);
	if (share.low <= product.high * ROUNDING && product.low <= share.high * ROUNDING)
		return;
	words(as_given, sizeof as_given, share, QUESTION_SHARE);
	words(per_call, sizeof per_call, time, QUESTION_DURATION);
	words(calls, sizeof calls, rate, QUESTION_RATE);
	words(implied, sizeof implied, product, QUESTION_SHARE);
	widen(item, "function.share", 0, est_min(product, est_point(1)));
	words(both, sizeof both, get(item, "function.share")->range, QUESTION_SHARE);
	survey_warn(item,
		"function.share is given as %s, but function.time_per_call of %s times "
		"function.calls_per_second of %s makes %s; the advice works with %s",
		as_given, per_call, calls, implied, both);
}

/* ns an item of an input takes at least, or 0 when nothing can be said. */
static double floor_of(const struct survey_item *item, size_t input)
{
	const struct value *type = answers_input(&item->answers, input, "inputs.type");
	const struct value *access = answers_input(&item->answers, input, "inputs.access");
	const char *word = value_word(access, question_of(item, "inputs.access"));

	if (!word || strcmp(word, "all") != 0)
		return 0;
	if (!value_known(type))
		return FLOOR_PACKED;
	switch (type->type->kind) {
	case PYTYPE_LIST:
	case PYTYPE_TUPLE:
	case PYTYPE_DICT:
	case PYTYPE_SET:
		return FLOOR_OBJECTS;
	case PYTYPE_STR:
	case PYTYPE_BYTES:
	case PYTYPE_BUFFER:
		return FLOOR_PACKED;
	default:
		return 0;
	}
}

/* The time of a call against the items that it looks at, for code in Python. */
static void check_length(struct survey_item *item, size_t input)
{
	const char *now = value_word(get(item, "function.now"), question_of(item, "function.now"));
	const struct value *length = answers_input(&item->answers, input, "inputs.length");
	char per_call[64], items[64], at_least[64], both[64], each[64];
	struct est time, given, needed;
	double least = floor_of(item, input);

	if (!now || strcmp(now, "python") != 0 || !least || !value_known(length) ||
		!known(item, "function.time_per_call"))
		return;
	time = get(item, "function.time_per_call")->range;
	given = length->range;
	needed = est_scale(given, least);
	if (time.high >= needed.low)
		return;
	words(per_call, sizeof per_call, time, QUESTION_DURATION);
	words(items, sizeof items, given, QUESTION_COUNT);
	words(at_least, sizeof at_least, est_point(needed.low), QUESTION_DURATION);
	words(each, sizeof each, est_point(least), QUESTION_DURATION);
	widen(item, "function.time_per_call", 0, needed);
	widen(item, "inputs.length", input, est_scale(time, 1 / least));
	words(both, sizeof both, get(item, "function.time_per_call")->range, QUESTION_DURATION);
	survey_warn(item,
		"function.time_per_call is given as %s, but to look at all %s items of inputs[%zu] "
		"takes Python at least %s (%s each); the advice works with %s and with fewer items",
		per_call, items, input, at_least, each, both);
}

/* Waiting and work in native code are parts of one whole. */
static void check_parts(struct survey_item *item)
{
	struct est wait = get(item, "function.wait_share")->range;
	struct est native = get(item, "function.native_share")->range;
	char a[64], b[64], c[64], d[64];

	if (!known(item, "function.wait_share") || !known(item, "function.native_share") ||
		wait.low + native.low <= 1)
		return;
	words(a, sizeof a, wait, QUESTION_SHARE);
	words(b, sizeof b, native, QUESTION_SHARE);
	widen(item, "function.wait_share", 0, est_rest(native));
	widen(item, "function.native_share", 0, est_rest(wait));
	words(c, sizeof c, get(item, "function.wait_share")->range, QUESTION_SHARE);
	words(d, sizeof d, get(item, "function.native_share")->range, QUESTION_SHARE);
	survey_warn(item,
		"function.wait_share of %s and function.native_share of %s are more than the whole "
		"time of the function; the advice works with %s and %s",
		a, b, c, d);
}

/* One word of function.bound, and what it leaves for a share of the time. */
static const struct bound_rule {
	const char *bound, *id;
	double low, high;	      /* what contradicts nobody */
	double meant_low, meant_high; /* what the word means, for the wider range */
	const char *meaning;
} bound_rules[] = {
	{"cpu", "function.wait_share", 0, HALF, 0, HALF,
		"that it waits for half of its time at most"},
	{"io", "function.wait_share", NEAR_ZERO, 1, HALF, 1,
		"that it waits for half of its time or more"},
	{"io", "function.native_share", 0, HALF, 0, HALF,
		"that no more than half of its time is work"},
};

static void check_bound(struct survey_item *item, const struct bound_rule *rule)
{
	struct est range = get(item, rule->id)->range;
	char given[64], both[64];

	if (!known(item, rule->id) || (range.low <= rule->high && range.high >= rule->low))
		return;
	words(given, sizeof given, range, QUESTION_SHARE);
	widen(item, rule->id, 0, est_range(rule->meant_low, rule->meant_high));
	words(both, sizeof both, get(item, rule->id)->range, QUESTION_SHARE);
	survey_warn(item,
		"function.bound is given as %s, which means %s, but %s is given as %s; the advice "
		"takes function.bound as unknown and works with %s",
		rule->bound, rule->meaning, rule->id, given, both);
	/* A word has no wider interval than to be unknown. */
	answers_forget(&item->answers, question_of(item, "function.bound"), 0);
}

/* Words that stand for no choice are taken as they are, and nothing follows from them. */
static void check_words(struct survey_item *item, const struct question *question)
{
	const struct value *value = answers_value(&item->answers, question, 0);
	char *words = value->text ? xstrdup(value->text) : NULL, *word, *rest = words;
	const char *near;
	struct str hint;
	size_t i;

	while (rest && (word = strsep(&rest, " ")) != NULL) {
		near = value_near_choice(question, word);
		str_init(&hint);
		if (near)
			str_addf(&hint, "did you mean '%s'?", near);
		else
			str_add(&hint, "known are ");
		for (i = 0; !near && i < question->n_choices; i++)
			str_addf(&hint, "%s%s", i ? ", " : "", question->choices[i].id);
		survey_warn(item, "%s: '%s' is not known here, and nothing follows from it; %s",
			question->id, word, str_text(&hint));
		str_release(&hint);
	}
	free(words);
}

static void check_open_words(struct survey_item *item)
{
	const struct questions *questions = item->answers.questions;
	size_t i;

	for (i = 0; i < questions->n; i++) {
		if (questions->items[i].open_prefix)
			check_words(item, &questions->items[i]);
	}
}

/*
 * Of a task that is named a library is known; of one that is none of those with
 * a library none is. What was said of the library itself stands.
 */
static void follow_task(struct survey_item *item)
{
	const char *task = value_word(get(item, "function.task"), question_of(item, "function.task"));
	const struct question *library = question_of(item, "library");

	if (task && !known(item, "library"))
		answers_set(&item->answers, library, 0, strcmp(task, "other") == 0 ? "no" : "yes",
			ORIGIN_DEFAULT, NULL);
}

void survey_check(struct survey_item *item)
{
	const char *bound =
		value_word(get(item, "function.bound"), question_of(item, "function.bound"));
	size_t i;

	if (item->checked)
		return;
	item->checked = 1;
	follow_task(item);
	check_open_words(item);
	check_share(item);
	for (i = 0; i < item->answers.n_inputs; i++)
		check_length(item, i);
	check_parts(item);
	for (i = 0; bound && i < sizeof bound_rules / sizeof *bound_rules; i++) {
		if (strcmp(bound, bound_rules[i].bound) == 0)
			check_bound(item, &bound_rules[i]);
	}
}
