#include "show/screen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/scale.h"
#include "show/view_measured.h"

enum { VALUE = 11, PLOT_FROM = 64, PLOT_LEAST = 24, ID_MOST = 44 };

struct shown {
	const struct measurement **items;
	size_t n, cap;
};

static void add(struct shown *shown, const struct measurement *m)
{
	size_t i;

	for (i = 0; i < shown->n; i++) {
		if (shown->items[i] == m)
			return;
	}
	GROW(shown->items, shown->n, shown->cap);
	shown->items[shown->n++] = m;
}

static void add_evidence(struct shown *shown, const struct measurements *m,
	const struct evidence *evidence)
{
	const struct measurement *found;
	size_t i;

	for (i = 0; i < evidence->n; i++) {
		found = measurements_find_id(m, evidence->ids[i]);
		if (found)
			add(shown, found);
	}
}

static void collect(struct shown *shown, const struct report *r, const struct advice *a, int all)
{
	size_t i;

	memset(shown, 0, sizeof *shown);
	if (!all) {
		add_evidence(shown, r->measurements, &a->option->evidence);
		for (i = 0; i < a->reasons.n; i++)
			add_evidence(shown, r->measurements, &a->reasons.items[i].evidence);
		return;
	}
	for (i = 0; i < r->measurements->n; i++) {
		GROW(shown->items, shown->n, shown->cap);
		shown->items[shown->n++] = &r->measurements->items[i];
	}
}

static int is_time(const struct measurement *m)
{
	return m->ns.low > 0 && isfinite(m->ns.high);
}

static void figure_write(const struct measurement *m, struct str *out)
{
	if (m->upper_bound)
		str_add(out, "< ");
	if (is_time(m) || m->reads == READS_NOTHING)
		show_duration(out, m->ns.likely);
	else
		str_addf(out, "%.4g", m->value.likely);
}

/* "....|---o----|" */
static void interval_write(const struct glyphs *g, const struct scale *scale,
	const struct measurement *m, struct str *out)
{
	int low = (int)lround(scale_place(scale, m->ns.low)), i;
	int at = (int)lround(scale_place(scale, m->ns.likely));
	int high = (int)lround(scale_place(scale, m->ns.high));

	for (i = 0; i <= high; i++)
		str_add(out, i == at ? g->at : i < low ? g->lead : i == low ? g->from : i == high ? g->to :
			g->through);
}

static struct scale scale_of(const struct shown *shown, int cells)
{
	double low = INFINITY, high = 0;
	size_t i;

	for (i = 0; i < shown->n; i++) {
		if (!is_time(shown->items[i]))
			continue;
		low = fmin(low, shown->items[i]->ns.low);
		high = fmax(high, shown->items[i]->ns.high);
	}
	return scale_make(low, high, cells);
}

static int longest(const struct shown *shown)
{
	int width = 0, w;
	size_t i;

	for (i = 0; i < shown->n; i++) {
		w = str_width(shown->items[i]->id);
		width = w > width ? w : width;
	}
	return width;
}

static void add_plotted(struct lines *l, const struct screen *screen, const struct shown *shown)
{
	int id = longest(shown), room = screen->width - VALUE - PLOT_LEAST - 4;
	struct scale scale;
	struct str s;
	size_t i;

	id = id < room ? id : room;
	id = id < ID_MOST ? id : ID_MOST;
	scale = scale_of(shown, screen->width - 2 - id - VALUE - 2);
	str_init(&s);
	lines_begin(l, 2, 2);
	lines_tab(l, 2 + id + VALUE + 2);
	scale_labels(&scale, QUESTION_DURATION, &s);
	lines_add(l, LOOK_HINT, "%s", str_text(&s));
	for (i = 0; i < shown->n; i++) {
		const struct measurement *m = shown->items[i];

		lines_begin(l, 2, 2);
		str_clear(&s);
		glyphs_cut(screen->glyphs, &s, m->id, id);
		lines_add(l, m->basis == BASIS_MEASURED ? LOOK_PLAIN : LOOK_HINT, "%s", str_text(&s));
		str_clear(&s);
		figure_write(m, &s);
		lines_tab(l, 2 + id + VALUE - str_width(str_text(&s)));
		lines_add(l, LOOK_VALUE, "%s", str_text(&s));
		str_clear(&s);
		if (is_time(m))
			interval_write(screen->glyphs, &scale, m, &s);
		lines_add(l, LOOK_HINT, "  %s", str_text(&s));
	}
	str_release(&s);
}

/* Where there is no room for a scale: the interval in figures. */
static void add_listed(struct lines *l, const struct shown *shown)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < shown->n; i++) {
		const struct measurement *m = shown->items[i];

		str_clear(&s);
		if (is_time(m) && !m->upper_bound)
			show_duration_est(&s, m->ns);
		else
			figure_write(m, &s);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%s ", m->id);
		lines_add(l, LOOK_VALUE, "%s", str_text(&s));
	}
	str_release(&s);
}

void screen_measured(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function, const struct measured_view *view)
{
	struct shown shown;
	struct lines filled;
	size_t i;

	collect(&shown, r, &r->functions[function], view->all);
	lines_init(&filled);
	lines_begin(&filled, 0, 0);
	if (!shown.n)
		lines_add(&filled, LOOK_HINT, view->all ? "Nothing was measured." :
			"The advice follows from the answers, not from measurements.");
	else
		lines_add(&filled, LOOK_HINT, "%zu of %zu figures%s; the likely value and the "
			"interval it lies in", shown.n, r->measurements->n,
			view->all ? "" : ", those the advice rests on");
	lines_wrap(&filled, screen->width);
	if (shown.n && screen->width >= PLOT_FROM)
		add_plotted(&filled, screen, &shown);
	else
		add_listed(&filled, &shown);
	view_environment(&filled, r->measurements);
	lines_wrap(&filled, screen->width);
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
	free(shown.items);
}
