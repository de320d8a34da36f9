/*
 * view_what_if: a function as it is and with other answers: what comes of it, side by
 * side, for the screen and for the report with --what-if.
 */
#ifndef FFIADVISE_SHOW_VIEW_WHAT_IF_H
#define FFIADVISE_SHOW_VIEW_WHAT_IF_H

#include "show/screen.h"

enum { COMPARED = 8 }; /* lines of a comparison */

/* Adds what line i compares, of one of the two; returns what it is called. */
const char *what_if_row(size_t i, const struct brief *brief, struct str *out);
/* Two columns; with little width one value stands below the other. What differs is marked. */
void view_compared(struct lines *lines, const struct screen *screen,
	const struct brief *before, const struct brief *after);
/* What it says, on the screen and in the report. */
void view_add_note(struct lines *lines, const char *note);
/* The i-th function of the report's survey; something is supposed. */
void view_what_if(struct lines *lines, const struct report *report, size_t i);
/*
 * Where a length was changed and the time of a call is told: that it does not follow, and what
 * it would be if it grew with the length. NULL where there is nothing to say; the caller frees
 * it. The answers are of one catalog.
 */
char *what_if_note(const struct answers *before, const struct answers *after);
/* "What if caller.loop=none"; the caller frees it. */
char *what_if_sentence(const struct report *report);

#endif
