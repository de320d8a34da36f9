#include "front/tui.h"

#include <stdlib.h>
#include <string.h>

#include "advise/curve.h"
#include "base/mem.h"
#include "show/chart.h"
#include "show/screen.h"

enum { WIDEST = 110 };

/* What a page is filled from, and where its selected row stands. */
struct filling {
	struct tui *tui;
	const struct report *report;
	struct screen screen;
	struct lines *lines;
	struct screen_rows selected; /* lines; from lines->n on for none */
};

static void fill_overview(struct filling *f)
{
	screen_overview(f->lines, &f->screen, f->report, 0);
}

static void fill_reasons(struct filling *f)
{
	screen_reasons(f->lines, &f->screen, f->report, 0, &f->tui->advice.reasons, &f->selected);
}

static void fill_options(struct filling *f)
{
	screen_options(f->lines, &f->screen, f->report, 0, &f->tui->advice.options,
		&f->selected.first);
	f->selected.end = f->selected.first + 1;
}

static void fill_boundary(struct filling *f)
{
	screen_boundary(f->lines, &f->screen, f->report, 0);
}

/* Over the length of the longest argument, or the turns of the loop; where the one cannot be
 * drawn the other is. */
static void fill_curve(struct filling *f)
{
	enum curve_axis axis = f->tui->advice.by_turns ? CURVE_ITERATIONS : CURVE_LENGTH;
	struct curves curves;
	struct err err, ignored;

	if (curves_make(&curves, &f->report->functions[0], axis, NULL, 0, &err) < 0 &&
		curves_make(&curves, &f->report->functions[0], !axis, NULL, 0, &ignored) < 0) {
		lines_begin(f->lines, 0, 0);
		lines_add(f->lines, LOOK_PLAIN, "There is no curve to draw: %s%s%s", err.text,
			*err.hint ? "; " : "", err.hint);
		lines_wrap(f->lines, f->screen.width);
		return;
	}
	chart_curves(f->lines, &curves, f->screen.width, f->screen.height,
		chart_cells_of(f->screen.glyphs), f->screen.glyphs);
	curves_release(&curves);
}

static void fill_measured(struct filling *f)
{
	screen_measured(f->lines, &f->screen, f->report, 0, &f->tui->advice.measured);
}

static void fill_flips(struct filling *f)
{
	screen_flips(f->lines, &f->screen, f->report, 0);
}

static void fill_missing(struct filling *f)
{
	screen_not_measured(f->lines, &f->screen, f->report, 0);
}

static void fill_what_if(struct filling *f)
{
	const struct tui *t = f->tui;

	if (t->before) {
		screen_what_if(f->lines, &f->screen, sheet_advice(t->before), tui_advice(t));
	} else {
		lines_begin(f->lines, 0, 0);
		lines_add(f->lines, LOOK_TITLE, "What if an answer were another?");
		lines_gap(f->lines);
		lines_begin(f->lines, 2, 2);
		lines_add(f->lines, LOOK_PLAIN, "w chooses an answer to change. The advice before "
			"and after then stand here side by side; u takes the change back, v keeps "
			"it as a variant, and variants are compared in a table.");
		lines_wrap(f->lines, f->screen.width);
	}
	if (t->session.n_variants)
		tui_add_variants(t, f->lines, &f->screen);
}

/* The digit of a page is its place. */
static const struct page {
	const char *name;
	void (*fill)(struct filling *filling);
} pages[] = {
	{"Advice", fill_overview},
	{"Why", fill_reasons},
	{"Options", fill_options},
	{"Boundary", fill_boundary},
	{"Curve", fill_curve},
	{"Figures", fill_measured},
	{"Flips", fill_flips},
	{"Gaps", fill_missing},
	{"What if", fill_what_if},
};

enum { PAGES = sizeof pages / sizeof *pages, PAGE_OVERVIEW = 0, PAGE_WHY = 1, PAGE_OPTIONS = 2,
	PAGE_CURVE = 4, PAGE_FIGURES = 5, PAGE_WHAT_IF = PAGES - 1 };

const struct advice *tui_advice(const struct tui *t)
{
	return t->sheet ? sheet_advice(t->sheet) : NULL;
}

void tui_add_pages(struct str *out)
{
	size_t i;

	for (i = 0; i < PAGES; i++)
		str_addf(out, "%s%zu %s", i ? ", " : "", i + 1, pages[i].name);
}

static enum context context(const struct tui *t)
{
	return t->advice.page == PAGE_OPTIONS ? IN_OPTIONS :
		t->advice.page == PAGE_WHY ? IN_REASONS :
		t->advice.page == PAGE_CURVE ? IN_CURVE :
		t->advice.page == PAGE_FIGURES ? IN_FIGURES :
		t->advice.page == PAGE_WHAT_IF ? IN_WHAT_IF : IN_ADVICE;
}

/* The page's lines, made anew only when something they show is another. */
static void refresh(struct tui *t, int width, int height)
{
	struct advice_screen *a = &t->advice;
	struct filling f = {.tui = t, .lines = &a->lines,
		.screen = {width, height, term_glyphs()}};

	if (!a->changed && a->of == t->sheet && a->width == width && a->height == height)
		return;
	lines_release(&a->lines);
	f.report = &t->sheet->report;
	f.selected.first = (size_t)-1;
	pages[a->page].fill(&f);
	a->selected = f.selected;
	a->of = t->sheet;
	a->width = width;
	a->height = height;
	a->changed = 0;
}

static void draw_waiting(const struct tui *t, struct area area)
{
	struct lines l;

	lines_init(&l);
	lines_begin(&l, 0, 0);
	if (t->measuring.phase == BACKGROUND_FAILED) {
		lines_add(&l, LOOK_WARNING, "There are no figures to go by: %s",
			t->measuring.why.text);
		if (*t->measuring.why.hint)
			lines_add(&l, LOOK_PLAIN, "; %s", t->measuring.why.hint);
	} else if (t->measuring.phase == BACKGROUND_STOPPED) {
		lines_add(&l, LOOK_WARNING, "Measuring was stopped before there were figures.");
	} else {
		lines_add(&l, LOOK_TITLE, "Measuring what native code costs here ...");
		lines_gap(&l);
		lines_begin(&l, 0, 0);
		lines_add(&l, LOOK_PLAIN, "The advice appears with the first figures, in a second "
			"or two.");
	}
	lines_wrap(&l, area.columns - 2);
	paint_lines(area, &l, 0, 0, 0);
	lines_release(&l);
}

/* "1 Advice 2 Why ...": all names where they fit, else the page's own and the digits. */
static void draw_tabs(const struct tui *t, int row, int columns)
{
	int column = 1, all = 0, gap, i;
	char text[32];

	for (i = 0; i < PAGES; i++)
		all += (int)strlen(pages[i].name) + 2;
	gap = all + 2 * PAGES <= columns ? 2 : 1;
	for (i = 0; i < PAGES; i++) {
		int here = (size_t)i == t->advice.page;

		snprintf(text, sizeof text, here || all + PAGES <= columns ? "%d %s" : "%d", i + 1,
			pages[i].name);
		column += gap + term_put(row, column, columns - column,
			here ? TONE_SELECTED : (enum tone)LOOK_HINT, text);
	}
}

static void draw(struct tui *t, struct area area)
{
	struct advice_screen *a = &t->advice;
	int airy = area.rows >= 12;
	size_t most;

	if (!t->sheet) {
		draw_waiting(t, area);
		return;
	}
	draw_tabs(t, area.row - 1 + !airy, area.columns + 2);
	area.row += 1;
	area.rows -= 1;
	/* Pages are made for 40 columns and more. */
	if (area.columns < 42) {
		area.column = 0;
		area.columns += 2;
	}
	refresh(t, area.columns < WIDEST ? area.columns : WIDEST, area.rows);
	if (a->selected.first < a->lines.n)
		a->top = paint_follow(a->top, (size_t)area.rows, a->lines.n, a->selected.first,
			a->selected.end);
	most = a->lines.n > (size_t)area.rows ? a->lines.n - (size_t)area.rows : 0;
	if (a->top > most)
		a->top = most;
	paint_lines(area, &a->lines, a->top, a->selected.first, a->selected.first + 1);
	a->more_above = a->top > 0;
	a->more_below = a->top < most;
}

void tui_refine(struct tui *t)
{
	const struct advice *advice = tui_advice(t);
	size_t n = advice ? advice->certainty.n_unknown : 0, i;
	struct session_at *wanted = xcalloc(n + 1, sizeof *wanted);

	for (i = 0; i < n; i++) {
		const struct unknown *unknown = &advice->certainty.unknown[i];

		wanted[i] = (struct session_at){STEP_QUESTION, unknown->question,
			unknown->input < 0 ? 0 : (size_t)unknown->input};
	}
	if (!session_refine(&t->session, wanted, n))
		tui_say(t, "all that is asked is answered");
	free(wanted);
}

static void open_page(struct tui *t, size_t page)
{
	if (page >= PAGES)
		return;
	t->advice.page = page;
	t->advice.top = 0;
	t->advice.reasons.opened = 0;
	t->advice.changed = 1;
}

void tui_show_change(struct tui *t)
{
	if (t->before)
		open_page(t, PAGE_WHAT_IF);
}

/* The row under the cursor, on a page that has one, and how many rows there are; else NULL. */
static size_t *cursor_of(struct tui *t, long *rows)
{
	struct advice_screen *a = &t->advice;

	if (a->page == PAGE_WHY && !a->reasons.opened) {
		*rows = t->sheet ? (long)screen_reasons_rows(&t->sheet->report, 0) : 0;
		return &a->reasons.selected;
	}
	if (a->page != PAGE_OPTIONS)
		return NULL;
	*rows = t->sheet ? (long)screen_options_rows(&t->sheet->report, 0, &a->options) : 0;
	return &a->options.selected;
}

static void scroll(struct tui *t, long by)
{
	long rows, to = (long)t->advice.top + by;
	size_t *cursor = cursor_of(t, &rows);

	if (!cursor) {
		t->advice.top = (size_t)(to < 0 ? 0 : to);
		return;
	}
	to = (long)*cursor + by;
	*cursor = (size_t)(to < 0 || !rows ? 0 : to >= rows ? rows - 1 : to);
	t->advice.changed = 1;
}

static void leave_level(struct tui *t)
{
	if (t->advice.reasons.opened)
		open_page(t, PAGE_WHY);
	else if (t->advice.page)
		open_page(t, PAGE_OVERVIEW);
	else if (!session_back(&t->session))
		tui_say(t, "q leaves");
}

/* What it is compared with stays the same until the change is taken for good. */
static void what_if(struct tui *t)
{
	if (!t->sheet)
		return;
	if (!t->before)
		t->before = sheet_make(t->front->catalog, &t->session, &t->session.answers,
			t->figures);
	sheet_finish(t->before);
	t->over = OVER_LIST;
}

static void undo(struct tui *t)
{
	tui_say(t, session_undo(&t->session) ? "taken back" : t->front->cli->resume ?
		"nothing to take back: with --resume undo begins anew" : "nothing to take back");
	t->advice.changed = 1;
}

static void accept(struct tui *t)
{
	if (t->advice.page == PAGE_OPTIONS && t->sheet) {
		screen_options_toggle(&t->sheet->report, 0, &t->advice.options);
	} else if (t->advice.page == PAGE_WHY && t->sheet) {
		if (!screen_reasons_toggle(&t->sheet->report, 0, &t->advice.reasons))
			tui_say(t, "a step; Enter explains a reason");
		t->advice.top = 0;
	} else if (t->advice.page == PAGE_WHAT_IF && t->before) {
		sheet_free(t->before);
		t->before = NULL;
		tui_say(t, "taken for good; the next change is compared with this");
	}
	t->advice.changed = 1;
}

static void change_view(struct tui *t, enum action action)
{
	struct options_view *options = &t->advice.options;

	if (action == ACTION_SORT && t->advice.page == PAGE_CURVE)
		t->advice.by_turns = !t->advice.by_turns;
	else if (action == ACTION_SORT)
		options->sort = (options->sort + 1) % SORTS;
	else if (action == ACTION_FILTER && t->advice.page == PAGE_FIGURES)
		t->advice.measured.all = !t->advice.measured.all;
	else if (action == ACTION_FILTER)
		options->filter = (options->filter + 1) % FILTERS;
	options->selected = 0;
	t->advice.top = 0;
	t->advice.changed = 1;
}

static void act(struct tui *t, enum action action, int press)
{
	if (press >= '1' && press <= '9') {
		open_page(t, (size_t)(press - '1'));
		return;
	}
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		scroll(t, action == ACTION_UP ? -1 : 1);
		break;
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		scroll(t, action == ACTION_PAGE_UP ? -12 : 12);
		break;
	case ACTION_FIRST:
	case ACTION_LAST:
		scroll(t, action == ACTION_FIRST ? -100000 : 100000);
		break;
	case ACTION_NEXT_PANE:
		open_page(t, (t->advice.page + 1) % PAGES);
		break;
	case ACTION_PREVIOUS_PANE:
		open_page(t, (t->advice.page + PAGES - 1) % PAGES);
		break;
	case ACTION_REFINE:
		tui_refine(t);
		break;
	case ACTION_WHAT_IF:
		what_if(t);
		break;
	case ACTION_KEEP:
		tui_keep_variant(t);
		open_page(t, PAGE_WHAT_IF);
		t->advice.top = (size_t)-1 / 2;
		break;
	case ACTION_SORT:
	case ACTION_FILTER:
		change_view(t, action);
		break;
	case ACTION_ACCEPT:
		accept(t);
		break;
	case ACTION_UNDO:
		undo(t);
		break;
	case ACTION_LEAVE_LEVEL:
		leave_level(t);
		break;
	case ACTION_NEXT_FOUND:
	case ACTION_TOGGLE:
	case ACTION_DELETE:
		tui_act_variant(t, action);
		break;
	default:
		break;
	}
}

/* Core questions that were not asked yet. */
static size_t n_open(const struct session *s)
{
	struct session_row *rows;
	size_t n = session_rows(s, &rows), open = 0, i;

	for (i = 0; i < n; i++)
		open += session_is_core(s, rows[i].at) && rows[i].state == STATE_OPEN;
	free(rows);
	return open;
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	const struct advice_screen *a = &t->advice;
	size_t open = n_open(&t->session);

	str_add(left, "ffiadvise: the advice");
	if (open)
		str_addf(right, "%zu %s still open  ", open, open == 1 ? "question" : "questions");
	if (t->sheet && (a->more_above || a->more_below))
		str_addf(right, "%s%smore", a->more_above ?
			theme_glyph(term_utf8(), GLYPH_MORE_ABOVE) : "", a->more_below ?
			theme_glyph(term_utf8(), GLYPH_MORE_BELOW) : "");
}

const struct face face_advice = {context, draw, act, title};
