/*
 * paint: lines of spans on the screen, in an area, from a line on; the parts
 * every screen has: the bar above, the rules, the keys below. Between show's
 * lines and term's cells; knows no session.
 */
#ifndef FFIADVISE_FRONT_PAINT_H
#define FFIADVISE_FRONT_PAINT_H

#include "front/keys.h"
#include "front/term.h"
#include "show/lines.h"

struct area {
	int row, column, rows, columns;
};

/* Lines that were wrapped for the area, from `top` on; those from..to - 1 as selected. */
void paint_lines(struct area area, const struct lines *lines, size_t top, size_t from, size_t to);
/* The same with a mark in the last column where there is more above or below. */
void paint_scrolled(struct area area, const struct lines *lines, size_t top, size_t from,
	size_t to);
/* The top to show lines from..to - 1 in so many rows, moved from `top` as little as can be. */
size_t paint_follow(size_t top, size_t rows, size_t n, size_t from, size_t to);
/* Text in a tone, cut with a sign when it is too wide. */
void paint_text(int row, int column, int width, enum tone tone, const char *text);
/* A field where it is typed, with the cursor. */
struct field;
void paint_field(int row, int column, int width, const struct field *field);
/* One of several lines in so many rows, those around the cursor; the cursor where it is typed
 * in. */
void paint_field_lines(int row, int column, int rows, int width, const struct field *field,
	int typed);
/* One row in reverse: left, and right where there is room. */
void paint_bar(const char *left, const char *right);
void paint_horizontal(int row, int column, int width);
void paint_vertical(int row, int column, int rows);
/* The keys of a context that have a label, as many as fit. */
void paint_keys(int row, enum context context);
/* Moves the lines of from behind those of to; from is empty then. */
void lines_take(struct lines *to, struct lines *from);

#endif
