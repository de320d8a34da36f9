#include "show/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "show/view_advice.h"

/* So many reasons, and so many rows for one of them at most. */
enum { REASONS = 3, ROWS = 3 };

/* How much of it is shown: rows of a text, rows of the confidence, empty lines between. */
struct room {
	size_t text, confidence;
	int gaps;
};

/* From the most to the least; a text of one row says little, so that all else goes before. Where
 * nothing fits it is scrolled, and the last is for that. */
static const struct room rooms[] = {
	{ROWS, 9, 1}, {2, 9, 1}, {2, 1, 1}, {2, 1, 0}, {1, 1, 1}, {1, 1, 0}, {ROWS, 9, 0},
};

enum { ROOMS = sizeof rooms / sizeof *rooms };

/* How sure it is, in so many rows; in full it stands with what would change it. */
static void add_confidence(struct lines *l, const struct screen *screen, const struct advice *a,
	size_t rows)
{
	struct lines row;
	struct str s;

	lines_init(&row);
	str_init(&s);
	str_addf(&s, "%s: ", confidence_word(a->confidence));
	advice_agreement_write(a, &s);
	view_row(&row, "confidence", str_text(&s));
	lines_wrap(&row, screen->width);
	glyphs_take(screen->glyphs, l, &row, rows, screen->width);
	str_release(&s);
}

/* The head: who, what, and the figures. */
static void add_head(struct lines *l, const struct screen *screen, const struct advice *a,
	const struct room *room)
{
	const struct option *o = a->option;
	char *sentence = advice_sentence(a);
	struct str s;

	str_init(&s);
	glyphs_cut(screen->glyphs, &s, a->name, screen->width);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "%s", str_text(&s));
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s.", sentence);
	free(sentence);
	if (room->gaps)
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
	lines_wrap(l, screen->width);
	add_confidence(l, screen, a, room->confidence);
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

/* That there are warnings, and the first of them. */
static void add_warnings(struct lines *l, const struct screen *screen, const struct survey_item *item,
	const struct room *room)
{
	struct lines warning;

	if (!item->n_warnings)
		return;
	if (room->gaps)
		lines_gap(l);
	lines_init(&warning);
	lines_begin(&warning, 0, 2);
	lines_add(&warning, LOOK_WARNING, "! %s", item->warnings[0]);
	lines_wrap(&warning, screen->width);
	glyphs_take(screen->glyphs, l, &warning, room->text, screen->width);
	if (item->n_warnings < 2)
		return;
	lines_begin(l, 2, 2);
	lines_add(l, LOOK_WARNING, "%zu more on page 8", item->n_warnings - 1);
}

static void fill(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function, const struct room *room)
{
	const struct advice *a = &r->functions[function];
	size_t i;

	add_head(l, screen, a, room);
	add_warnings(l, screen, &r->survey->items[function], room);
	if (a->reasons.n)
		add_list_head(l, "Why", room->gaps);
	for (i = 0; i < a->reasons.n && i < REASONS; i++)
		add_item(l, screen, "-", a->reasons.items[i].text, room->text);
	if (!a->n_steps)
		return;
	add_list_head(l, "Next", room->gaps);
	add_item(l, screen, "1.", a->steps[0], room->text);
}

/* The other steps as far as they fit; where they stand, if they do not. */
static void add_steps(struct lines *l, const struct screen *screen, const struct advice *a)
{
	struct lines steps;
	char mark[24];
	size_t i;

	lines_init(&steps);
	for (i = 1; i < a->n_steps; i++) {
		snprintf(mark, sizeof mark, "%zu.", i + 1);
		add_item(&steps, screen, mark, a->steps[i], ROWS);
	}
	if (steps.n && l->n + steps.n > (size_t)screen->height) {
		lines_release(&steps);
		lines_begin(&steps, 5, 5);
		lines_add(&steps, LOOK_HINT, "%zu more on page 2", a->n_steps - 1);
	}
	for (i = 0; i < steps.n && l->n < (size_t)screen->height; i++)
		lines_move(l, &steps.items[i]);
	lines_release(&steps);
}

void screen_overview(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function)
{
	const struct advice *a = &r->functions[function];
	struct lines filled;
	size_t i;

	for (i = 0;; i++) {
		lines_init(&filled);
		fill(&filled, screen, r, function, &rooms[i]);
		if (i + 1 == ROOMS || filled.n <= (size_t)screen->height)
			break;
		lines_release(&filled);
	}
	add_steps(&filled, screen, a);
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
}
