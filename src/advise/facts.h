/*
 * facts: the quantities and words that rules speak about beside the answers:
 * what a program can gain at most, what the best option gains, what a copy of
 * the main input costs. Each has a unit and the evidence it rests on, so that
 * a rule's text can quote it and its reason can name its measurements. The
 * keys stand in facts.c and, for people, in the head of data/rules.yaml.
 */
#ifndef FFIADVISE_ADVISE_FACTS_H
#define FFIADVISE_ADVISE_FACTS_H

#include <stddef.h>

#include "advise/option.h"
#include "base/str.h"
#include "catalog/cond.h"
#include "catalog/questions.h"

enum { FACTS_MAX = 160, FACTS_INDEX = 512 };

/* Which end of its range each quantity is taken at when a rule is judged. */
enum scenario { SCENARIO_LOW, SCENARIO_LIKELY, SCENARIO_HIGH };

struct fact_entry {
	const char *key;
	enum question_kind kind; /* TEXT for words, else the unit */
	struct est v;
	const char *words[8];    /* words; borrowed */
	size_t n_words;
	enum basis basis;
	struct evidence evidence;
};

struct facts {
	const struct answers *answers;
	struct fact_entry items[FACTS_MAX];
	size_t n;
	unsigned char index[FACTS_INDEX]; /* open-addressed hash over keys: place + 1 */
	enum scenario scenario;
	const char *one; /* the word lent by the last look-up of a choice */
};

void facts_init(struct facts *facts, const struct answers *answers);
/* Sets or replaces a quantity. */
void facts_set(struct facts *facts, const char *key, enum question_kind kind, struct est v,
	enum basis basis, const struct evidence *evidence);
void facts_word(struct facts *facts, const char *key, const char *word);
/* Known to have no words, until there are some. */
void facts_words_none(struct facts *facts, const char *key);
const struct fact_entry *facts_get(const struct facts *facts, const char *key);

/* A cond_lookup over facts (at their scenario) and then the answers. */
int facts_lookup(void *who, const char *key, struct fact *fact);
/*
 * Adds text with each {key} replaced by the fact as a person reads it ("45 us",
 * "1.02x", "2 %"). -1, with nothing added, when one is not known: the rule is
 * then silent. The evidence of what was quoted is joined to evidence.
 */
int facts_fill(const struct facts *facts, const char *text, struct str *out,
	struct evidence *evidence);

/* Whether facts_fill() would find all it needs. */
int facts_can_fill(const struct facts *facts, const char *text);

/* What is known before there is a verdict. */
void facts_before(struct facts *facts, const struct workload *workload,
	const struct figures *figures, const struct options *options);
/* What can be said of the option that was chosen, and of the ways not taken. */
void facts_after(struct facts *facts, const struct workload *workload,
	const struct figures *figures, const struct options *options, const struct option *chosen);

#endif
