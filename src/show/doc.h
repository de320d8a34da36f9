/*
 * doc: a report as a document: headings, texts, lists, tables, without a width.
 * Markdown and HTML are two ways to write it; both escape whatever stands in it, so
 * that no name of a function becomes markup. Text is made showable as it is added
 * (control characters become \xNN). Owns its text: doc_release().
 */
#ifndef FFIADVISE_SHOW_DOC_H
#define FFIADVISE_SHOW_DOC_H

#include <stddef.h>

#include "base/str.h"
#include "show/lines.h"

enum doc_kind {
	DOC_TITLE,   /* of the whole, once */
	DOC_HEAD,    /* of a function, or of a part of the whole */
	DOC_PART,    /* within a head */
	DOC_TEXT,
	DOC_STRONG,  /* what is to be seen first */
	DOC_WARNING,
	DOC_ITEM,    /* of a list */
	DOC_STEP,    /* of a numbered list */
	DOC_NOTE,    /* belongs to the item before it */
	DOC_CODE,    /* lines that stay as they are */
	DOC_TABLE,   /* text: 'l' or 'r' for each column; the first row is its head */
	DOC_ROW,
};

struct doc_block {
	enum doc_kind kind;
	char *text;
	char **cells; /* of a row */
	size_t n, cap;
};

struct doc {
	struct doc_block *items;
	size_t n, cap;
};

void doc_init(struct doc *doc);
void doc_release(struct doc *doc);
void doc_add(struct doc *doc, enum doc_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A cell of the row begun last. */
void doc_cell(struct doc *doc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Lines as blocks: headings stay so, the rest becomes items, indented ones notes. For lines
 * that are no table. */
void doc_lines(struct doc *doc, const struct lines *lines);
/* Lines as they are, for tables that have their columns already. */
void doc_code(struct doc *doc, const struct lines *lines);

/* GitHub's Markdown, for its tables. */
void doc_markdown(const struct doc *doc, struct str *out);
/* One file: no scripts, nothing from elsewhere, readable in light and dark. */
void doc_html(const struct doc *doc, struct str *out);

#endif
