/*
 * theme: how a tone looks on the screen, as a table for each kind of
 * terminal, and the glyphs in UTF-8 and in ASCII. Plain numbers; only term
 * makes attributes of them. No background is set, so that light and dark ones
 * stay what they are, and a colour never is the only sign of anything.
 */
#ifndef FFIADVISE_FRONT_THEME_H
#define FFIADVISE_FRONT_THEME_H

#include "show/lines.h"

/* The looks of lines come first and keep their numbers. */
enum tone {
	TONE_PLAIN = LOOK_PLAIN,
	TONE_SELECTED = LOOKS, /* the line the cursor is on */
	TONE_KEY,              /* a key in the footer */
	TONE_BAR,              /* the first line of the screen */
	TONE_FRAME,            /* rules between panes */
	TONE_FIELD,            /* what is being typed */
	TONES
};

enum { STYLE_BOLD = 1, STYLE_DIM = 2, STYLE_REVERSE = 4, STYLE_UNDERLINE = 8 };

struct style {
	int colour; /* of the terminal's palette; -1: its own foreground */
	unsigned style;
};

enum palette { PALETTE_MONO, PALETTE_8, PALETTE_256, PALETTES };

struct style theme_style(enum palette palette, enum tone tone);

/* Signs of the session alone; those of reports are in show/glyphs. */
enum glyph {
	GLYPH_DONE,     /* answered */
	GLYPH_MEASURED, /* seen of the person's own call */
	GLYPH_OPEN,     /* not asked yet */
	GLYPH_UNKNOWN,  /* not known */
	GLYPH_STALE,    /* depends on an answer that was changed */
	GLYPH_UNNEEDED, /* not asked with the answers as they are */
	GLYPH_VERTICAL,
	GLYPH_HORIZONTAL,
	GLYPH_FULL,     /* of a bar */
	GLYPH_EMPTY,
	GLYPH_ON,       /* a choice that is taken */
	GLYPH_OFF,
	GLYPH_MORE_ABOVE,
	GLYPH_MORE_BELOW,
	GLYPHS
};

const char *theme_glyph(int utf8, enum glyph glyph);

#endif
