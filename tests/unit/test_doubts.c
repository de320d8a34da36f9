/* doubts: which measurements the verdict hangs on, on the catalog as it is. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advise/doubts.h"
#include "base/mem.h"
#include "survey/survey.h"
#include "unit/world.h"

static const struct answers *answers_of(struct world *w, const char *example)
{
	struct errs errs = {0};
	char path[128];

	snprintf(path, sizeof path, "data/examples/%s.yaml", example);
	if (survey_read(&w->survey, &w->catalog.questions, path, stdin, &errs) < 0)
		fail_msg("%s", errs.items[0].text);
	return &w->survey.items[0].answers;
}

static struct measurement *item(struct world *w, const char *id)
{
	const struct measurement *found = measurements_find_id(&w->measured, id);

	assert_non_null(found);
	return &w->measured.items[found - w->measured.items];
}

static const struct doubt *doubt_of(const struct doubts *doubts, const char *id)
{
	size_t i;

	for (i = 0; i < doubts->n; i++) {
		if (strcmp(doubts->items[i].id, id) == 0)
			return &doubts->items[i];
	}
	return NULL;
}

/* The option that is advised when one measurement is really at ns. */
static void advised_at(struct world *w, const char *id, double ns, char option[96])
{
	struct measurement *m = item(w, id);
	const struct measurement kept = *m;
	struct reckoning r;
	size_t k;

	for (k = 0; k < WORKERS_MAX; k++)
		m->worker_ns[k] *= ns / m->ns.likely;
	m->ns = est_point(ns);
	reckon(&r, &w->survey.items[0].answers, &w->catalog, &w->measured);
	memcpy(option, r.verdict.option->id, 96);
	reckon_release(&r);
	*m = kept;
}

/* What is certain turns nothing; and where an answer decides, nothing measured does. */
static void what_is_certain_is_in_no_doubt(void **state)
{
	struct world *w = *state;
	const struct answers *answers = answers_of(w, "score-lists");
	struct doubts doubts;
	size_t i;

	for (i = 0; i < w->measured.n; i++) {
		if (w->measured.items[i].reads == READS_NOTHING)
			w->measured.items[i].ns = est_point(w->measured.items[i].ns.likely);
	}
	doubts_find(&doubts, answers, &w->catalog, &w->measured, NULL);
	assert_int_equal(doubts.n, 0);
	doubts_release(&doubts);
}

static void answers_that_decide_leave_the_use_alone(void **state)
{
	struct world *w = *state;
	const struct answers *answers = answers_of(w, "already-numpy");
	struct doubts doubts;
	size_t i;

	for (i = 0; i < w->measured.n; i++) {
		struct est *ns = &w->measured.items[i].ns;

		*ns = est(ns->likely / 3, ns->likely, 3 * ns->likely);
	}
	doubts_find(&doubts, answers, &w->catalog, &w->measured, NULL);
	for (i = 0; i < doubts.n; i++)
		assert_int_equal(doubts.items[i].turns, TURNS_ORDER);
	doubts_release(&doubts);
}

/* Each doubt that is named is one: the model says the same when the measurement is there. And the
 * samples it was made from are as they were. */
static void what_is_named_turns_it(void **state)
{
	static const char *const examples[] = {"score-lists", "one-key-of-a-dict", "vectorise",
		"text-in-text-out"};
	struct world *w = *state;
	size_t e, i, turned = 0;

	for (i = 0; i < w->measured.n; i++) {
		struct est *ns = &w->measured.items[i].ns;

		if (w->measured.items[i].reads == READS_NOTHING)
			*ns = est(ns->likely / 4, ns->likely, 4 * ns->likely);
	}
	for (e = 0; e < sizeof examples / sizeof *examples; e++) {
		const struct answers *answers = answers_of(w, examples[e]);
		char now[96], then[96];
		struct doubts doubts;
		struct reckoning r;

		reckon(&r, answers, &w->catalog, &w->measured);
		memcpy(now, r.verdict.option->id, sizeof now);
		reckon_release(&r);
		doubts_find(&doubts, answers, &w->catalog, &w->measured, NULL);
		for (i = 0; i < doubts.n; i++) {
			const struct doubt *d = &doubts.items[i];

			assert_true(d->at >= d->ns.low * 0.999 && d->at <= d->ns.high * 1.001);
			assert_true(d->weight >= 0.25 && d->weight <= 4);
			assert_true(i == 0 || d->weight <= doubts.items[i - 1].weight);
			advised_at(w, d->id, d->at, then);
			assert_string_equal(then, d->option);
			assert_int_equal(strcmp(then, now) != 0, d->turns != TURNS_ORDER);
			turned += d->turns != TURNS_ORDER;
		}
		doubts_release(&doubts);
		survey_release(&w->survey);
		memset(&w->survey, 0, sizeof w->survey);
	}
	assert_true(turned > 0);
}

/* And what is not named leaves the verdict alone, at either end, be it evidence or not. */
static void what_is_not_named_does_not_turn_it(void **state)
{
	static const char *const examples[] = {"score-lists", "tiny-call", "threads"};
	struct world *w = *state;
	size_t e, i;

	for (i = 0; i < w->measured.n; i++) {
		struct est *ns = &w->measured.items[i].ns;

		if (w->measured.items[i].reads == READS_NOTHING)
			*ns = est(ns->likely / 2, ns->likely, 2 * ns->likely);
	}
	for (e = 0; e < sizeof examples / sizeof *examples; e++) {
		const struct answers *answers = answers_of(w, examples[e]);
		char now[96], low[96], high[96];
		struct doubts doubts;
		struct reckoning r;

		reckon(&r, answers, &w->catalog, &w->measured);
		memcpy(now, r.verdict.option->id, sizeof now);
		reckon_release(&r);
		doubts_find(&doubts, answers, &w->catalog, &w->measured, NULL);
		for (i = 0; i < w->measured.n; i++) {
			const struct measurement *m = &w->measured.items[i];
			const struct doubt *d = doubt_of(&doubts, m->id);

			if (m->reads != READS_NOTHING || (d && d->turns != TURNS_ORDER))
				continue;
			advised_at(w, m->id, m->ns.low, low);
			advised_at(w, m->id, m->ns.high, high);
			if (strcmp(low, now) != 0 || strcmp(high, now) != 0)
				fail_msg("%s: '%s' turns %s to %s, %s", examples[e], m->id, now,
					low, high);
		}
		doubts_release(&doubts);
		survey_release(&w->survey);
		memset(&w->survey, 0, sizeof w->survey);
	}
}

/* The nearer the turn, the heavier. */
static void a_wider_interval_weighs_more(void **state)
{
	struct world *w = *state;
	const struct answers *answers = answers_of(w, "score-lists");
	const char *id = "kernel_numeric.plain/python/n=1000";
	double likely, last = 0, width;
	struct doubts doubts;
	const struct doubt *d;
	int seen = 0;

	if (!measurements_find_id(&w->measured, id))
		fail_msg("'%s' is no measurement any more", id);
	likely = item(w, id)->ns.likely;
	for (width = 1.5; width < 2000; width *= 2) {
		item(w, id)->ns = est(likely / width, likely, likely * width);
		doubts_find(&doubts, answers, &w->catalog, &w->measured, NULL);
		d = doubt_of(&doubts, id);
		if (d) {
			seen++;
			assert_true(d->weight >= last);
			last = d->weight;
		}
		assert_true(d || !seen);
		doubts_release(&doubts);
	}
	assert_true(seen > 1 && last > 0.5);
}

/* What the run before measured counts as well, and what has no sample yet is left out. */
static void two_runs_are_seen_together(void **state)
{
	struct world *w = *state;
	const struct answers *answers = answers_of(w, "score-lists");
	const char *id = "kernel_numeric.plain/python/n=1000";
	struct measurements now;
	struct doubts doubts, alone;
	const struct doubt *d;

	item(w, id)->ns = est(item(w, id)->ns.likely / 500, item(w, id)->ns.likely, 1e9);
	measurements_init(&now);
	measurements_add(&now, "call.one", "capi", 0)->ns = est(0, 0, INFINITY);
	doubts_find(&doubts, answers, &w->catalog, &now, &w->measured);
	doubts_find(&alone, answers, &w->catalog, &w->measured, NULL);
	assert_non_null(doubt_of(&alone, id));
	d = doubt_of(&doubts, id);
	assert_non_null(d);
	assert_ptr_equal(d->id, item(w, id)->id);
	assert_true(d->weight == doubt_of(&alone, id)->weight);
	assert_int_equal(doubts.n, alone.n);
	doubts_release(&doubts);
	doubts_release(&alone);
	/* Nothing at all is measured yet. */
	doubts_find(&doubts, answers, &w->catalog, &now, NULL);
	assert_int_equal(doubts.n, 0);
	doubts_release(&doubts);
	measurements_release(&now);
}

static void assert_same_options(const struct options *a, const struct options *b)
{
	size_t i;

	assert_int_equal(a->n, b->n);
	for (i = 0; i < a->n; i++) {
		assert_string_equal(a->items[i].id, b->items[i].id);
		assert_memory_equal(&a->items[i].time_after, &b->items[i].time_after,
			sizeof a->items[i].time_after);
		assert_int_equal(a->items[i].basis, b->items[i].basis);
	}
}

/* With one memo for all of them, each measurement that is moved is reckoned with where it
 * is, and nothing of that stays behind for the next one. */
static void a_memo_serves_whatever_is_moved(void **state)
{
	static const char *const examples[] = {"score-lists", "vectorise"};
	struct world *w = *state;
	struct reckoning base, kept, anew;
	struct figures with, without;
	size_t i, k, worker, differ = 0;
	struct measurement was;

	for (k = 0; k < 2; k++) {
		const struct answers *answers = answers_of(w, examples[k]);

		memset(&kept, 0, sizeof kept);
		memset(&anew, 0, sizeof anew);
		reckon(&base, answers, &w->catalog, &w->measured);
		with = without = base.figures;
		without.memo = NULL;
		for (i = k; i < w->measured.n; i += 5) {
			struct measurement *m = &w->measured.items[i];

			was = *m;
			m->ns = est_scale(m->ns, 3);
			for (worker = 0; worker < WORKERS_MAX; worker++)
				m->worker_ns[worker] *= 3;
			with.moved = m;
			reckon_trial(&kept, &with, answers, NULL);
			reckon_trial(&anew, &without, answers, NULL);
			assert_same_options(&kept.options, &anew.options);
			*m = was;
			differ += memcmp(&anew.options.items[anew.options.n - 1].time_after,
				&base.options.items[base.options.n - 1].time_after,
				sizeof(struct est)) != 0;
		}
		with.moved = NULL;
		reckon_trial(&kept, &with, answers, NULL);
		assert_same_options(&kept.options, &base.options);
		reckon_release(&kept);
		reckon_release(&anew);
		reckon_release(&base);
		survey_release(&w->survey);
	}
	/* Some of them count, or nothing was tried. */
	assert_true(differ > 0);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, world_begin, world_end)
	const struct CMUnitTest tests[] = {
		RUN(what_is_certain_is_in_no_doubt),
		RUN(answers_that_decide_leave_the_use_alone),
		RUN(what_is_named_turns_it),
		RUN(what_is_not_named_does_not_turn_it),
		RUN(a_wider_interval_weighs_more),
		RUN(two_runs_are_seen_together),
		RUN(a_memo_serves_whatever_is_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
