#include "catalog/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "catalog/read.h"

static const char *const kind_words[] = {"stay", "veto", "for", "against", "reason", "step"};

static void read_selector(struct selector *s, struct reader *rule, struct errs *errs)
{
	const struct node *node = reader_node(rule, "options");
	struct reader r;

	if (!node)
		return;
	reader_begin(&r, node, rule->file, errs);
	s->uses = reader_texts(&r, "use", &s->n_uses);
	s->tools = reader_texts(&r, "tool", &s->n_tools);
	s->designs = reader_texts(&r, "design", &s->n_designs);
	reader_end(&r);
}

int selector_lists(char *const *words, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(words[i], word) == 0)
			return 1;
	}
	return n == 0;
}

static int is_about_plain(const char *key)
{
	return strcmp(key, "option.plain_inputs") == 0 || strcmp(key, "option.inputs_of_plain") == 0;
}

static void see_option(void *who, const char *key)
{
	struct rule *rule = who;

	rule->asks_option |= str_starts(key, "option.");
	rule->about_plain |= is_about_plain(key);
}

static void read_rule(struct rule *rule, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	rule->id = reader_need(&r, "id");
	rule->kind = reader_word(&r, "kind", kind_words, 6, RULE_REASON);
	rule->when = reader_node(&r, "when") ? cond_read(reader_node(&r, "when"), file, errs) : NULL;
	read_selector(&rule->options, &r, errs);
	rule->text = reader_need(&r, "text");
	rule->source = reader_need(&r, "source");
	cond_keys(rule->when, see_option, rule);
	rule->quotes_option = rule->text && strstr(rule->text, "{option.");
	rule->about_plain |= rule->text && (strstr(rule->text, "{option.plain_inputs}") ||
		strstr(rule->text, "{option.inputs_of_plain}"));
	reader_end(&r);
}

/* A factor by which something is faster or slower, so that 1 is none and less is a mistake. */
static double factor(struct reader *r, const char *key, double fallback)
{
	double value = reader_number(r, key, fallback);

	if (value >= 1)
		return value;
	node_complain(reader_node(r, key), r->file, r->errs,
		"'%s' is a factor, of 1 or more, not %g", key, value);
	return fallback;
}

static void read_thresholds(struct rules *rules, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	rules->worthwhile = factor(&r, "worthwhile", 1);
	rules->worthwhile_unmanned = factor(&r, "worthwhile_unmanned", rules->worthwhile);
	rules->worthwhile_rework = factor(&r, "worthwhile_rework", 1);
	rules->worthwhile_free = factor(&r, "worthwhile_free", 1);
	rules->worthwhile_program = factor(&r, "worthwhile_program", 1);
	rules->easier_within = factor(&r, "easier_within", 1);
	rules->easier_spread = factor(&r, "easier_spread", rules->easier_within);
	rules->easier_unmanned = factor(&r, "easier_unmanned", rules->easier_within);
	rules->easier_gradual = factor(&r, "easier_gradual", rules->easier_within);
	rules->tie = factor(&r, "tie", 1);
	reader_end(&r);
}

static int is_twice(const struct rules *rules, const struct rule *rule)
{
	const struct rule *other;

	for (other = rules->items; other < rule; other++) {
		if (rule->id && other->id && strcmp(rule->id, other->id) == 0)
			return 1;
	}
	return 0;
}

static void read_all(struct rules *rules, const struct node *root, const char *file,
	struct errs *errs)
{
	const struct node *thresholds, *list;
	struct reader r;
	size_t i;

	reader_begin(&r, root, file, errs);
	thresholds = reader_node(&r, "thresholds");
	if (thresholds)
		read_thresholds(rules, thresholds, file, errs);
	else
		node_complain(root, file, errs, "'thresholds' is missing");
	list = reader_list(&r, "rules");
	reader_end(&r);
	if (list)
		rules->items = xcalloc(list->n + 1, sizeof *rules->items);
	for (i = 0; list && i < list->n; i++) {
		struct rule *rule = &rules->items[rules->n++];

		read_rule(rule, list->items[i], file, errs);
		if (is_twice(rules, rule))
			node_complain(list->items[i], file, errs,
				"the rule '%s' stands here a second time", rule->id);
	}
}

int rules_load(struct rules *rules, const char *dir, struct errs *errs)
{
	size_t before = errs->n;
	struct node *root;
	char *path;

	memset(rules, 0, sizeof *rules);
	root = data_read(dir, "rules.yaml", &path, errs);
	if (root)
		read_all(rules, root, path, errs);
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	rules_release(rules);
	return -1;
}

void rules_release(struct rules *rules)
{
	size_t i;

	for (i = 0; i < rules->n; i++) {
		struct rule *rule = &rules->items[i];

		free(rule->id);
		cond_free(rule->when);
		texts_free(rule->options.uses, rule->options.n_uses);
		texts_free(rule->options.tools, rule->options.n_tools);
		texts_free(rule->options.designs, rule->options.n_designs);
		free(rule->text);
		free(rule->source);
	}
	free(rules->items);
	memset(rules, 0, sizeof *rules);
}

const struct rule *rules_find(const struct rules *rules, const char *id)
{
	size_t i;

	for (i = 0; i < rules->n; i++) {
		if (strcmp(rules->items[i].id, id) == 0)
			return &rules->items[i];
	}
	return NULL;
}
