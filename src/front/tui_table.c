#include "front/tui.h"

#include <string.h>

/* The columns, the most telling first; as many as fit are shown. */
static const struct {
	const char *id, *head;
	int width;
} columns[] = {
	{"inputs.name", "name", 10},
	{"inputs.type", "type", 16},
	{"inputs.length", "items", 8},
	{"inputs.access", "looked at", 11},
	{"inputs.between_calls", "between calls", 15},
	{"inputs.container_can_change", "can change", 11},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static size_t n_shown(int width)
{
	int used = 4;
	size_t n = 0;

	while (n < COLUMNS && used + columns[n].width <= width)
		used += columns[n++].width;
	return n ? n : 1;
}

static const struct question *question_of(const struct tui *t, size_t column)
{
	return questions_find(&t->front->catalog->questions, columns[column].id);
}

static enum context context(const struct tui *t)
{
	(void)t;
	return IN_TABLE;
}

static void draw_row(const struct tui *t, int row, struct area area, size_t i, size_t shown)
{
	int column = area.column + 1;
	struct str text;
	size_t k;

	str_init(&text);
	str_addf(&text, "%zu", i + 1);
	term_put(row, column, 3, (enum tone)LOOK_HINT, str_text(&text));
	column += 3;
	for (k = 0; k < shown; k++) {
		struct session_at at = {STEP_QUESTION, question_of(t, k), i};
		int here = i == t->table_row && k == t->table_column;
		enum tone tone = here ? TONE_SELECTED : (enum tone)LOOK_VALUE;

		str_clear(&text);
		tui_answer(&t->session, at, &text);
		if (!text.len) {
			str_add(&text, session_asks(&t->session, at) ? "?" : "");
			tone = here ? TONE_SELECTED : (enum tone)LOOK_HINT;
		}
		if (here)
			term_fill(row, column, columns[k].width - 1, TONE_SELECTED);
		paint_text(row, column, columns[k].width - 1, tone, str_text(&text));
		column += columns[k].width;
	}
	str_release(&text);
}

static int draw_head(const struct tui *t, struct area area, size_t shown)
{
	int row = area.row, column = area.column + 4;
	struct lines l;
	size_t k;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_TITLE, t->session.answers.n_inputs ?
		"The arguments, one row each. Is that all?" : "It takes no arguments. Is that so?");
	lines_wrap(&l, area.columns - 2);
	paint_lines(area, &l, 0, 0, 0);
	row += (int)l.n + 1;
	lines_release(&l);
	for (k = 0; k < shown && t->session.answers.n_inputs; k++) {
		paint_text(row, column, columns[k].width - 1, (enum tone)LOOK_HEAD, columns[k].head);
		column += columns[k].width;
	}
	return row + 1;
}

static void draw_hint(struct area area, int row, int some)
{
	struct area below = {row, area.column + 1, area.row + area.rows - row, area.columns - 2};
	struct lines l;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_HINT, some ? "Enter: that is all.  a: one more.  e: change a cell." :
		"Enter: there are none.  a: add one.");
	lines_wrap(&l, below.columns);
	paint_lines(below, &l, 0, 0, 0);
	lines_release(&l);
}

static void draw(struct tui *t, struct area area)
{
	size_t n = t->session.answers.n_inputs, shown = n_shown(area.columns), i;
	int row, room;

	if (t->table_row >= n)
		t->table_row = n ? n - 1 : 0;
	if (t->table_column >= shown)
		t->table_column = shown - 1;
	row = draw_head(t, area, shown);
	room = area.row + area.rows - row;
	if (room < 1)
		room = 1;
	t->table_top = paint_follow(t->table_top, (size_t)room, n, t->table_row, t->table_row + 1);
	for (i = t->table_top; i < n && i < t->table_top + (size_t)room; i++)
		draw_row(t, row++, area, i, shown);
	draw_hint(area, row + 1, n > 0);
}

/* To the cell's question; what an argument of that type has no use for is not asked. */
static void edit(struct tui *t)
{
	struct session_at at = {STEP_QUESTION, question_of(t, t->table_column), t->table_row};

	if (!t->session.answers.n_inputs)
		return;
	if (!session_asks(&t->session, at)) {
		tui_say(t, "of such a type this is not asked");
		return;
	}
	session_go(&t->session, at);
}

static void add(struct tui *t, int copy)
{
	long to = copy ? session_copy_input(&t->session, t->table_row) :
		session_add_input(&t->session);

	if (to < 0) {
		tui_say(t, "%d arguments are the most", ANSWERS_INPUTS_MAX);
		return;
	}
	t->table_row = (size_t)to;
	if (copy)
		return;
	t->table_column = 1;
	edit(t);
}

static void move_cell(struct tui *t, long rows, long by)
{
	long row = (long)t->table_row + rows, column = (long)t->table_column + by;
	long last = (long)t->session.answers.n_inputs - 1;

	t->table_row = (size_t)(row < 0 || last < 0 ? 0 : row > last ? last : row);
	t->table_column = (size_t)(column < 0 ? 0 : column >= COLUMNS ? COLUMNS - 1 : column);
}

/* What changes the table; it needs an argument. */
static void change(struct tui *t, enum action action)
{
	if (!t->session.answers.n_inputs)
		return;
	if (action == ACTION_COPY)
		add(t, 1);
	else if (action == ACTION_DELETE)
		session_delete_input(&t->session, t->table_row);
	else
		t->table_row = session_move_input(&t->session, t->table_row,
			action == ACTION_MOVE_DOWN);
}

static void act(struct tui *t, enum action action, int press)
{
	static const struct {
		enum action action;
		long rows, columns;
	} moves[] = {
		{ACTION_UP, -1, 0}, {ACTION_DOWN, 1, 0}, {ACTION_LEFT, 0, -1}, {ACTION_RIGHT, 0, 1},
		{ACTION_PAGE_UP, -10, 0}, {ACTION_PAGE_DOWN, 10, 0},
		{ACTION_FIRST, -ANSWERS_INPUTS_MAX, 0}, {ACTION_LAST, ANSWERS_INPUTS_MAX, 0},
	};
	size_t i;

	(void)press;
	for (i = 0; i < sizeof moves / sizeof *moves; i++) {
		if (moves[i].action == action)
			move_cell(t, moves[i].rows, moves[i].columns);
	}
	switch (action) {
	case ACTION_ACCEPT:
		session_forward(&t->session);
		break;
	case ACTION_TOGGLE:
		edit(t);
		break;
	case ACTION_ADD:
		add(t, 0);
		break;
	case ACTION_COPY:
	case ACTION_DELETE:
	case ACTION_MOVE_UP:
	case ACTION_MOVE_DOWN:
		change(t, action);
		break;
	case ACTION_UNDO:
		tui_say(t, session_undo(&t->session) ? "taken back" : "nothing to take back");
		break;
	case ACTION_BACK:
		session_back(&t->session);
		break;
	default:
		break;
	}
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	str_add(left, "ffiadvise: arguments");
	str_addf(right, "%zu", t->session.answers.n_inputs);
}

const struct face face_table = {context, draw, act, title};
