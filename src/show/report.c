#include "show/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/quantity.h"

/* With more functions than this, what would change the verdict is left out:
 * finding it takes many reckonings each. */
enum { FLIPS_FOR = 100 };

void report_make(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements)
{
	size_t i;

	memset(report, 0, sizeof *report);
	report->catalog = catalog;
	report->survey = survey;
	report->measurements = measurements;
	report->functions = xcalloc(survey->n, sizeof *report->functions);
	for (i = 0; i < survey->n; i++)
		advice_make(&report->functions[report->n++], &survey->items[i].answers, catalog,
			measurements);
	report->ranking = ranking_make(report->functions, report->n, &report->n_ranked);
}

void report_release(struct report *report)
{
	size_t i;

	for (i = 0; i < report->n; i++)
		advice_release(&report->functions[i]);
	free(report->functions);
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

void show_factor(struct str *out, double v)
{
	if (isinf(v))
		str_add(out, "unbounded");
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
