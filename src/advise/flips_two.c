#include "advise/flips_two.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { LEVERS_MAX = 24 };

/* A lever, with what the verdict is when it alone is pulled. */
struct pulled {
	const struct question *question;
	size_t input;
	enum use alone;
	double speedup;
};

static enum truth holds(const struct cond *cond, const struct reckoning *base, size_t input)
{
	/* The look-ups lend their words from scratch room in the answers. */
	struct answers_at here = {(struct answers *)(uintptr_t)base->workload.answers, input};

	return cond_eval(cond, answers_lookup_at, &here);
}

/* What is not asked of such a function is no way for it. */
static int is_allowed(const struct reckoning *base, const struct question *q, size_t input)
{
	return holds(q->when, base, input) != TRUTH_NO &&
		holds(q->lever_when, base, input) == TRUTH_YES;
}

static void pull(struct again *again, const struct pulled *lever)
{
	const struct question *q = lever->question;
	struct value *value = again_change(again, q, lever->input);

	value_read(value, q, q->lever, ORIGIN_ASKED, NULL);
}

/* What it is now, as it would be typed; the caller frees it. */
static char *written(const struct value *value, const struct question *q)
{
	struct str s;

	str_init(&s);
	if (value_known(value))
		value_write(&s, value, q);
	else
		str_add(&s, "unknown");
	return str_detach(&s);
}

/* Adds it when it is another answer than the one there is. */
static size_t add_lever(struct pulled *levers, size_t n, struct again *again,
	const struct question *q, size_t input)
{
	const struct reckoning *base = again->base;
	char *now = written(answers_value(base->workload.answers, q, input), q);
	const struct option *becomes;

	if (n < LEVERS_MAX && strcmp(now, q->lever) != 0 && is_allowed(base, q, input)) {
		levers[n] = (struct pulled){.question = q, .input = input};
		pull(again, &levers[n]);
		becomes = again_decide(again, NULL);
		levers[n].alone = becomes->use;
		levers[n++].speedup = becomes->speedup.likely;
		again_undo(again);
	}
	free(now);
	return n;
}

/* Whether the other answer is worth its trouble to somebody who has this one. */
static int needs_other(const struct pulled *lever, const struct option *becomes, double worthwhile)
{
	return lever->alone != becomes->use ||
		becomes->speedup.likely >= worthwhile * lever->speedup;
}

static void fill(struct lever *lever, const struct pulled *pulled, const struct reckoning *base)
{
	const struct question *q = pulled->question;

	lever->question = q;
	lever->input = q->scope == SCOPE_INPUT ? (int)pulled->input : -1;
	lever->from = written(answers_value(base->workload.answers, q, pulled->input), q);
	lever->to = q->lever;
}

static void flip_release(struct flip_of_two *flip)
{
	free(flip->levers[0].from);
	free(flip->levers[1].from);
	free(flip->option);
}

/* Of those that come to one use the one that gains most is kept. */
static void keep(struct flips_of_two *flips, const struct pulled *a, const struct pulled *b,
	const struct option *becomes, const struct reckoning *base)
{
	struct flip_of_two *f;
	size_t i;

	for (i = 0; i < flips->n && flips->items[i].use != becomes->use; i++)
		;
	if (i < flips->n) {
		if (flips->items[i].speedup.likely >= becomes->speedup.likely)
			return;
		flip_release(&flips->items[i]);
	} else {
		GROW(flips->items, flips->n, flips->cap);
		flips->n++;
	}
	f = &flips->items[i];
	memset(f, 0, sizeof *f);
	fill(&f->levers[0], a, base);
	fill(&f->levers[1], b, base);
	f->use = becomes->use;
	f->option = xstrdup(becomes->id);
	f->speedup = becomes->speedup;
}

static int most_first(const void *a, const void *b)
{
	const struct flip_of_two *x = a, *y = b;
	double p = x->speedup.likely, q = y->speedup.likely;

	return p > q ? -1 : p < q;
}

void flips_of_two_find(struct flips_of_two *flips, const struct reckoning *base,
	struct again *again)
{
	const struct questions *questions = base->workload.answers->questions;
	const struct option *now = base->verdict.option, *becomes;
	const double worthwhile = base->figures.catalog->rules.worthwhile;
	struct pulled levers[LEVERS_MAX];
	size_t n = 0, i, k;

	memset(flips, 0, sizeof *flips);
	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		if (!q->lever || (q->scope == SCOPE_INPUT && base->workload.main_input < 0))
			continue;
		n = add_lever(levers, n, again, q, q->scope == SCOPE_INPUT ?
			(size_t)base->workload.main_input : 0);
	}
	for (i = 0; i < n; i++) {
		for (k = i + 1; k < n; k++) {
			pull(again, &levers[i]);
			pull(again, &levers[k]);
			becomes = again_decide(again, NULL);
			if (becomes->use != now->use && needs_other(&levers[i], becomes, worthwhile) &&
				needs_other(&levers[k], becomes, worthwhile) &&
				becomes->speedup.likely > now->speedup.likely)
				keep(flips, &levers[i], &levers[k], becomes, base);
			again_undo(again);
		}
	}
	if (flips->n)
		qsort(flips->items, flips->n, sizeof *flips->items, most_first);
}

void flips_of_two_release(struct flips_of_two *flips)
{
	size_t i;

	for (i = 0; i < flips->n; i++)
		flip_release(&flips->items[i]);
	free(flips->items);
	memset(flips, 0, sizeof *flips);
}
