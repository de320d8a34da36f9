#include "front/tui.h"

#include <stdlib.h>
#include <string.h>

int tui_has_choices(const struct question *q)
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
	field_set(&a->field, tui_has_choices(q) ? "" : str_text(&text));
	str_release(&text);
	if (!tui_has_choices(q) || !value_known(value))
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
	return tui_has_choices(t->session.at.question) ? IN_CHOICE : IN_FIELD;
}

static const char *outcome_of(const struct ask *a, size_t i)
{
	return a->outcomes[i] ? outcome_word((enum outcome)a->outcomes[i]) : "tried";
}

static void add_choice(const struct tui *t, struct lines *l, const struct question *q, size_t i)
{
	const struct ask *a = &t->ask;
	const char *here = a->cursor == i ? term_glyphs()->selected : " ";
	int last = i == n_choices(q), picked = !last && a->picked & bit_of(q, i);

	lines_begin(l, 1, is_several(q) ? 10 : 6);
	lines_add(l, LOOK_VALUE, "%s ", here);
	if (last)
		lines_add(l, LOOK_HINT, "%s  ", "-");
	else if (i < 10)
		lines_add(l, LOOK_HINT, "%zu  ", (i + 1) % 10);
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

/* What explains stands below the question; where it is longer than the screen it is scrolled. */
static void show_why(struct ask *a, size_t rows, size_t n)
{
	if (a->why == WHY_OPENED)
		a->top = 0;
	a->why = WHY_OPEN;
	a->top = paint_follow(a->top, rows, n, a->top, a->top + 1);
}

static void draw_field(struct tui *t, struct area area, struct lines *l)
{
	size_t line, checked;
	int row;
	struct lines rest;

	lines_wrap(l, area.columns - 2);
	line = l->n;
	lines_begin(l, 0, 0);
	lines_init(&rest);
	tui_add_check(t, &rest);
	lines_wrap(&rest, area.columns - 2);
	lines_take(l, &rest);
	checked = l->n;
	if (t->ask.why) {
		lines_gap(l);
		tui_add_why(t, &rest);
	}
	lines_wrap(&rest, area.columns - 2);
	lines_take(l, &rest);
	if (t->ask.why)
		show_why(&t->ask, (size_t)area.rows, l->n);
	else
		t->ask.top = paint_follow(0, (size_t)area.rows, checked, line, line + 2);
	paint_scrolled(area, l, t->ask.top, 0, 0);
	if (line < t->ask.top || line >= t->ask.top + (size_t)area.rows)
		return;
	row = area.row + (int)(line - t->ask.top);
	term_put(row, area.column + 1, 2, (enum tone)LOOK_VALUE,
		term_glyphs()->selected);
	paint_field(row, area.column + 3, area.columns - 6, &t->ask.field);
}

static void draw_choices(struct tui *t, struct area area, struct lines *l, const struct question *q)
{
	size_t i, first = 0, last = 0;
	struct lines one;

	lines_init(&one);
	if (t->ask.why) {
		tui_add_why(t, l);
		lines_gap(l);
	}
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
	tui_add_call_offer(t, &one, area.columns);
	lines_wrap(&one, area.columns - 2);
	lines_take(l, &one);
	if (t->ask.why)
		show_why(&t->ask, (size_t)area.rows, l->n);
	else
		t->ask.top = paint_follow(first < (size_t)area.rows ? 0 : t->ask.top,
			(size_t)area.rows, l->n, first, last);
	paint_scrolled(area, l, t->ask.top, first, last);
}

static void draw(struct tui *t, struct area area)
{
	const struct question *q = t->session.at.question;
	struct lines l;

	follow(t);
	lines_init(&l);
	tui_add_welcome(t, &l, area.rows);
	tui_add_offer(t, &l);
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
	if (tui_has_choices(q))
		draw_choices(t, area, &l, q);
	else
		draw_field(t, area, &l);
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

	/* Whether the one under the cursor is meant, or none, cannot be told. */
	if (!a->picked && !value->text) {
		err_set(&a->err, ERR_USAGE, "nothing is taken");
		err_hint(&a->err, "Space takes what the cursor is on; - says don't know");
		a->complains = 1;
		return;
	}
	str_init(&text);
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
	if (!tui_has_choices(q))
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
	t->ask.why = WHY_CLOSED;
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
		t->ask.why = WHY_CLOSED;
	} else if (!tui_has_choices(q) && t->ask.field.touched) {
		begin(t);
	} else if (!session_back(&t->session)) {
		tui_say(t, "this is the first question; %s leaves", tui_has_choices(q) ? "q" : "^C");
	}
}

static void why(struct tui *t)
{
	if (t->ask.why)
		tui_open(t, OVER_HELP);
	t->ask.why = WHY_OPENED;
}

/* A digit picks its choice at once, 0 the tenth; among several it ticks it. 1: it was one. */
static int digit(struct tui *t, const struct question *q, int press)
{
	size_t i = press == '0' ? 9 : (size_t)(press - '1');

	if (!tui_has_choices(q) || press < '0' || press > '9' || i >= n_choices(q))
		return 0;
	t->ask.cursor = i;
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

	if (tui_has_choices(q))
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
	if (!tui_has_choices(q) && field_press(&t->ask.field, press))
		t->ask.complains = 0;
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	size_t number, of;

	session_count(&t->session, &number, &of);
	str_add(left, "ffiadvise");
	if (t->session.refining)
		str_add(right, "refining; Esc: the advice");
	else if (t->session.has_home && t->session.home.step == STEP_ADVICE && t->before)
		str_add(right, "what if; Esc: the advice");
	else if (number)
		str_addf(right, "question %zu of %zu", number, of);
	else
		str_add(right, "one more question");
}

const struct face face_ask = {context, draw, act, title};
