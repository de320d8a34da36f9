#include <stdlib.h>
#include <string.h>

#include "advise/verdict.h"
#include "base/mem.h"
#include "base/str.h"

/* What the rules say of each option: verdict_judge(). */

/* A selector with its words looked up, once for all options. */
struct selection {
	const struct selector *of;
	unsigned uses, designs; /* bits */
	int as_is;
};

static struct selection selection_of(const struct selector *of)
{
	struct selection s = {of, 0, 0, of->n_designs == 0};
	const char *word;
	unsigned bit;
	size_t i;

	for (i = 0; i < USES; i++) {
		if (selector_lists(of->uses, of->n_uses, use_word((enum use)i)))
			s.uses |= 1u << i;
	}
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (selector_lists(of->designs, of->n_designs, word))
			s.designs |= bit;
	}
	if (of->n_designs)
		s.as_is = selector_lists(of->designs, of->n_designs, "as-is");
	return s;
}

static int selects(const struct selection *s, const struct option *o)
{
	if (!(s->uses >> o->use & 1) || !(s->of->n_designs == 0 ||
		(o->design ? (o->design & s->designs) != 0 : s->as_is)))
		return 0;
	return selector_lists(s->of->tools, s->of->n_tools, o->tool_id);
}

/* The same with its inputs copied or read by reference, whichever is cheaper; else itself. */
static const struct option *plainest(const struct options *options, const struct option *o)
{
	const unsigned ways = DESIGN_ZERO_COPY | DESIGN_BY_REFERENCE | DESIGN_NATIVE_CLASS;
	const struct option *copied, *referred;

	if (o->use != USE_FFI)
		return o;
	copied = option_sibling(options, o, ways, 0);
	referred = option_sibling(options, o, ways, DESIGN_BY_REFERENCE);
	if (copied && referred)
		return copied->cost.inputs.likely < referred->cost.inputs.likely ? copied : referred;
	return copied ? copied : referred ? referred : o;
}

/* What an option's rules can quote and ask about beside the function's facts. */
static void option_facts(struct facts *facts, const struct option *o)
{
	const struct value *memory = answers_get(facts->answers, "goal.memory");
	const struct value *start = answers_get(facts->answers, "runtime.import_time");
	const char *word;
	unsigned bit;
	size_t i;

	facts_words_none(facts, "option.design");
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (o->design & bit)
			facts_word(facts, "option.design", word);
	}
	facts_set(facts, "option.speedup", QUESTION_FACTOR, o->speedup, o->basis, &o->evidence);
	facts_set(facts, "option.program", QUESTION_FACTOR, o->program_speedup, o->basis,
		&o->evidence);
	facts_set(facts, "option.inputs", QUESTION_DURATION, o->cost.inputs, o->basis, &o->evidence);
	facts_set(facts, "option.time", QUESTION_DURATION, o->time_after, o->basis, &o->evidence);
	facts_set(facts, "option.memory", QUESTION_SIZE, o->memory, o->basis, &o->evidence);
	facts_set(facts, "option.call", QUESTION_DURATION, o->cost.call, o->basis, &o->evidence);
	facts_set(facts, "option.callbacks", QUESTION_DURATION, o->cost.callbacks, o->basis,
		&o->evidence);
	facts_set(facts, "option.crossing", QUESTION_DURATION,
		est_add(est_add(o->cost.call, o->cost.inputs), o->cost.output), o->basis,
		&o->evidence);
	facts_set(facts, "option.startup", QUESTION_DURATION, o->startup, o->basis, NULL);
	if (value_known(memory))
		facts_set(facts, "option.memory_of_goal", QUESTION_FACTOR,
			est_div(o->memory, memory->range), o->basis, NULL);
	if (value_known(start))
		facts_set(facts, "option.startup_of_limit", QUESTION_FACTOR,
			est_div(o->startup, start->range), o->basis, NULL);
}

/* The same beside its plainest sibling, which has to be looked for. */
static void plain_facts(struct facts *facts, const struct options *options, const struct option *o)
{
	const struct option *plain = plainest(options, o);

	facts_set(facts, "option.plain_inputs", QUESTION_DURATION, plain->cost.inputs, plain->basis,
		&plain->evidence);
	facts_set(facts, "option.inputs_of_plain", QUESTION_FACTOR,
		est_div(o->cost.inputs, plain->cost.inputs), plain->basis, NULL);
}

/* Of a rule that selects the option and whose condition holds. */
static void apply(struct option *o, const struct rule *rule, struct facts *facts, int only_vetoes)
{
	struct evidence evidence;
	struct str text;

	if (only_vetoes) {
		o->fits &= !facts_can_fill(facts, rule->text);
		return;
	}
	evidence.n = 0;
	str_init(&text);
	if (facts_fill(facts, rule->text, &text, &evidence) < 0) {
		str_release(&text);
		return;
	}
	if (rule->kind == RULE_VETO)
		o->fits = 0;
	reasons_add(rule->kind == RULE_FOR ? &o->why_for : &o->why_against, rule,
		str_detach(&text), &evidence);
}

/* A rule that is not silent for all options alike. */
struct speaker {
	const struct rule *rule;
	struct selection selection;
};

/* An option's own facts are made when the first rule wants them. */
static void judge_option(struct options *options, struct option *o, const struct speaker *speakers,
	size_t n, struct facts *facts, int only_vetoes)
{
	int made = 0, made_plain = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct rule *rule = speakers[i].rule;

		/* One veto is enough where nobody reads the others. */
		if (only_vetoes && !o->fits)
			return;
		if (!selects(&speakers[i].selection, o))
			continue;
		if ((rule->asks_option || rule->quotes_option) && !made++)
			option_facts(facts, o);
		if (rule->about_plain && !made_plain++)
			plain_facts(facts, options, o);
		if (!rule->asks_option || cond_eval(rule->when, facts_lookup, facts) == TRUTH_YES)
			apply(o, rule, facts, only_vetoes);
	}
}

static int judges(const struct rule *rule, int only_vetoes)
{
	return rule->kind == RULE_VETO ||
		(!only_vetoes && (rule->kind == RULE_FOR || rule->kind == RULE_AGAINST));
}

/* A rule that is about nothing but a limit which nobody set: the fact it asks for is there
 * for no option. */
static int lacks_limit(const struct rule *rule, const struct answers *answers)
{
	static const struct {
		const char *fact, *limit;
	} limits[] = {
		{"option.memory_of_goal", "goal.memory"},
		{"option.startup_of_limit", "runtime.import_time"},
	};
	size_t i;

	for (i = 0; rule->when && rule->when->kind == COND_LEAF &&
		i < sizeof limits / sizeof *limits; i++) {
		if (strcmp(rule->when->key, limits[i].fact) == 0)
			return !value_known(answers_get(answers, limits[i].limit));
	}
	return 0;
}

/*
 * Whether a rule is silent for all options alike, found out before there are facts of any
 * option. A condition that asks nothing about the single option is the same for all, and
 * one that is false while nothing is known of the option stays so.
 */
static int is_silent(const struct rule *rule, struct facts *facts)
{
	enum truth truth;

	if (rule->asks_option && lacks_limit(rule, facts->answers))
		return 1;
	truth = cond_eval(rule->when, facts_lookup, facts);
	return rule->asks_option ? truth == TRUTH_NO : truth != TRUTH_YES;
}

void verdict_judge(struct options *options, const struct rules *rules, struct facts *facts,
	int only_vetoes)
{
	struct speaker *speakers = xcalloc(rules->n + 1, sizeof *speakers);
	size_t n = 0, i;

	facts->scenario = SCENARIO_LIKELY;
	for (i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->items[i];

		if (!judges(rule, only_vetoes) || is_silent(rule, facts))
			continue;
		speakers[n].rule = rule;
		speakers[n++].selection = selection_of(&rule->options);
	}
	for (i = 0; i < options->n; i++)
		judge_option(options, &options->items[i], speakers, n, facts, only_vetoes);
	free(speakers);
}
