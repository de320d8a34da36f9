#include "advise/verdict.h"

#include <math.h>
#include <string.h>

static const char *const confidence_words[] = {"low", "medium", "high"};

const char *confidence_word(enum confidence confidence)
{
	return confidence_words[confidence];
}

static double at(struct est e, enum scenario scenario)
{
	return scenario == SCENARIO_LOW ? e.low : scenario == SCENARIO_HIGH ? e.high : e.likely;
}

/*
 * The speed-up by which an option is weighed against others: one whose gain nobody
 * measured must not win by its optimism.
 */
static double weighed(const struct option *o, enum scenario scenario)
{
	return at(o->cautious ? o->careful : o->speedup, scenario);
}

/* The program's time with the option, the time now being 1. */
static double program_time(const struct option *o, enum scenario scenario)
{
	double speedup = at(o->cautious ? o->program_careful : o->program_speedup, scenario);

	return speedup > 0 ? 1 / speedup : INFINITY;
}

int verdict_effort(const struct option *o)
{
	return (o->design & DESIGN_NATIVE_CLASS ? 3 :
		o->design & DESIGN_ZERO_COPY ? (o->wants_array ? 2 : 0) :
		o->design & DESIGN_BY_REFERENCE ? 0 : 1) + (o->design & DESIGN_LAZY_RESULT ? 4 : 0) +
		(o->design & DESIGN_ARRAY_RESULT ? 2 : 0);
}

/*
 * How often a binding had best be crossed: once a run where its loop is
 * to move (verdict_loop_moves). While that is not known the function has to get faster by more than a tie: what rests
 * on a loop that may have to stay has to gain by it. In batches the program has to.
 */
static unsigned granularity(const struct options *options, const struct rules *rules,
	const struct binding *binding, int loop_moves, enum scenario scenario)
{
	double move = INFINITY, stays = INFINITY, batch = INFINITY, each = INFINITY;
	size_t i;

	for (i = 0; i < options->n && binding; i++) {
		const struct option *o = &options->items[i];

		if (o->use != USE_FFI || !o->fits || o->binding != binding)
			continue;
		if (o->design & DESIGN_MOVE_LOOP)
			move = fmin(move, at(o->time_after, scenario));
		else if (o->design & DESIGN_BATCH)
			batch = fmin(batch, program_time(o, scenario));
		else {
			each = fmin(each, program_time(o, scenario));
			stays = fmin(stays, at(o->time_after, scenario));
		}
	}
	if (!isinf(move) && (loop_moves || move * rules->tie < stays))
		return DESIGN_MOVE_LOOP;
	return batch * rules->tie < each ? DESIGN_BATCH : 0;
}

int verdict_upkeep(const struct option *o)
{
	return o->present ? 0 : o->binding->rank;
}

/* What the choice among the options of one use goes by. */
struct choosing {
	const struct options *options;
	const struct rules *rules;
	enum scenario scenario;
	double goal; /* of the function's speed-up; 0: none */
	int loop_moves;
};

#define ANY_CROSSING (~0u)

/* Native code of a binding (NULL: of any) that crosses so often. */
static int is_native(const struct option *o, const struct binding *binding, unsigned crossing)
{
	return o->use == USE_FFI && o->fits && (!binding || o->binding == binding) &&
		(crossing == ANY_CROSSING || (o->design & VERDICT_GRANULARITIES) == crossing);
}

/*
 * A type in the signature of what is native already: nothing else changes, for nobody. It
 * is worth it where it may gain as much as would be asked of native code, though it likely
 * gains little.
 */
static int is_free(const struct option *o, const struct rules *rules)
{
	return o->rework && o->present && o->design && verdict_effort(o) == 0 &&
		!(o->design & (VERDICT_GRANULARITIES | DESIGN_RELEASE_GIL)) &&
		o->speedup.high >= rules->worthwhile;
}

double verdict_worthwhile(const struct option *o, const struct rules *rules)
{
	return is_free(o, rules) ? rules->worthwhile_free :
		o->rework ? rules->worthwhile_rework :
		o->unmanned ? rules->worthwhile_unmanned : rules->worthwhile;
}

double verdict_worthwhile_program(const struct option *o, const struct rules *rules)
{
	return is_free(o, rules) ? 1 : rules->worthwhile_program;
}

static int is_worthwhile(const struct option *o, const struct rules *rules,
	enum scenario scenario)
{
	return o && at(o->speedup, scenario) >= verdict_worthwhile(o, rules) &&
	       at(o->program_speedup, scenario) >= verdict_worthwhile_program(o, rules);
}

/* What may be asked of an option; those that miss what another one meets are no choice. */
enum asked { ASKED_NOTHING, ASKED_WORTH, ASKED_GOAL };

static int meets(const struct choosing *c, const struct option *o, enum asked asked)
{
	return asked == ASKED_NOTHING || (is_worthwhile(o, c->rules, c->scenario) &&
		(asked == ASKED_WORTH || at(o->speedup, c->scenario) >= c->goal));
}

/* The most that one of these meets. */
static enum asked most_met(const struct choosing *c, const struct binding *binding,
	unsigned crossing)
{
	enum asked most = ASKED_NOTHING;
	size_t i;

	for (i = 0; i < c->options->n; i++) {
		const struct option *o = &c->options->items[i];

		while (is_native(o, binding, crossing) && most < ASKED_GOAL && meets(c, o, most + 1))
			most++;
	}
	return most;
}

/*
 * Within FFI: first the binding: the one that is easiest to keep whose program
 * is as fast as the fastest's, within a tie. Then granularity. Then conversion:
 * the simplest design that is as fast as the fastest, within a tie. What is not
 * worth it gives way to what is, and what misses the goal to what reaches it.
 */
static const struct option *best_ffi(const struct choosing *c)
{
	const struct options *options = c->options;
	const struct rules *rules = c->rules;
	const enum scenario scenario = c->scenario;
	enum asked asked = most_met(c, NULL, ANY_CROSSING);
	const struct option *fastest = NULL, *chosen = NULL;
	const struct binding *binding = NULL;
	double least = INFINITY;
	unsigned crossing;
	int least_upkeep = 0;
	size_t i;

	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (is_native(o, NULL, ANY_CROSSING) && program_time(o, scenario) < least)
			least = program_time(o, scenario);
	}
	for (i = 0; i < options->n; i++) {
		const struct option *o = &options->items[i];

		if (is_native(o, NULL, ANY_CROSSING) && meets(c, o, asked) &&
			program_time(o, scenario) <= least * rules->tie &&
			(!binding || verdict_upkeep(o) < least_upkeep)) {
			binding = o->binding;
			least_upkeep = verdict_upkeep(o);
		}
	}
	crossing = granularity(options, rules, binding, c->loop_moves, scenario);
	asked = most_met(c, binding, crossing);
	least = INFINITY;
	for (i = 0; i < options->n && binding; i++) {
		const struct option *o = &options->items[i];

		if (is_native(o, binding, crossing) && o->time_after.likely < least) {
			least = o->time_after.likely;
			fastest = o;
		}
	}
	for (i = 0; i < options->n && fastest; i++) {
		const struct option *o = &options->items[i];

		if (is_native(o, binding, crossing) && meets(c, o, asked) &&
			o->time_after.likely <= least * rules->tie &&
			(!chosen || verdict_effort(o) < verdict_effort(chosen) ||
				(verdict_effort(o) == verdict_effort(chosen) &&
					o->time_after.likely < chosen->time_after.likely)))
			chosen = o;
	}
	return chosen;
}

static const struct option *best_of(const struct choosing *c, enum use use)
{
	const struct option *best = NULL;
	size_t i;

	if (use == USE_FFI)
		return best_ffi(c);
	for (i = 0; i < c->options->n; i++) {
		const struct option *o = &c->options->items[i];

		if (o->use == use && o->fits &&
			(!best || weighed(o, c->scenario) > weighed(best, c->scenario)))
			best = o;
	}
	return best;
}

static int says(const struct answers *answers, const char *key, const char *word)
{
	const char *said = value_word(answers_get(answers, key),
		questions_find(answers->questions, key));

	return said && strcmp(said, word) == 0;
}

/* Of the languages that are written, is this the only one? */
static int writes_only(const struct answers *answers, const char *word)
{
	const struct value *languages = answers_get(answers, "team.languages");

	return (languages->choices & (languages->choices - 1)) == 0 && value_has(languages,
		questions_find(answers->questions, "team.languages"), word) == 1;
}

struct standing verdict_standing(const struct answers *answers)
{
	/* What nobody says anything of is Python: who has native code knows it. */
	const int python = !value_known(answers_get(answers, "function.now")) ||
		says(answers, "function.now", "python");
	const struct standing standing = {
		.spread = says(answers, "team.spread", "many-functions"),
		.unmanned = python && !value_known(answers_get(answers, "team.languages")),
		.gradual = python && writes_only(answers, "cython"),
		.idle = says(answers, "runtime.concurrency", "none") &&
			value_bool(answers_get(answers, "caller.independent")) == 1,
	};

	return standing;
}

int verdict_rank(enum use use, const struct standing *standing)
{
	return standing->idle && use == USE_PARALLELISE ? 2 * USE_COMPILE - 1 : 2 * (int)use;
}

int verdict_loop_moves(const struct answers *answers)
{
	const struct value *moves = answers_get(answers, "caller.loop_can_move");

	if (value_known(moves))
		return value_bool(moves) == 1;
	return !value_known(answers_get(answers, "function.time_per_call"));
}

double verdict_easier(const struct option *o, const struct option *than,
	const struct rules *rules, const struct standing *standing)
{
	double factor = rules->easier_within;

	if (o->whole_modules && standing->spread)
		factor = fmax(factor, rules->easier_spread);
	if (than->use == USE_FFI && o->use != USE_FFI && standing->unmanned)
		factor = fmax(factor, rules->easier_unmanned);
	if (than->use == USE_FFI && o->use == USE_COMPILE && standing->gradual)
		factor = fmax(factor, rules->easier_gradual);
	return factor;
}

/* It reaches the goal, or comes near enough to each other way. */
static int is_enough(const struct option *o, const struct option *const *candidates,
	const struct choosing *c, const struct standing *standing)
{
	int other;

	if (c->goal > 0 && weighed(o, c->scenario) >= c->goal)
		return 1;
	for (other = USE_STAY + 1; other < USES; other++) {
		if (candidates[other] && program_time(o, c->scenario) >
			program_time(candidates[other], c->scenario) *
			verdict_easier(o, candidates[other], c->rules, standing))
			return 0;
	}
	return 1;
}

const struct option *verdict_decide(const struct options *options, const struct rules *rules,
	struct facts *facts, enum scenario scenario, const struct rule **stay_rule)
{
	const struct option *candidates[USES] = {NULL}, *stay = &options->items[0], *easiest = NULL;
	const struct fact_entry *goal = facts_get(facts, "goal");
	const struct standing standing = verdict_standing(facts->answers);
	const struct choosing choosing = {options, rules, scenario, goal ? goal->v.likely : 0,
		verdict_loop_moves(facts->answers)};
	int use;
	size_t i;

	*stay_rule = NULL;
	facts->scenario = scenario;
	for (i = 0; i < rules->n; i++) {
		if (rules->items[i].kind == RULE_STAY &&
			cond_eval(rules->items[i].when, facts_lookup, facts) == TRUTH_YES) {
			*stay_rule = &rules->items[i];
			facts->scenario = SCENARIO_LIKELY;
			return stay;
		}
	}
	facts->scenario = SCENARIO_LIKELY;
	for (use = USE_STAY + 1; use < USES; use++) {
		candidates[use] = best_of(&choosing, (enum use)use);
		if (!is_worthwhile(candidates[use], rules, scenario))
			candidates[use] = NULL;
	}
	for (use = USE_STAY + 1; use < USES; use++) {
		const struct option *o = candidates[use];

		if (o && is_enough(o, candidates, &choosing, &standing) &&
			(!easiest || verdict_rank(o->use, &standing) <
				verdict_rank(easiest->use, &standing)))
			easiest = o;
	}
	return easiest ? easiest : stay;
}

void verdict_make(struct verdict *verdict, const struct options *options,
	const struct rules *rules, struct facts *facts)
{
	const struct option *low, *high;
	const struct rule *rule;
	int agree;

	verdict->option =
		verdict_decide(options, rules, facts, SCENARIO_LIKELY, &verdict->stay_rule);
	low = verdict_decide(options, rules, facts, SCENARIO_LOW, &rule);
	high = verdict_decide(options, rules, facts, SCENARIO_HIGH, &rule);
	agree = (low->use == verdict->option->use) + (high->use == verdict->option->use);
	verdict->confidence = agree == 2 ? CONFIDENCE_HIGH :
		agree == 1 ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW;
}
