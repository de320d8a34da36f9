#include "show/screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_advice.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

/* Two columns need so much; with less, one value stands below the other. */
enum { LABEL = 13, SIDE_BY_SIDE_FROM = 70, COLUMNS_GAP = 2 };

/* One line of the comparison: what is compared, and how it is written of one advice. */
struct compared {
	const char *label;
	void (*write)(const struct advice *a, struct str *out);
};

static void write_verdict(const struct advice *a, struct str *out)
{
	char *sentence = advice_sentence(a);

	str_add(out, sentence);
	free(sentence);
}

static void write_option(const struct advice *a, struct str *out)
{
	str_add(out, a->option->id);
}

static void write_time(const struct advice *a, struct str *out)
{
	show_duration_est(out, a->option->time_after);
}

static void write_speedup(const struct advice *a, struct str *out)
{
	show_factor_est(out, a->option->speedup);
}

static void write_program(const struct advice *a, struct str *out)
{
	show_factor_est(out, a->option->program_speedup);
}

static void write_memory(const struct advice *a, struct str *out)
{
	quantity_write(out, a->option->memory.likely, QUESTION_SIZE);
}

static void write_goal(const struct advice *a, struct str *out)
{
	if (!advice_goal_write(a, out))
		str_add(out, "none");
}

static void write_confidence(const struct advice *a, struct str *out)
{
	str_add(out, confidence_word(a->confidence));
}

static const struct compared compared[] = {
	{"verdict", write_verdict}, {"option", write_option}, {"a call", write_time},
	{"speed-up", write_speedup}, {"program", write_program}, {"memory", write_memory},
	{"goal", write_goal}, {"confidence", write_confidence},
};

/* Adds text wrapped to a column of its own. */
static void cell(struct lines *l, const char *text, enum look look, int width)
{
	lines_init(l);
	lines_begin(l, 0, 0);
	lines_add(l, look, "%s", text);
	lines_wrap(l, width);
}

static void add_cell_line(struct lines *to, struct lines *cell_lines, size_t i)
{
	size_t k;

	if (i >= cell_lines->n)
		return;
	for (k = 0; k < cell_lines->items[i].n; k++)
		lines_add(to, cell_lines->items[i].spans[k].look, "%s",
			cell_lines->items[i].spans[k].text);
}

static void add_pair(struct lines *l, const struct screen *screen, const char *label,
	const char *before, const char *after, int differs)
{
	int width = (screen->width - LABEL - 2 - COLUMNS_GAP) / 2;
	enum look look = differs ? LOOK_VALUE : LOOK_PLAIN;
	struct lines left, right;
	size_t i;

	cell(&left, before, LOOK_PLAIN, width);
	cell(&right, after, look, width);
	for (i = 0; i < left.n || i < right.n; i++) {
		lines_begin(l, 0, 0);
		lines_add(l, LOOK_VALUE, "%s", !i && differs ? screen->glyphs->changed : " ");
		lines_add(l, LOOK_HINT, " %s", i ? "" : label);
		lines_tab(l, 2 + LABEL);
		add_cell_line(l, &left, i);
		if (i < right.n)
			lines_tab(l, 2 + LABEL + width + COLUMNS_GAP);
		add_cell_line(l, &right, i);
	}
	lines_release(&left);
	lines_release(&right);
}

static void add_stacked(struct lines *l, const struct screen *screen, const char *label,
	const char *before, const char *after, int differs)
{
	lines_begin(l, 0, 4);
	lines_add(l, LOOK_VALUE, "%s ", differs ? screen->glyphs->changed : " ");
	lines_add(l, LOOK_HINT, "%s: ", label);
	lines_add(l, LOOK_PLAIN, "%s", before);
	if (!differs)
		return;
	lines_add(l, LOOK_HINT, " %s ", screen->glyphs->arrow);
	lines_add(l, LOOK_VALUE, "%s", after);
}

static void add_answer(struct lines *l, const struct screen *screen, const struct question *q,
	const char *name, const struct value *before, const struct value *after)
{
	struct str a, b;

	str_init(&a);
	str_init(&b);
	value_write(&a, before, q);
	value_write(&b, after, q);
	if (strcmp(str_text(&a), str_text(&b)) != 0) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "%s ", name);
		lines_add(l, LOOK_HINT, "%s ", str_text(&a));
		lines_add(l, LOOK_HINT, "%s ", screen->glyphs->arrow);
		lines_add(l, LOOK_VALUE, "%s", str_text(&b));
	}
	str_release(&a);
	str_release(&b);
}

/* The answers that are not the same; arguments that one of them lacks are counted. */
static void add_answers(struct lines *l, const struct screen *screen, const struct answers *before,
	const struct answers *after)
{
	const struct questions *questions = before->questions;
	size_t inputs = before->n_inputs < after->n_inputs ? before->n_inputs : after->n_inputs;
	size_t i, k;
	char *name;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		for (k = 0; k < (q->scope == SCOPE_INPUT ? inputs : 1); k++) {
			name = q->scope == SCOPE_INPUT ?
				xasprintf("inputs[%zu].%s", k, strchr(q->id, '.') + 1) : xstrdup(q->id);
			add_answer(l, screen, q, name, answers_value(before, q, k),
				answers_value(after, q, k));
			free(name);
		}
	}
	if (before->n_inputs != after->n_inputs) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "inputs %zu %s %zu", before->n_inputs,
			screen->glyphs->arrow, after->n_inputs);
	}
}

void screen_what_if(struct lines *l, const struct screen *screen, const struct advice *before,
	const struct advice *after)
{
	int wide = screen->width >= SIDE_BY_SIDE_FROM, differs;
	struct lines filled;
	struct str a, b;
	size_t i, changed;

	lines_init(&filled);
	view_head(&filled, "What was changed");
	changed = filled.n;
	add_answers(&filled, screen, before->answers, after->answers);
	if (filled.n == changed) {
		lines_begin(&filled, 2, 2);
		lines_add(&filled, LOOK_HINT, "nothing yet");
	}
	view_head(&filled, "What comes of it");
	lines_wrap(&filled, screen->width);
	if (wide)
		add_pair(&filled, screen, "", "before", "after", 0);
	str_init(&a);
	str_init(&b);
	for (i = 0; i < sizeof compared / sizeof *compared; i++) {
		str_clear(&a);
		str_clear(&b);
		compared[i].write(before, &a);
		compared[i].write(after, &b);
		differs = strcmp(str_text(&a), str_text(&b)) != 0;
		(wide ? add_pair : add_stacked)(&filled, screen, compared[i].label, str_text(&a),
			str_text(&b), differs);
	}
	str_release(&a);
	str_release(&b);
	if (!wide)
		lines_wrap(&filled, screen->width);
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
}

/* The columns of the variants, and from which width of the screen each is there. */
static const struct {
	const char *head;
	int width, from;
	void (*write)(const struct advice *a, struct str *out);
} columns[] = {
	{"a call", 10, 0, NULL}, {"speed", 8, 0, NULL}, {"program", 9, 56, NULL},
	{"sure", 8, 66, write_confidence},
};

enum { N_COLUMNS = sizeof columns / sizeof *columns, NAME_MOST = 24, NAME_LEAST = 8, OPTION_LEAST = 12 };

static void figure_write(const struct advice *a, size_t column, struct str *out)
{
	if (columns[column].write)
		columns[column].write(a, out);
	else if (column == 0)
		show_duration(out, a->option->time_after.likely);
	else
		show_factor(out, column == 1 ? a->option->speedup.likely :
			a->option->program_speedup.likely);
}

static void add_variant(struct lines *l, const struct screen *screen, const char *name,
	const char *option, const struct advice *a, int selected, int best, int name_width)
{
	const struct glyphs *g = screen->glyphs;
	enum look look = !a ? LOOK_HINT : selected ? LOOK_TITLE : best ? LOOK_GOOD : LOOK_PLAIN;
	int rest = screen->width - 4 - name_width, pad;
	struct str s;
	size_t i;

	str_init(&s);
	lines_begin(l, 0, 0);
	lines_add(l, LOOK_TITLE, "%s ", selected ? g->selected : " ");
	lines_add(l, look, "%s ", best ? g->chosen : " ");
	glyphs_cut(g, &s, name, name_width - 1);
	lines_add(l, look, "%s", str_text(&s));
	for (i = 0; i < N_COLUMNS; i++)
		rest -= columns[i].from <= screen->width ? columns[i].width : 0;
	if (rest >= OPTION_LEAST) {
		str_clear(&s);
		glyphs_cut(g, &s, option, rest - 1);
		lines_tab(l, 4 + name_width);
		lines_add(l, look, "%s", str_text(&s));
	}
	lines_tab(l, 4 + name_width + (rest >= OPTION_LEAST ? rest : 0));
	for (i = 0; i < N_COLUMNS; i++) {
		if (columns[i].from > screen->width)
			continue;
		str_clear(&s);
		if (a)
			figure_write(a, i, &s);
		else
			str_add(&s, columns[i].head);
		pad = columns[i].width - str_width(str_text(&s)) - (i == 0);
		lines_add(l, a ? LOOK_VALUE : LOOK_HINT, "%*s%s", pad > 0 ? pad : 0, "",
			str_text(&s));
	}
	str_release(&s);
}

void screen_variants(struct lines *l, const struct screen *screen, const struct variant *variants,
	size_t n, size_t selected)
{
	int name_width = NAME_LEAST, w;
	size_t best = n, i;

	for (i = 0; i < n; i++) {
		w = str_width(variants[i].name) + 1;
		name_width = w > name_width ? w : name_width;
		/* The program is what counts; of equals the first. */
		if (best == n || variants[i].advice->option->program_speedup.likely >
			variants[best].advice->option->program_speedup.likely)
			best = i;
	}
	/* Names have a third of the width; where advices have no room, what two figures leave. */
	w = screen->width / (screen->width >= 56 ? 3 : 2);
	w = w < NAME_MOST ? w : NAME_MOST;
	w = w < screen->width - 21 ? w : screen->width - 21;
	name_width = name_width < w ? name_width : w;
	if (!n) {
		lines_begin(l, 0, 0);
		lines_add(l, LOOK_HINT, "No variant is kept yet.");
		return;
	}
	add_variant(l, screen, "variant", "advice", NULL, 0, 0, name_width);
	for (i = 0; i < n; i++)
		add_variant(l, screen, variants[i].name, variants[i].advice->option->id,
			variants[i].advice, i == selected, i == best, name_width);
}
