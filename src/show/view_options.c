#include "show/view_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/view_measured.h"

size_t option_parts(const struct option *o, struct cost_part parts[COST_PARTS])
{
	const struct cost_part all[COST_PARTS] = {
		{"call", o->cost.call}, {"inputs", o->cost.inputs}, {"compute", o->cost.compute},
		{"callbacks", o->cost.callbacks}, {"output", o->cost.output}, {"wait", o->cost.wait},
	};
	size_t i, n = 0;

	for (i = 0; i < COST_PARTS; i++) {
		if (all[i].cost.likely > 0)
			parts[n++] = all[i];
	}
	return n;
}

static int by_time(const struct option *x, const struct option *y)
{
	return x->time_after.likely < y->time_after.likely ? -1 :
		x->time_after.likely > y->time_after.likely;
}

static int by_speedup(const struct option *x, const struct option *y)
{
	return x->speedup.low > y->speedup.low ? -1 : x->speedup.low < y->speedup.low ? 1 :
		by_time(x, y);
}

static int by_name(const struct option *x, const struct option *y)
{
	return strcmp(x->id, y->id);
}

static int (*const orders[SORTS])(const struct option *, const struct option *) = {
	[SORT_TIME] = by_time, [SORT_SPEEDUP] = by_speedup, [SORT_NAME] = by_name,
};

const struct option **options_sorted(const struct options *options, enum options_sort sort,
	enum options_filter filter, size_t *n)
{
	const struct option **sorted = xcalloc(options->n, sizeof *sorted), *o;
	size_t i, k;

	*n = 0;
	for (i = 0; i < options->n; i++) {
		o = &options->items[i];
		if (filter == FILTER_FITTING && !o->fits)
			continue;
		/* Those that fit come first. Insertion keeps the order of equals; there are
		 * some dozens. */
		for (k = (*n)++; k > 0; k--) {
			if (sorted[k - 1]->fits != o->fits ? sorted[k - 1]->fits :
				orders[sort](sorted[k - 1], o) <= 0)
				break;
			sorted[k] = sorted[k - 1];
		}
		sorted[k] = o;
	}
	return sorted;
}

const struct reason *option_veto(const struct option *o)
{
	size_t i;

	for (i = 0; i < o->why_against.n; i++) {
		if (o->why_against.items[i].rule->kind == RULE_VETO)
			return &o->why_against.items[i];
	}
	return NULL;
}

void option_cost_write(const struct option *o, struct str *s)
{
	struct cost_part parts[COST_PARTS];
	size_t n = option_parts(o, parts), i;

	for (i = 0; i < n; i++) {
		str_addf(s, "%s%s ", i ? " + " : "", parts[i].name);
		show_duration(s, parts[i].cost.likely);
	}
}

static void add_figures(struct lines *l, const struct option *o, enum look look)
{
	struct str s;

	str_init(&s);
	lines_tab(l, 36);
	show_duration(&s, o->time_after.likely);
	lines_add(l, look, "%10s", str_text(&s));
	str_clear(&s);
	show_factor(&s, o->speedup.likely);
	lines_add(l, look, "%8s", str_text(&s));
	str_clear(&s);
	show_factor(&s, o->program_speedup.likely);
	lines_add(l, look, "%9s", str_text(&s));
	lines_add(l, LOOK_HINT, "  %s", o->use == USE_STAY ? "answers" : basis_word(o->basis));
	str_release(&s);
}

static void add_option(struct lines *l, const struct option *o, int chosen)
{
	struct str s;
	size_t i;

	lines_begin(l, 0, 2);
	lines_add(l, chosen ? LOOK_GOOD : LOOK_PLAIN, "%s %s", chosen ? "*" : " ", o->id);
	add_figures(l, o, LOOK_VALUE);
	str_init(&s);
	option_cost_write(o, &s);
	if (o->use != USE_STAY) {
		lines_begin(l, 6, 8);
		lines_add(l, LOOK_HINT, "%s", str_text(&s));
	}
	for (i = 0; i < o->why_against.n; i++) {
		lines_begin(l, 6, 8);
		lines_add(l, LOOK_HINT, "- %s", o->why_against.items[i].text);
	}
	for (i = 0; chosen && i < o->why_for.n; i++) {
		lines_begin(l, 6, 8);
		lines_add(l, LOOK_HINT, "+ %s", o->why_for.items[i].text);
	}
	str_release(&s);
}

int option_leads(const struct option *const *sorted, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++) {
		if (!sorted[k]->fits && sorted[k]->use == sorted[i]->use &&
			strcmp(sorted[k]->tool_id, sorted[i]->tool_id) == 0)
			return 0;
	}
	return 1;
}

/* What does not fit: its fastest way only, with the veto that keeps it out. */
static void add_vetoed(struct lines *l, const struct option **sorted, size_t n)
{
	const struct reason *veto;
	size_t i, shown = 0, hidden = 0;

	for (i = 0; i < n; i++) {
		const struct option *o = sorted[i];

		if (o->fits)
			continue;
		if (!option_leads(sorted, i)) {
			hidden++;
			continue;
		}
		if (!shown++) {
			lines_begin(l, 2, 2);
			lines_add(l, LOOK_HINT, "ruled out by the answers:");
		}
		lines_begin(l, 0, 2);
		lines_add(l, LOOK_PLAIN, "x %s", o->id);
		add_figures(l, o, LOOK_HINT);
		veto = option_veto(o);
		lines_begin(l, 6, 8);
		lines_add(l, LOOK_WARNING, "- %s", veto ? veto->text : "");
	}
	if (hidden) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "and %zu slower designs of these; --format json has them",
			hidden);
	}
}

void view_options(struct lines *l, const struct advice *a)
{
	const struct option **sorted;
	size_t n, i;

	sorted = options_sorted(&a->reckoning.options, SORT_TIME, FILTER_ALL, &n);
	view_head(l, "Options");
	lines_tab(l, 36);
	lines_add(l, LOOK_HINT, "%10s%8s%9s  rests on", "a call", "speed", "program");
	for (i = 0; i < n; i++) {
		if (sorted[i]->fits)
			add_option(l, sorted[i], sorted[i] == a->option);
	}
	add_vetoed(l, sorted, n);
	for (i = 0; i < n && sorted[i]->use != USE_UPGRADE; i++)
		;
	if (i == n) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "a newer interpreter is not priced: %s",
			a->reckoning.figures.measurements->n_others ?
			"none of those named with --python is newer and was measured" :
			"name yours and the newer one, with --python twice");
	}
	free(sorted);
}
