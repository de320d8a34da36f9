#include "show/view_bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/stats.h"
#include "show/view_measured.h"

enum { GAP = 2 };

/* One cell: the figure, and its ratio to Python's. */
struct cell {
	char *value, *ratio;
	enum look look;
};

struct grid {
	const struct pick **rows; /* one pick for each, whatever its binding */
	size_t n_rows, n;         /* each row n times, once for each interpreter */
	char **labels;            /* of these */
	int label_width;          /* 0: there is only one */
	const struct binding **columns;
	size_t n_columns;
	struct cell *cells; /* row by row */
	int *value_width, *ratio_width; /* of each column */
	int name_width, size_width;
	/* What there is in it, for the legend. */
	int bounds, ratios, ties;
};

static int same_row(const struct pick *a, const struct pick *b)
{
	return a->probe == b->probe && a->n == b->n;
}

static const struct measurement *figure_of(const struct measurements *m, const struct pick *row,
	const char *binding)
{
	const struct measurement *item = measurements_find(m, row->probe->id, binding, row->n);

	return item && (item->samples || item->n_values || item->source) ? item : NULL;
}

/* Three digits, as far as they mean something. */
static int decimals(double v)
{
	return v < 10 ? 2 : v < 100 ? 1 : 0;
}

static char *time_text(const struct view_bench *v, const struct measurement *item)
{
	double half = (item->ns.high - item->ns.low) / 2;
	int places = decimals(item->ns.likely);

	if (!isfinite(half) || item->upper_bound)
		return xasprintf("%s%.*f", item->upper_bound ? "<" : "", places, item->ns.likely);
	return xasprintf("%.*f %s%.*f", places, item->ns.likely, v->utf8 ? "\302\261" : "+-",
		half < 1 && places == 0 ? 1 : places, half);
}

/* A reading with its unit. */
static char *reading_text(const struct measurement *item)
{
	if (item->reads == READS_NAMES)
		return xasprintf("%zu name%s", item->n_names, item->n_names == 1 ? "" : "s");
	return xasprintf("%.6g %s", item->value.likely, reads_word(item->reads));
}

/* To Python's own; of several interpreters, to the first one's. */
static void fill_ratio(struct grid *g, struct cell *cell, const struct view_bench *v,
	const struct pick *row, const struct measurement *item)
{
	const struct measurement *python =
		figure_of(&v->ms[0], row, v->n > 1 ? item->binding : "python");
	struct str text;
	struct est ratio;
	int tie;

	if (!python || python == item || item->reads != READS_NOTHING || !(python->ns.likely > 0))
		return;
	ratio = stats_ratio(item, python, &tie);
	str_init(&text);
	if (tie)
		str_addc(&text, '~');
	str_addf(&text, ratio.likely < 0.095 ? "%.2gx" : ratio.likely < 9.95 ? "%.2fx" : "%.0fx",
		ratio.likely);
	cell->ratio = str_detach(&text);
	g->ratios = 1;
	g->ties |= tie;
}

static void fill_cell(struct grid *g, struct cell *cell, const struct view_bench *v,
	const struct pick *pick, const struct measurements *m)
{
	const struct measurement *item = pick->why ? NULL : figure_of(m, pick, pick->binding->id);
	const struct not_measured *missed;
	char *id;

	if (item) {
		cell->value = item->reads ? reading_text(item) : time_text(v, item);
		cell->look = item->upper_bound ? LOOK_WARNING : LOOK_VALUE;
		g->bounds |= item->upper_bound;
		fill_ratio(g, cell, v, pick, item);
		return;
	}
	id = measurement_id(pick->probe->id, pick->binding->id, pick->n);
	missed = measurements_missed(m, id);
	free(id);
	cell->look = missed && missed->failed ? LOOK_WARNING : LOOK_HINT;
	cell->value = xstrdup(missed && missed->failed ? "failed" :
		pick->why ? "-" : v->live ? "..." : "?");
}

static int digits(long n)
{
	int width = n ? 0 : -1;

	for (; n; n /= 10)
		width++;
	return width;
}

/* It can be measured in one of the interpreters. */
static int can_be_had(const struct view_bench *v, size_t i)
{
	size_t k;

	for (k = 0; k < v->n; k++) {
		if (!v->picks[k].items[i].why)
			return 1;
	}
	return 0;
}

/* Bindings by the catalog's order; those without any cell that could be filled are left out. */
static void find_columns(struct grid *g, const struct view_bench *v)
{
	const struct picks *picks = v->picks;
	size_t i, k, at;

	g->columns = xcalloc(picks->n + 1, sizeof *g->columns);
	for (i = 0; i < picks->n; i++) {
		const struct binding *binding = picks->items[i].binding;

		if (!can_be_had(v, i))
			continue;
		for (at = 0; at < g->n_columns && g->columns[at] < binding; at++)
			;
		if (at < g->n_columns && g->columns[at] == binding)
			continue;
		for (k = g->n_columns++; k > at; k--)
			g->columns[k] = g->columns[k - 1];
		g->columns[at] = binding;
	}
}

static size_t column_of(const struct grid *g, const struct binding *binding)
{
	size_t i;

	for (i = 0; i < g->n_columns && g->columns[i] != binding; i++)
		;
	return i;
}

static void find_rows(struct grid *g, const struct picks *picks)
{
	size_t i;
	int width;

	g->rows = xcalloc(picks->n + 1, sizeof *g->rows);
	for (i = 0; i < picks->n; i++) {
		const struct pick *pick = &picks->items[i];

		if (g->n_rows && same_row(g->rows[g->n_rows - 1], pick))
			continue;
		g->rows[g->n_rows++] = pick;
		width = str_width(pick->probe->id);
		g->name_width = width > g->name_width ? width : g->name_width;
		width = digits(pick->n);
		g->size_width = width > g->size_width ? width : g->size_width;
	}
}

static void widen(int *width, const char *text)
{
	int own = text ? str_width(text) : 0;

	*width = own > *width ? own : *width;
}

char *view_python_label(const struct measurements *ms, size_t n, size_t k)
{
	const char *version = ms[k].env.python ? ms[k].env.python : "";
	size_t i, same = 0;

	for (i = 0; i < n; i++)
		same += ms[i].env.python && strcmp(ms[i].env.python, version) == 0;
	/* As the environments are numbered in JSON. */
	return same > 1 ? xasprintf("%s e%zu", version, k) : xstrdup(version);
}

static void find_labels(struct grid *g, const struct view_bench *v)
{
	size_t k;

	g->labels = xcalloc(g->n + 1, sizeof *g->labels);
	for (k = 0; k < g->n; k++) {
		g->labels[k] = view_python_label(v->ms, v->n, k);
		if (g->n > 1)
			widen(&g->label_width, g->labels[k]);
	}
	g->label_width += g->n > 1 ? 1 : 0;
}

static void grid_make(struct grid *g, const struct view_bench *v)
{
	size_t i, c, k, row = 0;

	memset(g, 0, sizeof *g);
	g->n = v->n;
	find_columns(g, v);
	find_rows(g, v->picks);
	find_labels(g, v);
	g->cells = xcalloc(g->n_rows * g->n * g->n_columns + 1, sizeof *g->cells);
	g->value_width = xcalloc(g->n_columns + 1, sizeof *g->value_width);
	g->ratio_width = xcalloc(g->n_columns + 1, sizeof *g->ratio_width);
	for (i = 0; i < v->picks->n; i++) {
		const struct pick *pick = &v->picks->items[i];
		struct cell *cell;

		row += i && !same_row(g->rows[row], pick);
		c = column_of(g, pick->binding);
		if (c == g->n_columns)
			continue;
		for (k = 0; k < g->n; k++) {
			cell = &g->cells[(row * g->n + k) * g->n_columns + c];
			fill_cell(g, cell, v, &v->picks[k].items[i], &v->ms[k]);
			widen(&g->value_width[c], cell->value);
			widen(&g->ratio_width[c], cell->ratio);
		}
	}
}

static void grid_release(struct grid *g)
{
	size_t i;

	for (i = 0; i < g->n_rows * g->n * g->n_columns; i++) {
		free(g->cells[i].value);
		free(g->cells[i].ratio);
	}
	for (i = 0; i < g->n; i++)
		free(g->labels[i]);
	free(g->labels);
	free(g->cells);
	free(g->rows);
	free(g->columns);
	free(g->value_width);
	free(g->ratio_width);
}

static int column_width(const struct grid *g, size_t c)
{
	int width = g->value_width[c] + (g->ratio_width[c] ? 1 + g->ratio_width[c] : 0);
	int title = str_width(g->columns[c]->id);

	return GAP + (width > title ? width : title);
}

static void add_right(struct lines *l, enum look look, const char *text, int width)
{
	int pad = width - str_width(text);

	if (pad > 0)
		lines_add(l, LOOK_PLAIN, "%*s", pad, "");
	lines_add(l, look, "%s", text);
}

static void add_heads(struct lines *l, const struct grid *g, size_t from, size_t to)
{
	size_t c;

	lines_begin(l, 0, 0);
	lines_add(l, LOOK_HEAD, "%-*s", g->name_width + g->size_width + g->label_width + 1, "ns");
	for (c = from; c < to; c++)
		add_right(l, LOOK_HEAD, g->columns[c]->id, column_width(g, c));
}

static void add_row(struct lines *l, const struct grid *g, size_t row, size_t python, size_t from,
	size_t to)
{
	const struct pick *pick = g->rows[row];
	char *size = pick->n ? xasprintf("%ld", pick->n) : xstrdup("");
	int fresh = !python && (!row || g->rows[row - 1]->probe != pick->probe);
	size_t c;

	lines_begin(l, 0, 2);
	/* An operation is named once, above its sizes. */
	lines_add(l, LOOK_PLAIN, "%-*s ", g->name_width, fresh ? pick->probe->id : "");
	add_right(l, LOOK_HINT, python ? "" : size, g->size_width);
	if (g->label_width)
		add_right(l, LOOK_PLAIN, g->labels[python], g->label_width);
	for (c = from; c < to; c++) {
		const struct cell *cell = &g->cells[(row * g->n + python) * g->n_columns + c];
		int ratio = g->ratio_width[c] ? 1 + g->ratio_width[c] : 0;

		add_right(l, cell->look, cell->value ? cell->value : "", column_width(g, c) - ratio);
		if (ratio)
			add_right(l, LOOK_HINT, cell->ratio ? cell->ratio : "", ratio);
	}
	free(size);
}

void view_bench_table(struct lines *l, const struct view_bench *v)
{
	struct grid g;
	size_t from, to, row, k;
	int width;

	grid_make(&g, v);
	for (from = 0; from < g.n_columns; from = to) {
		width = g.name_width + 1 + g.size_width + g.label_width;
		for (to = from; to < g.n_columns; to++) {
			width += column_width(&g, to);
			if (to > from && width > v->width)
				break;
		}
		lines_gap(l);
		add_heads(l, &g, from, to);
		for (row = 0; row < g.n_rows; row++) {
			for (k = 0; k < g.n; k++)
				add_row(l, &g, row, k, from, to);
		}
	}
	grid_release(&g);
}

void view_bench_cells(struct doc *d, const struct view_bench *v)
{
	struct str columns;
	struct grid g;
	size_t row, k, c;

	grid_make(&g, v);
	str_init(&columns);
	str_add(&columns, g.n > 1 ? "lrl" : "lr");
	for (c = 0; c < g.n_columns; c++)
		str_addc(&columns, 'r');
	doc_add(d, DOC_TABLE, "%s", str_text(&columns));
	str_release(&columns);
	doc_add(d, DOC_ROW, "%s", "");
	doc_cell(d, "operation");
	doc_cell(d, "size");
	if (g.n > 1)
		doc_cell(d, "Python");
	for (c = 0; c < g.n_columns; c++)
		doc_cell(d, "%s", g.columns[c]->id);
	for (row = 0; row < g.n_rows * g.n; row++) {
		k = row % g.n;
		doc_add(d, DOC_ROW, "%s", "");
		doc_cell(d, "%s", g.rows[row / g.n]->probe->id);
		if (g.rows[row / g.n]->n)
			doc_cell(d, "%ld", g.rows[row / g.n]->n);
		else
			doc_cell(d, "%s", "");
		if (g.n > 1)
			doc_cell(d, "%s", g.labels[k]);
		for (c = 0; c < g.n_columns; c++) {
			const struct cell *cell = &g.cells[row * g.n_columns + c];

			doc_cell(d, "%s%s%s", cell->value ? cell->value : "", cell->ratio ? ", " : "",
				cell->ratio ? cell->ratio : "");
		}
	}
	grid_release(&g);
}

/* Bindings that the first interpreter has and another has not. */
static void add_other_reasons(struct lines *l, const struct view_bench *v)
{
	const struct binding *last;
	const struct pick *pick;
	char *label;
	size_t k, i, b;

	for (k = 1; k < v->n; k++) {
		label = view_python_label(v->ms, v->n, k);
		for (last = NULL, b = 0; b < v->picks[k].n; b++) {
			for (i = 0; i < b && v->picks[k].items[i].binding != v->picks[k].items[b].binding; i++)
				;
			pick = &v->picks[k].items[b];
			if (i < b || !pick->why || !pick->built || v->picks[0].items[b].why)
				continue;
			if (!last)
				view_head(l, "Missing elsewhere");
			last = pick->binding;
			lines_begin(l, 2, 4);
			lines_add(l, LOOK_PLAIN, "%s in %s", last->id, label);
			lines_add(l, LOOK_HINT, ": %s", pick->why);
		}
		free(label);
	}
}

void view_bench_legend(struct lines *l, const struct view_bench *v)
{
	struct grid g;

	grid_make(&g, v);
	lines_gap(l);
	lines_begin(l, 0, 2);
	lines_add(l, LOOK_HINT, "ns for one execution, %s half the width of the 95 %% interval",
		v->utf8 ? "\302\261" : "+-");
	if (g.ratios) {
		lines_begin(l, 0, 2);
		lines_add(l, LOOK_HINT, "x: times what it takes in Python %s%s",
			v->n > 1 ? g.labels[0] : "itself", g.ties ? "; ~ not told apart" : "");
	}
	if (g.bounds) {
		lines_begin(l, 0, 2);
		lines_add(l, LOOK_WARNING, "<: an upper bound; there were too few quiet moments, or "
			"there was too little time (--budget)");
	}
	grid_release(&g);
	view_bench_reasons(l, v->picks);
	add_other_reasons(l, v);
}

void view_bench_groups(struct lines *l, const struct probes *probes)
{
	size_t i, k, n = 0;

	view_head(l, "There is more");
	lines_begin(l, 2, 2);
	lines_add(l, LOOK_PLAIN, "ffiadvise bench with one of:");
	for (i = 0; i < probes->n; i++) {
		for (k = 0; k < i && strcmp(probes->items[k].group, probes->items[i].group); k++)
			;
		if (k == i)
			lines_add(l, LOOK_VALUE, "%s%s", n++ ? ", " : " ", probes->items[i].group);
	}
	lines_add(l, LOOK_PLAIN, "; '*' is all of it; --list says what is in them");
}
