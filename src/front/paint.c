#include "front/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "front/field.h"

static const char *glyph(enum glyph g)
{
	return theme_glyph(term_utf8(), g);
}

static void paint_line(int row, struct area area, const struct line *line, int selected)
{
	int column = area.column + line->indent, end = area.column + area.columns;
	size_t i;

	if (selected)
		term_fill(row, area.column, area.columns, TONE_SELECTED);
	for (i = 0; i < line->n && column < end; i++)
		column += term_put(row, column, end - column,
			selected ? TONE_SELECTED : (enum tone)line->spans[i].look,
			line->spans[i].text);
}

void paint_lines(struct area area, const struct lines *lines, size_t top, size_t from, size_t to)
{
	int row;

	for (row = 0; row < area.rows && top + (size_t)row < lines->n; row++) {
		size_t i = top + (size_t)row;

		paint_line(area.row + row, area, &lines->items[i], i >= from && i < to);
	}
}

void paint_scrolled(struct area area, const struct lines *lines, size_t top, size_t from, size_t to)
{
	int last = area.column + area.columns - 1;
	struct area inner = area;

	inner.columns -= 2;
	paint_lines(inner, lines, top, from, to);
	if (top > 0)
		term_put(area.row, last, 1, TONE_FRAME, glyph(GLYPH_MORE_ABOVE));
	if (top + (size_t)area.rows < lines->n)
		term_put(area.row + area.rows - 1, last, 1, TONE_FRAME, glyph(GLYPH_MORE_BELOW));
}

size_t paint_follow(size_t top, size_t rows, size_t n, size_t from, size_t to)
{
	if (to > top + rows)
		top = to - rows;
	if (from < top)
		top = from;
	if (top + rows > n)
		top = n > rows ? n - rows : 0;
	return top;
}

void paint_text(int row, int column, int width, enum tone tone, const char *text)
{
	if (width <= 0)
		return;
	if (str_width(text) <= width) {
		term_put(row, column, width, tone, text);
		return;
	}
	column += term_put(row, column, width - 1, tone, text);
	term_put(row, column, 1, tone, term_glyphs()->more);
}

void paint_field(int row, int column, int width, const struct field *field)
{
	int at;
	size_t from = field_view(field, width, &at);

	term_fill(row, column, width, TONE_FIELD);
	term_put(row, column, width, field->fresh ? TONE_SELECTED : TONE_FIELD,
		str_text(&field->text) + from);
	term_cursor(row, column + at);
}

static int line_of_cursor(const struct field *field)
{
	int line = 0;
	size_t i;

	for (i = 0; i < field->at; i++)
		line += str_text(&field->text)[i] == '\n';
	return line;
}

void paint_field_lines(int row, int column, int rows, int width, const struct field *field,
	int typed)
{
	int here = line_of_cursor(field), top = here < rows ? 0 : here - rows + 1, line = 0, at;
	size_t from = field_view(field, width, &at), length;
	const char *text = str_text(&field->text);
	struct str part;

	str_init(&part);
	for (;; text += length + 1, line++) {
		length = strcspn(text, "\n");
		if (line >= top && line < top + rows) {
			str_clear(&part);
			str_addn(&part, text, length);
			if (typed)
				term_fill(row + line - top, column, width, TONE_FIELD);
			if (line == here && typed)
				term_put(row + line - top, column, width, TONE_FIELD,
					str_text(&part) +
						((size_t)(str_text(&field->text) + from - text)));
			else
				paint_text(row + line - top, column, width, typed ? TONE_FIELD :
					(enum tone)LOOK_VALUE, str_text(&part));
		}
		if (!text[length])
			break;
	}
	str_release(&part);
	if (typed)
		term_cursor(row + here - top, column + at);
}

void paint_bar(const char *left, const char *right)
{
	int rows, columns, width = str_width(right);

	term_size(&rows, &columns);
	term_fill(0, 0, columns, TONE_BAR);
	paint_text(0, 1, columns - 2, TONE_BAR, left);
	if (str_width(left) + width + 4 <= columns)
		term_put(0, columns - width - 1, width, TONE_BAR, right);
}

void paint_horizontal(int row, int column, int width)
{
	int i;

	for (i = 0; i < width; i++)
		term_put(row, column + i, 1, TONE_FRAME, glyph(GLYPH_HORIZONTAL));
}

void paint_vertical(int row, int column, int rows)
{
	int i;

	for (i = 0; i < rows; i++)
		term_put(row + i, column, 1, TONE_FRAME, glyph(GLYPH_VERTICAL));
}

void paint_keys(int row, enum context context)
{
	int rows, columns, column = 1, need, reserved;
	const struct binding_key *leave = NULL;
	size_t i;

	term_size(&rows, &columns);
	/* How to leave is always there, at the end. */
	for (i = 0; i < key_table_n; i++) {
		if (key_table[i].action == ACTION_QUIT && key_table[i].contexts & context)
			leave = &key_table[i];
	}
	reserved = leave ? (int)(strlen(leave->keys) + strlen(leave->label)) + 1 : 8;
	for (i = 0; i < key_table_n; i++) {
		const struct binding_key *key = &key_table[i];

		if (!(key->contexts & context) || !key->label || key == leave)
			continue;
		need = (int)(strlen(key->keys) + strlen(key->label)) + 1;
		if (column + need + 2 + reserved > columns)
			continue;
		column += term_put(row, column, columns, TONE_KEY, key->keys) + 1;
		column += term_put(row, column, columns, (enum tone)LOOK_HINT, key->label) + 2;
	}
	column += term_put(row, column, columns, TONE_KEY, leave ? leave->keys : "^C") + 1;
	term_put(row, column, columns - column, (enum tone)LOOK_HINT, leave ? leave->label : "leave");
}

void lines_take(struct lines *to, struct lines *from)
{
	size_t i;

	for (i = 0; i < from->n; i++) {
		GROW(to->items, to->n, to->cap);
		to->items[to->n++] = from->items[i];
	}
	free(from->items);
	lines_init(from);
}
