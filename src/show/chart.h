/*
 * chart: curves over two logarithmic axes, as lines: in braille cells of two by four
 * dots, in block cells of two by two, or in ASCII with the number of each curve. What
 * a curve is called and where two of them cross stands below in words, and each
 * ends in its number, so that nothing hangs on colour. Pure: it borrows all and adds lines.
 */
#ifndef FFIADVISE_SHOW_CHART_H
#define FFIADVISE_SHOW_CHART_H

#include <stddef.h>

#include "advise/curve.h"
#include "show/glyphs.h"

enum { CHART_SERIES_MAX = 4, CHART_WIDTH_LEAST = 30, CHART_HEIGHT_LEAST = 8 };

enum chart_cells { CHART_BRAILLE, CHART_BLOCK, CHART_ASCII };

struct chart_series {
	const char *name;
	const double *y; /* one for each x; NAN or 0 and less: no point there */
};

struct chart {
	const double *x; /* n of them, ascending, above 0 */
	size_t n;
	struct chart_series series[CHART_SERIES_MAX];
	size_t n_series;
	enum question_kind x_kind, y_kind; /* how the axes are written */
	const char *x_title;  /* what x is */
	double mark;          /* an x at which something is marked on the first curve; NAN: none */
	const char *mark_text;/* what it means, for the legend */
	double here;          /* where things are now; NAN: not told */
};

/* Fills width by height cells, legend included; less than the least is taken for that. */
void chart_draw(struct lines *lines, const struct chart *chart, int width, int height,
	enum chart_cells cells, const struct glyphs *glyphs);
/* The cells that go with a set of glyphs. */
enum chart_cells chart_cells_of(const struct glyphs *glyphs);

/* The break-even curve: leaving it, and the other ways, with the crossing in words. */
void chart_curves(struct lines *lines, const struct curves *curves, int width, int height,
	enum chart_cells cells, const struct glyphs *glyphs);

#endif
