#include "show/view_changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "show/report.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

/* A quantity at which the verdict turns; one that prints as the other is told by its side. */
static void add_turn(struct str *s, const struct flip *f)
{
	struct str from, to;

	str_init(&from);
	str_init(&to);
	quantity_write(&from, f->from, f->question->kind);
	quantity_write(&to, f->to, f->question->kind);
	str_addf(s, "%s -> %s%s", str_text(&from),
		strcmp(str_text(&from), str_text(&to)) != 0 ? "" : f->to > f->from ? "above " :
		"below ", str_text(&to));
	str_release(&from);
	str_release(&to);
}

static void add_break_even(struct lines *l, const struct break_even *b)
{
	char *answer = answer_key(b->question, b->input);
	struct str s;

	str_init(&s);
	quantity_write(&s, b->at.likely, b->question->kind);
	if (b->at.high > b->at.low * 1.01) {
		str_add(&s, " (");
		quantity_write(&s, b->at.low, b->question->kind);
		str_add(&s, " .. ");
		if (isinf(b->at.high))
			str_add(&s, "never");
		else
			quantity_write(&s, b->at.high, b->question->kind);
		str_add(&s, ")");
	}
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_PLAIN, "- %s %s is the break-even: %s", answer, str_text(&s), b->means);
	str_release(&s);
	free(answer);
}

/* Which of the unknown answers to get first, what it would do, and how to get it. */
void view_find_out(struct lines *l, const struct advice *a)
{
	struct str s;
	size_t i;
	char *answer;

	if (!a->doubt.n_unknown)
		return;
	view_head(l, "Find this out first");
	for (i = 0; i < a->doubt.n_unknown; i++) {
		const struct unknown *u = &a->doubt.unknown[i];

		answer = answer_key(u->question, u->input);
		str_init(&s);
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_WARNING, "? %s", answer);
		if (u->option) {
			if (u->word)
				str_add(&s, u->word);
			else
				quantity_write(&s, u->value, u->question->kind);
			lines_add(l, LOOK_PLAIN, ": with %s it would be %s", str_text(&s), u->option);
		}
		if (u->narrows >= 0.01)
			lines_add(l, LOOK_PLAIN, "%s knowing it narrows the range of the gain by %.0f %%",
				u->option ? ";" : ":", 100 * u->narrows);
		if (u->question->how) {
			lines_begin(l, 4, 6);
			lines_add(l, LOOK_HINT, "%s", u->question->how);
		}
		str_release(&s);
		free(answer);
	}
}

void view_flips(struct lines *l, const struct advice *a)
{
	const struct flips *flips = &a->flips;
	struct str s;
	size_t i;
	char *answer;

	if (!flips->n && !a->break_evens.n)
		return;
	view_head(l, "What would change it");
	for (i = 0; i < flips->n; i++) {
		const struct flip *f = &flips->items[i];

		answer = answer_key(f->question, f->input);
		lines_begin(l, 2, 4);
		str_init(&s);
		if (f->quantity)
			add_turn(&s, f);
		else
			str_addf(&s, "%s -> %s", f->from_word ? f->from_word : "", f->to_word);
		lines_add(l, LOOK_PLAIN, "- %s %s: %s", answer, str_text(&s), f->option);
		str_release(&s);
		free(answer);
	}
	for (i = 0; i < a->break_evens.n; i++)
		add_break_even(l, &a->break_evens.items[i]);
}
