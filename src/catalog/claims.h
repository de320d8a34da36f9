/*
 * claims: data/claims.yaml as structs: what the seed note claims of FFI, each
 * with the kind of evidence that fits it and the comparisons that test it on
 * this machine. Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_CLAIMS_H
#define FFIADVISE_CATALOG_CLAIMS_H

#include <stddef.h>

#include "base/err.h"

enum claim_kind {
	CLAIM_TIMING, CLAIM_ALLOCATION, CLAIM_SYMBOLS, CLAIM_CALLS, CLAIM_REFERENCE, CLAIM_PERSON,
};

/* What is compared with the bounds. */
enum test_kind {
	TEST_RATIO, /* (a - a_less) / (b - b_less), worker by worker where both are plain */
	TEST_VALUE, /* a - a_less itself: ns, bytes, a count */
	TEST_NAMES, /* a list of names: whether it holds one */
};

/* One comparison. Ids are measurement ids, "call.none/pyo3". */
struct claim_test {
	enum test_kind kind;
	char *a, *b, *a_less, *b_less; /* b of a ratio; the lesses may be NULL */
	double per;      /* the value is divided by it (n items); 1 */
	double low, high;/* it holds within these bounds; 0 and INFINITY for open ends */
	char *name;      /* NAMES: the name; absent: it must not be there */
	int absent;
	char *where;     /* "for a list of 1000 floats": what this one stands for */
};

struct claim {
	char *id;      /* "C16" */
	char *seed;    /* the line of the seed, as it says it */
	char *claim;   /* the claim, in a sentence */
	enum claim_kind kind;
	struct claim_test *tests;
	size_t n_tests;
	char *nuance;  /* what has to be known beside the verdict */
	char *source;  /* named reference */
	char *question;/* PERSON: the answer key it turns on */
	int verdict;   /* REFERENCE: an enum claim_verdict, as the source says; else -1 */
};

enum claim_verdict {
	VERDICT_HOLDS, VERDICT_IN_PART, VERDICT_FAILS, VERDICT_NOT_TOLD_APART, VERDICT_ASK,
	VERDICT_NOT_MEASURED,
};

struct claims {
	struct claim *items;
	size_t n;
};

/* 0, or -1 with every mistake in errs; claims is then empty. */
int claims_load(struct claims *claims, const char *dir, struct errs *errs);
void claims_release(struct claims *claims);
/* NULL when there is no such claim. */
const struct claim *claims_find(const struct claims *claims, const char *id);
const char *claim_kind_word(enum claim_kind kind);    /* "timing" */
const char *claim_verdict_word(enum claim_verdict v); /* "holds-in-part" */

#endif
