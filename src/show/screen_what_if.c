#include "show/screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_what_if.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

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
	char *note = what_if_note(before->answers, after->answers);
	struct lines filled;
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
	view_compared(&filled, screen, &before->brief, &after->brief);
	if (note)
		view_add_note(&filled, note);
	lines_wrap(&filled, screen->width);
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
	free(note);
}

static void write_confidence(const struct advice *a, struct str *out)
{
	str_add(out, confidence_word(a->confidence));
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
