/*
 * view_options: the ways to do it, as the table of a report in text; and their
 * order, their cost in parts and the veto that keeps one out, for every other
 * rendering of them. Borrows everything.
 */
#ifndef FFIADVISE_SHOW_VIEW_OPTIONS_H
#define FFIADVISE_SHOW_VIEW_OPTIONS_H

#include "advise/advice.h"
#include "show/lines.h"

/* Speed-up goes by its low end: what is gained at least. */
enum options_sort { SORT_TIME, SORT_SPEEDUP, SORT_NAME, SORTS };
enum options_filter { FILTER_FITTING, FILTER_ALL, FILTERS };

enum { COST_PARTS = 6 };

/* A part of what a call costs: "call", "inputs" ... in ns. */
struct cost_part {
	const char *name;
	struct est cost;
};

void view_options(struct lines *lines, const struct advice *advice);

/* Those the filter lets through, the fitting ones first. The list is the caller's to free,
 * its items are lent. */
const struct option **options_sorted(const struct options *options, enum options_sort sort,
	enum options_filter filter, size_t *n);
/* The parts that cost anything, in the order of a call. */
size_t option_parts(const struct option *option, struct cost_part parts[COST_PARTS]);
/* Adds "call 15 ns + inputs 16 ns". */
void option_cost_write(const struct option *option, struct str *out);
/* Of those that do not fit: is the i-th the first of its use and tool? The others are designs
 * that are slower. */
int option_leads(const struct option *const *sorted, size_t i);
/* The veto that speaks first, or NULL. */
const struct reason *option_veto(const struct option *option);

#endif
