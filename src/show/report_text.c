#include "show/report.h"
#include "show/view_advice.h"
#include "show/view_changes.h"
#include "show/view_measured.h"
#include "show/view_options.h"
#include "show/view_seen.h"
#include "show/view_what_if.h"

static void add_ranking(struct lines *l, const struct report *r)
{
	struct str s;
	size_t i;

	view_head(l, "What to begin with");
	if (r->overlapping) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! %s", overlapping_sentence);
	}
	for (i = 0; i < r->n_ranked; i++) {
		const struct ranked *k = &r->ranking[i];
		const struct brief *b = &r->briefs[k->function];

		str_init(&s);
		show_factor(&s, k->program_speedup.likely);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%zu. %s: %s: the program %s as fast%s", i + 1, b->name,
			b->option, str_text(&s), b->share_known ? "" : " (its share is not known)");
		str_clear(&s);
		show_factor_est(&s, k->cumulative);
		lines_add(l, LOOK_HINT, ", %s with those before it", str_text(&s));
		str_release(&s);
	}
}

static void add_function(struct lines *l, const struct report *r, const struct advice *a,
	const struct survey_item *item)
{
	size_t k;

	view_verdict(l, a);
	for (k = 0; k < item->n_warnings; k++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! %s", item->warnings[k]);
	}
	view_seen(l, &item->answers);
	view_reasons(l, r, a);
	view_steps(l, a);
	view_boundary(l, a);
	view_options(l, a);
	view_find_out(l, a);
	view_flips(l, a);
}

void report_text(const struct report *r, struct lines *l)
{
	struct advice *made;
	size_t i, at;

	for (i = 0; i < report_told(r); i++) {
		at = report_at(r, i);
		add_function(l, r, report_advice(r, at, &made), &r->survey->items[at]);
		report_done(made);
		if (r->supposed)
			view_what_if(l, r, at);
	}
	if (report_told(r) < r->n_briefs) {
		lines_gap(l);
		lines_begin(l, 0, 2);
		lines_add(l, LOOK_HINT, "%zu functions in all; --all says as much of each", r->n_briefs);
	}
	if (r->n_briefs > 1)
		add_ranking(l, r);
	view_not_measured(l, r->measurements);
	view_environment(l, r->measurements);
	for (i = 0; i < r->measurements->n_others; i++) {
		view_not_measured(l, &r->measurements->others[i]);
		view_environment(l, &r->measurements->others[i]);
	}
}
