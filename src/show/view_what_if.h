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
/* The i-th function of the report's survey; something is supposed. */
void view_what_if(struct lines *lines, const struct report *report, size_t i);
/* "What if caller.loop=none"; the caller frees it. */
char *what_if_sentence(const struct report *report);

#endif
