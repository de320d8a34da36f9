/*
 * view_what_if: a function as it is and with the answers of --what-if, side by
 * side.
 */
#ifndef FFIADVISE_SHOW_VIEW_WHAT_IF_H
#define FFIADVISE_SHOW_VIEW_WHAT_IF_H

#include "show/report.h"

/* The i-th function of the report's survey; something is supposed. */
void view_what_if(struct lines *lines, const struct report *report, size_t i);

#endif
