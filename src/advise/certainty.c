#include "advise/certainty.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "advise/turning.h"
#include "base/mem.h"
#include "base/str.h"

static const double SURE = 0.9, LIKELY = 0.6;
/* A range of a gain counts up to this ratio: more is no more to know. */
static const double WIDEST = 1e6;
/* The types an unknown one is tried as: one for each way over a boundary. */
static const char *const types[] = {"none", "int", "str", "list[float]", "list[str]",
	"dict[str, float]", "buffer[f64]", "object"};
enum { TYPES = sizeof types / sizeof *types };
enum { TOLD_MAX = 6, CHOICES_MAX = 64, DRAWN_MAX = 128 };

static int is_choice(const struct question *q)
{
	return q->kind == QUESTION_BOOL || q->kind == QUESTION_CHOICE;
}

static const char *choice_word(const struct question *q, size_t i)
{
	return q->kind == QUESTION_BOOL ? (i ? "yes" : "no") : q->choices[i].id;
}

/*
 * How likely each word of a choice is while nothing is said: as the figures
 * "odds/KEY/WORD" have it; what these leave is divided evenly among the rest.
 */
static size_t odds_of(const struct references *references, const struct question *q, double *odds)
{
	size_t n = q->kind == QUESTION_BOOL ? 2 : q->n_choices, rest = 0, i;
	double left = 1;
	char name[96];

	for (i = 0; i < n && i < CHOICES_MAX; i++) {
		const struct reference *figure;

		snprintf(name, sizeof name, "%s/%s", q->id, choice_word(q, i));
		figure = references_figure_of(references, "odds", name);
		odds[i] = figure ? fmin(figure->value.likely, left) : -1;
		left -= figure ? odds[i] : 0;
		rest += !figure;
	}
	for (i = 0; i < n && i < CHOICES_MAX; i++) {
		if (odds[i] < 0)
			odds[i] = left / (double)rest;
	}
	return i;
}

/* The answers that a scenario draws: choices nobody made, and ranges somebody gave. */
struct drawn {
	const struct question *question;
	size_t input;
	uint32_t name;
	double odds[CHOICES_MAX];
	size_t n;
};

struct scenarios {
	struct again *again;
	struct drawn *items;
	size_t n;
};

static void gather(struct scenarios *s, const struct question *q, size_t input)
{
	const struct reckoning *base = s->again->base;
	const struct value *now = answers_value(base->workload.answers, q, input);
	int choice = is_choice(q) && !value_known(now);
	int range = question_is_quantity(q->kind) && value_known(now) &&
		now->range.low < now->range.high;
	struct drawn *d;

	if (s->n == DRAWN_MAX || (!choice && !range) ||
		(choice && !again_matters(s->again, q, input)))
		return;
	d = &s->items[s->n++];
	d->question = q;
	d->input = input;
	d->name = draw_name((uint32_t)(q->scope == SCOPE_INPUT ? input + 1 : 0), q->id);
	d->n = choice ? odds_of(&base->figures.catalog->references, q, d->odds) : 0;
}

static uint64_t word_at(const struct drawn *d, double quantile)
{
	double sum = 0;
	size_t i;

	for (i = 0; i + 1 < d->n; i++) {
		sum += d->odds[i];
		if (quantile < sum)
			break;
	}
	return (uint64_t)1 << i;
}

static void say(struct scenarios *s, unsigned scenario)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		const struct drawn *d = &s->items[i];
		struct value *value = answers_edit(&s->again->answers, d->question, d->input);
		double quantile = draw_quantile(scenario, d->name);

		if (d->n)
			value->choices = word_at(d, quantile);
		else
			value->range = est_point(draw_value(answers_value(
				s->again->base->workload.answers, d->question, d->input)->range,
				quantile));
		value->origin = ORIGIN_DRAWN;
	}
}

static void each_question(const struct reckoning *base, void (*visit)(void *who,
	const struct question *q, size_t input), void *who)
{
	const struct questions *questions = base->workload.answers->questions;
	size_t i, k;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		if (q->scope == SCOPE_FUNCTION)
			visit(who, q, 0);
		for (k = 0; q->scope == SCOPE_INPUT && k < base->workload.n_inputs; k++)
			visit(who, q, k);
	}
}

static void visit_gather(void *who, const struct question *q, size_t input)
{
	gather(who, q, input);
}

static void run_scenarios(struct certainty *certainty, const struct reckoning *base)
{
	const struct option *chosen = base->verdict.option, *o;
	struct draw draw = {.kind = DRAW_SCENARIO};
	struct scenarios s;
	struct again again;
	unsigned i;

	again_begin(&again, base);
	memset(&s, 0, sizeof s);
	s.again = &again;
	s.items = xcalloc(DRAWN_MAX, sizeof *s.items);
	each_question(base, visit_gather, &s);
	for (i = 0; i < DRAW_SCENARIOS; i++) {
		draw.scenario = i;
		say(&s, i);
		o = again_decide(&again, &draw);
		certainty->uses[o->use] += 1.0 / DRAW_SCENARIOS;
		certainty->option += strcmp(o->id, chosen->id) == 0 ? 1.0 / DRAW_SCENARIOS : 0;
	}
	certainty->use = certainty->uses[chosen->use];
	again_end(&again);
	free(s.items);
}

/*
 * With all but the measurements at their likely values: is there room in what
 * they leave open for another verdict? What the answers decide alone is not theirs.
 */
static void look_at_measurements(struct certainty *certainty, const struct reckoning *base,
	struct again *again)
{
	const struct draw draw = {.kind = DRAW_MEASURED};
	const struct option *decided = again_decide(again, &draw), *chosen;
	const struct fact_entry *goal = facts_get(&again->room.facts, "goal");
	const struct ranges ranges = {&again->room.options, &base->options,
		&base->figures.catalog->rules, goal ? goal->v.likely : 0,
		verdict_standing(base->workload.answers),
		verdict_loop_moves(base->workload.answers)};

	if (base->verdict.stay_rule)
		return;
	chosen = options_find(ranges.options, base->verdict.option->id);
	if (!chosen)
		chosen = decided;
	certainty->measured_use = turning_use(&ranges, chosen);
	certainty->measured_option = certainty->measured_use || turning_option(&ranges, chosen);
}

/* How far the gain of the best that is not to stay is from certain, as a logarithm. */
static double width(const struct reckoning *r)
{
	const struct option *best = NULL;
	size_t i;

	for (i = 0; i < r->options.n; i++) {
		const struct option *o = &r->options.items[i];

		if (o->use != USE_STAY && o->fits && (!best ||
			o->program_speedup.likely > best->program_speedup.likely))
			best = o;
	}
	if (!best || best->program_speedup.low >= best->program_speedup.high)
		return 0;
	return log(fmin(WIDEST, best->program_speedup.high /
		fmax(best->program_speedup.low, best->program_speedup.high / WIDEST)));
}

struct finding {
	struct certainty *certainty;
	const struct reckoning *base;
	struct again *again;
	double width;
	double told; /* the weight of the answer that is told */
};

/* One of the answers that it may be: word, which is the choice of that number or a type, or a
 * quantity; and its weight. */
struct guess {
	const char *word;
	size_t choice;
	double v, weight;
};

static void with_answer(struct finding *f, struct unknown *u, size_t place,
	const struct guess *guess, double *left)
{
	const struct option *now = f->base->verdict.option, *o;
	struct value *value = again_change(f->again, u->question, place);
	double weight = guess->weight;
	int turns, redraws;

	if (u->question->kind == QUESTION_TYPE)
		value->type = pytype_read(guess->word, NULL);
	else if (guess->word)
		value->choices = (uint64_t)1 << guess->choice;
	else
		value->range = est_point(guess->v);
	o = again_decide(f->again, NULL);
	turns = o->use != now->use;
	redraws = strcmp(o->id, now->id) != 0;
	*left += weight * width(&f->again->room);
	/* What is told is the weightiest answer that turns the use, or else the option. */
	if ((turns && (u->turns <= 0 || weight > f->told)) ||
		(redraws && !turns && u->redraws <= 0)) {
		f->told = weight;
		free(u->option);
		free(u->word);
		u->option = xstrdup(o->id);
		u->word = NULL;
		u->use = o->use;
		u->value = guess->v;
		u->word = guess->word ? xstrdup(guess->word) : NULL;
	}
	u->turns += turns ? weight : 0;
	u->redraws += redraws ? weight : 0;
	again_undo(f->again);
}

/* Of a quantity five values stand for all: the ends, the quarters and the middle. */
static void with_quantities(struct finding *f, struct unknown *u, size_t place, double *left)
{
	static const double parts[] = {0.5, 0.25, 0.75, 0, 1};
	static const double weights[] = {0.25, 0.25, 0.25, 0.125, 0.125};
	const struct reference *possible = references_figure_of(
		&f->base->figures.catalog->references, "possible", u->question->id);
	size_t i;

	for (i = 0; possible && i < 5; i++) {
		const struct guess guess = {.v = draw_value(possible->value, parts[i]),
			.weight = weights[i]};

		with_answer(f, u, place, &guess, left);
	}
}

static void with_choices(struct finding *f, struct unknown *u, size_t place, double *left)
{
	double odds[CHOICES_MAX];
	size_t n = odds_of(&f->base->figures.catalog->references, u->question, odds), i;

	for (i = 0; i < n; i++) {
		const struct guess guess = {choice_word(u->question, i), i, 0, odds[i]};

		with_answer(f, u, place, &guess, left);
	}
}

static void with_types(struct finding *f, struct unknown *u, size_t place, double *left)
{
	size_t i;

	for (i = 0; i < TYPES; i++) {
		const struct guess guess = {.word = types[i], .weight = 1.0 / TYPES};

		with_answer(f, u, place, &guess, left);
	}
}

/* What a goal or an outcome may be nobody can list. */
static int is_untried(const struct reckoning *base, const struct question *q)
{
	return q->kind == QUESTION_SHAPE || q->kind == QUESTION_OUTCOMES || (question_is_quantity(q->kind) &&
		!references_figure_of(&base->figures.catalog->references, "possible", q->id));
}

static void visit_unknown(void *who, const struct question *q, size_t input)
{
	struct finding *f = who;
	struct unknown u;
	double left = 0;

	if (value_known(answers_value(f->base->workload.answers, q, input)) ||
		q->kind == QUESTION_TEXT || /* names */
		(q->scope == SCOPE_INPUT && (int)input != f->base->workload.main_input) ||
		!again_matters(f->again, q, input))
		return;
	memset(&u, 0, sizeof u);
	u.question = q;
	u.input = q->scope == SCOPE_INPUT ? (int)input : -1;
	if (is_untried(f->base, q))
		u.untried = 1;
	else if (is_choice(q) || q->kind == QUESTION_CHOICES)
		with_choices(f, &u, input, &left);
	else if (q->kind == QUESTION_TYPE)
		with_types(f, &u, input, &left);
	else
		with_quantities(f, &u, input, &left);
	u.narrows = left > 0 && f->width > 0 ? fmax(0, 1 - left / f->width) : 0;
	/* Below a hundredth it is not worth a question. */
	if (!u.untried && u.redraws <= 0 && u.narrows < 0.01) {
		free(u.option);
		free(u.word);
		return;
	}
	GROW(f->certainty->unknown, f->certainty->n_unknown, f->certainty->cap_unknown);
	f->certainty->unknown[f->certainty->n_unknown++] = u;
}

/* Another use weighs most, then how far the gain gets certain, then another option. */
static double importance(const struct unknown *u)
{
	return u->untried ? -1 : 4 * u->turns + u->narrows + 0.5 * u->redraws;
}

static int important_first(const void *a, const void *b)
{
	const struct unknown *x = a, *y = b;
	double p = importance(x), q = importance(y);

	/* Among equals the order of the questions, which is that of their places. */
	return p > q ? -1 : p < q ? 1 : x->question < y->question ? -1 : x->question > y->question;
}

static void keep(struct certainty *certainty, size_t most)
{
	while (certainty->n_unknown > most) {
		struct unknown *u = &certainty->unknown[--certainty->n_unknown];

		free(u->option);
		free(u->word);
	}
}

void certainty_find(struct certainty *certainty, const struct reckoning *base, struct again *again)
{
	struct finding f = {certainty, base, again, width(base), 0};

	memset(certainty, 0, sizeof *certainty);
	certainty->looked = 1;
	run_scenarios(certainty, base);
	look_at_measurements(certainty, base, again);
	each_question(base, visit_unknown, &f);
	if (certainty->n_unknown)
		qsort(certainty->unknown, certainty->n_unknown, sizeof *certainty->unknown, important_first);
	while (certainty->n_told < TOLD_MAX && certainty->n_told < certainty->n_unknown &&
		!certainty->unknown[certainty->n_told].untried)
		certainty->n_told++;
}

void certainty_release(struct certainty *certainty)
{
	keep(certainty, 0);
	free(certainty->unknown);
	memset(certainty, 0, sizeof *certainty);
}

enum confidence certainty_confidence(const struct certainty *certainty)
{
	/* Sums of 1/32 are exact. */
	return certainty->use >= SURE ? CONFIDENCE_HIGH : certainty->use >= LIKELY ? CONFIDENCE_MEDIUM :
		CONFIDENCE_LOW;
}
