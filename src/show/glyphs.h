/*
 * glyphs: the few signs that are no letters, in two sets: UTF-8, and ASCII for
 * locales and terminals that have no other. The front end knows which one serves
 * and passes it to whatever fills lines. Constant; nothing to free.
 */
#ifndef FFIADVISE_SHOW_GLYPHS_H
#define FFIADVISE_SHOW_GLYPHS_H

#include "base/str.h"
#include "show/lines.h"

struct glyphs {
	const char *selected;  /* before the row the keys go to */
	const char *chosen;    /* before what is advised */
	const char *excluded;  /* before what the answers rule out */
	const char *more;      /* where a text is cut off */
	const char *arrow;     /* from one value to another */
	const char *changed;   /* before what is not as it was */
	const char *bar[9];    /* a cell from empty to full in eighths; ASCII has two steps */
	const char *from, *to, *through, *at; /* an interval: its ends, between, the likely value */
	const char *lead;      /* leads the eye from a name to what belongs to it */
	const char *across, *up, *corner, *tick; /* the axes of a chart */
	const char *cross;     /* where two curves meet */
	int braille;           /* a chart may use braille cells, else one sign a cell */
};

extern const struct glyphs glyphs_utf8, glyphs_ascii;

/* Adds a bar of share (0..1) times columns; something more than nothing is never nothing. */
void glyphs_bar(const struct glyphs *glyphs, struct str *out, double share, int columns);
/* Adds text cut to that many columns, with the sign for it where it is cut. */
void glyphs_cut(const struct glyphs *glyphs, struct str *out, const char *text, int columns);
/* Moves the first lines of from to the end of to, most at most; the last one says when it
 * is cut, within width columns. from is empty afterwards. */
void glyphs_take(const struct glyphs *glyphs, struct lines *to, struct lines *from, size_t most,
	int width);

#endif
