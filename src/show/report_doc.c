#include "show/report.h"

#include <stdlib.h>

#include "show/view_advice.h"
#include "show/view_changes.h"
#include "show/view_measured.h"
#include "show/view_options.h"
#include "show/view_seen.h"
#include "show/view_what_if.h"
#include "survey/quantity.h"

static void add_row(struct doc *d, const char *label, const char *value)
{
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "%s", label);
	doc_cell(d, "%s", value);
}

static void add_duration(struct doc *d, const char *label, struct est e)
{
	struct str s;

	str_init(&s);
	show_duration_est(&s, e);
	add_row(d, label, str_text(&s));
	str_release(&s);
}

static void add_factor(struct doc *d, const char *label, struct est e)
{
	struct str s;

	str_init(&s);
	show_factor_est(&s, e);
	add_row(d, label, str_text(&s));
	str_release(&s);
}

static void add_verdict(struct doc *d, const struct advice *a)
{
	const struct option *o = a->option;
	char *sentence = advice_sentence(a);
	struct str s;

	doc_add(d, DOC_STRONG, "%s.", sentence);
	free(sentence);
	doc_add(d, DOC_TABLE, "ll");
	add_row(d, "", "likely (from .. to)");
	add_duration(d, "a call now", a->reckoning.workload.time_now);
	if (o->use != USE_STAY) {
		add_duration(d, "a call after", o->time_after);
		add_factor(d, "speed-up", o->speedup);
		add_factor(d, "the program, as fast", o->program_speedup);
	}
	str_init(&s);
	if (o->memory.high > 0) {
		quantity_write(&s, o->memory.likely, QUESTION_SIZE);
		add_row(d, "memory more while a call runs", str_text(&s));
	}
	str_clear(&s);
	if (brief_goal_write(&a->brief, &s))
		add_row(d, "goal", str_text(&s));
	str_clear(&s);
	str_addf(&s, "%s: ", confidence_word(a->confidence));
	advice_agreement_write(a, &s);
	add_row(d, "confidence", str_text(&s));
	if (o->use != USE_STAY)
		add_row(d, "rests on", advice_rests_on(a));
	str_release(&s);
}

/* The answers that were seen, as a part of the function. */
static void add_seen(struct doc *d, const struct answers *answers)
{
	struct lines lines;
	size_t i = d->n;

	lines_init(&lines);
	view_seen(&lines, answers);
	doc_lines(d, &lines);
	lines_release(&lines);
	for (; i < d->n; i++) {
		if (d->items[i].kind == DOC_HEAD)
			d->items[i].kind = DOC_PART;
	}
}

static void add_reasons(struct doc *d, const struct report *r, const struct advice *a)
{
	struct str s;
	size_t i, k;

	if (a->reasons.n)
		doc_add(d, DOC_PART, "Why");
	str_init(&s);
	for (i = 0; i < a->reasons.n; i++) {
		const struct reason *reason = &a->reasons.items[i];

		doc_add(d, DOC_ITEM, "%s", reason->text);
		doc_add(d, DOC_NOTE, "%s: %s", reason->rule->id, reason->rule->source);
		str_clear(&s);
		for (k = 0; k < reason->evidence.n; k++) {
			str_add(&s, k ? ", " : "from ");
			evidence_write(&s, r->measurements, reason->evidence.ids[k]);
		}
		if (s.len)
			doc_add(d, DOC_NOTE, "%s", str_text(&s));
	}
	str_release(&s);
}

static void add_steps(struct doc *d, const struct advice *a)
{
	size_t i;

	if (a->n_steps)
		doc_add(d, DOC_PART, "Next");
	for (i = 0; i < a->n_steps; i++)
		doc_add(d, DOC_STEP, "%s", a->steps[i]);
}

static void add_boundary(struct doc *d, const struct advice *a)
{
	const struct boundary *b = &a->boundary;
	struct str s;
	size_t i, k;

	if (!b->n)
		return;
	doc_add(d, DOC_PART, "Boundary");
	doc_add(d, DOC_TABLE, "lllrl");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "argument");
	doc_cell(d, "how");
	doc_cell(d, "native type");
	doc_cell(d, "a call");
	doc_cell(d, "turns");
	str_init(&s);
	for (i = 0; i < b->n; i++) {
		const struct crossing *c = &b->items[i];

		doc_add(d, DOC_ROW, "%s", "");
		doc_cell(d, "%s", c->argument);
		doc_cell(d, "%s", i + 1 < b->n ? c->how ? how_word(c->how) : "by value" : "returned");
		doc_cell(d, "%s", c->native);
		str_clear(&s);
		show_duration(&s, c->cost.likely);
		doc_cell(d, "%s", str_text(&s));
		str_clear(&s);
		for (k = 0; k < c->n_turns; k++) {
			str_add(&s, k ? "; from " : "from ");
			quantity_write(&s, c->turns[k].length, QUESTION_COUNT);
			str_addf(&s, " items %s is cheapest", how_word(c->turns[k].how));
		}
		doc_cell(d, "%s", str_text(&s));
	}
	str_release(&s);
	if (b->signature)
		doc_add(d, DOC_CODE, "%s", b->signature);
}

static void add_option(struct doc *d, const struct option *o, int chosen)
{
	const struct reason *veto = option_veto(o);
	struct str s;
	size_t i;

	str_init(&s);
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "%s%s", o->id, chosen ? " (advised)" : "");
	show_duration(&s, o->time_after.likely);
	doc_cell(d, "%s", str_text(&s));
	str_clear(&s);
	show_factor(&s, o->speedup.likely);
	doc_cell(d, "%s", str_text(&s));
	str_clear(&s);
	show_factor(&s, o->program_speedup.likely);
	doc_cell(d, "%s", str_text(&s));
	doc_cell(d, "%s", o->use == USE_STAY ? "answers" : basis_word(o->basis));
	str_clear(&s);
	if (veto)
		str_add(&s, veto->text);
	else if (o->use != USE_STAY)
		option_cost_write(o, &s);
	for (i = 0; !veto && i < o->why_against.n; i++)
		str_addf(&s, "%s%s", s.len ? "; but: " : "", o->why_against.items[i].text);
	doc_cell(d, "%s", str_text(&s));
	str_release(&s);
}

static void add_table(struct doc *d, const struct advice *a, const struct option **sorted, size_t n,
	int fits)
{
	size_t i, hidden = 0;

	doc_add(d, DOC_TABLE, "lrrrll");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "option");
	doc_cell(d, "a call");
	doc_cell(d, "speed-up");
	doc_cell(d, "program");
	doc_cell(d, "rests on");
	doc_cell(d, "%s", fits ? "a call in parts" : "ruled out");
	for (i = 0; i < n; i++) {
		if (sorted[i]->fits != fits)
			continue;
		if (!fits && !option_leads(sorted, i))
			hidden++;
		else
			add_option(d, sorted[i], sorted[i] == a->option);
	}
	if (hidden)
		doc_add(d, DOC_TEXT, "And %zu slower designs of these; --format json has them.",
			hidden);
}

static void add_options(struct doc *d, const struct advice *a)
{
	const struct option **sorted;
	size_t n, i, out = 0;

	sorted = options_sorted(&a->reckoning.options, SORT_TIME, FILTER_ALL, &n);
	for (i = 0; i < n; i++)
		out += !sorted[i]->fits;
	doc_add(d, DOC_PART, "Options");
	add_table(d, a, sorted, n, 1);
	if (out) {
		doc_add(d, DOC_PART, "Options that the answers rule out");
		add_table(d, a, sorted, n, 0);
	}
	free(sorted);
}

static void add_sentence(struct doc *d, char *sentence)
{
	doc_add(d, DOC_ITEM, "%s", sentence);
	free(sentence);
}

static void add_find_out(struct doc *d, const struct advice *a)
{
	size_t i;

	if (a->certainty.n_told)
		doc_add(d, DOC_PART, "Find this out first");
	for (i = 0; i < a->certainty.n_told; i++) {
		const struct unknown *u = &a->certainty.unknown[i];

		add_sentence(d, unknown_sentence(u));
		if (u->question->how)
			doc_add(d, DOC_NOTE, "%s", u->question->how);
	}
}

static void add_flips(struct doc *d, const struct advice *a)
{
	char *order = doubts_of_order_sentence(&a->doubts);
	size_t i;

	if (a->flips.n || a->flips_of_two.n || a->break_evens.n || a->doubts.n)
		doc_add(d, DOC_PART, "What would change it");
	for (i = 0; i < a->doubts.n; i++) {
		if (a->doubts.items[i].turns != TURNS_ORDER)
			add_sentence(d, doubt_sentence(&a->doubts.items[i]));
	}
	if (order)
		add_sentence(d, order);
	for (i = 0; i < a->flips_of_two.n; i++)
		add_sentence(d, flip_of_two_sentence(&a->flips_of_two.items[i]));
	for (i = 0; i < a->flips.n; i++)
		add_sentence(d, flip_sentence(&a->flips.items[i]));
	for (i = 0; i < a->break_evens.n; i++)
		add_sentence(d, break_even_sentence(&a->break_evens.items[i]));
}

/* The same function with other answers: as it is, and as it would be. */
static void add_what_if(struct doc *d, const struct report *r, size_t at)
{
	const struct brief *now = &r->briefs[at], *then = &r->supposed[at].brief;
	char *head = what_if_sentence(r);
	struct str a, b;
	size_t i;

	doc_add(d, DOC_PART, "%s", head);
	free(head);
	doc_add(d, DOC_TABLE, "lll");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "%s", "");
	doc_cell(d, "before");
	doc_cell(d, "after");
	str_init(&a);
	str_init(&b);
	for (i = 0; i < COMPARED; i++) {
		str_clear(&a);
		str_clear(&b);
		doc_add(d, DOC_ROW, "%s", "");
		doc_cell(d, "%s", what_if_row(i, now, &a));
		what_if_row(i, then, &b);
		doc_cell(d, "%s", str_text(&a));
		doc_cell(d, "%s", str_text(&b));
	}
	if (r->supposed[at].note)
		doc_add(d, DOC_WARNING, "%s", r->supposed[at].note);
	str_release(&a);
	str_release(&b);
}

static void add_ranking(struct doc *d, const struct report *r)
{
	struct str s;
	size_t i;

	doc_add(d, DOC_HEAD, "What to begin with");
	if (r->overlapping)
		doc_add(d, DOC_WARNING, "%s", overlapping_sentence);
	doc_add(d, DOC_TABLE, "llrr");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "function");
	doc_cell(d, "option");
	doc_cell(d, "the program, as fast");
	doc_cell(d, "with those before it");
	str_init(&s);
	for (i = 0; i < r->n_ranked; i++) {
		const struct brief *b = &r->briefs[r->ranking[i].function];

		doc_add(d, DOC_ROW, "%s", "");
		doc_cell(d, "%s%s", b->name, b->share_known ? "" : " (its share is not known)");
		doc_cell(d, "%s", b->option);
		str_clear(&s);
		show_factor(&s, r->ranking[i].program_speedup.likely);
		doc_cell(d, "%s", str_text(&s));
		str_clear(&s);
		show_factor_est(&s, r->ranking[i].cumulative);
		doc_cell(d, "%s", str_text(&s));
	}
	str_release(&s);
}

static void add_function(struct doc *d, const struct report *r, size_t at)
{
	const struct survey_item *item = &r->survey->items[at];
	struct advice *made;
	const struct advice *a = report_advice(r, at, &made);
	size_t k;

	if (r->n_briefs > 1)
		doc_add(d, DOC_HEAD, "%s", a->name);
	add_verdict(d, a);
	for (k = 0; k < item->n_warnings; k++)
		doc_add(d, DOC_WARNING, "%s", item->warnings[k]);
	add_seen(d, &item->answers);
	add_reasons(d, r, a);
	add_steps(d, a);
	add_boundary(d, a);
	add_options(d, a);
	add_find_out(d, a);
	add_flips(d, a);
	report_done(made);
	if (r->supposed)
		add_what_if(d, r, at);
}

void report_doc(const struct report *r, struct doc *d)
{
	struct lines measured;
	size_t i;

	if (r->n_briefs == 1)
		doc_add(d, DOC_TITLE, "ffiadvise: %s", r->functions[0].name);
	else
		doc_add(d, DOC_TITLE, "ffiadvise: %zu functions", r->n_briefs);
	for (i = 0; i < report_told(r); i++)
		add_function(d, r, report_at(r, i));
	if (report_told(r) < r->n_briefs)
		doc_add(d, DOC_TEXT, "%zu functions in all; --all says as much of each.",
			r->n_briefs);
	/* One function needs no head of its own: its parts move up. */
	for (i = 0; r->n_briefs == 1 && i < d->n; i++) {
		if (d->items[i].kind == DOC_PART)
			d->items[i].kind = DOC_HEAD;
	}
	if (r->n_briefs > 1)
		add_ranking(d, r);
	lines_init(&measured);
	view_not_measured(&measured, r->measurements);
	view_environment(&measured, r->measurements);
	doc_lines(d, &measured);
	lines_release(&measured);
}
