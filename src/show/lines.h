/*
 * lines: what is shown, as lines of spans with roles: a title, a hint, a
 * value, a warning. No terminal and no I/O in here: a front end maps roles to
 * attributes, a test reads the plain text. Every text added is made showable
 * (control characters become \xNN). Owns its text: lines_release().
 */
#ifndef FFIADVISE_SHOW_LINES_H
#define FFIADVISE_SHOW_LINES_H

#include <stddef.h>

#include "base/str.h"

enum look { LOOK_PLAIN, LOOK_TITLE, LOOK_HEAD, LOOK_VALUE, LOOK_HINT, LOOK_GOOD, LOOK_WARNING, LOOKS };

struct span {
	enum look look;
	char *text;
};

struct line {
	int indent;  /* columns before the first span */
	int hanging; /* columns before continuation lines when it is wrapped */
	struct span *spans;
	size_t n, cap;
};

struct lines {
	struct line *items;
	size_t n, cap;
};

void lines_init(struct lines *lines);
void lines_release(struct lines *lines);
/* Begins a line; what is added next goes there. */
void lines_begin(struct lines *lines, int indent, int hanging);
void lines_add(struct lines *lines, enum look look, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Fills the line with spaces up to a column (at least one space). */
void lines_tab(struct lines *lines, int column);
/* An empty line, unless there is one already. */
void lines_gap(struct lines *lines);
/* Breaks lines at spaces so that none is wider than width columns (at least 20). */
void lines_wrap(struct lines *lines, int width);
/* Moves a line to the end of to; what is left of it is empty. */
void lines_move(struct lines *to, struct line *line);
/* Puts end at the end of the last line, which is cut so that it has room within width. */
void lines_end_with(struct lines *lines, const char *end, int width);
/* Columns the last line takes so far. */
int lines_column(const struct lines *lines);
/* As text; colour puts ANSI attributes for the looks. */
void lines_write(const struct lines *lines, int colour, struct str *out);

#endif
