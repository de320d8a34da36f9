#include "front/tui.h"

#include <stdio.h>
#include <string.h>

enum {
	ROWS_LEAST = 12, COLUMNS_LEAST = 40,
	COLUMNS_SIDE = 100, /* the list stands beside the question */
	SIDE_WIDTH = 38,
	ROWS_AIRY = 20,     /* room for rules and empty rows */
	ANSWERS_FOR_VERDICT = 3,
};

static const struct face *const over_faces[OVERS] = {
	[OVER_LIST] = &face_list, [OVER_HELP] = &face_help, [OVER_SAVE] = &face_save,
	[OVER_LEAVE] = &face_leave, [OVER_CALL] = &face_call,
};

static const struct face *const step_faces[] = {
	[STEP_QUESTION] = &face_ask, [STEP_INPUTS] = &face_table, [STEP_ADVICE] = &face_advice,
};

const struct face *tui_face(const struct tui *t)
{
	return t->over ? over_faces[t->over] : step_faces[t->session.at.step];
}

int tui_is_small(void)
{
	int rows, columns;

	term_size(&rows, &columns);
	return rows < ROWS_LEAST || columns < COLUMNS_LEAST;
}

static void draw_small(void)
{
	char text[96];
	int rows, columns;

	term_size(&rows, &columns);
	snprintf(text, sizeof text, "%dx%d is too small", columns, rows);
	term_put(0, 0, columns, (enum tone)LOOK_TITLE, text);
	snprintf(text, sizeof text, "it takes %dx%d", COLUMNS_LEAST, ROWS_LEAST);
	term_put(1, 0, columns, TONE_PLAIN, text);
	term_put(2, 0, columns, TONE_PLAIN, "q leaves");
}

/* The figures of the verdict so far, in full or in short. */
static void add_figures(struct str *s, const struct advice *a, int in_full)
{
	if (a->option->use != USE_STAY && in_full)
		show_factor_est(s, a->option->speedup);
	else if (a->option->use != USE_STAY)
		show_factor(s, a->option->speedup.likely);
	str_addf(s, "%s%s", s->len ? ", " : "", in_full ? "confidence " : "");
	str_add(s, confidence_word(a->confidence));
}

static int has_verdict(const struct tui *t)
{
	return t->session.at.step != STEP_ADVICE && tui_advice(t) &&
		tui_answered(&t->session) >= ANSWERS_FOR_VERDICT;
}

/* "So far: leave it in Python": the verdict goes before its figures. */
static void draw_verdict(const struct tui *t, int row, int columns)
{
	const struct advice *a = tui_advice(t);
	struct str left, right;
	int width;

	str_init(&left);
	str_init(&right);
	str_addf(&left, "So far: %s", a->title);
	add_figures(&right, a, 1);
	if (str_width(str_text(&left)) + str_width(str_text(&right)) + 4 > columns) {
		str_clear(&right);
		add_figures(&right, a, 0);
	}
	width = str_width(str_text(&right));
	paint_text(row, 1, columns - width - 4, (enum tone)LOOK_VALUE, str_text(&left));
	term_put(row, columns - width - 1, width, (enum tone)LOOK_HINT, str_text(&right));
	str_release(&left);
	str_release(&right);
}

static const char *const grades[] = {"quiet", "usable", "busy"};

/* What a run does, how far it is. */
static void add_run(const struct background_state *m, struct str *s, int columns)
{
	int bar = columns >= 60 ? 12 : 0, filled, i;
	double part = m->budget > 0 ? m->elapsed / m->budget : 0;

	str_addf(s, "%s%s ", m->comparing && !m->calling ? "all interpreters: " : "",
		m->doing[0] ? m->doing : "starting");
	filled = (int)((part > 1 ? 1 : part) * bar);
	for (i = 0; i < bar; i++)
		str_add(s, theme_glyph(term_utf8(), i < filled ? GLYPH_FULL : GLYPH_EMPTY));
	/* How quiet it is shows only in samples. */
	if (strcmp(m->doing, "measuring") == 0)
		str_addf(s, "%s%d of %d sure, machine %s", bar ? " " : "", m->done, m->wanted,
			grades[m->grade]);
}

/* What is being measured, in one quiet line. */
static void add_measuring(const struct tui *t, struct str *s, int columns)
{
	const struct background_state *m = &t->measuring;

	if (m->calling) {
		str_add(s, "your call: ");
		add_run(m, s, columns);
		return;
	}
	switch (m->phase) {
	case BACKGROUND_LOADING:
		str_add(s, m->from_file ? "reading the figures" : "looking for figures");
		break;
	case BACKGROUND_RUNNING:
		add_run(m, s, columns);
		break;
	case BACKGROUND_RESTING:
	case BACKGROUND_STOPPED:
		if (m->phase == BACKGROUND_STOPPED)
			str_add(s, "measuring stopped, x goes on; ");
		if (t->figures && m->from_file)
			str_addf(s, "%zu figures from a file", t->figures->ms[0].n);
		else if (t->figures)
			str_addf(s, "%zu figures measured here, machine %s", t->figures->ms[0].n,
				grades[t->figures->ms[0].env.grade]);
		break;
	case BACKGROUND_FAILED:
		str_addf(s, "not measuring: %s", m->why.text);
		break;
	}
}

static void draw_status(const struct tui *t, int row, int columns)
{
	struct str s;

	str_init(&s);
	if (*t->notice)
		str_add(&s, t->notice);
	else
		add_measuring(t, &s, columns);
	paint_text(row, 1, columns - 2, *t->notice || t->measuring.phase == BACKGROUND_FAILED ?
		(enum tone)LOOK_WARNING : (enum tone)LOOK_HINT, str_text(&s));
	str_release(&s);
}

static void draw_title(const struct tui *t, const struct face *face)
{
	struct str left, right;

	str_init(&left);
	str_init(&right);
	face->title(t, &left, &right);
	paint_bar(str_text(&left), str_text(&right));
	str_release(&left);
	str_release(&right);
}

static void draw_screen(struct tui *t)
{
	const struct face *face = tui_face(t);
	int rows, columns, airy;
	struct area area, side;

	term_size(&rows, &columns);
	airy = rows >= ROWS_AIRY;
	area = (struct area){1 + airy, 1, rows - 4 - 2 * airy, columns - 2};
	/* The advice needs no line that says what it is so far; where rows are few nothing does
	 * while there is nothing to say. */
	if (t->session.at.step == STEP_ADVICE || (!airy && !has_verdict(t)))
		area.rows++;
	if (airy)
		paint_horizontal(area.row + area.rows, 0, columns);
	if (columns >= COLUMNS_SIDE && !t->over && t->session.at.step == STEP_QUESTION) {
		side = (struct area){area.row, 0, area.rows, SIDE_WIDTH};
		tui_side(t, side);
		paint_vertical(1, SIDE_WIDTH, rows - 4 - airy);
		area.column = SIDE_WIDTH + 3;
		area.columns = columns - area.column - 1;
		if (area.columns > 90)
			area.columns = 90;
	}
	face->draw(t, area);
	/* Afterwards, since it says whether there is more than was drawn. */
	draw_title(t, face);
	if (has_verdict(t))
		draw_verdict(t, rows - 3, columns);
	draw_status(t, rows - 2, columns);
	paint_keys(rows - 1, face->context(t));
}

void tui_draw(struct tui *t)
{
	term_begin();
	if (tui_is_small())
		draw_small();
	else
		draw_screen(t);
	term_end();
}
