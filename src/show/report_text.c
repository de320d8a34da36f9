#include "show/report.h"
#include "show/view_advice.h"
#include "show/view_measured.h"
#include "show/view_options.h"

static void add_ranking(struct lines *l, const struct report *r)
{
	struct str s;
	size_t i;

	view_head(l, "What to begin with");
	for (i = 0; i < r->n_ranked; i++) {
		const struct ranked *k = &r->ranking[i];

		str_init(&s);
		show_factor(&s, k->program_speedup.likely);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%zu. %s: the program %s as fast", i + 1, k->advice->name,
			str_text(&s));
		str_clear(&s);
		show_factor(&s, k->cumulative.likely);
		lines_add(l, LOOK_HINT, ", %s with those before it", str_text(&s));
		str_release(&s);
	}
}

void report_text(const struct report *r, struct lines *l)
{
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		const struct advice *a = &r->functions[i];
		const struct survey_item *item = &r->survey->items[i];

		view_verdict(l, a);
		for (k = 0; k < item->n_warnings; k++) {
			lines_begin(l, 2, 4);
			lines_add(l, LOOK_WARNING, "! %s", item->warnings[k]);
		}
		view_reasons(l, r, a);
		view_steps(l, a);
		view_boundary(l, a);
		view_options(l, a);
		view_flips(l, a);
	}
	if (r->n > 1)
		add_ranking(l, r);
	view_not_measured(l, r->measurements);
	view_environment(l, r->measurements);
	for (i = 0; i < r->measurements->n_others; i++) {
		view_not_measured(l, &r->measurements->others[i]);
		view_environment(l, &r->measurements->others[i]);
	}
}
