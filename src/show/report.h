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

/* The same function with the answers of --what-if. */
struct supposed {
	struct brief brief;
	char *title;
	char *note; /* what the change leaves as it was, what_if_note(); NULL: nothing to say */
};

struct report {
	const struct catalog *catalog;
	const struct survey *survey;
	const struct measurements *measurements;
	struct brief *briefs;     /* one for each item of the survey */
	size_t n_briefs;
	struct advice *functions; /* all that is to be said: of each item of the survey in its
	                             order, or of the first of the ranking where it has over
	                             REPORT_WHOLE */
	size_t n;
	int all;                  /* asked for all of it all the same: see report_advice() */
	struct ranked *ranking;
	size_t n_ranked;
	int overlapping;          /* the shares cannot be apart, see ranking.h */
	struct supposed *supposed;/* as briefs; NULL: nothing was supposed */
	const char **what_ifs;    /* lent texts of the command line */
	size_t n_what_ifs;
};

/* Up to so many functions are advised on in full; of more only so many. */
enum { REPORT_WHOLE = 100, REPORT_FIRST = 10 };

void report_make(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements, int all);
/* The same in two parts, as advice_begin() and advice_finish(), each of all functions in full. */
void report_begin(struct report *report, const struct catalog *catalog,
	const struct survey *survey, const struct measurements *measurements);
void report_finish(struct report *report);
/* Adds what becomes of each function with the answers of then: a copy of the
 * report's survey with some of them changed, borrowed like the texts that say so. */
void report_what_if(struct report *report, const struct survey *then, const char **texts,
	size_t n_texts);
void report_release(struct report *report);
/*
 * All that is to be said of the i-th function of the survey; NULL where only its
 * brief is wanted. What was not kept is made in *made, which report_done() frees.
 */
const struct advice *report_advice(const struct report *report, size_t i, struct advice **made);
void report_done(struct advice *made);
/* How many functions all is said of, and which is the i-th: in the order of the survey, or of
 * the ranking where there are too many, unless all are asked for. */
size_t report_told(const struct report *report);
size_t report_at(const struct report *report, size_t i);
/* Why what they gain together is wide, where overlapping is set. */
extern const char overlapping_sentence[];

/* Text for a person: one screen for the verdict, then the rest. */
void report_text(const struct report *report, struct lines *lines);
/* The same as a document, for Markdown and HTML. */
void report_doc(const struct report *report, struct doc *doc);
/* The JSON of report-format.md, as one line-broken document. */
void report_json(const struct report *report, struct str *out);

/* "45 us", "1.9 us (0.8 .. 6.1 us)", "24x (7.1 .. 58x)", "1.11x (1.02x .. 1.14x)", "0.0 ns" as "0". */
void show_duration(struct str *out, double ns);
void show_duration_est(struct str *out, struct est e);
void show_factor(struct str *out, double v);
void show_factor_est(struct str *out, struct est e);

#endif
