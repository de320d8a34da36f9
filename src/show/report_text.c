#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/view_measured.h"
#include "show/view_seen.h"
#include "survey/quantity.h"

enum { VALUE_COLUMN = 14 };

static const char *const confidence_notes[] = {
	"the verdict changes within what is not known or not certain",
	"the verdict holds at the likely figures and at one end of their range",
	"the verdict holds over the whole range of the figures",
};

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
	str_addf(&s, "%s: %s", confidence_word(a->confidence),
		a->reckoning.verdict.stay_rule && a->confidence == CONFIDENCE_HIGH ?
		"it follows from the answers" : confidence_notes[a->confidence]);
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

/* A quantity at which the verdict turns; one that prints as the other is told by its side. */
static void add_turn(struct str *s, const struct flip *f)
{
	struct str from, to;

	str_init(&from);
	str_init(&to);
	quantity_write(&from, f->from, f->question->kind);
	quantity_write(&to, f->to, f->question->kind);
	str_addf(s, "%s -> %s%s", str_text(&from),
		strcmp(str_text(&from), str_text(&to)) != 0 ? "" : f->to > f->from ? "above " :
		"below ", str_text(&to));
	str_release(&from);
	str_release(&to);
}

/* A measurement that is not certain enough. */
static void add_doubt(struct lines *l, const struct doubt *d)
{
	struct str s;

	str_init(&s);
	show_duration_est(&s, d->ns);
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_WARNING, "~ %s is not certain enough: %s", d->id, str_text(&s));
	str_clear(&s);
	show_duration(&s, d->at);
	lines_add(l, LOOK_PLAIN, "; at %s it would be %s", str_text(&s), d->option);
	str_release(&s);
}

enum { DOUBTS_SHOWN = 3 };

/* Which measurements could still turn it: those that turn the verdict one by one, the others
 * together. */
static void add_doubts(struct lines *l, const struct doubts *doubts)
{
	size_t i, order = 0, shown = 0;
	struct str s;

	str_init(&s);
	for (i = 0; i < doubts->n; i++) {
		const struct doubt *d = &doubts->items[i];

		if (d->turns == TURNS_ORDER) {
			str_addf(&s, order ? ", %s" : "%s", d->id);
			order++;
			continue;
		}
		if (shown++ == DOUBTS_SHOWN) {
			lines_begin(l, 2, 4);
			lines_add(l, LOOK_HINT, "and more; --format json has them");
		}
		if (shown > DOUBTS_SHOWN)
			continue;
		add_doubt(l, d);
	}
	if (order) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "~ the order of the first three options could still turn "
			"with %s", str_text(&s));
	}
	str_release(&s);
}

static void add_flips(struct lines *l, const struct advice *a)
{
	const struct flips *flips = &a->flips;
	struct str s;
	size_t i;
	char *answer;

	if (!flips->n && !flips->n_unknown && !flips->n_break_even && !a->doubts.n)
		return;
	view_head(l, "What would change it");
	add_doubts(l, &a->doubts);
	for (i = 0; i < flips->n_unknown; i++) {
		const struct flip *f = &flips->unknown[i];

		answer = flip_answer(f);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "? %s is not known", answer);
		str_init(&s);
		if (f->quantity)
			quantity_write(&s, f->to, f->question->kind);
		else
			str_add(&s, f->to_word);
		lines_add(l, LOOK_PLAIN, "; with %s it would be %s", str_text(&s), f->option);
		str_release(&s);
		free(answer);
	}
	for (i = 0; i < flips->n; i++) {
		const struct flip *f = &flips->items[i];

		answer = flip_answer(f);
		lines_begin(l, 2, 4);
		str_init(&s);
		if (f->quantity)
			add_turn(&s, f);
		else
			str_addf(&s, "%s -> %s", f->from_word ? f->from_word : "", f->to_word);
		lines_add(l, LOOK_PLAIN, "- %s %s: %s", answer, str_text(&s), f->option);
		str_release(&s);
		free(answer);
	}
	for (i = 0; i < flips->n_break_even; i++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "- %s %.0f is the break-even: %s", flips->break_even[i].what,
			flips->break_even[i].at.high, flips->break_even[i].means);
	}
}

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

		add_verdict(l, a);
		for (k = 0; k < item->n_warnings; k++) {
			lines_begin(l, 2, 4);
			lines_add(l, LOOK_WARNING, "! %s", item->warnings[k]);
		}
		view_seen(l, &item->answers);
		add_reasons(l, r, a);
		add_steps(l, a);
		add_boundary(l, a);
		add_options(l, a);
		add_flips(l, a);
	}
	if (r->n > 1)
		add_ranking(l, r);
	view_not_measured(l, r->measurements);
	view_environment(l, r->measurements);
}
