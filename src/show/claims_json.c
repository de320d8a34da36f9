#include <jansson.h>
#include <math.h>
#include <string.h>

#include "show/measured_json.h"
#include "show/view_claims.h"

static void add_evidence(json_t *list, const char *id)
{
	json_t *item;
	size_t i;

	if (!id)
		return;
	json_array_foreach(list, i, item) {
		if (strcmp(json_string_value(item), id) == 0)
			return;
	}
	json_array_append_new(list, json_shown(id));
}

static json_t *test_json(const struct test_result *r)
{
	static const char *const outcomes[] = {"holds", "does-not-hold", "not-told-apart",
		"not-measured"};
	const struct claim_test *t = r->test;
	int figure = t->kind != TEST_NAMES && r->outcome != TEST_UNMEASURED;

	return json_pack("{s:o, s:o, s:o, s:o, s:s}", "where", json_shown(t->where), "found",
		figure ? json_estimate(r->found) : json_null(), "at_least",
		t->low > 0 ? json_figure(t->low) : json_null(), "at_most",
		isfinite(t->high) ? json_figure(t->high) : json_null(), "outcome",
		outcomes[r->outcome]);
}

static json_t *claim_json(const struct judgement *j)
{
	const struct claim *c = j->claim;
	json_t *evidence = json_array(), *tests = json_array();
	struct str here;
	json_t *json;
	size_t i;

	str_init(&here);
	for (i = 0; i < j->n; i++) {
		const struct claim_test *t = &c->tests[i];

		if (i)
			str_add(&here, "; ");
		test_result_write(&j->results[i], &here);
		add_evidence(evidence, t->a);
		add_evidence(evidence, t->a_less);
		add_evidence(evidence, t->b);
		add_evidence(evidence, t->b_less);
		json_array_append_new(tests, test_json(&j->results[i]));
	}
	json = json_pack("{s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
		json_shown(c->id), "claim", json_shown(c->claim), "seed", json_shown(c->seed),
		"kind", claim_kind_word(c->kind), "verdict", claim_verdict_word(j->verdict),
		"here", json_shown(str_text(&here)), "evidence", evidence, "tests", tests,
		"nuance", json_shown(c->nuance), "source", json_shown(c->source), "question",
		json_shown(c->question));
	str_release(&here);
	return json;
}

void claims_json(const struct judgement *judgements, size_t n, const struct measurements *ms,
	size_t n_ms, struct str *out)
{
	json_t *root = json_measured(ms, n_ms), *list = json_array(), *json;
	size_t i;

	for (i = 0; i < n * n_ms; i++) {
		json = claim_json(&judgements[i]);
		if (n_ms > 1)
			json_object_set_new(json, "environment", json_environment_id(i / n));
		json_array_append_new(list, json);
	}
	json_object_set_new(root, "claims", list);
	json_write(root, out);
}
