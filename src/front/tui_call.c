#include "front/tui.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The person's own call: three fields, then a run in the background, then what was seen. */

enum { LABEL_WIDTH = 13, SEEN_COLUMN = 23, SETUP_ROWS = 8, WIDE = 60, ROWS_TALL = 14 };

static const struct {
	const char *label, *empty, *hint;
} fields[CALL_FIELDS] = {
	[CALL_SETUP] = {"Set-up", "(none)",
		"Python that is run once before, as python -c does it, in this folder. For example: "
		"from scoring import score; xs = [1.5] * 1000"},
	[CALL_EXPRESSION] = {"Call", "", "The call to measure, one expression. For example: score(xs)"},
	[CALL_PYTHON] = {"Interpreter", "(the session's)",
		"A path, a name such as python3.13, or the folder of a virtual environment; then all "
		"is measured in it, after a build of some minutes if it is new here. Empty: the "
		"session's"},
};

static int is_running(const struct tui *t)
{
	return t->call.running;
}

static enum context context(const struct tui *t)
{
	if (is_running(t))
		return IN_RUNNING;
	if (t->call.shows_own)
		return t->call.own->state == OWN_MEASURED ? IN_SEEN : IN_UNSEEN;
	return t->call.at == CALL_SETUP ? IN_SETUP : IN_CALL;
}

void tui_add_call_offer(const struct tui *t, struct lines *l, int columns)
{
	size_t number, of;

	session_count(&t->session, &number, &of);
	if (number != 1 || t->ask.why || session_measured(&t->session.answers))
		return;
	lines_begin(l, 3, 6);
	lines_add(l, LOOK_HINT, "m  ");
	lines_add(l, LOOK_PLAIN, "%s", columns < WIDE ? "or measure a call of it" :
		"or measure a call of it here: that answers this and more");
}

/* --- the fields --- */

static void add_intro(struct lines *l, int is_tall)
{
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_WARNING, "This runs your code");
	lines_add(l, LOOK_PLAIN, "%s", is_tall ? ": the call some thousands of times, in processes of its "
		"own. What it changes outside of them, files or a database, stays changed. The time "
		"of a call, what goes in and what comes out are then filled in." :
		", many times; what it changes stays.");
	if (is_tall)
		lines_gap(l);
}

static int lines_in(const struct field *f)
{
	const char *s;
	int n = 1;

	for (s = str_text(&f->text); *s; s++)
		n += *s == '\n';
	return n;
}

/* One field with its label; the rows it took. */
static int draw_field(const struct tui *t, struct area area, int row, size_t i, int most)
{
	const struct field *f = &t->call.fields[i];
	int typed = t->call.at == i, rows = lines_in(f), column = area.column + 3 + LABEL_WIDTH;
	int width = area.columns - LABEL_WIDTH - 6;

	rows = rows > most ? most : rows;
	term_put(row, area.column + 1, 2, (enum tone)LOOK_VALUE, typed ? term_glyphs()->selected : " ");
	term_put(row, area.column + 3, LABEL_WIDTH, typed ? (enum tone)LOOK_TITLE : TONE_PLAIN,
		fields[i].label);
	if (!typed && !f->text.len)
		paint_text(row, column, width, (enum tone)LOOK_HINT, fields[i].empty);
	else
		paint_field_lines(row, column, rows, width, f, typed);
	return rows;
}

static void draw_form(const struct tui *t, struct area area)
{
	int is_tall = area.rows >= ROWS_TALL, row = area.row, most;
	struct area below;
	struct lines l;
	size_t i;

	lines_init(&l);
	add_intro(&l, is_tall);
	lines_wrap(&l, area.columns - 2);
	paint_lines(area, &l, 0, 0, 0);
	row += (int)l.n;
	lines_release(&l);
	/* The other fields and two rows of hint keep their place. */
	most = area.row + area.rows - row - (CALL_FIELDS - 1) * (1 + is_tall) - 2 - is_tall;
	for (i = 0; i < CALL_FIELDS; i++)
		row += draw_field(t, area, row, i, i != CALL_SETUP || most < 1 ? 1 :
			most > SETUP_ROWS ? SETUP_ROWS : most) + is_tall;
	below = (struct area){row, area.column + 1, area.row + area.rows - row, area.columns - 2};
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_HINT, "%s", fields[t->call.at].hint);
	lines_wrap(&l, below.columns - 2);
	paint_lines(below, &l, 0, 0, 0);
	lines_release(&l);
}

static void begin(struct tui *t)
{
	const char *python = str_text(&t->call.fields[CALL_PYTHON].text);
	const char *expression = str_text(&t->call.fields[CALL_EXPRESSION].text);
	struct own *own;

	if (!expression[strspn(expression, " ")]) {
		t->call.at = CALL_EXPRESSION;
		tui_say(t, "there is no call yet, an expression as in score(xs)");
		return;
	}
	own = own_new(str_text(&t->call.fields[CALL_SETUP].text), expression);
	if (python[strspn(python, " ")])
		own->python = xstrdup(python);
	t->call.running = 1;
	t->call.shows_own = 0;
	background_call(t->background, own);
	background_state(t->background, &t->measuring);
}

static void move(struct tui *t, enum action action)
{
	struct call_screen *c = &t->call;
	int by = action == ACTION_UP || action == ACTION_BACK ? -1 : 1;

	if ((action == ACTION_UP || action == ACTION_DOWN) && c->at == CALL_SETUP &&
		field_line(&c->fields[c->at], by))
		return;
	if (action == ACTION_FORWARD)
		c->at = (c->at + 1) % CALL_FIELDS;
	else if (by > 0)
		c->at += c->at + 1 < CALL_FIELDS;
	else
		c->at -= c->at > 0;
}

static void act_form(struct tui *t, enum action action, int press)
{
	switch (action) {
	case ACTION_ACCEPT:
		if (t->call.at == CALL_SETUP)
			field_break(&t->call.fields[CALL_SETUP]);
		else
			begin(t);
		break;
	case ACTION_FORWARD:
	case ACTION_BACK:
	case ACTION_UP:
	case ACTION_DOWN:
		move(t, action);
		break;
	case ACTION_LEAVE_LEVEL:
		t->over = OVER_NONE;
		break;
	default:
		field_press(&t->call.fields[t->call.at], press);
		break;
	}
}

/* --- while it is measured --- */

static void draw_running(const struct tui *t, struct area area)
{
	const char *expression = str_text(&t->call.fields[CALL_EXPRESSION].text);
	struct lines l;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_TITLE, "Your call is being measured");
	lines_gap(&l);
	lines_begin(&l, 2, 4);
	lines_add(&l, LOOK_VALUE, "%s", expression);
	lines_gap(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_PLAIN, "It takes a few seconds, longer where one call does. Esc goes on with the "
		"questions meanwhile, x stops it.");
	lines_wrap(&l, area.columns - 2);
	paint_lines(area, &l, 0, 0, 0);
	lines_release(&l);
}

static void act_running(struct tui *t, enum action action)
{
	if (action == ACTION_LEAVE_LEVEL)
		t->over = OVER_NONE;
	else if (action == ACTION_CALL_STOP)
		background_call_stop(t->background);
}

/* --- what came of it --- */

/* What their code printed, with control characters shown. */
static void add_talk(struct lines *l, const char *talk)
{
	struct str shown;
	size_t length;

	if (!talk || !*talk)
		return;
	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "Your code printed, while it was looked at");
	for (; *talk; talk += length + (talk[length] == '\n')) {
		length = strcspn(talk, "\n");
		str_init(&shown);
		str_add_shown(&shown, talk, length);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%s", str_text(&shown));
		str_release(&shown);
	}
}

static void add_failure(struct lines *l, const struct own *own)
{
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "It was not measured");
	lines_gap(l);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_WARNING, "%s", own->err.text);
	if (*own->err.hint) {
		lines_gap(l);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%s", own->err.hint);
	}
}

/* Every answer that was measured, as the list has it. */
static void add_seen(const struct tui *t, struct lines *l)
{
	struct session_row *rows;
	size_t n = session_rows(&t->session, &rows), i;
	struct str label, answer, shown;

	for (i = 0; i < n; i++) {
		if (answers_value(&t->session.answers, rows[i].at.question, rows[i].at.input)->origin !=
			ORIGIN_MEASURED)
			continue;
		str_init(&label);
		str_init(&answer);
		str_init(&shown);
		tui_label(t, rows[i].at, &label);
		tui_answer(&t->session, rows[i].at, &answer);
		lines_begin(l, 2, SEEN_COLUMN);
		lines_add(l, LOOK_PLAIN, "%s", str_text(&label));
		lines_tab(l, SEEN_COLUMN);
		str_add_shown(&shown, str_text(&answer), answer.len);
		lines_add(l, LOOK_VALUE, "%s", str_text(&shown));
		str_release(&label);
		str_release(&answer);
		str_release(&shown);
	}
	free(rows);
}

static void add_notes(const struct tui *t, struct lines *l)
{
	size_t i;

	if (!t->session.n_notes)
		return;
	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "Worth knowing");
	for (i = 0; i < t->session.n_notes; i++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! %s", t->session.notes[i]);
	}
}

static void add_success(const struct tui *t, struct lines *l)
{
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "Your call was measured. This is filled in, and can be changed:");
	lines_gap(l);
	add_seen(t, l);
	add_notes(t, l);
}

static void draw_own(struct tui *t, struct area area)
{
	struct lines l;

	lines_init(&l);
	if (t->call.own->state == OWN_MEASURED)
		add_success(t, &l);
	else
		add_failure(&l, t->call.own);
	add_talk(&l, t->call.own->call.talk);
	lines_wrap(&l, area.columns - 2);
	t->call.top = paint_follow(t->call.top, (size_t)area.rows, l.n, t->call.top,
		t->call.top + 1);
	paint_scrolled(area, &l, t->call.top, 0, 0);
	lines_release(&l);
}

static void act_own(struct tui *t, enum action action)
{
	static const struct {
		enum action action;
		long by;
	} moves[] = {
		{ACTION_UP, -1}, {ACTION_DOWN, 1}, {ACTION_PAGE_UP, -8}, {ACTION_PAGE_DOWN, 8},
		{ACTION_FIRST, -10000}, {ACTION_LAST, 10000},
	};
	long top = (long)t->call.top;
	size_t i;

	for (i = 0; i < sizeof moves / sizeof *moves; i++)
		top += moves[i].action == action ? moves[i].by : 0;
	t->call.top = top < 0 ? 0 : (size_t)top;
	if (action != ACTION_ACCEPT && action != ACTION_LEAVE_LEVEL)
		return;
	t->call.shows_own = 0;
	if (action == ACTION_LEAVE_LEVEL || t->call.own->state == OWN_MEASURED)
		t->over = OVER_NONE;
}

/* --- all of it --- */

void tui_open_call(struct tui *t)
{
	/* From what was seen of one it leads to another. */
	if (t->over == OVER_CALL)
		t->call.shows_own = 0;
	tui_open(t, OVER_CALL);
	t->call.top = 0;
}

/* The question that is asked, unless somebody is typing its answer, may be answered now. */
static void follow(struct tui *t)
{
	const struct session *s = &t->session;

	if (t->over == OVER_NONE && t->ask.begun && t->ask.field.touched)
		return;
	t->ask.begun = 0;
	if (!s->advised && s->at.step == STEP_QUESTION &&
		(t->over == OVER_CALL || !session_asks(s, s->at)))
		session_begin(&t->session);
}

void tui_take_call(struct tui *t, struct own *own)
{
	own_free(t->call.own);
	t->call.own = own;
	t->call.running = 0;
	t->call.shows_own = own->state != OWN_STOPPED;
	t->call.top = 0;
	if (own->state == OWN_MEASURED) {
		session_learn(&t->session, own);
		follow(t);
	}
	if (own->state == OWN_STOPPED)
		tui_say(t, "measuring the call was stopped; nothing is filled in");
	else if (t->over != OVER_CALL)
		tui_say(t, "your call was %s; %s shows it", own->state == OWN_MEASURED ?
			"measured and fills in answers" : "not measured",
			tui_face(t)->context(t) == IN_FIELD ? "^T" : "m");
}

static void draw(struct tui *t, struct area area)
{
	if (is_running(t))
		draw_running(t, area);
	else if (t->call.shows_own)
		draw_own(t, area);
	else
		draw_form(t, area);
}

static void act(struct tui *t, enum action action, int press)
{
	if (is_running(t))
		act_running(t, action);
	else if (t->call.shows_own)
		act_own(t, action);
	else
		act_form(t, action, press);
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	(void)t;
	(void)right;
	str_add(left, "ffiadvise: measure my call");
}

const struct face face_call = {context, draw, act, title};
