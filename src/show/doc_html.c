#include "show/doc.h"

#include <string.h>

/* Colours of the system in light and dark; a table too wide for the page scrolls by itself. */
static const char style[] =
	":root{color-scheme:light dark;--dim:#595959;--line:#d0d0d0;--warn:#8a4b00}\n"
	"@media (prefers-color-scheme:dark){:root{--dim:#a6a6a6;--line:#4a4a4a;--warn:#f0b060}}\n"
	"body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1rem}\n"
	"h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem}\n"
	".strong{font-size:1.15rem;font-weight:600}\n"
	".note{color:var(--dim);font-size:.9rem;margin:0}\n"
	".warning{color:var(--warn)}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse}\n"
	"th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;"
	"border-bottom:1px solid var(--line)}\n"
	".r{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
	"pre{overflow-x:auto}\n";

static void put_text(struct str *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		case '\'':
			str_add(out, "&#39;");
			break;
		default:
			str_addc(out, *text);
		}
	}
}

static void put_row(struct str *out, const struct doc_block *row, const char *columns, int head)
{
	size_t i, n = strlen(columns);

	str_add(out, "<tr>");
	for (i = 0; i < row->n; i++) {
		str_addf(out, "<%s%s>", head ? "th" : "td",
			i < n && columns[i] == 'r' ? " class=\"r\"" : "");
		put_text(out, row->cells[i]);
		str_addf(out, "</%s>", head ? "th" : "td");
	}
	str_add(out, "</tr>\n");
}

/* What is open: a list with an item, or a table. */
struct page {
	struct str *out;
	enum doc_kind open; /* DOC_ITEM, DOC_STEP, DOC_TABLE; DOC_TITLE for nothing */
	int rows;
	const char *columns;
};

static void close_open(struct page *page)
{
	if (page->open == DOC_TABLE)
		str_add(page->out, page->rows > 1 ? "</tbody></table></div>\n" :
			page->rows ? "</thead></table></div>\n" : "</table></div>\n");
	else if (page->open != DOC_TITLE)
		str_addf(page->out, "</li>\n</%s>\n", page->open == DOC_ITEM ? "ul" : "ol");
	page->open = DOC_TITLE;
}

static void put_item(struct page *page, const struct doc_block *block)
{
	if (page->open != block->kind) {
		close_open(page);
		str_add(page->out, block->kind == DOC_ITEM ? "<ul>\n" : "<ol>\n");
		page->open = block->kind;
	} else {
		str_add(page->out, "</li>\n");
	}
	str_add(page->out, "<li>");
	put_text(page->out, block->text);
}

static void put_table_row(struct page *page, const struct doc_block *row)
{
	if (page->open != DOC_TABLE)
		return;
	str_add(page->out, page->rows == 0 ? "<thead>" : page->rows == 1 ? "</thead>\n<tbody>\n" : "");
	put_row(page->out, row, page->columns, page->rows == 0);
	page->rows++;
}

static void put_element(struct page *page, const struct doc_block *block)
{
	static const struct {
		const char *begin, *end;
	} tags[] = {
		[DOC_TITLE] = {"<h1>", "</h1>\n"}, [DOC_HEAD] = {"<h2>", "</h2>\n"},
		[DOC_PART] = {"<h3>", "</h3>\n"}, [DOC_TEXT] = {"<p>", "</p>\n"},
		[DOC_STRONG] = {"<p class=\"strong\">", "</p>\n"},
		[DOC_WARNING] = {"<p class=\"warning\">", "</p>\n"},
		[DOC_NOTE] = {"<p class=\"note\">", "</p>"}, [DOC_CODE] = {"<pre><code>",
			"</code></pre>\n"},
	};

	str_add(page->out, tags[block->kind].begin);
	put_text(page->out, block->text);
	str_add(page->out, tags[block->kind].end);
}

static void put_block(struct page *page, const struct doc_block *block)
{
	switch (block->kind) {
	case DOC_ITEM:
	case DOC_STEP:
		put_item(page, block);
		return;
	case DOC_TABLE:
		close_open(page);
		str_add(page->out, "<div class=\"wide\"><table>\n");
		page->open = DOC_TABLE;
		page->columns = block->text;
		page->rows = 0;
		return;
	case DOC_ROW:
		put_table_row(page, block);
		return;
	default:
		/* A note stays within its item. */
		if (block->kind != DOC_NOTE || page->open == DOC_TABLE)
			close_open(page);
		put_element(page, block);
	}
}

void doc_html(const struct doc *doc, struct str *out)
{
	struct page page = {out, DOC_TITLE, 0, ""};
	size_t i;

	str_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'unsafe-inline'\">\n<title>");
	put_text(out, doc->n ? doc->items[0].text : "");
	str_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
	for (i = 0; i < doc->n; i++)
		put_block(&page, &doc->items[i]);
	close_open(&page);
	str_add(out, "</body>\n</html>\n");
}
