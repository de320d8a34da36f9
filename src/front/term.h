/*
 * term: the screen and the keyboard, the only user of curses. A frame is drawn
 * whole (term_begin, term_put ..., term_end) and only what differs from the
 * one before goes to the terminal. The terminal is opened itself, so that
 * standard output stays free for the result, and is put back on every way out:
 * term_close(), suspension, a lack of memory, a crash.
 */
#ifndef FFIADVISE_FRONT_TERM_H
#define FFIADVISE_FRONT_TERM_H

#include <stdio.h>

#include "base/err.h"
#include "front/keys.h"
#include "front/theme.h"
#include "show/glyphs.h"

struct term_options {
	int no_color;
	int ascii;    /* ASCII glyphs, whatever the locale */
	int headless; /* no terminal: keys come from a script, LINES and COLUMNS say how large */
};

/* -1 when there is no terminal that can do it; the err says why, for one line. */
int term_open(const struct term_options *options, struct err *err);
/* Puts the terminal back; a second call does nothing. */
void term_close(void);
/* What to wait for; -1 when headless. */
int term_fd(void);
/*
 * The next key, PRESS_NONE when there is none now. PRESS_GONE when the
 * terminal is.
 */
int term_key(void);
/* True when the last key is part of a text that is pasted: no key somebody pressed. */
int term_is_pasted(void);
void term_size(int *rows, int *columns);
/* Another size, when headless. */
void term_resize(int rows, int columns);
int term_utf8(void);
const struct glyphs *term_glyphs(void);
/* Stops the process as ^Z does, with the terminal put back meanwhile. */
void term_suspend(void);
/* Everything anew at the next frame: somebody else wrote on the screen. */
void term_repaint(void);

void term_begin(void);
/* At most width columns of text, cut at whole characters; returns the columns it took. */
int term_put(int row, int column, int width, enum tone tone, const char *text);
/* The rest of a row in a tone. */
void term_fill(int row, int column, int width, enum tone tone);
/* The cursor is shown there when the frame ends; else it is hidden. */
void term_cursor(int row, int column);
void term_end(void);

/* The frame as text, a line for each row. */
void term_dump(FILE *file);

#endif
