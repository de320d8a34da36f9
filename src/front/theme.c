#include "front/theme.h"

/*
 * Of the 256 colours those are taken that have about the same contrast, above
 * 4 to 1, to black and to white. Of the 8, blue cannot be read on black, and
 * yellow and cyan not on white.
 */
static const struct style styles[PALETTES][TONES] = {
	[PALETTE_MONO] = {
		[LOOK_PLAIN] = {-1, 0},
		[LOOK_TITLE] = {-1, STYLE_BOLD},
		[LOOK_HEAD] = {-1, STYLE_BOLD},
		[LOOK_VALUE] = {-1, STYLE_BOLD},
		[LOOK_HINT] = {-1, 0},
		[LOOK_GOOD] = {-1, STYLE_BOLD},
		[LOOK_WARNING] = {-1, STYLE_UNDERLINE},
		[TONE_SELECTED] = {-1, STYLE_REVERSE},
		[TONE_KEY] = {-1, STYLE_BOLD},
		[TONE_BAR] = {-1, STYLE_REVERSE},
		[TONE_FRAME] = {-1, 0},
		[TONE_FIELD] = {-1, STYLE_UNDERLINE},
	},
	[PALETTE_8] = {
		[LOOK_PLAIN] = {-1, 0},
		[LOOK_TITLE] = {-1, STYLE_BOLD},
		[LOOK_HEAD] = {-1, STYLE_BOLD},
		[LOOK_VALUE] = {-1, STYLE_BOLD},
		[LOOK_HINT] = {-1, STYLE_DIM},
		[LOOK_GOOD] = {2, STYLE_BOLD},
		[LOOK_WARNING] = {5, 0},
		[TONE_SELECTED] = {-1, STYLE_REVERSE},
		[TONE_KEY] = {-1, STYLE_BOLD},
		[TONE_BAR] = {-1, STYLE_REVERSE},
		[TONE_FRAME] = {-1, STYLE_DIM},
		[TONE_FIELD] = {-1, STYLE_UNDERLINE},
	},
	[PALETTE_256] = {
		[LOOK_PLAIN] = {-1, 0},
		[LOOK_TITLE] = {-1, STYLE_BOLD},
		[LOOK_HEAD] = {31, STYLE_BOLD},
		[LOOK_VALUE] = {31, 0},
		[LOOK_HINT] = {243, 0},
		[LOOK_GOOD] = {28, STYLE_BOLD},
		[LOOK_WARNING] = {130, 0},
		[TONE_SELECTED] = {-1, STYLE_REVERSE},
		[TONE_KEY] = {-1, STYLE_BOLD},
		[TONE_BAR] = {-1, STYLE_REVERSE},
		[TONE_FRAME] = {243, 0},
		[TONE_FIELD] = {-1, STYLE_UNDERLINE},
	},
};

static const char *const glyphs[GLYPHS][2] = {
	[GLYPH_DONE] = {"+", "\u2713"},
	[GLYPH_MEASURED] = {"*", "\u25c6"},
	[GLYPH_OPEN] = {".", "\u00b7"},
	[GLYPH_UNKNOWN] = {"?", "?"},
	[GLYPH_STALE] = {"!", "!"},
	[GLYPH_UNNEEDED] = {" ", " "},
	[GLYPH_VERTICAL] = {"|", "\u2502"},
	[GLYPH_HORIZONTAL] = {"-", "\u2500"},
	[GLYPH_FULL] = {"#", "\u2588"},
	[GLYPH_EMPTY] = {".", "\u2591"},
	[GLYPH_ON] = {"[x]", "[x]"},
	[GLYPH_OFF] = {"[ ]", "[ ]"},
	[GLYPH_MORE_ABOVE] = {"^", "\u2191"},
	[GLYPH_MORE_BELOW] = {"v", "\u2193"},
};

struct style theme_style(enum palette palette, enum tone tone)
{
	return styles[palette][tone];
}

const char *theme_glyph(int utf8, enum glyph glyph)
{
	return glyphs[glyph][utf8 != 0];
}
