/*
 * view_bench: what `bench` shows: the table of what was measured, operation and
 * size down, bindings across, which is drawn again and again while it is
 * measured; what there is to measure; and one run against another. Lines only.
 */
#ifndef FFIADVISE_SHOW_VIEW_BENCH_H
#define FFIADVISE_SHOW_VIEW_BENCH_H

#include "measure/compare.h"
#include "measure/picks.h"
#include "measure/store.h"
#include "show/doc.h"
#include "show/lines.h"

struct view_bench {
	const struct picks *picks;     /* of each of n interpreters; the same rows in all */
	const struct measurements *ms; /* of each */
	size_t n;
	int live;  /* it is still measured: a cell without a figure will get one */
	int utf8;  /* the half-width may be written as a plus-minus sign */
	int width; /* columns; bindings that do not fit stand in a table below */
};

void view_bench_table(struct lines *lines, const struct view_bench *view);
/* Why cells are empty that will stay so. */
void view_bench_reasons(struct lines *lines, const struct picks *picks);
/* What the marks of the table mean, as far as it has them, and these reasons. */
void view_bench_legend(struct lines *lines, const struct view_bench *view);
/* The groups, for who named none. */
void view_bench_groups(struct lines *lines, const struct probes *probes);
/* --list: operation down, bindings across, sizes; then the reason of each empty cell. */
void view_bench_list(struct lines *lines, const struct picks *picks, int width);
/* --compare: name is the file's. */
void view_bench_compare(struct lines *lines, const struct comparison *comparison, const char *name);

/* "3.13.0" of the k-th interpreter, or what else tells it from the others; the caller frees it. */
char *view_python_label(const struct measurements *ms, size_t n, size_t k);
/* What a comparison says of one measurement that both have: "31 ns -> 33 ns", and the ratio. */
void compared_write(const struct compared *compared, struct str *out);
void compared_ratio_write(const struct compared *compared, struct str *out);
/* The table as one of a document, however wide. */
void view_bench_cells(struct doc *doc, const struct view_bench *view);

/* The same as a document. comparison may be NULL. */
void bench_doc(struct doc *doc, const struct view_bench *view, const struct comparison *comparison,
	const char *name);
void bench_list_doc(struct doc *doc, const struct picks *picks);

/* The same as JSON. out gets a whole document. comparison may be NULL. */
void bench_list_json(const struct picks *picks, struct str *out);
void bench_json(const struct measurements *ms, size_t n, const struct comparison *comparison,
	const char *name, struct str *out);

#endif
