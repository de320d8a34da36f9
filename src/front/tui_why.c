#include "front/tui.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "survey/quantity.h"

/* Sources named when somebody asks why; rows below which nobody is welcomed. */
enum { SOURCES_MOST = 3, ROWS_WELCOME = 14 };

/* "20,000" */
static void add_thousands(struct str *out, double v)
{
	char digits[32];
	size_t n, i;

	snprintf(digits, sizeof digits, "%.0f", v);
	n = strlen(digits);
	for (i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			str_addc(out, ',');
		str_addc(out, digits[i]);
	}
}

/* What was understood, as it would be read out. */
static void add_reading(struct str *out, const struct value *value, const struct question *q)
{
	int counts = q->kind == QUESTION_COUNT || q->kind == QUESTION_RATE;
	struct est r = value->range;

	if (!question_is_quantity(q->kind)) {
		value_write(out, value, q);
		return;
	}
	if (counts && r.low == floor(r.low) && r.high == floor(r.high) && r.high < 1e15) {
		add_thousands(out, r.low);
		if (r.high > r.low) {
			str_add(out, " to ");
			add_thousands(out, r.high);
		}
	} else {
		quantity_write_range(out, r, q->kind);
	}
	if (q->kind == QUESTION_RATE)
		str_add(out, " a second");
	else if (q->kind == QUESTION_FACTOR)
		str_add(out, r.low == 1 && r.high == 1 ? ", as fast as now" : "");
}

/* Below the field: what was understood, what is wrong, or an example. */
void tui_add_check(const struct tui *t, struct lines *l)
{
	const struct question *q = t->session.at.question;
	const char *text = str_text(&t->ask.field.text);
	struct value value;
	struct str s;
	struct err err;

	lines_begin(l, 2, 4);
	if (t->ask.complains) {
		lines_add(l, LOOK_WARNING, "! %s%s%s", t->ask.err.text, *t->ask.err.hint ? "; " : "",
			t->ask.err.hint);
		return;
	}
	if (text_is_unknown(text)) {
		lines_add(l, LOOK_HINT, "for example %s%s", q->example ? q->example : "",
			question_is_quantity(q->kind) ? "; a range as [low, high]" : "");
		return;
	}
	value_init(&value, q);
	str_init(&s);
	if (session_try(&t->session, &value, text, &err) == 0) {
		add_reading(&s, &value, q);
		lines_add(l, LOOK_GOOD, "= %s", str_text(&s));
	} else {
		lines_add(l, LOOK_HINT, "... %s%s%s", err.text, *err.hint ? "; " : "", err.hint);
	}
	str_release(&s);
	value_release(&value);
}

struct naming {
	const char *key;
	int found;
};

static void visit(void *who, const char *key)
{
	struct naming *naming = who;

	naming->found |= strcmp(naming->key, key) == 0;
}

/* The sources of the rules that look at this answer, each once. */
static void add_sources(const struct tui *t, struct lines *l, const struct question *q)
{
	const struct rules *rules = &t->front->catalog->rules;
	const char *told[SOURCES_MOST];
	size_t n = 0, i, k;

	for (i = 0; i < rules->n && n < SOURCES_MOST; i++) {
		struct naming naming = {q->id, 0};

		if (!rules->items[i].when)
			continue;
		cond_keys(rules->items[i].when, visit, &naming);
		for (k = 0; k < n && strcmp(told[k], rules->items[i].source) != 0; k++)
			;
		if (!naming.found || k < n)
			continue;
		told[n++] = rules->items[i].source;
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "%s %s", n == 1 ? "from" : "and ", rules->items[i].source);
	}
}

/* What another answer to the question that is shown would do; NULL: nothing. */
static const struct flip *flip_of(const struct tui *t)
{
	const struct advice *advice = tui_advice(t);
	const struct session_at at = t->session.at;
	size_t i;

	for (i = 0; advice && i < advice->flips.n; i++) {
		const struct flip *flip = &advice->flips.items[i];

		if (flip->question == at.question &&
			(flip->input < 0 || (size_t)flip->input == at.input))
			return flip;
	}
	return NULL;
}

/* What knowing it would do, while it is not known and counts; else NULL. */
static const struct unknown *unknown_of(const struct tui *t)
{
	const struct advice *advice = tui_advice(t);
	const struct session_at at = t->session.at;
	size_t i;

	for (i = 0; advice && i < advice->certainty.n_unknown; i++) {
		const struct unknown *unknown = &advice->certainty.unknown[i];

		if (unknown->question == at.question &&
			(unknown->input < 0 || (size_t)unknown->input == at.input))
			return unknown;
	}
	return NULL;
}

/* The answer, a quantity or else a word, and what the advice becomes with it. */
static void add_turn(struct lines *l, const char *before, const struct question *q, double quantity,
	const char *word, enum use use, const char *option)
{
	struct str s;

	str_init(&s);
	if (word)
		str_add(&s, word);
	else
		quantity_write(&s, quantity, q->kind);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "%s%s the advice becomes: %s", before, str_text(&s),
		use == USE_STAY ? "leave it as it is" : option);
	str_release(&s);
}

/* The answers with one of them told, as a word that stands in no condition. */
struct told {
	struct answers *answers;
	const char *key;
};

static int is_key_of(const char *key, const char *id)
{
	return strcmp(key, id) == 0 || (str_starts(id, "inputs.") &&
		str_starts(key, "inputs.main.") && strcmp(key + 12, id + 7) == 0);
}

static int look_up_told(void *who, const char *key, struct fact *fact)
{
	const struct told *told = who;

	if (!is_key_of(key, told->key))
		return answers_lookup(told->answers, key, fact);
	memset(fact, 0, sizeof *fact);
	fact->known = 1;
	return 0;
}

/* 1: not knowing the answer to q is why the veto holds. */
static int hangs_on(const struct rule *veto, const struct answers *answers, const struct question *q)
{
	/* The look-ups lend their words from scratch room in the answers. */
	struct told told = {(struct answers *)(uintptr_t)answers, q->id};

	return veto->kind == RULE_VETO &&
		cond_eval(veto->when, answers_lookup, told.answers) == TRUTH_YES &&
		cond_eval(veto->when, look_up_told, &told) != TRUTH_YES;
}

static void add_words(struct str *out, char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		str_addf(out, "%s%s", out->len ? ", " : "", words[i]);
}

/* What is no option while the answer is not known; 1: something was added. */
static int add_ruled_out(const struct tui *t, struct lines *l, const struct question *q)
{
	const struct rules *rules = &t->front->catalog->rules;
	const struct advice *advice = tui_advice(t);
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; advice && i < rules->n; i++) {
		const struct selector *of = &rules->items[i].options;

		if (!hangs_on(&rules->items[i], advice->answers, q))
			continue;
		add_words(&s, of->uses, of->n_uses);
		add_words(&s, of->tools, of->n_tools);
		add_words(&s, of->designs, of->n_designs);
	}
	if (s.len) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "Not known, it rules this out: %s", str_text(&s));
	}
	i = s.len;
	str_release(&s);
	return i != 0;
}

/* What the advice has to do without when the answer is not known. */
static void add_cost(const struct tui *t, struct lines *l, const struct question *q)
{
	const struct reference *possible;
	const struct unknown *unknown = unknown_of(t);
	int ruled_out = !value_known(session_value(&t->session)) && add_ruled_out(t, l, q);
	struct str name, low, high;

	if (unknown && unknown->option) {
		add_turn(l, "Not known, it leaves the advice open: with ", q, unknown->value,
			unknown->word, unknown->use, unknown->option);
		return;
	}
	if (ruled_out)
		return;
	str_init(&name);
	str_addf(&name, "possible/%s", q->id);
	possible = references_figure(&t->front->catalog->references, str_text(&name));
	str_release(&name);
	lines_begin(l, 2, 4);
	if (possible && possible->value.high > possible->value.low) {
		str_init(&low);
		str_init(&high);
		quantity_write(&low, possible->value.low, q->kind);
		quantity_write(&high, possible->value.high, q->kind);
		lines_add(l, LOOK_PLAIN, "Not known, all from %s to %s is reckoned with, and the "
			"advice is less sure", str_text(&low), str_text(&high));
		str_release(&low);
		str_release(&high);
	} else if (q->default_text) {
		lines_add(l, LOOK_PLAIN, "Not known, it is taken to be %s", q->default_text);
	} else {
		lines_add(l, LOOK_PLAIN, "Not known, it rules nothing out, and the advice can be "
			"less sure");
	}
}

void tui_add_why(const struct tui *t, struct lines *l)
{
	const struct question *q = t->session.at.question;
	const struct flip *flip = flip_of(t);

	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "Why it is asked");
	lines_begin(l, 2, 2);
	lines_add(l, LOOK_PLAIN, "%s", q->why);
	if (q->example && !tui_has_choices(q)) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "Example: %s", q->example);
	}
	if (flip)
		add_turn(l, "With ", q, flip->to, flip->quantity ? NULL : flip->to_word, flip->use,
			flip->option);
	if (q->kind == QUESTION_TYPE) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "Types: int, float, bool, none, str, bytes, object, callable, "
			"any; list[T], set[T], tuple[T, ...], dict[K, V]; an array of NumPy or of "
			"another kind is buffer[f64], buffer[i32] ...; dataframe; native for a class "
			"of an extension. Python's own words are taken too: List[int], str | None");
	}
	if (q->how) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "How to find out: %s", q->how);
	}
	add_cost(t, l, q);
	add_sources(t, l, q);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_HINT, "in an answers file: %s;  ? again: what the keys do", q->id);
}

/* Why a question is offered out of turn. */
void tui_add_offer(const struct tui *t, struct lines *l)
{
	const struct unknown *unknown = t->session.refining ? unknown_of(t) : NULL;

	if (!t->session.refining)
		return;
	lines_begin(l, 0, 2);
	if (!unknown)
		lines_add(l, LOOK_HINT, "None of the open answers is known to change the advice by "
			"itself; this is what else can be said");
	else if (unknown->untried)
		lines_add(l, LOOK_HINT, "What this one does to the advice hangs on the answer");
	else if (unknown->option)
		lines_add(l, LOOK_HINT, "This one can still turn the advice, to: %s",
			unknown->use == USE_STAY ? "leave it as it is" : unknown->option);
	else
		lines_add(l, LOOK_HINT, "This one would narrow most what is gained");
	lines_gap(l);
}

/* Whoever starts it for the first time should know what comes. */
void tui_add_welcome(const struct tui *t, struct lines *l, int rows)
{
	size_t number, of;

	session_count(&t->session, &number, &of);
	if (number != 1 || tui_answered(&t->session) || t->ask.why || rows < ROWS_WELCOME)
		return;
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "Is native code worth it for a Python function, and how? %zu "
		"questions about one function that is too slow, then advice. What native code "
		"costs on this machine is measured meanwhile.%s", of, t->kept.earlier ?
		" (ffiadvise --resume goes on with the session before.)" : "");
	lines_gap(l);
}
