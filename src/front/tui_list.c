#include "front/tui.h"

#include <stdlib.h>
#include <string.h>

#include "survey/quantity.h"

/* Where the answers stand, beside a question too. */
enum { ANSWER_COLUMN = 25, ROOM_FOR_WORDS = 24 };

static const char *section_of(const struct question *q, struct str *out)
{
	const char *dot = strchr(q->id, '.');

	str_clear(out);
	if (q->core)
		str_add(out, "To begin with");
	else if (!dot)
		str_add(out, "What is known already");
	else if (q->scope == SCOPE_INPUT)
		str_add(out, "Argument");
	else
		str_addn(out, q->id, (size_t)(dot - q->id));
	if (out->len && out->s[0] >= 'a' && out->s[0] <= 'z')
		out->s[0] = (char)(out->s[0] - 'a' + 'A');
	return str_text(out);
}

void tui_label(const struct tui *t, struct session_at at, struct str *out)
{
	const char *key = strchr(at.question->id, '.');
	size_t i;

	if (at.question->scope == SCOPE_INPUT && t->session.answers.n_inputs > 1)
		str_addf(out, "argument %zu ", at.input + 1);
	else if (at.question->scope == SCOPE_INPUT)
		str_add(out, "argument ");
	else if (key && str_starts(at.question->id, "output"))
		str_add(out, "result ");
	i = out->len;
	if (at.question->label) {
		str_add(out, at.question->label);
		return;
	}
	str_add(out, key ? key + 1 : at.question->id);
	for (; i < out->len; i++)
		out->s[i] = out->s[i] == '_' ? ' ' : out->s[i];
}

void tui_answer(const struct session *s, struct session_at at, struct str *out)
{
	const struct value *value = answers_value(&s->answers, at.question, at.input);

	if (!value_known(value))
		return;
	/* What was typed is shown as it was; a measured interval has digits enough. */
	if (value->origin == ORIGIN_MEASURED && question_is_quantity(at.question->kind) &&
		value->range.low < value->range.high)
		quantity_write_range(out, value->range, at.question->kind);
	else
		value_write(out, value, at.question);
}

size_t tui_answered(const struct session *s)
{
	struct session_row *rows;
	size_t n = session_rows(s, &rows), count = 0, i;

	for (i = 0; i < n; i++)
		count += answers_value(&s->answers, rows[i].at.question, rows[i].at.input)->origin >=
			ORIGIN_FILE;
	free(rows);
	return count;
}

static enum glyph glyph_of(enum session_state state)
{
	static const enum glyph glyphs[] = {
		[STATE_OPEN] = GLYPH_OPEN, [STATE_ANSWERED] = GLYPH_DONE,
		[STATE_PASSED] = GLYPH_UNKNOWN, [STATE_STALE] = GLYPH_STALE,
		[STATE_UNNEEDED] = GLYPH_UNNEEDED, [STATE_LATER] = GLYPH_UNNEEDED,
	};

	return glyphs[state];
}

static void add_row(const struct tui *t, struct lines *l, const struct session_row *row, int width)
{
	enum look look = row->state >= STATE_LATER ? LOOK_HINT :
		row->state == STATE_STALE ? LOOK_WARNING : LOOK_PLAIN;
	enum origin origin = answers_value(&t->session.answers, row->at.question,
		row->at.input)->origin;
	int usual = origin == ORIGIN_DEFAULT, measured = origin == ORIGIN_MEASURED;
	struct str label, answer, shown;
	int room;

	str_init(&label);
	str_init(&answer);
	str_init(&shown);
	tui_label(t, row->at, &label);
	tui_answer(&t->session, row->at, &answer);
	lines_begin(l, 1, 3);
	lines_add(l, row->state == STATE_ANSWERED && !usual ? LOOK_GOOD : look, "%s ",
		theme_glyph(term_utf8(), usual ? GLYPH_OPEN : measured &&
			row->state == STATE_ANSWERED ? GLYPH_MEASURED : glyph_of(row->state)));
	lines_add(l, look, "%s", str_text(&label));
	lines_tab(l, ANSWER_COLUMN);
	room = width - lines_column(l);
	if (usual)
		str_add(&answer, " (usual)");
	/* Beside a question there is room for the sign only. */
	if (measured && room > ROOM_FOR_WORDS)
		str_add(&answer, " (measured)");
	if (row->state == STATE_UNNEEDED && room > 10) {
		lines_add(l, LOOK_HINT, "%s", "not needed");
	} else if (answer.len && room > 2) {
		/* Made showable before it is cut: a row is one row. */
		str_add_shown(&shown, str_text(&answer), answer.len);
		str_clear(&answer);
		glyphs_cut(term_glyphs(), &answer, str_text(&shown), room);
		lines_add(l, usual ? LOOK_HINT : LOOK_VALUE, "%s", str_text(&answer));
	}
	str_release(&label);
	str_release(&answer);
	str_release(&shown);
}

/* Until there was advice only what comes first; of the others what is asked or answered. */
static int is_listed(const struct tui *t, const struct session_row *row)
{
	const struct value *value = answers_value(&t->session.answers, row->at.question,
		row->at.input);

	if (session_is_core(&t->session, row->at))
		return 1;
	if (!t->session.advised && t->over != OVER_LIST)
		return 0;
	return row->state < STATE_LATER || value->origin >= ORIGIN_FILE;
}

/* The listed rows; the caller frees them. */
static size_t listed(const struct tui *t, struct session_row **rows)
{
	size_t n = session_rows(&t->session, rows), kept = 0, i;

	for (i = 0; i < n; i++) {
		if (is_listed(t, &(*rows)[i]))
			(*rows)[kept++] = (*rows)[i];
	}
	return kept;
}

static size_t here_in(const struct tui *t, const struct session_row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (rows[i].at.question == t->session.at.question &&
			rows[i].at.input == t->session.at.input)
			return i;
	}
	return n;
}

/* All rows as lines with headings; *line is where row `at` stands. */
static void add_rows(const struct tui *t, struct lines *l, const struct session_row *rows, size_t n,
	int width, size_t at, size_t *line)
{
	struct str section, before;
	size_t i;

	str_init(&section);
	str_init(&before);
	*line = 0;
	for (i = 0; i < n; i++) {
		section_of(rows[i].at.question, &section);
		if (rows[i].at.question->scope == SCOPE_INPUT && !rows[i].at.question->core &&
			t->session.answers.n_inputs > 1)
			str_addf(&section, " %zu", rows[i].at.input + 1);
		if (strcmp(str_text(&section), str_text(&before)) != 0) {
			lines_gap(l);
			lines_begin(l, 1, 1);
			lines_add(l, LOOK_HEAD, "%s", str_text(&section));
			str_clear(&before);
			str_add(&before, str_text(&section));
		}
		if (i == at)
			*line = l->n;
		add_row(t, l, &rows[i], width);
	}
	str_release(&section);
	str_release(&before);
}

void tui_side(struct tui *t, struct area area)
{
	struct session_row *rows;
	size_t n = listed(t, &rows), here = here_in(t, rows, n), line;
	struct lines l;

	lines_init(&l);
	add_rows(t, &l, rows, n, area.columns - 2, here, &line);
	t->list_top = paint_follow(t->list_top, (size_t)area.rows, l.n, line ? line - 1 : 0,
		line + 1);
	paint_scrolled(area, &l, t->list_top, here < n ? line : l.n, here < n ? line + 1 : l.n);
	lines_release(&l);
	free(rows);
}

static enum context context(const struct tui *t)
{
	return t->searching ? IN_SEARCH : IN_LIST;
}

static void draw(struct tui *t, struct area area)
{
	struct session_row *rows;
	size_t n = listed(t, &rows), line;
	struct lines l;

	if (t->list_cursor >= n)
		t->list_cursor = n ? n - 1 : 0;
	if (t->searching) {
		area.rows--;
		term_put(area.row + area.rows, area.column + 1, 2, TONE_KEY, "/");
		paint_field(area.row + area.rows, area.column + 3, area.columns - 6, &t->search);
	}
	lines_init(&l);
	add_rows(t, &l, rows, n, area.columns - 2, t->list_cursor, &line);
	t->list_top = paint_follow(t->list_top, (size_t)area.rows, l.n,
		t->list_cursor ? line : 0, line + 1);
	paint_scrolled(area, &l, t->list_top, line, line + 1);
	lines_release(&l);
	free(rows);
}

static void move_cursor(struct tui *t, size_t n, long by)
{
	long to = (long)t->list_cursor + by;

	t->list_cursor = to < 0 || !n ? 0 : (size_t)to >= n ? n - 1 : (size_t)to;
}

/* Whether a row's label, key or answer has the word that is looked for. */
static int has_word(const struct tui *t, struct session_at at)
{
	const char *word = str_text(&t->search.text);
	struct str text;
	int found;

	str_init(&text);
	tui_label(t, at, &text);
	str_addf(&text, "\n%s\n", at.question->id);
	tui_answer(&t->session, at, &text);
	found = strcasestr(str_text(&text), word) != NULL;
	str_release(&text);
	return found;
}

/* From a row on, round to the start. */
static void find(struct tui *t, const struct session_row *rows, size_t n, size_t from)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!has_word(t, rows[(from + i) % n].at))
			continue;
		t->list_cursor = (from + i) % n;
		return;
	}
	tui_say(t, "nothing in the list has '%s'", str_text(&t->search.text));
}

static void act_search(struct tui *t, const struct session_row *rows, size_t n, enum action action,
	int press)
{
	if (action == ACTION_ACCEPT || action == ACTION_LEAVE_LEVEL)
		t->searching = 0;
	else if (field_press(&t->search, press) && t->search.text.len)
		find(t, rows, n, t->list_cursor);
}

static void act(struct tui *t, enum action action, int press)
{
	struct session_row *rows;
	size_t n = listed(t, &rows);

	if (t->searching) {
		act_search(t, rows, n, action, press);
		free(rows);
		return;
	}
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		move_cursor(t, n, action == ACTION_UP ? -1 : 1);
		break;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		move_cursor(t, n, action == ACTION_PAGE_UP ? -10 : 10);
		break;
	case ACTION_FIRST:
	case ACTION_LAST:
		t->list_cursor = action == ACTION_FIRST || !n ? 0 : n - 1;
		break;
	case ACTION_ACCEPT:
		if (t->list_cursor >= n)
			break;
		if (rows[t->list_cursor].state == STATE_UNNEEDED) {
			tui_say(t, "not needed with the answers as they are");
			break;
		}
		if (rows[t->list_cursor].state == STATE_LATER) {
			tui_say(t, "whether it is needed follows from an answer that is open");
			break;
		}
		t->over = OVER_NONE;
		t->ask.begun = 0;
		session_go(&t->session, rows[t->list_cursor].at);
		break;
	case ACTION_SEARCH:
		field_set(&t->search, "");
		t->searching = 1;
		break;
	case ACTION_NEXT_FOUND:
		find(t, rows, n, t->list_cursor + 1);
		break;
	case ACTION_LEAVE_LEVEL:
		t->over = OVER_NONE;
		break;
	default:
		break;
	}
	free(rows);
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	str_add(left, t->session.at.step == STEP_ADVICE && t->before ?
		"ffiadvise: what if? choose an answer to change" : "ffiadvise: all questions");
	str_addf(right, "%zu answered", tui_answered(&t->session));
}

const struct face face_list = {context, draw, act, title};
