#include "advise/doubts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST = 3, QUARTERS = 4 };

static const char *const turns_words[] = {"order", "option", "use"};
/* Powers of two: a change of use counts as much as four of the order. Chosen. */
static const double turns_weights[] = {1, 2, 4};

const char *turns_word(enum turns turns)
{
	return turns_words[turns];
}

/* --- measurements that can be moved --- */

/* Nothing is known of it yet: to reckon with 0 would be worse than without it. */
static int is_blank(const struct measurement *item)
{
	return item->reads == READS_NOTHING && isinf(item->ns.high);
}

/* Adds what `to` does not hold. Samples and names stay the other's. */
static void lend(struct measurements *to, const struct measurements *from)
{
	struct measurement *item;
	char *id, *probe, *binding;
	size_t i;

	for (i = 0; i < from->n; i++) {
		if (is_blank(&from->items[i]) || measurements_find_id(to, from->items[i].id))
			continue;
		item = measurements_add(
			to, from->items[i].probe, from->items[i].binding, from->items[i].n);
		id = item->id;
		probe = item->probe;
		binding = item->binding;
		*item = from->items[i];
		item->id = id;
		item->probe = probe;
		item->binding = binding;
	}
}

static void give_back(struct measurements *m)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		struct measurement *item = &m->items[i];

		item->runs = NULL;
		item->values = NULL;
		item->names = NULL;
		item->source = NULL;
		item->n_runs = item->n_values = item->n_names = 0;
	}
	memset(&m->env, 0, sizeof m->env);
	measurements_release(m);
}

/* As if it were known to be ns: ratios are taken of the workers' values, so they move along. */
static void move(struct measurement *to, const struct measurement *from, double ns)
{
	double factor = ns / from->ns.likely;
	size_t k;

	to->ns = est_point(ns);
	for (k = 0; k < WORKERS_MAX; k++)
		to->worker_ns[k] = from->worker_ns[k] * factor;
}

/* --- the verdict as it is, and with one moved --- */

struct base {
	const struct answers *answers;
	const struct catalog *catalog;
	struct measurements m;
	struct figures figures; /* with the memo of r */
	struct reckoning r;
	struct reckoning moved; /* room for the one with a measurement moved */
	size_t first[FIRST]; /* options that fit, the fastest first */
	size_t n_first;
};

static double time_of(const struct options *options, size_t i)
{
	return options->items[i].time_after.likely;
}

static void find_first(struct base *b)
{
	const struct options *options = &b->r.options;
	size_t i, k;

	for (i = 0; i < options->n; i++) {
		if (!options->items[i].fits)
			continue;
		for (k = b->n_first; k > 0 && time_of(options, i) < time_of(options, b->first[k - 1]);
			k--) {
			if (k < FIRST)
				b->first[k] = b->first[k - 1];
		}
		if (k < FIRST)
			b->first[k] = i;
		b->n_first += b->n_first < FIRST;
	}
}

/* Some option that was not before the k-th is before it now, and by more than a tie. */
static int is_overtaken(const struct base *b, const struct reckoning *moved, size_t k)
{
	const struct option *was = &b->r.options.items[b->first[k]];
	const struct option *is = options_find(&moved->options, was->id);
	size_t i, before;

	if (!is || !is->fits)
		return 1;
	for (i = 0; i < moved->options.n; i++) {
		const struct option *other = &moved->options.items[i];

		if (!other->fits ||
			other->time_after.likely * b->catalog->rules.tie >= is->time_after.likely)
			continue;
		for (before = 0; before < k; before++) {
			if (strcmp(b->r.options.items[b->first[before]].id, other->id) == 0)
				break;
		}
		if (before == k)
			return 1;
	}
	return 0;
}

/* What turns with the measurement at ns, -1 for nothing; option: what is advised then. */
static int turned(
	struct base *b, struct measurement *item, const struct measurement *kept, double ns,
	char option[96])
{
	const struct option *was = b->r.verdict.option, *is;
	int result = -1;
	size_t k;

	move(item, kept, ns);
	b->figures.moved = item;
	reckon_trial(&b->moved, &b->figures, b->answers, NULL);
	is = b->moved.verdict.option;
	memcpy(option, is->id, sizeof is->id);
	if (is->use != was->use)
		result = TURNS_USE;
	else if (strcmp(is->id, was->id) != 0)
		result = TURNS_OPTION;
	for (k = 0; k < b->n_first && result < 0; k++) {
		if (is_overtaken(b, &b->moved, k))
			result = TURNS_ORDER;
	}
	return result;
}

/* So many quarters of the way from the likely value to an end, by ratio where there is one. */
static double on_the_way(const struct est *ns, double end, int quarters)
{
	double share = (double)quarters / QUARTERS;

	if (end > 0 && ns->likely > 0)
		return ns->likely * pow(end / ns->likely, share);
	return ns->likely + (end - ns->likely) * share;
}

/* Moves one towards an end; keeps in d what weighs more than what is there. */
static void try_end(
	struct base *b, struct measurement *item, const struct measurement *kept, double end,
	struct doubt *d)
{
	int quarters = QUARTERS, step, turns, nearer;
	char option[96], found[96];
	double weight;

	/* No time at all: a point that ratios cannot be taken of. */
	if (end <= 0)
		end = kept->ns.likely * 1e-3;
	if (end == kept->ns.likely)
		return;
	turns = turned(b, item, kept, end, option);
	if (turns < 0)
		return;
	/* Halving: once it has turned it stays so. */
	for (step = QUARTERS / 2; step; step /= 2) {
		nearer = turned(b, item, kept, on_the_way(&kept->ns, end, quarters - step), found);
		if (nearer != turns)
			continue;
		quarters -= step;
		memcpy(option, found, sizeof option);
	}
	weight = turns_weights[turns] * (QUARTERS - quarters + 1) / QUARTERS;
	if (weight <= d->weight)
		return;
	d->turns = (enum turns)turns;
	d->weight = weight;
	d->at = on_the_way(&kept->ns, end, quarters);
	memcpy(d->option, option, sizeof d->option);
}

/*
 * The measurements behind the options that are among the first three or could
 * come there within their ranges, and behind what is advised.
 */
static void find_evidence(const struct base *b, unsigned char *is_evidence)
{
	const struct options *options = &b->r.options;
	const struct measurement *item;
	double reach = INFINITY;
	size_t i, k;

	if (b->n_first == FIRST)
		reach = options->items[b->first[FIRST - 1]].time_after.high;
	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (o != b->r.verdict.option && o->time_after.low > reach)
			continue;
		for (k = 0; k < o->evidence.n; k++) {
			item = measurements_find_id(&b->m, o->evidence.ids[k]);
			if (item && item->reads == READS_NOTHING)
				is_evidence[item - b->m.items] = 1;
		}
	}
}

static const char *lent_id(
	const struct measurements *now, const struct measurements *before, const char *id)
{
	const struct measurement *item = measurements_find_id(now, id);

	return item || !before ? item->id : measurements_find_id(before, id)->id;
}

static int weightiest_first(const void *a, const void *b)
{
	const struct doubt *x = a, *y = b;

	return x->weight > y->weight ? -1 : x->weight < y->weight;
}

void doubts_find(struct doubts *doubts, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *now,
	const struct measurements *before)
{
	struct base b = {.answers = answers, .catalog = catalog};
	unsigned char *is_evidence;
	size_t i;

	memset(doubts, 0, sizeof *doubts);
	measurements_init(&b.m);
	lend(&b.m, now);
	if (before)
		lend(&b.m, before);
	b.m.env = now->env;
	reckon(&b.r, answers, catalog, &b.m);
	b.figures = b.r.figures;
	find_first(&b);
	is_evidence = xcalloc(b.m.n + 1, 1);
	find_evidence(&b, is_evidence);
	for (i = 0; i < b.m.n; i++) {
		struct measurement *item = &b.m.items[i], kept = *item;
		struct doubt d = {.ns = item->ns};

		if (!is_evidence[i])
			continue;
		try_end(&b, item, &kept, kept.ns.low, &d);
		try_end(&b, item, &kept, kept.ns.high, &d);
		*item = kept;
		if (d.weight <= 0)
			continue;
		d.id = lent_id(now, before, item->id);
		GROW(doubts->items, doubts->n, doubts->cap);
		doubts->items[doubts->n++] = d;
	}
	if (doubts->n)
		qsort(doubts->items, doubts->n, sizeof *doubts->items, weightiest_first);
	free(is_evidence);
	reckon_release(&b.moved);
	reckon_release(&b.r);
	give_back(&b.m);
}

void doubts_release(struct doubts *doubts)
{
	free(doubts->items);
	memset(doubts, 0, sizeof *doubts);
}
