#include "catalog/cond.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"
#include "catalog/unit.h"

/* In the order of enum cond_op. */
static const char *const op_words[] = {
	"is",
	"is-not",
	"has",
	"has-not",
	"less",
	"at-most",
	"more",
	"at-least",
	"known",
};

static int op_takes_words(enum cond_op op)
{
	return op <= OP_HAS_NOT;
}

void cond_free(struct cond *cond)
{
	size_t i;

	if (!cond)
		return;
	for (i = 0; i < cond->n; i++)
		cond_free(cond->items[i]);
	free(cond->items);
	free(cond->key);
	texts_free(cond->values, cond->n_values);
	free(cond);
}

/* Fills a leaf from its map; mistakes are told by the reader. */
static void read_leaf(
	struct cond *cond, const struct node *node, const char *file, struct errs *errs)
{
	struct reader r;
	const struct node *value;
	struct err err;

	reader_begin(&r, node, file, errs);
	cond->key = reader_need(&r, "key");
	if (!reader_node(&r, "op"))
		node_complain(node, file, errs, "'op' is missing here");
	cond->op = (enum cond_op)reader_word(
		&r, "op", op_words, sizeof op_words / sizeof *op_words, OP_KNOWN);
	value = reader_node(&r, "value");
	if (cond->op == OP_KNOWN) {
		if (value && reader_node(&r, "op"))
			node_complain(value, file, errs, "'known' takes no value");
	} else if (!value) {
		node_complain(node, file, errs, "'value' is missing here");
	} else if (op_takes_words(cond->op)) {
		cond->values = reader_texts(&r, "value", &cond->n_values);
		if (!cond->n_values)
			node_complain(value, file, errs, "'value' holds no word");
	} else if (value->kind != NODE_SCALAR) {
		node_complain(
			value, file, errs, "'%s' compares with one number", op_words[cond->op]);
	} else if (unit_read(value->text, UNIT_ANY, &cond->number, &err) < 0) {
		node_complain(value, file, errs, "%s", err.text);
	}
	reader_end(&r);
}

/* all, any (a list) or not (one condition). */
static void read_group(
	struct cond *cond, const struct node *node, const char *file, struct errs *errs)
{
	const struct node *items = node->items[0];
	size_t i;

	if (cond->kind != COND_NOT && items->kind != NODE_LIST) {
		node_complain(items, file, errs, "'%s' has to be a list of conditions", items->key);
		return;
	}
	if (cond->kind != COND_NOT && !items->n) {
		node_complain(items, file, errs, "'%s' holds no condition", items->key);
		return;
	}
	cond->n = cond->kind == COND_NOT ? 1 : items->n;
	cond->items = xcalloc(cond->n, sizeof *cond->items);
	for (i = 0; i < cond->n; i++)
		cond->items[i] =
			cond_read(cond->kind == COND_NOT ? items : items->items[i], file, errs);
}

struct cond *cond_read(const struct node *node, const char *file, struct errs *errs)
{
	static const struct {
		const char *word;
		enum cond_kind kind;
	} groups[] = {{"all", COND_ALL}, {"any", COND_ANY}, {"not", COND_NOT}};
	size_t before = errs->n, i;
	struct cond *cond;

	if (node->kind != NODE_MAP) {
		node_complain(node, file, errs,
			"a condition is a map: {all: [..]}, {any: [..]}, {not: ..} or "
			"{key: .., op: .., value: ..}");
		return NULL;
	}
	cond = xcalloc(1, sizeof *cond);
	cond->kind = COND_LEAF;
	cond->line = node->line;
	cond->column = node->column;
	for (i = 0; i < sizeof groups / sizeof *groups; i++) {
		if (!node_get(node, groups[i].word))
			continue;
		cond->kind = groups[i].kind;
		if (node->n != 1)
			node_complain(node, file, errs, "'%s' has to stand alone in its map",
				groups[i].word);
		break;
	}
	if (cond->kind == COND_LEAF)
		read_leaf(cond, node, file, errs);
	else if (node->n == 1)
		read_group(cond, node, file, errs);
	if (errs->n != before) {
		cond_free(cond);
		return NULL;
	}
	return cond;
}

static int words_meet(const struct cond *cond, const struct fact *fact)
{
	size_t i, k;

	for (i = 0; i < cond->n_values; i++) {
		for (k = 0; k < fact->n_words; k++) {
			if (strcmp(cond->values[i], fact->words[k]) == 0)
				return 1;
		}
	}
	return 0;
}

/* yes where every value the range allows says so, no where none does. */
static enum truth eval_range(enum cond_op op, struct est range, double number)
{
	enum truth flipped;

	switch (op) {
	case OP_LESS:
		return range.high < number   ? TRUTH_YES
		       : range.low >= number ? TRUTH_NO
					     : TRUTH_UNKNOWN;
	case OP_AT_MOST:
		return range.high <= number ? TRUTH_YES
		       : range.low > number ? TRUTH_NO
					    : TRUTH_UNKNOWN;
	default:
		flipped = eval_range(op == OP_MORE ? OP_AT_MOST : OP_LESS, range, number);
		return TRUTH_YES - flipped;
	}
}

static enum truth eval_leaf(const struct cond *cond, cond_lookup lookup, void *who)
{
	struct fact fact;
	int denies = cond->op == OP_IS_NOT || cond->op == OP_HAS_NOT;

	memset(&fact, 0, sizeof fact);
	if (lookup(who, cond->key, &fact) < 0)
		return TRUTH_UNKNOWN;
	if (cond->op == OP_KNOWN)
		return fact.known ? TRUTH_YES : TRUTH_NO;
	if (op_takes_words(cond->op)) {
		if (fact.is_quantity)
			return TRUTH_UNKNOWN;
		if (words_meet(cond, &fact))
			return denies ? TRUTH_NO : TRUTH_YES;
		return !fact.known ? TRUTH_UNKNOWN : denies ? TRUTH_YES : TRUTH_NO;
	}
	if (!fact.known || !fact.is_quantity)
		return TRUTH_UNKNOWN;
	return eval_range(cond->op, fact.range, cond->number);
}

enum truth cond_eval(const struct cond *cond, cond_lookup lookup, void *who)
{
	enum truth all = TRUTH_YES, any = TRUTH_NO, one;
	size_t i;

	if (!cond)
		return TRUTH_YES;
	if (cond->kind == COND_LEAF)
		return eval_leaf(cond, lookup, who);
	for (i = 0; i < cond->n; i++) {
		one = cond_eval(cond->items[i], lookup, who);
		all = one < all ? one : all;
		any = one > any ? one : any;
	}
	if (cond->kind == COND_NOT)
		return TRUTH_YES - all;
	return cond->kind == COND_ALL ? all : any;
}

void cond_keys(const struct cond *cond, void (*visit)(void *who, const char *key), void *who)
{
	size_t i;

	if (!cond)
		return;
	if (cond->kind == COND_LEAF)
		visit(who, cond->key);
	for (i = 0; i < cond->n; i++)
		cond_keys(cond->items[i], visit, who);
}
