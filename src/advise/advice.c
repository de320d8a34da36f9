#include "advise/advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* The rule's text with its figures, or NULL when the rule is silent. */
static char *spoken(const struct rule *rule, struct facts *facts, struct evidence *evidence)
{
	struct str text;

	memset(evidence, 0, sizeof *evidence);
	str_init(&text);
	if (cond_eval(rule->when, facts_lookup, facts) == TRUTH_YES &&
		facts_fill(facts, rule->text, &text, evidence) == 0)
		return str_detach(&text);
	str_release(&text);
	return NULL;
}

/*
 * The rule that decided to stay speaks first. A reason or a step may be bound
 * to a use, a tool or a design of the verdict by its selector.
 */
static void collect_reasons(struct advice *a, const struct rules *rules)
{
	struct facts *facts = &a->reckoning.facts;
	const struct rule *stay = a->reckoning.verdict.stay_rule;
	struct evidence evidence;
	size_t i, cap = 0;
	char *text;

	if (stay && (text = spoken(stay, facts, &evidence)))
		reasons_add(&a->reasons, stay, text, &evidence);
	for (i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->items[i];

		if (rule->kind != RULE_REASON && rule->kind != RULE_STEP)
			continue;
		if (!selector_lists(rule->options.uses, rule->options.n_uses, use_word(a->option->use)) ||
			!selector_lists(rule->options.tools, rule->options.n_tools, a->option->tool_id))
			continue;
		text = spoken(rule, facts, &evidence);
		if (!text)
			continue;
		if (rule->kind == RULE_REASON) {
			reasons_add(&a->reasons, rule, text, &evidence);
			continue;
		}
		GROW(a->steps, a->n_steps, cap);
		a->steps[a->n_steps++] = text;
	}
}

/* Scenarios rarely draw a measurement from its end; where one alone turns the use there,
 * nobody can be sure of it. */
static enum confidence confidence_of(const struct advice *a)
{
	enum confidence confidence = certainty_confidence(&a->certainty);

	return confidence == CONFIDENCE_HIGH && a->doubts.n &&
		a->doubts.items[0].turns == TURNS_USE ? CONFIDENCE_MEDIUM : confidence;
}

void advice_begin(struct advice *a, const struct answers *answers, const struct catalog *catalog,
	const struct measurements *measurements)
{
	struct again again;

	memset(a, 0, sizeof *a);
	a->answers = answers;
	reckon(&a->reckoning, answers, catalog, measurements);
	a->option = a->reckoning.verdict.option;
	brief_make(&a->brief, &a->reckoning);
	a->name = a->brief.name;
	again_begin(&again, &a->reckoning);
	certainty_find(&a->certainty, &a->reckoning, &again);
	again_end(&again);
	boundary_make(&a->boundary, &a->reckoning, a->option);
	a->confidence = a->brief.confidence = confidence_of(a);
	a->title = brief_title(&a->brief);
	a->reaches_goal = a->brief.reaches_goal;
	collect_reasons(a, &catalog->rules);
}

void advice_finish(struct advice *a, const struct catalog *catalog,
	const struct measurements *measurements)
{
	struct again again;

	again_begin(&again, &a->reckoning);
	flips_find(&a->flips, &a->reckoning, &again);
	flips_of_two_find(&a->flips_of_two, &a->reckoning, &again);
	break_even_find(&a->break_evens, &a->reckoning, &again);
	again_end(&again);
	reckon_forget(&a->reckoning);
	doubts_find(&a->doubts, a->answers, catalog, measurements, NULL);
	a->confidence = a->brief.confidence = confidence_of(a);
}

void advice_make(struct advice *a, const struct answers *answers, const struct catalog *catalog,
	const struct measurements *measurements)
{
	advice_begin(a, answers, catalog, measurements);
	advice_finish(a, catalog, measurements);
}

void advice_release(struct advice *a)
{
	size_t i;

	for (i = 0; i < a->n_steps; i++)
		free(a->steps[i]);
	free(a->steps);
	free(a->title);
	boundary_release(&a->boundary);
	reasons_release(&a->reasons);
	flips_release(&a->flips);
	flips_of_two_release(&a->flips_of_two);
	certainty_release(&a->certainty);
	doubts_release(&a->doubts);
	reckon_release(&a->reckoning);
	memset(a, 0, sizeof *a);
}
