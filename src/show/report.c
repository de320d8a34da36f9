#include "show/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_what_if.h"
#include "survey/quantity.h"

typedef void make_advice(struct advice *advice, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements);

static void make_all(struct report *report, make_advice *make)
{
	size_t i;

	report->functions = xcalloc(report->n_briefs, sizeof *report->functions);
	for (i = 0; i < report->n_briefs; i++) {
		struct advice *a = &report->functions[report->n++];

		make(a, &report->survey->items[i].answers, report->catalog, report->measurements);
		report->briefs[i] = a->brief;
	}
	report->ranking = ranking_make(report->briefs, report->n_briefs, &report->n_ranked,
		&report->overlapping);
}

static struct figures figures_of(const struct report *report)
{
	struct figures figures;

	memset(&figures, 0, sizeof figures);
	figures.catalog = report->catalog;
	figures.measurements = report->measurements;
	figures.memo = figures_memo_new(MEMO_FOR_MANY);
	return figures;
}

/* The briefs of all answers in one room, with one memo. */
static void make_briefs(const struct report *report, const struct survey *survey,
	struct brief *briefs, size_t stride)
{
	struct figures figures = figures_of(report);
	struct reckoning *room = xcalloc(1, sizeof *room);
	size_t i;

	for (i = 0; i < survey->n; i++)
		brief_reckon((struct brief *)((char *)briefs + i * stride), room, &figures,
			&survey->items[i].answers);
	reckon_release(room);
	free(room);
	figures_memo_free(figures.memo);
}

/* Briefs of all, and the first of the ranking in full. */
static void make_first(struct report *report)
{
	size_t i;

	make_briefs(report, report->survey, report->briefs, sizeof *report->briefs);
	report->ranking = ranking_make(report->briefs, report->n_briefs, &report->n_ranked,
		&report->overlapping);
	report->functions = xcalloc(REPORT_FIRST, sizeof *report->functions);
	for (i = 0; i < report->n_ranked && i < REPORT_FIRST; i++) {
		size_t at = report->ranking[i].function;
		struct advice *a = &report->functions[report->n++];

		advice_make(a, &report->survey->items[at].answers, report->catalog,
			report->measurements);
		report->briefs[at] = a->brief;
	}
}

static void init(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements)
{
	memset(report, 0, sizeof *report);
	report->catalog = catalog;
	report->survey = survey;
	report->measurements = measurements;
	report->n_briefs = survey->n;
	report->briefs = xcalloc(survey->n, sizeof *report->briefs);
}

void report_make(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements, int all)
{
	init(report, catalog, survey, measurements);
	report->all = all;
	if (survey->n <= REPORT_WHOLE)
		make_all(report, advice_make);
	else
		make_first(report);
}

void report_begin(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements)
{
	init(report, catalog, survey, measurements);
	make_all(report, advice_begin);
}

void report_finish(struct report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++) {
		advice_finish(&report->functions[i], report->catalog, report->measurements);
		report->briefs[i] = report->functions[i].brief;
	}
}

void report_what_if(struct report *report, const struct survey *then, const char **texts,
	size_t n_texts)
{
	struct advice *a;
	size_t i;

	report->what_ifs = texts;
	report->n_what_ifs = n_texts;
	report->supposed = xcalloc(then->n, sizeof *report->supposed);
	if (then->n > REPORT_WHOLE)
		make_briefs(report, then, &report->supposed->brief, sizeof *report->supposed);
	a = xcalloc(1, sizeof *a);
	for (i = 0; i < then->n; i++) {
		struct supposed *s = &report->supposed[i];

		/* In full where the other is, so that both are as sure by the same count. */
		if (then->n <= REPORT_WHOLE) {
			advice_make(a, &then->items[i].answers, report->catalog,
				report->measurements);
			s->brief = a->brief;
			advice_release(a);
		}
		s->title = brief_title(&s->brief);
		s->note = what_if_note(&report->survey->items[i].answers,
			&then->items[i].answers);
	}
	free(a);
}

const struct advice *report_advice(const struct report *report, size_t i, struct advice **made)
{
	const struct answers *answers = &report->survey->items[i].answers;
	size_t k;

	*made = NULL;
	if (report->n == report->n_briefs)
		return &report->functions[i];
	for (k = 0; k < report->n; k++) {
		if (report->functions[k].answers == answers)
			return &report->functions[k];
	}
	if (!report->all)
		return NULL;
	*made = xcalloc(1, sizeof **made);
	advice_make(*made, answers, report->catalog, report->measurements);
	return *made;
}

void report_done(struct advice *made)
{
	if (!made)
		return;
	advice_release(made);
	free(made);
}

size_t report_told(const struct report *report)
{
	return report->all ? report->n_briefs : report->n;
}

size_t report_at(const struct report *report, size_t i)
{
	return report->all || report->n == report->n_briefs ? i : report->ranking[i].function;
}

const char overlapping_sentence[] =
	"the shares add up to more than the program: some of these call each other, so what they "
	"gain together lies between the largest alone and the sum";

void report_release(struct report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++)
		advice_release(&report->functions[i]);
	for (i = 0; report->supposed && i < report->n_briefs; i++) {
		free(report->supposed[i].title);
		free(report->supposed[i].note);
	}
	free(report->supposed);
	free(report->functions);
	free(report->briefs);
	free(report->ranking);
	memset(report, 0, sizeof *report);
}

void show_duration(struct str *out, double ns)
{
	if (ns == 0)
		str_add(out, "0");
	else if (ns < 0.1)
		str_add(out, "<0.1 ns");
	else if (isinf(ns))
		str_add(out, "unbounded");
	else
		quantity_write(out, ns, QUESTION_DURATION);
}

/* Near 1 the second decimal is what a program gains; two digits would say that it gains none. */
static const double NEAR_LOW = 0.895, NEAR_HIGH = 1.995;

void show_factor(struct str *out, double v)
{
	if (isinf(v))
		str_add(out, "unbounded");
	else if (v >= NEAR_LOW && v < NEAR_HIGH)
		/* 100 hundredths: "1", "1.1", "1.11" */
		str_addf(out, "%gx", round(100 * v) / 100);
	else
		str_addf(out, v < 9.95 ? "%.2gx" : "%.0fx", v);
}

static void show_est(struct str *out, struct est e, void (*show)(struct str *, double))
{
	show(out, e.likely);
	if (e.high > e.low * 1.01) {
		str_add(out, " (");
		show(out, e.low);
		str_add(out, " .. ");
		show(out, e.high);
		str_add(out, ")");
	}
}

void show_duration_est(struct str *out, struct est e)
{
	show_est(out, e, show_duration);
}

void show_factor_est(struct str *out, struct est e)
{
	show_est(out, e, show_factor);
}
