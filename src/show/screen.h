/*
 * screen: the panes of the advice, each a pure function that fills lines for a
 * width from the report and the index of the function; what the person chose in a
 * pane (order, row, what is open) is plain data that the front end keeps and moves.
 * No line is wider than the width from 40 columns on. Lines are added to what is
 * there; everything else is borrowed.
 */
#ifndef FFIADVISE_SHOW_SCREEN_H
#define FFIADVISE_SHOW_SCREEN_H

#include "show/glyphs.h"
#include "show/report.h"
#include "show/view_options.h"

/* What a pane is drawn into. */
struct screen {
	int width, height; /* columns and rows; where height matters a pane is shortened to it */
	const struct glyphs *glyphs;
};

/* The first screen: the verdict, its figures, three reasons, the first step. It fits into
 * 20 rows of 80 columns, and is shortened to fewer as far as it can be. */
void screen_overview(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function);

/* The options. All zero is a good beginning. */
struct options_view {
	enum options_sort sort;
	enum options_filter filter;
	size_t selected; /* a row; one beyond the last counts as the last */
	char opened[96]; /* the id of the option whose cost is shown; "" for none */
};

/* *at (may be NULL) gets the line of the selected row, counted from the first line added. */
void screen_options(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function, const struct options_view *view, size_t *at);
/* How many rows the filter leaves, and the option in one of them. */
size_t screen_options_rows(const struct report *report, size_t function,
	const struct options_view *view);
const struct option *screen_options_row(const struct report *report, size_t function,
	const struct options_view *view);
/* Opens the selected row, or closes it. */
void screen_options_toggle(const struct report *report, size_t function,
	struct options_view *view);

/* How each argument crosses, and the signature. */
void screen_boundary(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function);

/* The measurements: those the advice rests on, or all of them. */
struct measured_view {
	int all;
};

/* A line each, its interval on a logarithmic scale where there is room for it. */
void screen_measured(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function, const struct measured_view *view);

/* The reasons and the next steps. All zero is a good beginning. */
struct reasons_view {
	size_t selected; /* a row; one beyond the last counts as the last */
	int opened;      /* only what the selected reason means is shown */
};

/* Lines from first on, up to end. */
struct screen_rows {
	size_t first, end;
};

/* Reasons with their sources; *at gets the lines of the selected row, where one is. */
void screen_reasons(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function, const struct reasons_view *view,
	struct screen_rows *at);
size_t screen_reasons_rows(const struct report *report, size_t function);
/* Opens the selected row, or closes it; 0 when it is none that can be. */
int screen_reasons_toggle(const struct report *report, size_t function, struct reasons_view *view);
/* What would change it; what was not measured, and the machine. */
void screen_flips(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function);
void screen_not_measured(struct lines *lines, const struct screen *screen,
	const struct report *report, size_t function);

/* Before and after, side by side: what was answered otherwise, and what came of it. */
void screen_what_if(struct lines *lines, const struct screen *screen,
	const struct advice *before, const struct advice *after);

/* An advice with the name somebody gave it. */
struct variant {
	const char *name;
	const struct advice *advice;
};

/* A row for each; selected is one of them, or n for none. */
void screen_variants(struct lines *lines, const struct screen *screen,
	const struct variant *variants, size_t n, size_t selected);

#endif
