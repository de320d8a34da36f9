#include "front/tui.h"

#include <stdlib.h>

/* A page of the advice fills lines for a width; where there is none yet it is not asked. */
struct page {
	const char *name;
	void (*fill)(const struct tui *t, int width, struct lines *lines);
};

static void fill_report(const struct tui *t, int width, struct lines *lines)
{
	(void)width;
	report_text(&t->brief->report, lines);
}

static const struct page pages[] = {
	{"Advice", fill_report},
};

enum { PAGES = sizeof pages / sizeof *pages };

const struct advice *tui_advice(const struct tui *t)
{
	return t->brief ? brief_advice(t->brief) : NULL;
}

static enum context context(const struct tui *t)
{
	(void)t;
	return IN_ADVICE;
}

/* The page's lines, made anew only when what they show is another. */
static void refresh(struct tui *t, int width)
{
	struct advice_screen *a = &t->advice;

	if (a->of == t->brief && a->of_before == t->before && a->width == width &&
		a->of_pane == a->pane)
		return;
	lines_release(&a->lines);
	pages[a->pane].fill(t, width, &a->lines);
	lines_wrap(&a->lines, width);
	a->of = t->brief;
	a->of_before = t->before;
	a->width = width;
	a->of_pane = a->pane;
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

static void draw(struct tui *t, struct area area)
{
	struct advice_screen *a = &t->advice;
	size_t most;

	if (!t->brief) {
		draw_waiting(t, area);
		return;
	}
	refresh(t, area.columns - 3 < 100 ? area.columns - 3 : 100);
	most = a->lines.n > (size_t)area.rows ? a->lines.n - (size_t)area.rows : 0;
	if (a->top > most)
		a->top = most;
	paint_scrolled(area, &a->lines, a->top, 0, 0);
}

void tui_refine(struct tui *t)
{
	const struct advice *advice = tui_advice(t);
	struct session_at *wanted = NULL;
	size_t n = advice ? advice->flips.n_unknown : 0, i;

	if (n)
		wanted = calloc(n, sizeof *wanted);
	for (i = 0; wanted && i < n; i++) {
		const struct flip *flip = &advice->flips.unknown[i];

		wanted[i] = (struct session_at){STEP_QUESTION, flip->question,
			flip->input < 0 ? 0 : (size_t)flip->input};
	}
	if (!session_refine(&t->session, wanted, wanted ? n : 0))
		tui_say(t, "all that is asked is answered");
	free(wanted);
}

static void scroll(struct tui *t, long by)
{
	long to = (long)t->advice.top + by;

	t->advice.top = (size_t)(to < 0 ? 0 : to);
}

static void open_page(struct tui *t, size_t page)
{
	if (page >= PAGES)
		return;
	t->advice.pane = page;
	t->advice.top = t->advice.cursor = 0;
}

static void leave_level(struct tui *t)
{
	if (t->advice.pane)
		open_page(t, 0);
	else if (!session_back(&t->session))
		tui_say(t, "q leaves");
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
		t->advice.top = action == ACTION_FIRST ? 0 : t->advice.lines.n;
		break;
	case ACTION_NEXT_PANE:
		open_page(t, (t->advice.pane + 1) % PAGES);
		break;
	case ACTION_PREVIOUS_PANE:
		open_page(t, (t->advice.pane + PAGES - 1) % PAGES);
		break;
	case ACTION_REFINE:
		tui_refine(t);
		break;
	case ACTION_UNDO:
		tui_say(t, session_undo(&t->session) ? "taken back" : "nothing to take back");
		break;
	case ACTION_LEAVE_LEVEL:
		leave_level(t);
		break;
	default:
		break;
	}
}

static void title(const struct tui *t, struct str *left, struct str *right)
{
	(void)right;
	str_addf(left, "ffiadvise: %s", pages[t->advice.pane].name);
}

const struct face face_advice = {context, draw, act, title};
