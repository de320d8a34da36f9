#include "show/view_what_if.h"

#include <string.h>

#include "show/view_measured.h"

enum { NOW_COLUMN = 14, THEN_COLUMN = 46 };

static void row(struct lines *l, const char *label, const char *now, const char *then)
{
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_HINT, "%s", label);
	lines_tab(l, NOW_COLUMN);
	lines_add(l, LOOK_PLAIN, "%s", now);
	lines_tab(l, THEN_COLUMN);
	/* What is not the same stands out. */
	lines_add(l, strcmp(now, then) == 0 ? LOOK_PLAIN : LOOK_VALUE, "%s", then);
}

static void est_row(struct lines *l, const char *label, struct est now, struct est then,
	void (*show)(struct str *, struct est))
{
	struct str a, b;

	str_init(&a);
	str_init(&b);
	show(&a, now);
	show(&b, then);
	row(l, label, str_text(&a), str_text(&b));
	str_release(&a);
	str_release(&b);
}

void view_what_if(struct lines *l, const struct report *r, size_t i)
{
	const struct brief *now = &r->briefs[i], *then = &r->supposed[i].brief;
	struct str s;
	size_t k;

	str_init(&s);
	str_add(&s, "What if ");
	for (k = 0; k < r->n_what_ifs; k++) {
		str_add(&s, k ? ", " : "");
		str_add_shown(&s, r->what_ifs[k], strlen(r->what_ifs[k]));
	}
	view_head(l, str_text(&s));
	row(l, "", "now", "then");
	row(l, "verdict", now->option, then->option);
	est_row(l, "before", now->time_now, then->time_now, show_duration_est);
	est_row(l, "after", now->time_after, then->time_after, show_duration_est);
	est_row(l, "speed-up", now->speedup, then->speedup, show_factor_est);
	est_row(l, "program", now->program_speedup, then->program_speedup, show_factor_est);
	row(l, "confidence", confidence_word(now->confidence), confidence_word(then->confidence));
	str_release(&s);
}
