/* What a rule says, what an answer and a fact are, and which rules ask for them. */
#include "show/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/quantity.h"

static const char *const rule_kinds[] = {
	[RULE_STAY] = "a rule that leaves the function as it is",
	[RULE_VETO] = "a rule that rules options out",
	[RULE_FOR] = "a rule that speaks for options",
	[RULE_AGAINST] = "a rule that speaks against options",
	[RULE_REASON] = "a rule that gives a reason",
	[RULE_STEP] = "a rule that names a next step",
};

static const char *const op_words[] = {
	[OP_IS] = "is", [OP_IS_NOT] = "is not", [OP_HAS] = "has", [OP_HAS_NOT] = "has not",
	[OP_LESS] = "is less than", [OP_AT_MOST] = "is at most", [OP_MORE] = "is more than",
	[OP_AT_LEAST] = "is at least", [OP_KNOWN] = "is known",
};

char *explain_key(const char *key)
{
	const char *rest = strchr(key, '.');

	if (strncmp(key, "inputs[", 7) == 0 && rest)
		return xasprintf("inputs%s", rest);
	if (strncmp(key, "inputs.main.", 12) == 0)
		return xasprintf("inputs.%s", key + 12);
	return xstrdup(key);
}

static void add_values(struct str *s, const struct catalog *c, const struct cond *cond)
{
	char *key = explain_key(cond->key);
	const struct question *q = questions_find(&c->questions, key);
	size_t i;

	for (i = 0; i < cond->n_values; i++)
		str_addf(s, "%s%s", i ? " or " : " ", cond->values[i]);
	if (cond->op >= OP_LESS && cond->op <= OP_AT_LEAST) {
		str_addc(s, ' ');
		if (q && question_is_quantity(q->kind))
			quantity_write(s, cond->number, q->kind);
		else
			str_addf(s, "%.6g", cond->number);
	}
	free(key);
}

/* In words; the parts of all, any and not in parentheses where they need them. */
static void add_cond(struct str *s, const struct catalog *c, const struct cond *cond, int inside)
{
	size_t i;

	if (cond->kind == COND_LEAF) {
		str_addf(s, "%s %s", cond->key, op_words[cond->op]);
		add_values(s, c, cond);
		return;
	}
	if (cond->kind == COND_NOT) {
		str_add(s, "not (");
		add_cond(s, c, cond->items[0], 0);
		str_addc(s, ')');
		return;
	}
	inside = inside && cond->n > 1;
	if (inside)
		str_addc(s, '(');
	for (i = 0; i < cond->n; i++) {
		if (i)
			str_add(s, cond->kind == COND_ALL ? ", and " : ", or ");
		add_cond(s, c, cond->items[i], 1);
	}
	if (inside)
		str_addc(s, ')');
}

static void add_selector(struct str *s, const char *what, char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i)
			str_addf(s, " or %s", words[i]);
		else
			str_addf(s, "%s%s %s", s->len ? "; " : "", what, words[i]);
	}
}

int explain_rule(struct lines *l, const struct explain *e, const char *id)
{
	const struct rule *rule = rules_find(&e->catalog->rules, id);
	const struct selector *o;
	struct str s;

	if (!rule)
		return -1;
	explain_head(l, id, rule_kinds[rule->kind]);
	explain_row(l, "says", rule->text);
	str_init(&s);
	if (rule->when)
		add_cond(&s, e->catalog, rule->when, 0);
	explain_row(l, "when", rule->when ? str_text(&s) : "always");
	str_clear(&s);
	o = &rule->options;
	add_selector(&s, "use", o->uses, o->n_uses);
	add_selector(&s, "tool", o->tools, o->n_tools);
	add_selector(&s, "design", o->designs, o->n_designs);
	explain_row(l, "about", str_text(&s));
	explain_row(l, "source", rule->source);
	str_release(&s);
	return 0;
}

struct search {
	const char *key;
	int found;
};

static void visit_key(void *who, const char *key)
{
	struct search *search = who;
	char *plain = explain_key(key);

	search->found |= strcmp(plain, search->key) == 0 || strcmp(key, search->key) == 0;
	free(plain);
}

/* True when the text has {key} in it. */
static int quotes(const char *text, const char *key)
{
	const char *open, *close;
	char *quoted, *plain;
	int found = 0;

	while (!found && (open = strchr(text, '{')) && (close = strchr(open, '}'))) {
		quoted = xstrndup(open + 1, (size_t)(close - open - 1));
		plain = explain_key(quoted);
		found = strcmp(plain, key) == 0 || strcmp(quoted, key) == 0;
		free(plain);
		free(quoted);
		text = close + 1;
	}
	return found;
}

static int speaks_of(const struct rule *rule, const char *key)
{
	struct search search = {key, 0};

	if (rule->when)
		cond_keys(rule->when, visit_key, &search);
	return search.found || quotes(rule->text, key);
}

size_t explain_rules_of(struct lines *l, const struct explain *e, const char *key)
{
	const struct rules *rules = &e->catalog->rules;
	size_t i, n = 0;

	for (i = 0; i < rules->n; i++) {
		if (!speaks_of(&rules->items[i], key))
			continue;
		if (l)
			explain_item(l, "rules", rules->items[i].id, &n);
		else
			n++;
	}
	return n;
}

static void add_allowed(struct lines *l, const struct question *q)
{
	static const char *const kinds[] = {
		[QUESTION_TEXT] = "a text of one line", [QUESTION_BOOL] = "yes or no",
		[QUESTION_CHOICE] = "one of:", [QUESTION_CHOICES] = "one or several of:",
		[QUESTION_OUTCOMES] = "a list of these, or a map of these to worse, same, better:",
		[QUESTION_DURATION] = "a duration", [QUESTION_COUNT] = "a count",
		[QUESTION_RATE] = "a rate per second", [QUESTION_SIZE] = "a size",
		[QUESTION_SHARE] = "a share", [QUESTION_FACTOR] = "a factor",
		[QUESTION_TYPE] = "a Python type", [QUESTION_SHAPE] = "a list of counts",
	};
	struct str s;
	size_t i, n = 1;

	str_init(&s);
	str_add(&s, kinds[q->kind]);
	if (question_is_quantity(q->kind) && q->low_text && q->high_text)
		str_addf(&s, ", %s to %s", q->low_text, q->high_text);
	explain_row(l, "allowed", str_text(&s));
	for (i = 0; i < q->n_choices; i++) {
		str_clear(&s);
		str_addf(&s, "%s: %s", q->choices[i].id, q->choices[i].text);
		explain_item(l, "", str_text(&s), &n);
	}
	str_release(&s);
}

int explain_question(struct lines *l, const struct explain *e, const char *id)
{
	char *key = explain_key(id);
	const struct question *q = questions_find(&e->catalog->questions, key);
	struct str s;

	if (!q) {
		free(key);
		return -1;
	}
	explain_head(l, id, q->scope == SCOPE_INPUT ? "an answer about an argument" : "an answer");
	explain_row(l, "asks", q->text);
	explain_row(l, "why", q->why);
	if (q->how)
		explain_row(l, "how", q->how);
	add_allowed(l, q);
	explain_row(l, "example", q->example);
	explain_row(l, "default", q->default_text ? q->default_text : "not known");
	str_init(&s);
	if (q->when)
		add_cond(&s, e->catalog, q->when, 0);
	explain_row(l, "asked when", str_text(&s));
	str_release(&s);
	explain_rules_of(l, e, key);
	free(key);
	return 0;
}

int explain_fact(struct lines *l, const struct explain *e, const char *id)
{
	const struct word *word = words_find(&e->catalog->words, WORD_FACT, id);
	char *key = explain_key(id);
	int is_answer = questions_find(&e->catalog->questions, key) != NULL;

	free(key);
	if (is_answer)
		return -1;
	if (!explain_rules_of(NULL, e, id) && (!word || strcmp(word->word, id) != 0))
		return -1;
	explain_head(l, id, "a quantity that rules ask about");
	explain_row(l, "is", word ? word->text : NULL);
	explain_rules_of(l, e, id);
	return 0;
}
