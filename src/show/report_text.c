#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/view_changes.h"
#include "show/view_measured.h"
#include "show/view_what_if.h"
#include "survey/quantity.h"

enum { VALUE_COLUMN = 14 };


/* "  label        value" with the value in its look. */
static void row(struct lines *l, const char *label, const char *value)
{
	lines_begin(l, 2, 2 + VALUE_COLUMN);
	lines_add(l, LOOK_HINT, "%s", label);
	lines_tab(l, 2 + VALUE_COLUMN);
	lines_add(l, LOOK_VALUE, "%s", value);
}

static void duration_row(struct lines *l, const char *label, struct est e, const char *after)
{
	struct str s;

	str_init(&s);
	show_duration_est(&s, e);
	str_add(&s, after);
	row(l, label, str_text(&s));
	str_release(&s);
}

static void factor_row(struct lines *l, const char *label, struct est e, const char *after)
{
	struct str s;

	str_init(&s);
	show_factor_est(&s, e);
	str_add(&s, after);
	row(l, label, str_text(&s));
	str_release(&s);
}

static void add_goal(struct lines *l, const struct advice *a)
{
	static const char *const words[] = {
		[REACHES_NO] = "is not reached, even at the best end of the range",
		[REACHES_UNLIKELY] = "is reached only at the best end of the range",
		[REACHES_LIKELY] = "is likely reached",
		[REACHES_YES] = "is reached, even at the worst end of the range",
	};
	const struct fact_entry *goal = facts_get(&a->reckoning.facts, "goal");
	struct str s;

	if (!goal || a->reaches_goal == REACHES_UNASKED)
		return;
	str_init(&s);
	show_factor(&s, goal->v.likely);
	str_addf(&s, " %s", words[a->reaches_goal]);
	row(l, "goal", str_text(&s));
	str_release(&s);
}

/* "high: 30 of 32 scenarios of what is uncertain say the same, 2 vectorise". */
static void add_confidence(struct str *s, const struct advice *a)
{
	const struct doubt *d = &a->doubt;
	int use;

	str_addf(s, "%s: %.0f of %d scenarios of what is uncertain agree",
		confidence_word(a->confidence), d->use * DRAW_SCENARIOS, DRAW_SCENARIOS);
	for (use = 0; use < USES; use++) {
		if (d->uses[use] > 0 && use != (int)a->option->use)
			str_addf(s, ", %.0f say %s", d->uses[use] * DRAW_SCENARIOS,
				use_word((enum use)use));
	}
	if (a->option->use == USE_FFI && d->option < d->use)
		str_addf(s, "; %.0f with this design and tool", d->option * DRAW_SCENARIOS);
	if (d->measured_use)
		str_add(s, "; the measurements' own doubt could turn it");
	else if (d->measured_option)
		str_add(s, "; the measurements' own doubt could turn the design or the tool");
}

static void add_verdict(struct lines *l, const struct advice *a)
{
	const struct option *o = a->option;
	char title[256];
	struct str s;

	lines_gap(l);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HINT, "%s", a->name);
	snprintf(title, sizeof title, "%s", a->title);
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s.", title);
	lines_gap(l);
	duration_row(l, "now", a->reckoning.workload.time_now, " a call");
	if (o->use != USE_STAY) {
		duration_row(l, "after", o->time_after, " a call");
		factor_row(l, "speed-up", o->speedup, "");
		factor_row(l, "program", o->program_speedup, " as fast");
	}
	if (o->memory.high > 0) {
		str_init(&s);
		quantity_write(&s, o->memory.likely, QUESTION_SIZE);
		str_add(&s, " more while a call runs");
		row(l, "memory", str_text(&s));
		str_release(&s);
	}
	add_goal(l, a);
	str_init(&s);
	add_confidence(&s, a);
	row(l, "confidence", str_text(&s));
	str_release(&s);
	if (o->use != USE_STAY) {
		str_init(&s);
		str_add(&s, o->basis == BASIS_MEASURED ? "what was measured here" :
			o->basis == BASIS_ASSUMED ? "partly on assumptions: see the options" :
			o->kernel ? "measured here, and a reference for how far your code is from "
			"the kernel" : "calls measured here, and a reference for what this kind of "
			"work gains");
		row(l, "rests on", str_text(&s));
		str_release(&s);
	}
}

/* "call.one/pyo3 31 ns, ..." of what a reason rests on. */
static void add_evidence(struct lines *l, const struct report *r, const struct evidence *e)
{
	const char *separator = "";
	struct str s;
	size_t i, k;

	for (i = 0; i < e->n; i++) {
		const struct measurement *m = NULL;

		for (k = 0; k < r->measurements->n && !m; k++) {
			if (strcmp(r->measurements->items[k].id, e->ids[i]) == 0)
				m = &r->measurements->items[k];
		}
		str_init(&s);
		if (m)
			show_duration(&s, m->ns.likely);
		lines_add(l, LOOK_HINT, "%s%s%s%s", separator, e->ids[i], m ? " " : "",
			m ? str_text(&s) : "");
		separator = ", ";
		str_release(&s);
	}
}

static void add_reasons(struct lines *l, const struct report *r, const struct advice *a)
{
	size_t i;

	if (!a->reasons.n)
		return;
	view_head(l, "Why");
	for (i = 0; i < a->reasons.n; i++) {
		const struct reason *reason = &a->reasons.items[i];

		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "- %s", reason->text);
		lines_begin(l, 4, 4);
		lines_add(l, LOOK_HINT, "[%s] %s", reason->rule->id, reason->rule->source);
		if (reason->evidence.n) {
			lines_begin(l, 4, 6);
			lines_add(l, LOOK_HINT, "from ");
			add_evidence(l, r, &reason->evidence);
		}
	}
}

static void add_steps(struct lines *l, const struct advice *a)
{
	size_t i;

	if (!a->n_steps)
		return;
	view_head(l, "Next");
	for (i = 0; i < a->n_steps; i++) {
		lines_begin(l, 2, 5);
		lines_add(l, LOOK_PLAIN, "%zu. %s", i + 1, a->steps[i]);
	}
}

static void add_boundary(struct lines *l, const struct advice *a)
{
	const struct boundary *b = &a->boundary;
	struct str s;
	size_t i, k;

	if (!b->n)
		return;
	view_head(l, "Boundary");
	for (i = 0; i < b->n; i++) {
		const struct crossing *c = &b->items[i];

		lines_begin(l, 2, 2 + VALUE_COLUMN);
		lines_add(l, LOOK_PLAIN, "%s", c->argument);
		lines_tab(l, 2 + VALUE_COLUMN);
		str_init(&s);
		show_duration(&s, c->cost.likely);
		lines_add(l, LOOK_VALUE, "%s%s%s", i + 1 < b->n ? how_word(c->how) : "returned",
			c->how || i + 1 == b->n ? " as " : "as ", c->native);
		lines_add(l, LOOK_PLAIN, ", %s a call", str_text(&s));
		for (k = 0; k < c->n_turns; k++) {
			str_clear(&s);
			quantity_write(&s, c->turns[k].length, QUESTION_COUNT);
			lines_add(l, LOOK_HINT, "; from %s items %s is cheapest", str_text(&s),
				how_word(c->turns[k].how));
		}
		str_release(&s);
	}
	if (b->signature) {
		lines_begin(l, 2, 6);
		lines_add(l, LOOK_VALUE, "%s", b->signature);
	}
}

static void add_part(struct str *s, const char *name, struct est e)
{
	if (e.likely <= 0)
		return;
	str_addf(s, "%s%s ", s->len ? " + " : "", name);
	show_duration(s, e.likely);
}

/* The fastest fitting options first, then those that do not fit. */
static int by_merit(const void *a, const void *b)
{
	const struct option *const *x = a, *const *y = b;

	if ((*x)->fits != (*y)->fits)
		return (*y)->fits - (*x)->fits;
	return (*x)->time_after.likely < (*y)->time_after.likely ? -1 :
		(*x)->time_after.likely > (*y)->time_after.likely;
}

/* The veto that speaks first, or NULL. */
static const struct reason *first_veto(const struct option *o)
{
	size_t i;

	for (i = 0; i < o->why_against.n; i++) {
		if (o->why_against.items[i].rule->kind == RULE_VETO)
			return &o->why_against.items[i];
	}
	return NULL;
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
	add_part(&s, "call", o->cost.call);
	add_part(&s, "inputs", o->cost.inputs);
	add_part(&s, "compute", o->cost.compute);
	add_part(&s, "callbacks", o->cost.callbacks);
	add_part(&s, "output", o->cost.output);
	add_part(&s, "wait", o->cost.wait);
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

/* What does not fit: its fastest way only, with the veto that keeps it out. */
static void add_vetoed(struct lines *l, const struct option **sorted, size_t n)
{
	const struct reason *veto;
	size_t i, k, shown = 0, hidden = 0;

	for (i = 0; i < n; i++) {
		const struct option *o = sorted[i];

		if (o->fits)
			continue;
		for (k = 0; k < i; k++) {
			if (!sorted[k]->fits && sorted[k]->use == o->use &&
				strcmp(sorted[k]->tool_id, o->tool_id) == 0)
				break;
		}
		if (k < i) {
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
		veto = first_veto(o);
		lines_begin(l, 6, 8);
		lines_add(l, LOOK_WARNING, "- %s", veto ? veto->text : "");
	}
	if (hidden) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "and %zu slower designs of these; --format json has them",
			hidden);
	}
}

static void add_options(struct lines *l, const struct advice *a)
{
	const struct options *options = &a->reckoning.options;
	const struct option **sorted = xcalloc(options->n, sizeof *sorted);
	size_t i;

	for (i = 0; i < options->n; i++)
		sorted[i] = &options->items[i];
	qsort(sorted, options->n, sizeof *sorted, by_merit);
	view_head(l, "Options");
	lines_tab(l, 36);
	lines_add(l, LOOK_HINT, "%10s%8s%9s  rests on", "a call", "speed", "program");
	for (i = 0; i < options->n; i++) {
		if (sorted[i]->fits)
			add_option(l, sorted[i], sorted[i] == a->option);
	}
	add_vetoed(l, sorted, options->n);
	free(sorted);
}

static void add_ranking(struct lines *l, const struct report *r)
{
	struct str s;
	size_t i;

	view_head(l, "What to begin with");
	if (r->overlapping) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! the shares add up to more than the program: some of these "
			"call each other, so what they gain together lies between the largest alone "
			"and the sum");
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

	add_verdict(l, a);
	for (k = 0; k < item->n_warnings; k++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! %s", item->warnings[k]);
	}
	add_reasons(l, r, a);
	add_steps(l, a);
	add_boundary(l, a);
	add_options(l, a);
	view_find_out(l, a);
	view_flips(l, a);
}

void report_text(const struct report *r, struct lines *l)
{
	struct advice *made;
	size_t i, at;

	/* Of many the first of the ranking, in its order, unless all are asked for. */
	for (i = 0; i < (r->all ? r->n_briefs : r->n); i++) {
		at = r->all || r->n == r->n_briefs ? i : r->ranking[i].function;
		add_function(l, r, report_advice(r, at, &made), &r->survey->items[at]);
		report_done(made);
		if (r->supposed)
			view_what_if(l, r, at);
	}
	if (r->n < r->n_briefs && !r->all) {
		lines_gap(l);
		lines_begin(l, 0, 2);
		lines_add(l, LOOK_HINT, "%zu functions in all; --all says as much of each", r->n_briefs);
	}
	if (r->n_briefs > 1)
		add_ranking(l, r);
	view_not_measured(l, r->measurements);
	view_environment(l, r->measurements);
}
