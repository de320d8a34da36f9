#include "show/screen.h"

#include "show/view_advice.h"
#include "show/view_explain.h"
#include "show/view_measured.h"

/* The rows that can be selected: the reasons, then the steps. */
size_t screen_reasons_rows(const struct report *r, size_t function)
{
	return r->functions[function].reasons.n + r->functions[function].n_steps;
}

static size_t selected_of(const struct report *r, size_t function, const struct reasons_view *view)
{
	size_t rows = screen_reasons_rows(r, function);

	return view->selected < rows ? view->selected : rows ? rows - 1 : 0;
}

int screen_reasons_toggle(const struct report *r, size_t function, struct reasons_view *view)
{
	if (selected_of(r, function, view) >= r->functions[function].reasons.n)
		return 0;
	view->opened = !view->opened;
	return 1;
}

/* Wraps what was filled and adds it. */
static void hand_over(struct lines *to, struct lines *filled, const struct screen *screen)
{
	size_t i;

	lines_wrap(filled, screen->width);
	for (i = 0; i < filled->n; i++)
		lines_move(to, &filled->items[i]);
	lines_release(filled);
}

static void add_opened(struct lines *l, const struct screen *screen, const struct report *r,
	const struct reason *reason)
{
	const struct explain explain = {r->catalog, r->measurements};
	struct lines filled;
	struct err err;

	lines_init(&filled);
	view_reason(&filled, r, reason, "-");
	lines_gap(&filled);
	view_explain(&filled, &explain, reason->rule->id, &err);
	hand_over(l, &filled, screen);
}

void screen_reasons(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function, const struct reasons_view *view, struct screen_rows *at)
{
	const struct advice *a = &r->functions[function];
	size_t selected = selected_of(r, function, view), rows = screen_reasons_rows(r, function), i;
	struct lines filled;

	if (view->opened && selected < a->reasons.n) {
		add_opened(l, screen, r, &a->reasons.items[selected]);
		return;
	}
	lines_init(&filled);
	if (!rows) {
		lines_begin(&filled, 0, 0);
		lines_add(&filled, LOOK_HINT, "No rule has anything to say of it.");
		hand_over(l, &filled, screen);
	}
	for (i = 0; i < rows; i++) {
		if (i == a->reasons.n)
			lines_gap(l);
		if (i == 0 || i == a->reasons.n)
			view_head(&filled, i < a->reasons.n ? "Why" : "Next");
		hand_over(l, &filled, screen);
		if (i == selected)
			at->first = l->n;
		if (i < a->reasons.n)
			view_reason(&filled, r, &a->reasons.items[i],
				i == selected ? screen->glyphs->selected : "-");
		else
			view_step(&filled, a, i - a->reasons.n,
				i == selected ? screen->glyphs->selected : NULL);
		hand_over(l, &filled, screen);
		if (i == selected)
			at->end = l->n;
	}
}
