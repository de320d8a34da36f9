#include "show/screen.h"

#include <stdlib.h>

#include "show/view_advice.h"

/* So many reasons, and so many rows for one of them. */
enum { REASONS = 3, ROWS = 3, NOTES_FROM = 60 };

/* The head: who, what, and the figures. */
static void add_head(struct lines *l, const struct screen *screen, const struct advice *a, int gaps)
{
	const struct option *o = a->option;
	char *sentence = brief_sentence(&a->brief);
	struct str s;

	str_init(&s);
	glyphs_cut(screen->glyphs, &s, a->name, screen->width);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "%s", str_text(&s));
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s.", sentence);
	free(sentence);
	if (gaps)
		lines_gap(l);
	str_clear(&s);
	show_duration_est(&s, a->reckoning.workload.time_now);
	if (o->use != USE_STAY) {
		str_addf(&s, " %s ", screen->glyphs->arrow);
		show_duration_est(&s, o->time_after);
	}
	view_row(l, "a call", str_text(&s));
	if (o->use != USE_STAY) {
		str_clear(&s);
		show_factor_est(&s, o->speedup);
		view_row(l, "speed-up", str_text(&s));
		str_clear(&s);
		show_factor_est(&s, o->program_speedup);
		str_add(&s, " as fast");
		view_row(l, "program", str_text(&s));
	}
	str_clear(&s);
	if (brief_goal_write(&a->brief, &s))
		view_row(l, "goal", str_text(&s));
	str_clear(&s);
	str_add(&s, confidence_word(a->confidence));
	if (screen->width >= NOTES_FROM) {
		str_add(&s, ": ");
		advice_agreement_write(a, &s);
	}
	view_row(l, "confidence", str_text(&s));
	str_release(&s);
}

/* "- text" or "1. text" in so many rows. */
static void add_item(struct lines *l, const struct screen *screen, const char *mark,
	const char *text, size_t rows)
{
	struct lines item;

	lines_init(&item);
	lines_begin(&item, 2, 2 + str_width(mark) + 1);
	lines_add(&item, LOOK_PLAIN, "%s %s", mark, text);
	lines_wrap(&item, screen->width);
	glyphs_take(screen->glyphs, l, &item, rows, screen->width);
}

static void add_list_head(struct lines *l, const char *text, int gaps)
{
	if (gaps)
		lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "%s", text);
}

static void fill(struct lines *l, const struct screen *screen, const struct advice *a,
	size_t rows, int gaps)
{
	size_t i;

	add_head(l, screen, a, gaps);
	lines_wrap(l, screen->width);
	if (a->reasons.n)
		add_list_head(l, "Why", gaps);
	for (i = 0; i < a->reasons.n && i < REASONS; i++)
		add_item(l, screen, "-", a->reasons.items[i].text, rows);
	if (!a->n_steps)
		return;
	add_list_head(l, "Next", gaps);
	add_item(l, screen, "1.", a->steps[0], rows);
}

void screen_overview(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function)
{
	struct lines filled;
	size_t rows, i;
	int gaps;

	/* Texts in full first, then shorter and shorter, then without empty lines. */
	for (rows = ROWS, gaps = 1;; rows--) {
		if (!rows) {
			gaps = 0;
			rows = 1;
		}
		lines_init(&filled);
		fill(&filled, screen, &r->functions[function], rows, gaps);
		if (!gaps || filled.n <= (size_t)screen->height)
			break;
		lines_release(&filled);
	}
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
}
