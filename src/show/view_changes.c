#include "show/view_changes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

enum { DOUBTS_SHOWN = 3 };

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

char *flip_sentence(const struct flip *f)
{
	char *answer = answer_key(f->question, f->input);
	struct str s;

	str_init(&s);
	str_addf(&s, "%s ", answer);
	if (f->quantity)
		add_turn(&s, f);
	else
		str_addf(&s, "%s -> %s", f->from_word ? f->from_word : "", f->to_word);
	str_addf(&s, ": %s", f->option);
	free(answer);
	return str_detach(&s);
}

char *flip_of_two_sentence(const struct flip_of_two *f)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < 2; i++) {
		const struct lever *lever = &f->levers[i];
		char *answer = answer_key(lever->question, lever->input);

		str_addf(&s, "%s%s %s -> %s", i ? ", and " : "", answer, lever->from, lever->to);
		free(answer);
	}
	str_addf(&s, ": %s, ", f->option);
	show_factor(&s, f->speedup.likely);
	return str_detach(&s);
}

char *unknown_sentence(const struct unknown *u)
{
	char *answer = answer_key(u->question, u->input);
	struct str s;

	str_init(&s);
	str_add(&s, answer);
	if (u->option) {
		str_add(&s, ": with ");
		if (u->word)
			str_add(&s, u->word);
		else
			quantity_write(&s, u->value, u->question->kind);
		str_addf(&s, " it would be %s", u->option);
	}
	if (u->narrows >= 0.01)
		str_addf(&s, "%s knowing it narrows the range of the gain by %.0f %%",
			u->option ? ";" : ":", 100 * u->narrows);
	free(answer);
	return str_detach(&s);
}

char *doubt_sentence(const struct doubt *d)
{
	struct str s;

	str_init(&s);
	str_addf(&s, "%s is not certain enough: ", d->id);
	show_duration_est(&s, d->ns);
	str_add(&s, "; at ");
	show_duration(&s, d->at);
	str_addf(&s, " it would be %s", d->option);
	return str_detach(&s);
}

char *doubts_of_order_sentence(const struct doubts *doubts)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < doubts->n; i++) {
		if (doubts->items[i].turns != TURNS_ORDER)
			continue;
		str_add(&s, s.len ? ", " : "the order of the first three options could still turn with ");
		str_add(&s, doubts->items[i].id);
	}
	if (s.len)
		return str_detach(&s);
	str_release(&s);
	return NULL;
}

char *break_even_sentence(const struct break_even *b)
{
	char *answer = answer_key(b->question, b->input);
	struct str s;

	str_init(&s);
	str_addf(&s, "%s ", answer);
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
	str_addf(&s, " is the break-even: %s", b->means);
	free(answer);
	return str_detach(&s);
}

static void add_sentence(struct lines *l, enum look look, const char *mark, char *sentence)
{
	lines_begin(l, 2, 4);
	lines_add(l, look, "%s", mark);
	lines_add(l, LOOK_PLAIN, " %s", sentence);
	free(sentence);
}

/* Which of the unknown answers to get first, what it would do, and how to get it. */
void view_find_out(struct lines *l, const struct advice *a)
{
	size_t i;

	if (!a->certainty.n_told)
		return;
	view_head(l, "Find this out first");
	for (i = 0; i < a->certainty.n_told; i++) {
		const struct unknown *u = &a->certainty.unknown[i];

		add_sentence(l, LOOK_WARNING, "?", unknown_sentence(u));
		if (u->question->how) {
			lines_begin(l, 4, 6);
			lines_add(l, LOOK_HINT, "%s", u->question->how);
		}
	}
}

/* Which measurements could still turn it: those that turn the verdict one by one, the others
 * together. */
static void add_doubts(struct lines *l, const struct doubts *doubts)
{
	char *order = doubts_of_order_sentence(doubts);
	size_t i, n = 0;

	for (i = 0; i < doubts->n; i++) {
		if (doubts->items[i].turns != TURNS_ORDER && n++ < DOUBTS_SHOWN)
			add_sentence(l, LOOK_WARNING, "~", doubt_sentence(&doubts->items[i]));
	}
	if (n > DOUBTS_SHOWN) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_HINT, "and more; --format json has them");
	}
	if (!order)
		return;
	lines_begin(l, 2, 4);
	lines_add(l, LOOK_HINT, "~ %s", order);
	free(order);
}

void view_flips(struct lines *l, const struct advice *a)
{
	size_t i;

	if (!a->flips.n && !a->flips_of_two.n && !a->break_evens.n && !a->doubts.n)
		return;
	view_head(l, "What would change it");
	add_doubts(l, &a->doubts);
	for (i = 0; i < a->flips_of_two.n; i++)
		add_sentence(l, LOOK_GOOD, "+", flip_of_two_sentence(&a->flips_of_two.items[i]));
	for (i = 0; i < a->flips.n; i++)
		add_sentence(l, LOOK_PLAIN, "-", flip_sentence(&a->flips.items[i]));
	for (i = 0; i < a->break_evens.n; i++)
		add_sentence(l, LOOK_PLAIN, "-", break_even_sentence(&a->break_evens.items[i]));
}
