#include "show/report.h"

#include <stdlib.h>

#include "show/view_advice.h"
#include "show/view_measured.h"
#include "show/view_options.h"
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
	if (advice_goal_write(a, &s))
		add_row(d, "goal", str_text(&s));
	str_clear(&s);
	str_addf(&s, "%s: %s", confidence_word(a->confidence), advice_confidence_note(a));
	add_row(d, "confidence", str_text(&s));
	if (o->use != USE_STAY)
		add_row(d, "rests on", advice_rests_on(a));
	str_release(&s);
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

static void add_flips(struct doc *d, const struct advice *a)
{
	const struct flips *flips = &a->flips;
	size_t i;

	if (flips->n || flips->n_unknown || flips->n_break_even)
		doc_add(d, DOC_PART, "What would change it");
	for (i = 0; i < flips->n_unknown; i++)
		add_sentence(d, flip_sentence(&flips->unknown[i], 0));
	for (i = 0; i < flips->n; i++)
		add_sentence(d, flip_sentence(&flips->items[i], 1));
	for (i = 0; i < flips->n_break_even; i++)
		add_sentence(d, break_even_sentence(&flips->break_even[i]));
}

static void add_ranking(struct doc *d, const struct report *r)
{
	struct str s;
	size_t i;

	doc_add(d, DOC_HEAD, "What to begin with");
	doc_add(d, DOC_TABLE, "lrr");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "function");
	doc_cell(d, "the program, as fast");
	doc_cell(d, "with those before it");
	str_init(&s);
	for (i = 0; i < r->n_ranked; i++) {
		doc_add(d, DOC_ROW, "%s", "");
		doc_cell(d, "%s", r->ranking[i].advice->name);
		str_clear(&s);
		show_factor(&s, r->ranking[i].program_speedup.likely);
		doc_cell(d, "%s", str_text(&s));
		str_clear(&s);
		show_factor(&s, r->ranking[i].cumulative.likely);
		doc_cell(d, "%s", str_text(&s));
	}
	str_release(&s);
}

void report_doc(const struct report *r, struct doc *d)
{
	struct lines measured;
	size_t i, k;

	if (r->n == 1)
		doc_add(d, DOC_TITLE, "ffiadvise: %s", r->functions[0].name);
	else
		doc_add(d, DOC_TITLE, "ffiadvise: %zu functions", r->n);
	for (i = 0; i < r->n; i++) {
		const struct advice *a = &r->functions[i];
		const struct survey_item *item = &r->survey->items[i];

		if (r->n > 1)
			doc_add(d, DOC_HEAD, "%s", a->name);
		add_verdict(d, a);
		for (k = 0; k < item->n_warnings; k++)
			doc_add(d, DOC_WARNING, "%s", item->warnings[k]);
		add_reasons(d, r, a);
		add_steps(d, a);
		add_boundary(d, a);
		add_options(d, a);
		add_flips(d, a);
	}
	/* One function needs no head of its own: its parts move up. */
	for (i = 0; r->n == 1 && i < d->n; i++) {
		if (d->items[i].kind == DOC_PART)
			d->items[i].kind = DOC_HEAD;
	}
	if (r->n > 1)
		add_ranking(d, r);
	lines_init(&measured);
	view_not_measured(&measured, r->measurements);
	view_environment(&measured, r->measurements);
	doc_lines(d, &measured);
	lines_release(&measured);
}
