#include "advise/reckon.h"

#include "advise/present.h"

#include <string.h>

/* Up to what vetoes leave; then everything is there to decide. */
static void price(struct reckoning *r, const struct answers *answers, int only_vetoes)
{
	const struct catalog *catalog = r->figures.catalog;

	workload_make(&r->workload, answers, &catalog->references, &r->figures.draw);
	workload_on_machine(&r->workload, r->figures.measurements->env.cores);
	present_reckon(&r->workload, &r->figures);
	options_make(&r->options, &r->workload, &r->figures);
	facts_init(&r->facts, answers);
	/* Vetoes may look at predicted quantities, and those at what is vetoed. */
	facts_before(&r->facts, &r->workload, &r->figures, &r->options);
	verdict_judge(&r->options, &catalog->rules, &r->facts, only_vetoes);
	facts_before(&r->facts, &r->workload, &r->figures, &r->options);
}

void reckon(struct reckoning *r, const struct answers *answers, const struct catalog *catalog,
	const struct measurements *measurements)
{
	memset(&r->figures, 0, sizeof r->figures);
	memset(&r->options, 0, sizeof r->options);
	r->own = r->figures.memo = figures_memo_new(MEMO_FOR_ONE);
	r->figures.catalog = catalog;
	r->figures.measurements = measurements;
	price(r, answers, 0);
	verdict_make(&r->verdict, &r->options, &catalog->rules, &r->facts);
	facts_word(&r->facts, "verdict.rule",
		r->verdict.stay_rule ? r->verdict.stay_rule->id : "none");
	facts_after(&r->facts, &r->workload, &r->figures, &r->options, r->verdict.option);
}

void reckon_trial(struct reckoning *r, const struct figures *figures, const struct answers *answers,
	const struct draw *draw)
{
	r->figures = *figures;
	r->figures.bare = 1;
	memset(&r->figures.draw, 0, sizeof r->figures.draw);
	if (draw)
		r->figures.draw = *draw;
	price(r, answers, 1);
	r->verdict.option = verdict_decide(&r->options, &figures->catalog->rules, &r->facts,
		SCENARIO_LIKELY, &r->verdict.stay_rule);
}

void reckon_forget(struct reckoning *r)
{
	figures_memo_free(r->own);
	r->own = r->figures.memo = NULL;
}

void reckon_release(struct reckoning *r)
{
	options_release(&r->options);
	reckon_forget(r);
}
