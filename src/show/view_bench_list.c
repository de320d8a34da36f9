#include "show/view_bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

enum { GAP = 2 };

/* Those of one probe are neighbours; a binding's cell is the same at every size. */
static const struct pick *cell_of(const struct picks *picks, size_t first,
	const struct binding *binding)
{
	size_t i;

	for (i = first; i < picks->n && picks->items[i].probe == picks->items[first].probe; i++) {
		if (picks->items[i].binding == binding)
			return &picks->items[i];
	}
	return NULL;
}

static int is_first(const struct picks *picks, size_t i)
{
	return i == 0 || picks->items[i - 1].probe != picks->items[i].probe;
}

static void add_sizes(struct lines *l, const struct picks *picks, size_t first)
{
	struct str text;
	long last = 0;
	size_t i;

	str_init(&text);
	for (i = first; i < picks->n && picks->items[i].probe == picks->items[first].probe; i++) {
		if (picks->items[i].n == last)
			continue;
		quantity_write_exact(&text, (double)picks->items[i].n, QUESTION_COUNT);
		lines_add(l, LOOK_HINT, "%s%s", last ? " " : "", str_text(&text));
		str_clear(&text);
		last = picks->items[i].n;
	}
	str_release(&text);
	if (picks->items[first].probe->reads)
		lines_add(l, LOOK_HINT, "%sreads %s", last ? ", " : "",
			reads_word(picks->items[first].probe->reads));
}

/* Those that do some of it, in the order of the picks. */
static const struct binding **columns_of(const struct picks *picks, size_t *n)
{
	const struct binding **columns = xcalloc(picks->n + 1, sizeof *columns);
	size_t i, k;

	for (*n = 0, i = 0; i < picks->n; i++) {
		for (k = 0; k < *n && columns[k] != picks->items[i].binding; k++)
			;
		if (k == *n && !picks->items[i].why)
			columns[(*n)++] = picks->items[i].binding;
	}
	return columns;
}

static void add_rows(struct lines *l, const struct picks *picks,
	const struct binding *const *columns, size_t n, int name)
{
	const char *group = "";
	size_t i, c;

	for (i = 0; i < picks->n; i++) {
		const struct probe *probe = picks->items[i].probe;

		if (!is_first(picks, i))
			continue;
		if (strcmp(probe->group, group) != 0) {
			group = probe->group;
			lines_begin(l, 0, 0);
			lines_add(l, LOOK_HEAD, "%s", group);
		}
		lines_begin(l, 2, 2 + name);
		lines_add(l, LOOK_PLAIN, "%-*s", name, probe->id);
		for (c = 0; c < n; c++) {
			const struct pick *pick = cell_of(picks, i, columns[c]);

			lines_add(l, pick && !pick->why ? LOOK_GOOD : LOOK_HINT, "%*s",
				GAP + str_width(columns[c]->id),
				!pick ? "" : pick->why ? "-" : "yes");
		}
		lines_add(l, LOOK_PLAIN, "  ");
		add_sizes(l, picks, i);
	}
}

static int same_reason(const struct pick *a, const struct pick *b)
{
	return b->why && strcmp(a->why, b->why) == 0;
}

static void add_word(struct lines *l, const char *word, size_t *n)
{
	lines_add(l, LOOK_PLAIN, "%s%s", *n ? ", " : "", word);
	++*n;
}

/* A reason with the bindings and the operations it is about, each once. */
static void add_reason(struct lines *l, const struct picks *picks, size_t i)
{
	const struct pick *pick = &picks->items[i];
	size_t k, j, n = 0;

	lines_begin(l, 2, 4);
	for (k = i; k < picks->n; k++) {
		for (j = i; j < k; j++) {
			if (picks->items[j].binding == picks->items[k].binding &&
				same_reason(pick, &picks->items[j]))
				break;
		}
		if (j == k && same_reason(pick, &picks->items[k]))
			add_word(l, picks->items[k].binding->id, &n);
	}
	if (pick->built) {
		lines_add(l, LOOK_HINT, ": %s%s%s", pick->why, pick->binding->cure ? "; " : "",
			pick->binding->cure ? pick->binding->cure : "");
		return;
	}
	lines_add(l, LOOK_PLAIN, ": ");
	for (n = 0, k = i; k < picks->n; k++) {
		for (j = i; j < k; j++) {
			if (picks->items[j].probe == picks->items[k].probe &&
				same_reason(pick, &picks->items[j]))
				break;
		}
		if (j == k && same_reason(pick, &picks->items[k]))
			add_word(l, picks->items[k].probe->id, &n);
	}
	lines_add(l, LOOK_HINT, ": %s", pick->why);
}

void view_bench_reasons(struct lines *l, const struct picks *picks)
{
	size_t i, k, shown = 0;

	for (i = 0; i < picks->n; i++) {
		const struct pick *pick = &picks->items[i];

		if (!pick->why)
			continue;
		for (k = 0; k < i && !(same_reason(pick, &picks->items[k]) &&
					    pick->built == picks->items[k].built); k++)
			;
		if (k < i)
			continue;
		if (!shown++)
			view_head(l, "Why some cells are empty");
		add_reason(l, picks, i);
	}
}

void view_bench_list(struct lines *l, const struct picks *picks, int width)
{
	const struct binding **columns;
	size_t n, i, from, to;
	int name = 0, used;

	columns = columns_of(picks, &n);
	for (i = 0; i < picks->n; i++) {
		used = str_width(picks->items[i].probe->id);
		name = used > name ? used : name;
	}
	for (from = 0; from < n; from = to) {
		/* Room for the longest list of sizes there is. */
		for (used = 2 + name + 24, to = from; to < n; to++) {
			used += GAP + str_width(columns[to]->id);
			if (to > from && used > width)
				break;
		}
		lines_gap(l);
		lines_begin(l, 2, 2);
		lines_add(l, LOOK_HEAD, "%-*s", name, "operation");
		for (i = from; i < to; i++)
			lines_add(l, LOOK_HEAD, "  %s", columns[i]->id);
		lines_add(l, LOOK_HEAD, "  sizes");
		add_rows(l, picks, columns + from, to - from, name);
	}
	free(columns);
	view_bench_reasons(l, picks);
}

void compared_write(const struct compared *c, struct str *out)
{
	if (c->after->reads && c->after->reads != READS_NAMES)
		str_addf(out, "%.6g -> %.6g %s", c->before->value.likely, c->after->value.likely,
			reads_word(c->after->reads));
	else if (!c->after->reads) {
		show_duration(out, c->before->ns.likely);
		str_add(out, " -> ");
		show_duration(out, c->after->ns.likely);
	}
}

void compared_ratio_write(const struct compared *c, struct str *out)
{
	str_addf(out, "%s%.2fx", c->apart ? "" : "~", c->ratio.likely);
	if (isfinite(c->ratio.high))
		str_addf(out, " (%.2f .. %.2fx)", c->ratio.low, c->ratio.high);
}

static void add_compared(struct lines *l, const struct compared *c, int name)
{
	struct str text;

	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "%-*s", name, c->after->id);
	str_init(&text);
	compared_write(c, &text);
	lines_add(l, LOOK_HINT, "  %-22s", str_text(&text));
	str_clear(&text);
	compared_ratio_write(c, &text);
	lines_add(l, !c->apart ? LOOK_HINT : c->ratio.likely > 1 ? LOOK_WARNING : LOOK_GOOD,
		"  %s", str_text(&text));
	str_release(&text);
}

void view_bench_compare(struct lines *l, const struct comparison *comparison, const char *name)
{
	size_t i, both = 0, only_before = 0, only_after = 0;
	int width = 0, own;
	char *title = xasprintf("Against %s", name);

	view_head(l, title);
	free(title);
	for (i = 0; i < comparison->n; i++) {
		const struct compared *c = &comparison->items[i];

		only_before += !c->after;
		only_after += !c->before;
		if (!c->before || !c->after)
			continue;
		both++;
		own = str_width(c->after->id);
		width = own > width ? own : width;
	}
	for (i = 0; i < comparison->n_notes; i++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "! %s", comparison->notes[i]);
	}
	if (!both) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "the two have no measurement in common");
	}
	for (i = 0; i < comparison->n; i++) {
		if (comparison->items[i].before && comparison->items[i].after)
			add_compared(l, &comparison->items[i], width);
	}
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_HINT, "new / old in its 95 %% interval, ~ not told apart; %zu compared, "
		"%zu only now, %zu only then", both, only_after, only_before);
}
