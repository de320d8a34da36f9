#include "show/view_bench.h"

#include "show/report.h"
#include "show/view_measured.h"

static void add_compared(struct doc *d, const struct compared *c)
{
	struct str s;

	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "%s", c->after->id);
	str_init(&s);
	compared_write(c, &s);
	doc_cell(d, "%s", str_text(&s));
	str_clear(&s);
	compared_ratio_write(c, &s);
	doc_cell(d, "%s", str_text(&s));
	str_release(&s);
}

static void add_comparison(struct doc *d, const struct comparison *c, const char *name)
{
	size_t i, both = 0;

	doc_add(d, DOC_HEAD, "Against %s", name);
	for (i = 0; i < c->n_notes; i++)
		doc_add(d, DOC_WARNING, "%s", c->notes[i]);
	for (i = 0; i < c->n; i++)
		both += c->items[i].before && c->items[i].after;
	if (!both) {
		doc_add(d, DOC_WARNING, "the two have no measurement in common");
		return;
	}
	doc_add(d, DOC_TABLE, "lrr");
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "measurement");
	doc_cell(d, "then and now");
	doc_cell(d, "new / old (95 %% interval), ~ not told apart");
	for (i = 0; i < c->n; i++) {
		if (c->items[i].before && c->items[i].after)
			add_compared(d, &c->items[i]);
	}
}

void bench_doc(struct doc *d, const struct view_bench *view, const struct comparison *comparison,
	const char *name)
{
	struct lines rest;
	size_t i;

	doc_add(d, DOC_TITLE, "ffiadvise bench");
	view_bench_cells(d, view);
	lines_init(&rest);
	view_bench_legend(&rest, view);
	doc_lines(d, &rest);
	lines_release(&rest);
	if (comparison)
		add_comparison(d, comparison, name);
	lines_init(&rest);
	for (i = 0; i < view->n; i++) {
		view_not_measured(&rest, &view->ms[i]);
		view_environment(&rest, &view->ms[i]);
	}
	doc_lines(d, &rest);
	lines_release(&rest);
}

void bench_list_doc(struct doc *d, const struct picks *picks)
{
	struct lines list;

	doc_add(d, DOC_TITLE, "ffiadvise bench --list");
	lines_init(&list);
	/* As wide as it gets: a document has no columns of its own to keep to. */
	view_bench_list(&list, picks, 1000);
	doc_code(d, &list);
	lines_release(&list);
}
