#include "advise/advice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static const char *const reaches_words[] = {"no", "unlikely", "likely", "yes"};

const char *reaches_word(enum reaches reaches)
{
	return reaches == REACHES_UNASKED ? NULL : reaches_words[reaches];
}

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

static int has_word(char *const *words, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(words[i], word) == 0)
			return 1;
	}
	return n == 0;
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
		if (!has_word(rule->options.uses, rule->options.n_uses, use_word(a->option->use)) ||
			!has_word(rule->options.tools, rule->options.n_tools, a->option->tool_id))
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

static enum reaches reaches(const struct advice *a)
{
	const struct fact_entry *goal = facts_get(&a->reckoning.facts, "goal");
	struct est s = a->option->speedup;

	if (!goal)
		return REACHES_UNASKED;
	return s.low >= goal->v.high ? REACHES_YES : s.likely >= goal->v.likely ? REACHES_LIKELY :
		s.high >= goal->v.low ? REACHES_UNLIKELY : REACHES_NO;
}

/* The verdict as a person would say it. */
static char *title(const struct advice *a)
{
	static const struct {
		unsigned design;
		const char *words;
	} parts[] = {
		{DESIGN_MOVE_LOOP, "move the loop inside"},
		{DESIGN_ZERO_COPY, "pass the data without a copy"},
		{DESIGN_BY_REFERENCE, "read the Python objects by reference"},
		{DESIGN_NATIVE_CLASS, "make the class a native one"},
		{DESIGN_RELEASE_GIL, "release the GIL"},
	};
	const struct option *o = a->option;
	struct str out;
	size_t i, n = 0;

	if (o->use == USE_STAY)
		return xstrdup("leave it in Python");
	if (o->use == USE_RESTRUCTURE)
		return xstrdup("stay in Python, but write it better first");
	if (o->use == USE_LIBRARY)
		return xstrdup("use the native library that does this already");
	if (o->use == USE_VECTORISE)
		return xstrdup("vectorise it with NumPy");
	str_init(&out);
	str_addf(&out, "write it natively with %s", o->binding->title);
	for (i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (o->design & parts[i].design)
			str_addf(&out, "%s%s", n++ ? ", " : ": ", parts[i].words);
	}
	return str_detach(&out);
}

void advice_make(struct advice *a, const struct answers *answers, const struct catalog *catalog,
	const struct measurements *measurements, int with_flips)
{
	const struct value *name = answers_get(answers, "name");

	memset(a, 0, sizeof *a);
	a->answers = answers;
	a->name = name->text ? name->text : "the function";
	reckon(&a->reckoning, answers, catalog, measurements, 0);
	a->option = a->reckoning.verdict.option;
	a->confidence = a->reckoning.verdict.confidence;
	if (with_flips) {
		flips_find(&a->flips, &a->reckoning);
		doubts_find(&a->doubts, answers, catalog, measurements, NULL);
	}
	/* What is not known and would change what to do keeps it from being sure. */
	if (a->flips.n_unknown && a->flips.unknown[0].use != a->option->use &&
		a->confidence == CONFIDENCE_HIGH && !a->reckoning.verdict.stay_rule)
		a->confidence = CONFIDENCE_MEDIUM;
	/* The same goes for a measurement: one that moves alone is not at the ends of all. */
	if (a->doubts.n && a->doubts.items[0].turns == TURNS_USE &&
		a->confidence == CONFIDENCE_HIGH)
		a->confidence = CONFIDENCE_MEDIUM;
	a->title = title(a);
	a->reaches_goal = reaches(a);
	boundary_make(&a->boundary, &a->reckoning, a->option);
	collect_reasons(a, &catalog->rules);
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
	doubts_release(&a->doubts);
	reckon_release(&a->reckoning);
	memset(a, 0, sizeof *a);
}
