/* How sure a verdict is: the scenarios are a Latin hypercube, and no verdict turns
 * by what the measurements leave open unless the report says that it could. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/advice.h"
#include "base/mem.h"
#include "survey/change.h"
#include "unit/world.h"

enum { MOVES = 25 };

static uint32_t seed = 20251126;

/* Numerical Recipes' generator: the same moves every time. */
static double dice(void)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) / (double)(1 << 24);
}

static void each_part_is_drawn_once(void **state)
{
	static const char *const names[] = {"function.share", "inputs.length", "call/pyo3", "x", ""};
	unsigned seen, i;
	size_t k;

	(void)state;
	for (k = 0; k < 5; k++) {
		seen = 0;
		for (i = 0; i < DRAW_SCENARIOS; i++) {
			double q = draw_quantile(i, draw_name(0, names[k]));

			assert_true(q > 0 && q < 1);
			seen |= 1u << (unsigned)(q * DRAW_SCENARIOS);
		}
		assert_int_equal(seen, 0xffffffffu);
	}
}

/* Two quantities that were drawn alike would hide what they do together. */
static void names_are_drawn_apart(void **state)
{
	char a[16], b[16];
	double sum, worst = 0, mean = 0;
	unsigned i;
	int k, n;

	(void)state;
	for (n = k = 0; k < 200; k++) {
		snprintf(a, sizeof a, "a%d", k);
		snprintf(b, sizeof b, "b%d", k);
		for (sum = 0, i = 0; i < DRAW_SCENARIOS; i++)
			sum += (draw_quantile(i, draw_name(0, a)) - 0.5) *
				(draw_quantile(i, draw_name(0, b)) - 0.5) * 12 / DRAW_SCENARIOS;
		worst = fmax(worst, fabs(sum));
		mean += fabs(sum) / 200;
		n += fabs(sum) > 0.5;
	}
	/* Random permutations have a mean of 0.14, and over 0.5 one in 200. */
	assert_true(mean < 0.2);
	assert_true(n <= 6);
	assert_true(worst < 0.95);
}

static void values_follow_the_quantile(void **state)
{
	(void)state;
	assert_true(fabs(draw_value(est(1, 10, 1000), 0.5) - 10) < 1e-9);
	assert_true(fabs(draw_value(est(1, 10, 1000), 0.25) - sqrt(10)) < 1e-9);
	assert_true(fabs(draw_value(est(1, 10, 1000), 0.75) - 100) < 1e-9);
	assert_true(fabs(draw_value(est(0, 0.1, 1), 0.25) - 0.05) < 1e-9);
	assert_true(draw_value(est(1, 2, INFINITY), 0.9) == 2);
	assert_true(draw_value(est_point(INFINITY), 0.1) == INFINITY);
}

/* Moves every measurement within its interval, by a factor for each process alike. */
static double *move(struct measurements *m)
{
	double *factors = xcalloc(m->n, sizeof *factors);
	size_t i;
	int k;

	for (i = 0; i < m->n; i++) {
		struct measurement *item = &m->items[i];

		factors[i] = 1;
		if (item->reads != READS_NOTHING || !(item->ns.low > 0) || !isfinite(item->ns.high))
			continue;
		/* Every third to an end, where it does most. */
		factors[i] = draw_value(item->ns, dice() < 0.33 ? dice() < 0.5 ? 0 : 1 : dice()) /
			item->ns.likely;
		item->ns = est_scale(item->ns, factors[i]);
		for (k = 0; k < WORKERS_MAX; k++)
			item->worker_ns[k] *= factors[i];
	}
	return factors;
}

static void move_back(struct measurements *m, double *factors)
{
	size_t i;
	int k;

	for (i = 0; i < m->n; i++) {
		m->items[i].ns = est_scale(m->items[i].ns, 1 / factors[i]);
		for (k = 0; k < WORKERS_MAX; k++)
			m->items[i].worker_ns[k] /= factors[i];
	}
	free(factors);
}

struct tally {
	size_t turned_use, turned_option, sure_use, sure_option;
};

/* All moves of one function's measurements, against what its report says. */
static void try_moves(struct world *w, const struct answers *answers, const char *what,
	struct tally *tally)
{
	struct advice *a = xcalloc(1, sizeof *a);
	struct reckoning *r = xcalloc(1, sizeof *r);
	double *factors;
	int i, use, option;

	advice_make(a, answers, &w->catalog, &w->measured);
	tally->sure_use += !a->certainty.measured_use;
	tally->sure_option += !a->certainty.measured_option;
	for (i = 0; i < MOVES; i++) {
		factors = move(&w->measured);
		reckon(r, answers, &w->catalog, &w->measured);
		use = r->verdict.option->use != a->option->use;
		option = strcmp(r->verdict.option->id, a->option->id) != 0;
		if (use && !a->certainty.measured_use)
			fail_msg("%s: %s became %s and the report was sure of the use", what,
				a->option->id, r->verdict.option->id);
		if (option && !a->certainty.measured_option)
			fail_msg("%s: %s became %s and the report was sure of it", what,
				a->option->id, r->verdict.option->id);
		tally->turned_use += (size_t)use;
		tally->turned_option += (size_t)option;
		reckon_release(r);
		move_back(&w->measured, factors);
	}
	advice_release(a);
	free(a);
	free(r);
}

/* Each example as it is, and with each of its answers moved to where it nearly turns. */
static void try_example(struct world *w, const char *name, struct tally *tally)
{
	struct advice *a = xcalloc(1, sizeof *a);
	struct survey survey;
	struct answers edge;
	struct errs errs = {0};
	char path[128];
	size_t i;

	snprintf(path, sizeof path, "data/examples/%s.yaml", name);
	if (survey_read(&survey, &w->catalog.questions, path, NULL, &errs) < 0)
		fail_msg("%s: %s", path, errs.items[0].text);
	try_moves(w, &survey.items[0].answers, name, tally);
	advice_make(a, &survey.items[0].answers, &w->catalog, &w->measured);
	for (i = 0; i < a->flips.n; i++) {
		const struct flip *f = &a->flips.items[i];

		if (!f->quantity)
			continue;
		answers_copy(&edge, &survey.items[0].answers);
		answers_edit(&edge, f->question, f->input < 0 ? 0 : (size_t)f->input)->range =
			est_point(f->to);
		try_moves(w, &edge, name, tally);
		answers_release(&edge);
	}
	advice_release(a);
	free(a);
	survey_release(&survey);
}

static void no_verdict_turns_unless_the_report_says_so(void **state)
{
	static const char *const names[] = {"already-numpy", "callbacks", "foreign-objects",
		"no-compiler", "object-graph", "one-key-of-a-dict", "score-lists", "score-pairs",
		"text-in-text-out", "threads", "tiny-call", "vectorise", "rare-call"};
	struct world *w = *state;
	struct tally tally = {0};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		try_example(w, names[i], &tally);
	/* Both kinds were met: verdicts that turned, and reports that were sure. */
	assert_true(tally.turned_use > 0);
	assert_true(tally.turned_option > 0);
	assert_true(tally.sure_use > 10);
	assert_true(tally.sure_option > 0);
}

static struct survey_item *read_text(struct world *w, struct survey *survey, const char *text)
{
	struct errs errs = {0};
	FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");

	if (survey_read(survey, &w->catalog.questions, "-", file, &errs) < 0)
		fail_msg("%s", errs.items[0].text);
	fclose(file);
	return &survey->items[0];
}

static const char score[] =
	"ffiadvise: 1\nname: score\nfunction: {bound: cpu, share: 60%, time_per_call: 45us, "
	"work: numeric}\ncaller: {loop: none}\ninputs: [{name: xs, type: \"list[float]\", "
	"length: 1000}]\noutput: {type: float}\n"
	"team: {languages: [rust], compile_step: ok}\n";

static void the_same_doubt_every_time(void **state)
{
	struct world *w = *state;
	struct advice *a = xcalloc(2, sizeof *a);
	struct survey survey;
	struct survey_item *item = read_text(w, &survey, score);
	double sum = 0;
	int i;

	for (i = 0; i < 2; i++)
		advice_make(&a[i], &item->answers, &w->catalog, &w->measured);
	assert_memory_equal(a[0].certainty.uses, a[1].certainty.uses, sizeof a[0].certainty.uses);
	for (i = 0; i < USES; i++)
		sum += a[0].certainty.uses[i];
	assert_true(sum == 1);
	assert_int_equal(a[0].confidence, certainty_confidence(&a[0].certainty));
	assert_int_equal(a[0].certainty.n_unknown, a[1].certainty.n_unknown);
	assert_true(a[0].certainty.n_unknown > 0);
	for (i = 0; i < 2; i++)
		advice_release(&a[i]);
	free(a);
	survey_release(&survey);
}

/* A kind of work that a scenario supposes tells no more of a boundary than nothing does. */
static void what_is_supposed_counts_nothing(void **state)
{
	static const char native[] = "ffiadvise: 1\nname: f\nfunction: {now: native, "
		"through: pyo3, bound: cpu, time_per_call: 1ms}\ncaller: {loop: python}\n"
		"inputs: [{name: xs, type: \"list[str]\"}]\noutput: {type: \"list[str]\"}\n";
	struct world *w = *state;
	struct reckoning *r = xcalloc(1, sizeof *r);
	struct survey survey;
	struct answers *answers = &read_text(w, &survey, native)->answers;
	struct value *work = answers_edit(answers, questions_find(answers->questions,
		"function.work"), 0);

	reckon(r, answers, &w->catalog, &w->measured);
	assert_int_equal(r->workload.uncounted, 1);
	reckon_release(r);
	work->choices = 1;
	work->origin = ORIGIN_DRAWN;
	reckon(r, answers, &w->catalog, &w->measured);
	assert_int_equal(r->workload.uncounted, 1);
	reckon_release(r);
	work->origin = ORIGIN_ASKED;
	reckon(r, answers, &w->catalog, &w->measured);
	assert_int_equal(r->workload.uncounted, 0);
	reckon_release(r);
	free(r);
	survey_release(&survey);
}

/* What is said first to be found out narrows the verdict: known, it is not asked for
 * again, and what was said of it comes true. */
static void what_is_found_out_is_known(void **state)
{
	struct world *w = *state;
	struct advice *a = xcalloc(2, sizeof *a);
	struct survey survey, then;
	struct survey_item *item = read_text(w, &survey, score);
	const struct unknown *u;
	char change[128];
	struct err err;
	size_t i;

	advice_make(&a[0], &item->answers, &w->catalog, &w->measured);
	for (i = 0; i < a[0].certainty.n_unknown && !a[0].certainty.unknown[i].word; i++)
		;
	assert_true(i < a[0].certainty.n_unknown);
	u = &a[0].certainty.unknown[i];
	survey_copy(&then, &survey);
	snprintf(change, sizeof change, u->input < 0 ? "%s=%s" : "inputs[0].%s=%s",
		u->input < 0 ? u->question->id : strchr(u->question->id, '.') + 1, u->word);
	assert_int_equal(survey_change(&then, &w->catalog.questions, change, &err), 0);
	advice_make(&a[1], &then.items[0].answers, &w->catalog, &w->measured);
	assert_string_equal(a[1].option->id, u->option);
	for (i = 0; i < a[1].certainty.n_unknown; i++)
		assert_ptr_not_equal(a[1].certainty.unknown[i].question, u->question);
	for (i = 0; i < 2; i++)
		advice_release(&a[i]);
	free(a);
	survey_release(&survey);
	survey_release(&then);
}

/* Every flip that is reported turns the verdict, and just before it, it has not turned. */
static void flips_are_where_it_turns(void **state)
{
	struct world *w = *state;
	struct advice *a = xcalloc(1, sizeof *a);
	struct survey survey;
	struct survey_item *item = read_text(w, &survey, score);
	struct again again;
	size_t i, quantities = 0;

	advice_make(a, &item->answers, &w->catalog, &w->measured);
	assert_int_equal(a->option->use, USE_FFI);
	a->reckoning.figures.memo = NULL;
	again_begin(&again, &a->reckoning);
	for (i = 0; i < a->flips.n; i++) {
		const struct flip *f = &a->flips.items[i];
		size_t input = f->input < 0 ? 0 : (size_t)f->input;

		if (!f->quantity)
			continue;
		quantities++;
		again_change(&again, f->question, input)->range = est_point(f->to);
		assert_int_equal(again_decide(&again, NULL)->use, f->use);
		again_undo(&again);
		again_change(&again, f->question, input)->range =
			est_point(f->to + 0.02 * (f->from - f->to));
		assert_int_equal(again_decide(&again, NULL)->use, USE_FFI);
		again_undo(&again);
	}
	assert_true(quantities >= 2);
	again_end(&again);
	advice_release(a);
	free(a);
	survey_release(&survey);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_is_drawn_once),
		cmocka_unit_test(names_are_drawn_apart),
		cmocka_unit_test(values_follow_the_quantile),
		cmocka_unit_test(no_verdict_turns_unless_the_report_says_so),
		cmocka_unit_test(the_same_doubt_every_time),
		cmocka_unit_test(what_is_supposed_counts_nothing),
		cmocka_unit_test(what_is_found_out_is_known),
		cmocka_unit_test(flips_are_where_it_turns),
	};

	return cmocka_run_group_tests(tests, world_begin, world_end);
}
