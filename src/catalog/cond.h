/*
 * cond: a condition written in a data file, as structure and never as an
 * expression to evaluate: {all: [..]}, {any: [..]}, {not: ..} and the leaf
 * {key: K, op: OP, value: V}. Keys are looked up by the caller, so the same
 * conditions serve answers, predicted quantities and measurements. What is not
 * known is TRUTH_UNKNOWN and stays so: nothing is concluded from it.
 *
 * A struct cond is owned by the catalog entry it stands in: cond_free().
 */
#ifndef FFIADVISE_CATALOG_COND_H
#define FFIADVISE_CATALOG_COND_H

#include "base/err.h"
#include "base/est.h"
#include "catalog/yamlio.h"

enum truth { TRUTH_NO, TRUTH_UNKNOWN, TRUTH_YES };

enum cond_kind { COND_ALL, COND_ANY, COND_NOT, COND_LEAF };

/*
 * IS, IS_NOT: one of the values / none of them (words). HAS, HAS_NOT: a set or
 * a list holds one of the values / none of them. LESS, AT_MOST, MORE, AT_LEAST:
 * a quantity's range against a number (unknown where the range straddles it).
 * KNOWN: it is known. In a file: is, is-not, has, has-not, less, at-most, more,
 * at-least, known.
 */
enum cond_op {
	OP_IS,
	OP_IS_NOT,
	OP_HAS,
	OP_HAS_NOT,
	OP_LESS,
	OP_AT_MOST,
	OP_MORE,
	OP_AT_LEAST,
	OP_KNOWN
};

struct cond {
	enum cond_kind kind;
	struct cond **items; /* ALL, ANY: n; NOT: one */
	size_t n;
	char *key;
	enum cond_op op;
	char **values; /* IS, IS_NOT, HAS, HAS_NOT */
	size_t n_values;
	double number; /* LESS .. AT_LEAST; in ns, bytes, 0..1, counts */
	int line, column;
};

/*
 * What a key stands for now. A quantity has a range, a word or set has words.
 * Words may be given while not everything is known (some inputs are, some are
 * not): a word that is there is there, one that is not may still come.
 */
struct fact {
	int known;
	int is_quantity;
	struct est range;
	const char *const *words; /* lent until the next look-up */
	size_t n_words;
};

/* Fills fact; -1 when there is no such key. */
typedef int (*cond_lookup)(void *who, const char *key, struct fact *fact);

/* Numbers may carry units (5us, 60%, 64KiB, 20k). NULL and an err on a mistake. */
struct cond *cond_read(const struct node *node, const char *file, struct errs *errs);
void cond_free(struct cond *cond);
/* A NULL condition is TRUTH_YES. A key that is not there is TRUTH_UNKNOWN. */
enum truth cond_eval(const struct cond *cond, cond_lookup lookup, void *who);
/* Calls visit with each key of the condition (cross-checks, explanations). */
void cond_keys(const struct cond *cond, void (*visit)(void *who, const char *key), void *who);

#endif
