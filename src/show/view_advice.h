/*
 * view_advice: the parts of what is said of one function, as lines: the verdict
 * and its figures, reasons, next steps, the boundary, what would change it; and
 * the sentences in them, for renderings that are no lines. The report in text and
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
void view_steps(struct lines *lines, const struct advice *advice);
void view_boundary(struct lines *lines, const struct advice *advice);
void view_flips(struct lines *lines, const struct advice *advice);
/* "  label        value" with the value in its look. */
void view_row(struct lines *lines, const char *label, const char *value);

/* The verdict with a capital and no full stop. */
char *advice_sentence(const struct advice *advice);
/* Adds "10x is likely reached"; 0 when no goal was given. */
int advice_goal_write(const struct advice *advice, struct str *out);
/* What its confidence means, and what its figures rest on. */
const char *advice_confidence_note(const struct advice *advice);
const char *advice_rests_on(const struct advice *advice);
/* Adds "call.one/pyo3 31 ns", the id alone when it was not measured. */
void evidence_write(struct str *out, const struct measurements *measurements, const char *id);
char *flip_sentence(const struct flip *flip, int known);
char *break_even_sentence(const struct break_even *break_even);

#endif
