#include "show/glyphs.h"

#include <math.h>

const struct glyphs glyphs_utf8 = {
	.selected = "▸", .chosen = "★", .excluded = "✗", .more = "…", .arrow = "→", .changed = "●",
	.bar = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
	.from = "├", .to = "┤", .through = "─", .at = "●", .lead = "·",
	.across = "─", .up = "│", .corner = "└", .tick = "┴", .cross = "╳",
	.braille = 1,
};

const struct glyphs glyphs_ascii = {
	.selected = ">", .chosen = "*", .excluded = "x", .more = "~", .arrow = "->", .changed = "*",
	.bar = {"", "", "", "", "#", "#", "#", "#", "#"},
	.from = "|", .to = "|", .through = "-", .at = "o", .lead = ".",
	.across = "-", .up = "|", .corner = "+", .tick = "+", .cross = "X",
};

void glyphs_bar(const struct glyphs *glyphs, struct str *out, double share, int columns)
{
	int eighths = (int)lround(fmin(fmax(share, 0), 1) * columns * 8);

	if (share > 0 && !glyphs->bar[eighths < 8 ? eighths : 8][0]) {
		/* Less than the least sign there is. */
		for (eighths = 1; !glyphs->bar[eighths][0]; eighths++)
			;
	}
	for (; eighths >= 8; eighths -= 8)
		str_add(out, glyphs->bar[8]);
	str_add(out, glyphs->bar[eighths]);
}

void glyphs_cut(const struct glyphs *glyphs, struct str *out, const char *text, int columns)
{
	if (str_width(text) <= columns) {
		str_add(out, text);
		return;
	}
	columns -= str_width(glyphs->more);
	if (columns > 0)
		str_addn(out, text, str_fit(text, columns));
	str_add(out, glyphs->more);
}

void glyphs_take(const struct glyphs *glyphs, struct lines *to, struct lines *from, size_t most,
	int width)
{
	size_t i;

	for (i = 0; i < from->n && i < most; i++)
		lines_move(to, &from->items[i]);
	if (most && from->n > most)
		lines_end_with(to, glyphs->more, width);
	lines_release(from);
}
