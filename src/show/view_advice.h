/*
 * view_advice: the parts of what is said of one function, as lines: the verdict
 * and its figures, reasons, next steps, the boundary; and the sentences in them, for renderings that are no lines. The report in text and
 * the panes of the screen are made of these. Borrows everything; texts that are
 * returned as char * are the caller's to free.
 */
#ifndef FFIADVISE_SHOW_VIEW_ADVICE_H
#define FFIADVISE_SHOW_VIEW_ADVICE_H

#include "show/report.h"

enum { VIEW_VALUE_COLUMN = 14 };

void view_verdict(struct lines *lines, const struct advice *advice);
/* Each with its rule, where that comes from, and what was measured. */
void view_reasons(struct lines *lines, const struct report *report, const struct advice *advice);
/* One of them, behind a mark of one column. */
void view_reason(struct lines *lines, const struct report *report, const struct reason *reason,
	const char *mark);
void view_steps(struct lines *lines, const struct advice *advice);
/* mark, of one column, stands in front of it; NULL for none. */
void view_step(struct lines *lines, const struct advice *advice, size_t i, const char *mark);
void view_boundary(struct lines *lines, const struct advice *advice);
/* "  label        value" with the value in its look. */
void view_row(struct lines *lines, const char *label, const char *value);

/* The verdict with a capital and no full stop. */
char *brief_sentence(const struct brief *brief);
/* The verdict of an advice, in the same way; where the scenarios clearly lean to another use, it says
 * so first, since that is a verdict of the likeliest figures alone. */
char *advice_sentence(const struct advice *advice);
/* Adds "10x is likely reached"; 0 when no goal was given. */
int brief_goal_write(const struct brief *brief, struct str *out);
/* Adds what its confidence follows from: "30 of 32 scenarios of what is uncertain agree, ...". */
void advice_agreement_write(const struct advice *advice, struct str *out);
/* What its figures rest on. */
const char *advice_rests_on(const struct advice *advice);
/* Adds "call.one/pyo3 31 ns", the id alone when it was not measured. */
void evidence_write(struct str *out, const struct measurements *measurements, const char *id);

#endif
