#include "advise/reckon.h"

#include "advise/present.h"

void reckon(struct reckoning *r, const struct answers *answers, const struct catalog *catalog,
	const struct measurements *measurements, int trial)
{
	r->figures.catalog = catalog;
	r->figures.measurements = measurements;
	workload_make(&r->workload, answers, &catalog->references);
	present_reckon(&r->workload, &r->figures);
	options_make(&r->options, &r->workload, &r->figures);
	facts_init(&r->facts, answers);
	/* Vetoes may look at predicted quantities, and those at what is vetoed. */
	facts_before(&r->facts, &r->workload, &r->figures, &r->options);
	verdict_judge(&r->options, &catalog->rules, &r->facts, trial);
	facts_before(&r->facts, &r->workload, &r->figures, &r->options);
	verdict_make(&r->verdict, &r->options, &catalog->rules, &r->facts);
	if (trial)
		return;
	facts_word(&r->facts, "verdict.rule",
		r->verdict.stay_rule ? r->verdict.stay_rule->id : "none");
	facts_after(&r->facts, &r->workload, &r->figures, &r->options, r->verdict.option);
}

void reckon_release(struct reckoning *r)
{
	options_release(&r->options);
}
