/*
 * rules: data/rules.yaml as structs: what follows from answers and figures,
 * each with its reason in plain words and its source. The order of the file
 * is the order in which they speak. Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_RULES_H
#define FFIADVISE_CATALOG_RULES_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/cond.h"

enum rule_kind {
	RULE_STAY,   /* the function is left as it is; the first that holds decides */
	RULE_VETO,   /* options it selects do not fit */
	RULE_FOR,    /* speaks for the options it selects */
	RULE_AGAINST,/* speaks against them; they still fit */
	RULE_REASON, /* a reason of the verdict */
	RULE_STEP,   /* a next step */
};

/* Which options a rule is about; empty lists select all. */
struct selector {
	char **uses, **tools, **designs;
	size_t n_uses, n_tools, n_designs;
};

/* Whether a word is among the n of one of a selector's lists; an empty list selects all. */
int selector_lists(char *const *words, size_t n, const char *word);

struct rule {
	char *id;
	enum rule_kind kind;
	struct cond *when;
	struct selector options;
	char *text;   /* with {fact} for figures; a rule whose figure is unknown is silent */
	char *source; /* where the rule comes from */
	int asks_option;   /* its condition asks about "option." facts: it holds of some options
	                      and not of others */
	int quotes_option; /* its text quotes them */
	int about_plain;   /* either is about the inputs of the plainest sibling */
};

struct rules {
	struct rule *items;
	size_t n;
	/* What the order of advice turns on, each with its reason in the file. */
	double worthwhile;      /* a speed-up of the function below this is not worth native code */
	double worthwhile_unmanned; /* the same while nobody is known to write it */
	double worthwhile_rework; /* the same where the code is native already */
	double worthwhile_free;   /* the same where a type in its signature is all that changes */
	double worthwhile_program; /* the same of the program */
	double easier_within;   /* an easier way is preferred when it comes within this factor
	                           of the program's time with the harder one */
	double easier_spread;   /* the same of compiling, where the cost lies in many functions */
	double easier_unmanned; /* the same against a port that nobody is known to write */
	double easier_gradual;  /* the same of compiling against a port in the language that
	                           compiles it */
	double tie;             /* two options closer than this factor are equal */
};

/* 0, or -1 with every mistake in errs; rules is then empty. */
int rules_load(struct rules *rules, const char *dir, struct errs *errs);
void rules_release(struct rules *rules);
/* NULL when there is no such rule. */
const struct rule *rules_find(const struct rules *rules, const char *id);

#endif
