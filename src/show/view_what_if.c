#include "show/view_what_if.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/view_advice.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

/* Two columns need so much; with less, one value stands below the other. */
enum { TEXT_WIDTH = 80, LABEL = 13, SIDE_BY_SIDE_FROM = 70, COLUMNS_GAP = 2 };

/* One line of the comparison: what is compared, and how it is written of one advice. */
struct compared {
	const char *label;
	void (*write)(const struct brief *b, struct str *out);
};

static void write_verdict(const struct brief *b, struct str *out)
{
	char *sentence = brief_sentence(b);

	str_add(out, sentence);
	free(sentence);
}

static void write_option(const struct brief *b, struct str *out)
{
	str_add(out, b->option);
}

static void write_time(const struct brief *b, struct str *out)
{
	show_duration_est(out, b->time_after);
}

static void write_speedup(const struct brief *b, struct str *out)
{
	show_factor_est(out, b->speedup);
}

static void write_program(const struct brief *b, struct str *out)
{
	show_factor_est(out, b->program_speedup);
}

static void write_memory(const struct brief *b, struct str *out)
{
	quantity_write(out, b->memory.likely, QUESTION_SIZE);
}

static void write_goal(const struct brief *b, struct str *out)
{
	if (!brief_goal_write(b, out))
		str_add(out, "none");
}

static void write_confidence(const struct brief *b, struct str *out)
{
	str_add(out, confidence_word(b->confidence));
}

static const struct compared compared[COMPARED] = {
	{"verdict", write_verdict}, {"option", write_option}, {"a call", write_time},
	{"speed-up", write_speedup}, {"program", write_program}, {"memory", write_memory},
	{"goal", write_goal}, {"confidence", write_confidence},
};

const char *what_if_row(size_t i, const struct brief *b, struct str *out)
{
	compared[i].write(b, out);
	return compared[i].label;
}

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

void view_compared(struct lines *l, const struct screen *screen,
	const struct brief *before, const struct brief *after)
{
	int wide = screen->width >= SIDE_BY_SIDE_FROM, differs;
	struct lines filled;
	struct str a, b;
	size_t i;

	lines_init(&filled);
	if (wide)
		add_pair(&filled, screen, "", "before", "after", 0);
	str_init(&a);
	str_init(&b);
	for (i = 0; i < COMPARED; i++) {
		str_clear(&a);
		str_clear(&b);
		compared[i].write(before, &a);
		compared[i].write(after, &b);
		differs = strcmp(str_text(&a), str_text(&b)) != 0;
		(wide ? add_pair : add_stacked)(&filled, screen, compared[i].label,
			str_text(&a), str_text(&b), differs);
	}
	str_release(&a);
	str_release(&b);
	if (!wide)
		lines_wrap(&filled, screen->width);
	for (i = 0; i < filled.n; i++)
		lines_move(l, &filled.items[i]);
	lines_release(&filled);
}

char *what_if_sentence(const struct report *r)
{
	struct str s;
	size_t k;

	str_init(&s);
	str_add(&s, "What if ");
	for (k = 0; k < r->n_what_ifs; k++) {
		str_add(&s, k ? ", " : "");
		str_add_shown(&s, r->what_ifs[k], strlen(r->what_ifs[k]));
	}
	return str_detach(&s);
}

char *what_if_note(const struct answers *before, const struct answers *after)
{
	const struct value *time = answers_get(after, "function.time_per_call");
	const struct value *told = answers_get(before, "function.time_per_call");
	const struct est was = told->range;
	struct est then;
	struct str s;
	size_t i;

	/* survey_check() may have widened it: of a length that it contradicts. */
	if (!value_known(time) || !value_known(told) || time->origin != told->origin ||
		time->range.low > was.low || time->range.high < was.high)
		return NULL;
	for (i = 0; i < before->n_inputs && i < after->n_inputs; i++) {
		const struct value *from = answers_input(before, i, "inputs.length");
		const struct value *to = answers_input(after, i, "inputs.length");

		if (!value_known(from) || !value_known(to) || from->range.likely <= 0 ||
			to->range.likely <= 0 || from->range.likely == to->range.likely)
			continue;
		then = est_scale(was, to->range.likely / from->range.likely);
		str_init(&s);
		str_addf(&s, "function.time_per_call is as %s, ",
			time->origin == ORIGIN_MEASURED ? "it was measured" : "you told it");
		quantity_write_range(&s, was, QUESTION_DURATION);
		str_addf(&s, ": it does not follow inputs[%zu].length, from ", i);
		quantity_write_range(&s, from->range, QUESTION_COUNT);
		str_add(&s, " to ");
		quantity_write_range(&s, to->range, QUESTION_COUNT);
		str_add(&s, "; if all of it grows with that length it is ");
		quantity_write_range(&s, then, QUESTION_DURATION);
		str_add(&s, ", so change it too");
		return str_detach(&s);
	}
	return NULL;
}

void view_add_note(struct lines *l, const char *note)
{
	lines_begin(l, 0, 2);
	lines_add(l, LOOK_WARNING, "! %s", note);
}

void view_what_if(struct lines *l, const struct report *r, size_t i)
{
	const struct screen screen = {TEXT_WIDTH, 0, &glyphs_ascii};
	char *head = what_if_sentence(r);

	view_head(l, head);
	view_compared(l, &screen, &r->briefs[i], &r->supposed[i].brief);
	if (r->supposed[i].note)
		view_add_note(l, r->supposed[i].note);
	free(head);
}
