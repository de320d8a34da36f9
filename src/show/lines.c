#include "show/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Bold, dim and three of the terminal's own colours, no background. */
static const char *const attributes[LOOKS] = {
	[LOOK_PLAIN] = "",
	[LOOK_TITLE] = "\033[1m",
	[LOOK_HEAD] = "\033[1m",
	[LOOK_VALUE] = "\033[36m",
	[LOOK_HINT] = "\033[2m",
	[LOOK_GOOD] = "\033[32m",
	[LOOK_WARNING] = "\033[33m",
};

void lines_init(struct lines *lines)
{
	memset(lines, 0, sizeof *lines);
}

static void line_release(struct line *line)
{
	size_t i;

	for (i = 0; i < line->n; i++)
		free(line->spans[i].text);
	free(line->spans);
}

void lines_release(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++)
		line_release(&lines->items[i]);
	free(lines->items);
	lines_init(lines);
}

void lines_begin(struct lines *lines, int indent, int hanging)
{
	struct line *line;

	GROW(lines->items, lines->n, lines->cap);
	line = &lines->items[lines->n++];
	memset(line, 0, sizeof *line);
	line->indent = indent;
	line->hanging = hanging;
}

static void line_add(struct line *line, enum look look, char *text)
{
	GROW(line->spans, line->n, line->cap);
	line->spans[line->n].look = look;
	line->spans[line->n++].text = text;
}

void lines_add(struct lines *lines, enum look look, const char *fmt, ...)
{
	struct str shown;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	str_init(&shown);
	if (n > 0) {
		char *buf = xmalloc((size_t)n + 1);

		va_start(ap, fmt);
		vsnprintf(buf, (size_t)n + 1, fmt, ap);
		va_end(ap);
		str_add_shown(&shown, buf, (size_t)n);
		free(buf);
	}
	line_add(&lines->items[lines->n - 1], look, str_detach(&shown));
}

static int line_width(const struct line *line)
{
	int width = line->indent;
	size_t i;

	for (i = 0; i < line->n; i++)
		width += str_width(line->spans[i].text);
	return width;
}

int lines_column(const struct lines *lines)
{
	return line_width(&lines->items[lines->n - 1]);
}

void lines_tab(struct lines *lines, int column)
{
	int n = column - lines_column(lines);

	lines_add(lines, LOOK_PLAIN, "%*s", n > 0 ? n : 1, "");
}

void lines_gap(struct lines *lines)
{
	if (lines->n && lines->items[lines->n - 1].n)
		lines_begin(lines, 0, 0);
}

/* The bytes of the first word of text and the spaces before it. */
static size_t word_length(const char *text)
{
	size_t n = strspn(text, " ");

	return n + strcspn(text + n, " ");
}

/*
 * The bytes of text that fit into so many columns: at least one character. A
 * word longer than a whole line is cut; that happens to ids and file names.
 */
static size_t fit(const char *text, size_t length, int columns)
{
	size_t n = str_fit(text, columns);

	if (n == 0) {
		for (n = 1; ((unsigned char)text[n] & 0xc0) == 0x80;)
			n++;
	}
	return n < length ? n : length;
}

static void wrap_line(struct lines *out, const struct line *line, int width)
{
	int column = line->indent, fresh = 1, room;
	size_t i, n, spaces;
	const char *text;
	struct str word;

	lines_begin(out, line->indent, line->hanging);
	str_init(&word);
	for (i = 0; i < line->n; i++) {
		text = line->spans[i].text;
		while (*text) {
			n = word_length(text);
			str_clear(&word);
			str_addn(&word, text, n);
			if (!fresh && column + str_width(str_text(&word)) > width) {
				spaces = strspn(text, " ");
				text += spaces;
				n -= spaces;
				lines_begin(out, line->hanging, line->hanging);
				column = line->hanging;
				if (n == 0)
					continue;
			}
			room = width - column > 8 ? width - column : 8;
			n = fit(text, n, room);
			str_clear(&word);
			str_addn(&word, text, n);
			column += str_width(str_text(&word));
			line_add(&out->items[out->n - 1], line->spans[i].look,
				xstrdup(str_text(&word)));
			text += n;
			fresh = 0;
		}
	}
	str_release(&word);
}

void lines_move(struct lines *to, struct line *line)
{
	GROW(to->items, to->n, to->cap);
	to->items[to->n++] = *line;
	memset(line, 0, sizeof *line);
}

void lines_end_with(struct lines *lines, const char *end, int width)
{
	struct line *line = &lines->items[lines->n - 1];
	int room = width - str_width(end) - line->indent;
	size_t i, n;

	for (i = 0; i < line->n; i++) {
		n = str_fit(line->spans[i].text, room > 0 ? room : 0);
		line->spans[i].text[n] = '\0';
		room -= str_width(line->spans[i].text);
	}
	line_add(line, LOOK_HINT, xstrdup(end));
}

void lines_wrap(struct lines *lines, int width)
{
	struct lines out;
	size_t i;

	lines_init(&out);
	for (i = 0; i < lines->n; i++) {
		if (line_width(&lines->items[i]) > width)
			wrap_line(&out, &lines->items[i], width < 20 ? 20 : width);
		else
			lines_move(&out, &lines->items[i]);
	}
	lines_release(lines);
	*lines = out;
}

void lines_write(const struct lines *lines, int colour, struct str *out)
{
	size_t i, k;

	for (i = 0; i < lines->n; i++) {
		const struct line *line = &lines->items[i];

		if (line->n)
			str_addf(out, "%*s", line->indent, "");
		for (k = 0; k < line->n; k++) {
			const char *on = colour ? attributes[line->spans[k].look] : "";

			str_addf(out, "%s%s%s", on, line->spans[k].text, *on ? "\033[0m" : "");
		}
		/* Padding at the end of a line is nobody's. */
		while (out->len && out->s[out->len - 1] == ' ')
			out->s[--out->len] = '\0';
		str_addc(out, '\n');
	}
}
