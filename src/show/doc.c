#include "show/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void doc_init(struct doc *doc)
{
	memset(doc, 0, sizeof *doc);
}

void doc_release(struct doc *doc)
{
	size_t i, k;

	for (i = 0; i < doc->n; i++) {
		for (k = 0; k < doc->items[i].n; k++)
			free(doc->items[i].cells[k]);
		free(doc->items[i].cells);
		free(doc->items[i].text);
	}
	free(doc->items);
	doc_init(doc);
}

static char *shown(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

static char *shown(const char *fmt, va_list ap)
{
	struct str out;
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	str_init(&out);
	if (n > 0) {
		text = xmalloc((size_t)n + 1);
		vsnprintf(text, (size_t)n + 1, fmt, ap);
		str_add_shown(&out, text, (size_t)n);
		free(text);
	}
	return str_detach(&out);
}

static struct doc_block *add_block(struct doc *doc, enum doc_kind kind)
{
	struct doc_block *block;

	GROW(doc->items, doc->n, doc->cap);
	block = &doc->items[doc->n++];
	memset(block, 0, sizeof *block);
	block->kind = kind;
	return block;
}

void doc_add(struct doc *doc, enum doc_kind kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_block(doc, kind)->text = shown(fmt, ap);
	va_end(ap);
}

void doc_cell(struct doc *doc, const char *fmt, ...)
{
	struct doc_block *row = &doc->items[doc->n - 1];
	va_list ap;

	GROW(row->cells, row->n, row->cap);
	va_start(ap, fmt);
	row->cells[row->n++] = shown(fmt, ap);
	va_end(ap);
}

/* The mark that lines have before an item; a list has its own. */
static const char *without_mark(const char *text)
{
	while (*text == ' ')
		text++;
	return (text[0] == '-' || text[0] == '!') && text[1] == ' ' ? text + 2 : text;
}

void doc_lines(struct doc *doc, const struct lines *lines)
{
	struct str text;
	size_t i, k;
	int listed = 0;

	str_init(&text);
	for (i = 0; i < lines->n; i++) {
		const struct line *line = &lines->items[i];

		str_clear(&text);
		for (k = 0; k < line->n; k++)
			str_add(&text, line->spans[k].text);
		if (!text.len)
			continue;
		if (line->n == 1 && line->spans[0].look == LOOK_HEAD && !line->indent) {
			doc_add(doc, DOC_HEAD, "%s", str_text(&text));
			listed = 0;
			continue;
		}
		doc_add(doc, listed && line->indent > 2 ? DOC_NOTE : DOC_ITEM, "%s",
			without_mark(str_text(&text)));
		listed = 1;
	}
	str_release(&text);
}

void doc_code(struct doc *doc, const struct lines *lines)
{
	struct str text;

	str_init(&text);
	lines_write(lines, 0, &text);
	/* lines have shown what they hold; their ends are ends of lines. */
	add_block(doc, DOC_CODE)->text = str_detach(&text);
}
