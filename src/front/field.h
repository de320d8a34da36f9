/*
 * field: text while it is typed, one line or several: UTF-8, a cursor, and how
 * much of it fits where it is shown. Owns its text.
 */
#ifndef FFIADVISE_FRONT_FIELD_H
#define FFIADVISE_FRONT_FIELD_H

#include "base/str.h"

enum { FIELD_MOST = 1000 }; /* bytes */

struct field {
	struct str text;
	size_t at;   /* the cursor, in bytes */
	int touched; /* something was typed since it was set */
	int fresh;   /* no key came since it was set: what is typed takes its place */
	size_t most; /* bytes it may hold */
};

void field_init(struct field *field);
void field_release(struct field *field);
/* Puts text in, the cursor behind it. */
void field_set(struct field *field, const char *text);
/* 1 when the key was one that edits. */
int field_press(struct field *field, int press);
/* Begins a new line at the cursor. */
void field_break(struct field *field);
/* To the line before (-1) or after (1), in the same place as far as it goes; 0: there is none. */
int field_line(struct field *field, int by);
/* Where to begin in the cursor's line so that it is seen in so many columns, and its column
 * there. */
size_t field_view(const struct field *field, int width, int *column);

#endif
