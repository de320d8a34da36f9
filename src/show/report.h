/*
 * report: everything one run has to say, ready to be rendered: the measured
 * environment, the advice on each function, what was not measured. Text,
 * JSON and the screen are renderings of this one structure. It borrows the
 * catalog, the survey and the measurements and owns the advice.
 */
#ifndef FFIADVISE_SHOW_REPORT_H
#define FFIADVISE_SHOW_REPORT_H

#include "advise/advice.h"
#include "advise/ranking.h"
#include "catalog/catalog.h"
#include "measure/store.h"
#include "show/doc.h"
#include "show/lines.h"
#include "survey/survey.h"

struct report {
	const struct catalog *catalog;
	const struct survey *survey;
	const struct measurements *measurements;
	struct advice *functions; /* one for each item of the survey */
	size_t n;
	struct ranked *ranking;
	size_t n_ranked;
};

void report_make(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements);
/* The same without what would change it, which takes a hundred times as long. */
void report_sketch(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements);
void report_release(struct report *report);

/* Text for a person: one screen for the verdict, then the rest. */
void report_text(const struct report *report, struct lines *lines);
/* The same as a document, for Markdown and HTML. */
void report_doc(const struct report *report, struct doc *doc);
/* The JSON of report-format.md, as one line-broken document. */
void report_json(const struct report *report, struct str *out);

/* "45 us", "1.9 us (0.8 .. 6.1 us)", "24x (7.1 .. 58x)", "0.0 ns" as "0". */
void show_duration(struct str *out, double ns);
void show_duration_est(struct str *out, struct est e);
void show_factor(struct str *out, double v);
void show_factor_est(struct str *out, struct est e);

#endif
