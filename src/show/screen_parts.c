#include "show/screen.h"

#include "show/view_advice.h"
#include "show/view_changes.h"
#include "show/view_measured.h"

/* The panes that are parts of the report as they are, or say why they are empty. */

/* Wraps what was filled and adds it; empty is said where nothing was. */
static void hand_over(struct lines *to, struct lines *filled, const struct screen *screen,
	const char *empty)
{
	size_t i;

	if (!filled->n) {
		lines_begin(filled, 0, 0);
		lines_add(filled, LOOK_HINT, "%s", empty);
	}
	lines_wrap(filled, screen->width);
	for (i = 0; i < filled->n; i++)
		lines_move(to, &filled->items[i]);
	lines_release(filled);
}

void screen_boundary(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function)
{
	const struct advice *a = &r->functions[function];
	struct lines filled;

	lines_init(&filled);
	view_boundary(&filled, a);
	hand_over(l, &filled, screen, a->option->use == USE_STAY ?
		"There is no boundary: it stays as it is." :
		"There is no boundary to draw: this way needs no native code of your own.");
}

/* How sure it is, and what else it may come to. */
static void add_confidence(struct lines *l, const struct advice *a)
{
	struct str s;

	str_init(&s);
	str_addf(&s, "%s: ", confidence_word(a->confidence));
	advice_agreement_write(a, &s);
	view_head(l, "Confidence");
	lines_begin(l, 2, 2);
	lines_add(l, LOOK_PLAIN, "%s", str_text(&s));
	str_release(&s);
}

void screen_flips(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function)
{
	struct lines filled;

	lines_init(&filled);
	add_confidence(&filled, &r->functions[function]);
	view_find_out(&filled, &r->functions[function]);
	view_flips(&filled, &r->functions[function]);
	hand_over(l, &filled, screen, "");
}

void screen_not_measured(struct lines *l, const struct screen *screen, const struct report *r,
	size_t function)
{
	const struct survey_item *item = &r->survey->items[function];
	struct lines filled;
	size_t i;

	lines_init(&filled);
	view_not_measured(&filled, r->measurements);
	if (!r->measurements->n_missing) {
		lines_begin(&filled, 0, 0);
		lines_add(&filled, LOOK_HINT, "All that was wanted was measured.");
	}
	view_environment(&filled, r->measurements);
	for (i = 0; i < r->measurements->n_others; i++) {
		view_not_measured(&filled, &r->measurements->others[i]);
		view_environment(&filled, &r->measurements->others[i]);
	}
	if (item->n_warnings)
		view_head(&filled, "Worth knowing of the answers");
	for (i = 0; i < item->n_warnings; i++) {
		lines_begin(&filled, 2, 4);
		lines_add(&filled, LOOK_WARNING, "! %s", item->warnings[i]);
	}
	hand_over(l, &filled, screen, "");
}
