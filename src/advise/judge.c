#include "advise/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/stats.h"

/* What a measurement says, in ns or in the unit of its reading. */
static struct est said(const struct measurement *m)
{
	return m->reads == READS_NOTHING ? m->ns : m->value;
}

/* id less its less, which may be NULL. 0 when one was not measured. */
static int difference(const struct measurements *m, const char *id, const char *less,
	struct est *out)
{
	const struct measurement *a = measurements_find_id(m, id);
	const struct measurement *b = less ? measurements_find_id(m, less) : NULL;

	if (!a || (less && !b))
		return 0;
	*out = b ? est_sub(said(a), said(b)) : said(a);
	return 1;
}

/* Ratios are taken worker by worker where nothing is to be taken off first. */
static int ratio(const struct claim_test *t, const struct measurements *m, struct est *out)
{
	const struct measurement *x = measurements_find_id(m, t->a);
	const struct measurement *y = measurements_find_id(m, t->b);
	struct est a, b;
	int tie;

	if (!difference(m, t->a, t->a_less, &a) || !difference(m, t->b, t->b_less, &b))
		return 0;
	/* Readings have no workers in common; differences are taken of estimates. */
	if (t->a_less || t->b_less || x->reads != READS_NOTHING || y->reads != READS_NOTHING)
		*out = est_div(a, b);
	else
		*out = stats_ratio(x, y, &tie);
	return 1;
}

static enum test_outcome within(struct est e, double low, double high)
{
	if (e.low >= low && e.high <= high)
		return TEST_HOLDS;
	return e.high < low || e.low > high ? TEST_FAILS : TEST_UNDECIDED;
}

static enum test_outcome judge_names(const struct claim_test *t, const struct measurements *m)
{
	const struct measurement *a = measurements_find_id(m, t->a);
	size_t i;

	if (!a || a->reads != READS_NAMES)
		return TEST_UNMEASURED;
	for (i = 0; i < a->n_names; i++) {
		if (strcmp(a->names[i], t->name) == 0)
			return t->absent ? TEST_FAILS : TEST_HOLDS;
	}
	return t->absent ? TEST_HOLDS : TEST_FAILS;
}

static void judge_test(struct test_result *r, const struct measurements *m)
{
	const struct claim_test *t = r->test;
	const struct measurement *a;
	int known;

	if (t->kind == TEST_NAMES) {
		r->outcome = judge_names(t, m);
		return;
	}
	if (t->kind == TEST_RATIO) {
		known = ratio(t, m, &r->found);
	} else {
		a = measurements_find_id(m, t->a);
		r->unit = a ? a->reads : READS_NOTHING;
		known = difference(m, t->a, t->a_less, &r->found);
	}
	r->found = est_scale(r->found, 1 / t->per);
	r->outcome = known ? within(r->found, t->low, t->high) : TEST_UNMEASURED;
}

void judge_claim(struct judgement *j, const struct claim *claim, const struct measurements *m)
{
	size_t counts[TEST_UNMEASURED + 1] = {0}, i;

	memset(j, 0, sizeof *j);
	j->claim = claim;
	j->n = claim->n_tests;
	j->results = xcalloc(j->n + 1, sizeof *j->results);
	for (i = 0; i < j->n; i++) {
		j->results[i].test = &claim->tests[i];
		judge_test(&j->results[i], m);
		counts[j->results[i].outcome]++;
	}
	if (claim->kind == CLAIM_PERSON)
		j->verdict = VERDICT_ASK;
	else if (claim->kind == CLAIM_REFERENCE)
		j->verdict = (enum claim_verdict)claim->verdict;
	else if (counts[TEST_UNMEASURED] == j->n)
		j->verdict = VERDICT_NOT_MEASURED;
	else if (counts[TEST_HOLDS] && counts[TEST_FAILS])
		j->verdict = VERDICT_IN_PART;
	else if (counts[TEST_UNDECIDED])
		j->verdict = VERDICT_NOT_TOLD_APART;
	else
		j->verdict = counts[TEST_HOLDS] ? VERDICT_HOLDS : VERDICT_FAILS;
}

void judgement_release(struct judgement *j)
{
	free(j->results);
	memset(j, 0, sizeof *j);
}

/* A figure of a test: "4.1x", "35 ns", "8.1 bytes", "2". */
static void write_figure(struct str *out, double v, const struct test_result *r)
{
	if (isinf(v))
		str_add(out, "unbounded");
	else if (r->test->kind == TEST_RATIO)
		str_addf(out, "%.3gx", v);
	else if (r->unit == READS_NOTHING || r->unit == READS_NS)
		str_addf(out, "%.3g ns", v);
	else
		str_addf(out, r->unit == READS_BYTES ? "%.3g bytes" : r->unit == READS_SECONDS ?
			"%.3g s" : "%.3g", v);
}

void test_result_write(const struct test_result *r, struct str *out)
{
	const struct claim_test *t = r->test;

	if (t->where)
		str_addf(out, "%s: ", t->where);
	if (r->outcome == TEST_UNMEASURED) {
		str_addf(out, "not measured (%s%s%s)", t->a, t->b ? ", " : "", t->b ? t->b : "");
		return;
	}
	if (t->kind == TEST_NAMES) {
		str_addf(out, "%s is %s (%s)", t->name,
			(r->outcome == TEST_HOLDS) != t->absent ? "imported" : "not imported", t->a);
		return;
	}
	write_figure(out, r->found.likely, r);
	if (r->found.high > r->found.low) {
		str_add(out, " (");
		write_figure(out, r->found.low, r);
		str_add(out, " .. ");
		write_figure(out, r->found.high, r);
		str_add(out, ")");
	}
	if (t->low > 0 && isfinite(t->high)) {
		str_add(out, ", claimed ");
		write_figure(out, t->low, r);
		str_add(out, " to ");
		write_figure(out, t->high, r);
	} else {
		str_addf(out, ", claimed at %s ", t->low > 0 ? "least" : "most");
		write_figure(out, t->low > 0 ? t->low : t->high, r);
	}
}

static void want(struct plan *plan, const struct probes *probes, const char *id)
{
	const char *slash = id ? strchr(id, '/') : NULL, *size;
	const struct probe *probe;
	const struct binding *binding;
	char *name;

	if (!slash)
		return;
	size = strstr(slash, "/n=");
	name = xstrndup(id, (size_t)(slash - id));
	probe = probes_find(probes, name);
	free(name);
	name = xstrndup(slash + 1, size ? (size_t)(size - slash - 1) : strlen(slash + 1));
	binding = probes_binding(probes, name);
	free(name);
	if (probe && binding && !probe_absent(probe, binding))
		plan_add(plan, probe, binding, size ? strtol(size + 3, NULL, 10) : 0, 1);
}

void judge_wants(struct plan *plan, const struct claim *claim, const struct probes *probes)
{
	size_t i;

	for (i = 0; i < claim->n_tests; i++) {
		want(plan, probes, claim->tests[i].a);
		want(plan, probes, claim->tests[i].a_less);
		want(plan, probes, claim->tests[i].b);
		want(plan, probes, claim->tests[i].b_less);
	}
}
