/*
 * judge: the seed's claims against what was measured here. Pure. A claim holds
 * when all its tests do, holds in part when some do and some do not, and is
 * not told apart while a test's interval straddles its bound.
 */
#ifndef FFIADVISE_ADVISE_JUDGE_H
#define FFIADVISE_ADVISE_JUDGE_H

#include <stddef.h>

#include "base/str.h"
#include "catalog/claims.h"
#include "measure/plan.h"
#include "measure/store.h"

enum test_outcome { TEST_HOLDS, TEST_FAILS, TEST_UNDECIDED, TEST_UNMEASURED };

struct test_result {
	const struct claim_test *test;
	enum test_outcome outcome;
	struct est found; /* the ratio or the value; not of names */
	enum reads unit;  /* of a value; READS_NOTHING: ns */
};

struct judgement {
	const struct claim *claim;
	enum claim_verdict verdict;
	struct test_result *results; /* one for each test of the claim; owned */
	size_t n;
};

void judge_claim(struct judgement *judgement, const struct claim *claim,
	const struct measurements *measurements);
void judgement_release(struct judgement *judgement);
/* "list_float.copied/pyo3/n=1000 over ...: 4.1x (3.9 .. 4.3), at least 2 claimed" */
void test_result_write(const struct test_result *result, struct str *out);
/* The measurements that judging needs; what no probe gives is left out. */
void judge_wants(struct plan *plan, const struct claim *claim, const struct probes *probes);

#endif
