#include "front/tui.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "survey/quantity.h"

/* Sources named when somebody asks why. */
enum { SOURCES_MOST = 3 };

static int has_choices(const struct question *q)
{
	return q->kind == QUESTION_BOOL || q->n_choices;
}

static size_t n_choices(const struct question *q)
{
	return q->kind == QUESTION_BOOL ? 2 : q->n_choices;
}

static int is_several(const struct question *q)
{
	return q->kind == QUESTION_CHOICES || q->kind == QUESTION_OUTCOMES;
}

static const char *choice_word(const struct question *q, size_t i)
{
	return q->kind == QUESTION_BOOL ? (i ? "no" : "yes") : q->choices[i].id;
}

static const char *choice_text(const struct question *q, size_t i)
{
	return q->kind == QUESTION_BOOL ? (i ? "no" : "yes") : q->choices[i].text;
}

/* The rows of choices are in the order of their numbers; the bits of a value are not. */
static uint64_t bit_of(const struct question *q, size_t i)
{
	return (uint64_t)1 << (q->kind == QUESTION_BOOL ? 1 - i : i);
}

/* Puts the question's answer into the field or the choices. */
static void begin(struct tui *t)
{
	struct ask *a = &t->ask;
	const struct question *q = t->session.at.question;
	const struct value *value = session_value(&t->session);
	struct str text;
	size_t i;

	a->at = t->session.at;
	a->begun = 1;
	a->why = a->complains = 0;
	a->top = a->cursor = 0;
	a->picked = 0;
	memset(a->outcomes, 0, sizeof a->outcomes);
	str_init(&text);
	if (value_known(value))
		value_write(&text, value, q);
	field_set(&a->field, has_choices(q) ? "" : str_text(&text));
	str_release(&text);
	if (!has_choices(q) || !value_known(value))
		return;
	if (is_several(q)) {
		a->picked = value->choices;
		memcpy(a->outcomes, value->outcomes, sizeof a->outcomes);
	}
	for (i = n_choices(q); i-- > 0;) {
		if (value->choices & bit_of(q, i))
			a->cursor = i;
	}
}

/* The screen is for the question that is asked now. */
static void follow(struct tui *t)
{
	const struct session_at *at = &t->session.at;

	if (!t->ask.begun || t->ask.at.question != at->question || t->ask.at.input != at->input)
		begin(t);
}

static enum context context(const struct tui *t)
{
	return has_choices(t->session.at.question) ? IN_CHOICE : IN_FIELD;
}

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
static void add_check(struct tui *t, struct lines *l, const struct question *q)
{
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

static const struct flip *flip_of(const struct flip *flips, size_t n, struct session_at at)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (flips[i].question == at.question &&
			(flips[i].input < 0 || (size_t)flips[i].input == at.input))
			return &flips[i];
	}
	return NULL;
}

static void add_flip(struct lines *l, const struct flip *flip, const char *before)
{
	struct str s;

	str_init(&s);
	if (flip->quantity)
		quantity_write(&s, flip->to, flip->question->kind);
	else
		str_add(&s, flip->to_word);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "%s%s the advice becomes: %s", before, str_text(&s), flip->option);
	str_release(&s);
}

/* What the advice has to do without when the answer is not known. */
static void add_cost(const struct tui *t, struct lines *l, const struct question *q)
{
	const struct reference *possible;
	const struct advice *advice = tui_advice(t);
	const struct flip *flip = advice ?
		flip_of(advice->flips.unknown, advice->flips.n_unknown, t->session.at) : NULL;
	struct str name, low, high;

	if (flip) {
		add_flip(l, flip, "Not known, it leaves the advice open: with ");
		return;
	}
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

static void add_why(const struct tui *t, struct lines *l, const struct question *q)
{
	const struct advice *advice = tui_advice(t);
	const struct flip *flip = advice ?
		flip_of(advice->flips.items, advice->flips.n, t->session.at) : NULL;

	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "Why it is asked");
	lines_begin(l, 2, 2);
	lines_add(l, LOOK_PLAIN, "%s", q->why);
	if (q->example) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "Example: %s", q->example);
	}
	if (flip)
		add_flip(l, flip, "With ");
	add_cost(t, l, q);
	add_sources(t, l, q);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_HINT, "in an answers file: %s;  ? again: what the keys do", q->id);
}

static const char *outcome_of(const struct ask *a, size_t i)
{
	return a->outcomes[i] ? outcome_word((enum outcome)a->outcomes[i]) : "tried";
}

static void add_choice(const struct tui *t, struct lines *l, const struct question *q, size_t i)
{
	const struct ask *a = &t->ask;
	const char *here = a->cursor == i ? theme_glyph(term_utf8(), GLYPH_HERE) : " ";
	int last = i == n_choices(q), picked = !last && a->picked & bit_of(q, i);

	lines_begin(l, 1, is_several(q) ? 10 : 6);
	lines_add(l, LOOK_VALUE, "%s ", here);
	if (last)
		lines_add(l, LOOK_HINT, "%s  ", "-");
	else if (i < 9)
		lines_add(l, LOOK_HINT, "%zu  ", i + 1);
	else
		lines_add(l, LOOK_HINT, "   ");
	if (is_several(q) && !last)
		lines_add(l, picked ? LOOK_GOOD : LOOK_HINT, "%s ",
			theme_glyph(term_utf8(), picked ? GLYPH_ON : GLYPH_OFF));
	lines_add(l, last ? LOOK_HINT : LOOK_PLAIN, "%s", last ? "don't know" : choice_text(q, i));
	if (picked && q->kind == QUESTION_OUTCOMES)
		lines_add(l, LOOK_VALUE, ": %s", outcome_of(a, i));
	if (!is_several(q) && !last && value_known(session_value(&t->session)) &&
		session_value(&t->session)->choices & bit_of(q, i))
		lines_add(l, LOOK_GOOD, "  %s", theme_glyph(term_utf8(), GLYPH_DONE));
}

static void add_stale(const struct tui *t, struct lines *l)
{
	if (session_state(&t->session, t->session.at) != STATE_STALE)
		return;
	lines_begin(l, 0, 2);
	lines_add(l, LOOK_WARNING, "! an answer it depends on was changed: is it still right?");
	lines_gap(l);
}

/* Why a question is offered out of turn. */
static void add_offer(const struct tui *t, struct lines *l)
{
	const struct advice *advice = tui_advice(t);
	const struct flip *flip = t->session.refining && advice ?
		flip_of(advice->flips.unknown, advice->flips.n_unknown, t->session.at) : NULL;

	if (!flip)
		return;
	lines_begin(l, 0, 2);
	lines_add(l, LOOK_HINT, "This one can still turn the advice, to: %s", flip->option);
	lines_gap(l);
}

static void draw_field(struct tui *t, struct area area, struct lines *l, const struct question *q)
{
	size_t line, top;
	int row;
	struct lines rest;

	lines_wrap(l, area.columns - 2);
	line = l->n;
	lines_begin(l, 0, 0);
	lines_init(&rest);
	add_check(t, &rest, q);
	if (t->ask.why)
		add_why(t, &rest, q);
	lines_wrap(&rest, area.columns - 2);
	lines_take(l, &rest);
	top = t->ask.top;
	/* The field stays in sight, and what is said of it as far as there is room. */
	if (!t->ask.why)
		top = 0;
	top = paint_follow(top, (size_t)area.rows, l->n, top, top + 1);
	if (line < top || line >= top + (size_t)area.rows)
		top = paint_follow(top, (size_t)area.rows, l->n, line, line + 1);
	t->ask.top = top;
	paint_scrolled(area, l, top, 0, 0);
	row = area.row + (int)(line - top);
	term_put(row, area.column + 1, 2, (enum tone)LOOK_VALUE,
		theme_glyph(term_utf8(), GLYPH_HERE));
	paint_field(row, area.column + 3, area.columns - 6, &t->ask.field);
}

static void draw_choices(struct tui *t, struct area area, struct lines *l, const struct question *q)
{
	size_t i, first = 0, last = 0;
	struct lines one;

	lines_wrap(l, area.columns - 2);
	for (i = 0; i <= n_choices(q); i++) {
		lines_init(&one);
		add_choice(t, &one, q, i);
		lines_wrap(&one, area.columns - 2);
		if (i == t->ask.cursor)
			first = l->n;
		lines_take(l, &one);
		if (i == t->ask.cursor)
			last = l->n;
	}
	lines_init(&one);
	if (t->ask.complains) {
		lines_begin(&one, 1, 3);
		lines_add(&one, LOOK_WARNING, "! %s%s%s", t->ask.err.text,
			*t->ask.err.hint ? "; " : "", t->ask.err.hint);
	}
	if (t->ask.why)
		add_why(t, &one, q);
	lines_wrap(&one, area.columns - 2);
	lines_take(l, &one);
	if (t->ask.why)
		t->ask.top = paint_follow(t->ask.top, (size_t)area.rows, l->n, t->ask.top,
			t->ask.top + 1);
	else
		t->ask.top = paint_follow(first < (size_t)area.rows ? 0 : t->ask.top,
			(size_t)area.rows, l->n, first, last);
	paint_scrolled(area, l, t->ask.top, first, last);
}

/* Whoever starts it for the first time should know what comes. */
static void add_welcome(const struct tui *t, struct lines *l)
{
	size_t number, of;

	session_count(&t->session, &number, &of);
	if (number != 1 || tui_answered(&t->session))
		return;
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "Is native code worth it for a Python function, and how? %zu "
		"questions about one function that is too slow, then advice. What native code "
		"costs on this machine is measured meanwhile.", of);
	lines_gap(l);
}

static void draw(struct tui *t, struct area area)
{
	const struct question *q = t->session.at.question;
	struct lines l;

	follow(t);
	lines_init(&l);
	add_welcome(t, &l);
	add_offer(t, &l);
	add_stale(t, &l);
	if (q->scope == SCOPE_INPUT) {
		const struct value *name = answers_input(&t->session.answers, t->session.at.input,
			"inputs.name");

		lines_begin(&l, 0, 0);
		lines_add(&l, LOOK_HINT, "argument %zu of %zu%s%s", t->session.at.input + 1,
			t->session.answers.n_inputs, name->text ? ": " : "",
			name->text ? name->text : "");
	}
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_TITLE, "%s", q->text);
	if (q->kind == QUESTION_CHOICES)
		lines_add(&l, LOOK_HINT, "  (several may be taken: Space)");
	if (q->kind == QUESTION_OUTCOMES)
		lines_add(&l, LOOK_HINT, "  (Space: tried, worse, the same, better)");
	lines_gap(&l);
	if (has_choices(q))
		draw_choices(t, area, &l, q);
	else
		draw_field(t, area, &l, q);
	lines_release(&l);
}

static void reply(struct tui *t, const char *text)
{
	struct ask *a = &t->ask;

	if (session_reply(&t->session, text, &a->err) < 0) {
		a->complains = 1;
		return;
	}
	a->begun = 0;
	if (t->session.refining && t->session.at.step == STEP_ADVICE)
		tui_refine(t);
}

/* What is picked, as it would be typed. */
static void reply_several(struct tui *t, const struct question *q)
{
	const struct value *value = session_value(&t->session);
	struct ask *a = &t->ask;
	struct str text;
	size_t i;

	str_init(&text);
	/* With nothing picked the one under the cursor is meant. */
	if (!a->picked && a->cursor < n_choices(q))
		a->picked = bit_of(q, a->cursor);
	for (i = 0; i < n_choices(q); i++) {
		if (!(a->picked & bit_of(q, i)))
			continue;
		str_addf(&text, "%s%s", text.len ? ", " : "", q->choices[i].id);
		if (q->kind == QUESTION_OUTCOMES && a->outcomes[i])
			str_addf(&text, ": %s", outcome_of(a, i));
	}
	/* Words of a file that stand for no choice stay. */
	for (i = 0; value->text && value->text[i]; i++) {
		if (i == 0 || value->text[i - 1] == ' ')
			str_addf(&text, ", ");
		if (value->text[i] != ' ')
			str_addc(&text, value->text[i]);
	}
	reply(t, str_text(&text));
	str_release(&text);
}

static void accept(struct tui *t, const struct question *q)
{
	if (!has_choices(q))
		reply(t, str_text(&t->ask.field.text));
	else if (t->ask.cursor == n_choices(q))
		reply(t, "");
	else if (is_several(q))
		reply_several(t, q);
	else
		reply(t, choice_word(q, t->ask.cursor));
}

static void toggle(struct tui *t, const struct question *q)
{
	struct ask *a = &t->ask;
	uint64_t bit;
	size_t i;

	if (!is_several(q) || a->cursor >= n_choices(q)) {
		accept(t, q);
		return;
	}
	bit = bit_of(q, a->cursor);
	if (q->kind == QUESTION_OUTCOMES && a->picked & bit &&
		a->outcomes[a->cursor] + 1 < N_OUTCOMES) {
		a->outcomes[a->cursor]++;
		return;
	}
	a->outcomes[a->cursor] = 0;
	a->picked ^= bit;
	/* One that stands alone takes the others away, and they it. */
	for (i = 0; a->picked & bit && i < n_choices(q); i++) {
		if (i != a->cursor && (q->choices[i].alone || q->choices[a->cursor].alone))
			a->picked &= ~bit_of(q, i);
	}
	a->complains = 0;
}

static void move_cursor(struct tui *t, const struct question *q, long by)
{
	long to = (long)t->ask.cursor + by, last = (long)n_choices(q);

	t->ask.cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void scroll(struct tui *t, long by)
{
	long to = (long)t->ask.top + by;

	t->ask.top = (size_t)(to < 0 ? 0 : to);
}

/* Esc takes back what was typed, else goes one level back, never out. */
static void leave_level(struct tui *t, const struct question *q)
{
	if (t->ask.why) {
		t->ask.why = 0;
	} else if (!has_choices(q) && t->ask.field.touched) {
		begin(t);
	} else if (!session_back(&t->session)) {
		tui_say(t, "this is the first question; %s leaves", has_choices(q) ? "q" : "^C");
	}
}

static void why(struct tui *t)
{
	if (t->ask.why)
		t->over = OVER_HELP;
	t->ask.why = 1;
	t->help_top = 0;
}

/* A digit picks its choice at once; among several it ticks it. 1: it was one. */
static int digit(struct tui *t, const struct question *q, int press)
{
	if (!has_choices(q) || press < '1' || press > '9' ||
		(size_t)(press - '1') >= n_choices(q))
		return 0;
	t->ask.cursor = (size_t)(press - '1');
	if (is_several(q))
		toggle(t, q);
	else
		accept(t, q);
	return 1;
}

/* A key that is text where text is typed: '-' and '?' only mean something at first. */
static int is_text(const struct tui *t, const struct question *q, int press)
{
	const struct field *field = &t->ask.field;

	if (has_choices(q))
		return 0;
	if (press == '-')
		return field->touched;
	return press == '?' && q->kind == QUESTION_TEXT && field->touched;
}

static void do_action(struct tui *t, const struct question *q, enum action action)
{
	switch (action) {
	case ACTION_ACCEPT:
		accept(t, q);
		break;
	case ACTION_TOGGLE:
		toggle(t, q);
		break;
	case ACTION_UNKNOWN:
		reply(t, "");
		break;
	case ACTION_UP:
	case ACTION_DOWN:
		move_cursor(t, q, action == ACTION_UP ? -1 : 1);
		break;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		scroll(t, action == ACTION_PAGE_UP ? -8 : 8);
		break;
	case ACTION_FIRST:
	case ACTION_LAST:
		t->ask.cursor = action == ACTION_FIRST ? 0 : n_choices(q);
		break;
	case ACTION_BACK:
		if (!session_back(&t->session))
			tui_say(t, "this is the first question");
		break;
	case ACTION_FORWARD:
		session_forward(&t->session);
		if (t->session.refining && t->session.at.step == STEP_ADVICE)
			tui_refine(t);
		break;
	case ACTION_LEAVE_LEVEL:
		leave_level(t, q);
		break;
	case ACTION_WHY:
		why(t);
		break;
	default:
		break;
	}
}

static void act(struct tui *t, enum action action, int press)
{
	const struct question *q = t->session.at.question;

	follow(t);
	if (action != ACTION_NONE && !is_text(t, q, press)) {
		do_action(t, q, action);
		return;
	}
	if (digit(t, q, press))
		return;
	if (!has_choices(q) && field_press(&t->ask.field, press))
		t->ask.complains = 0;
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	size_t number, of;

	session_count(&t->session, &number, &of);
	str_add(left, "ffiadvise");
	if (t->session.refining)
		str_add(right, "refining; a shows the advice");
	else if (number)
		str_addf(right, "question %zu of %zu", number, of);
	else
		str_add(right, "one more question");
}

const struct face face_ask = {context, draw, act, title};
