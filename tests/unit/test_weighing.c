/* sampling: what is sampled on where it is known what hangs on each measurement. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/constants.h"
#include "measure/decide.h"
#include "unit/fake_run.h"

/* What hangs on the i-th probe, and how often that was asked. */
static struct {
	const struct bench *b;
	double weights[PROBES_MOST];
	double later[PROBES_MOST]; /* from the second time on */
	int asked;
} stakes;

static void weigh(void *who, const struct measurements *m, double *weights)
{
	size_t i;

	assert_ptr_equal(who, &stakes);
	stakes.asked++;
	for (i = 0; i < stakes.b->n_timed; i++) {
		const struct measurement *item = found(stakes.b, i);

		if (item)
			weights[item - m->items] =
				stakes.asked > 1 ? stakes.later[i] : stakes.weights[i];
	}
}

static struct bench *weighed(void **state, int n)
{
	struct bench *b = *state;

	memset(&stakes, 0, sizeof stakes);
	stakes.b = b;
	b->options.weigh = weigh;
	b->options.weigh_who = &stakes;
	add_many(b, n);
	return b;
}

/* However loud it is: the run ends when enough was seen to know that. */
static void where_nothing_hangs_on_anything_the_run_ends(void **state)
{
	struct bench *b = weighed(state, 20);
	double took;
	size_t i;

	fake.slow_share = 0.99;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(stakes.asked, 1);
	assert_true(took < 0.3 * b->options.budget);
	assert_int_equal(b->m.n, 20);
	assert_int_equal(fake.processes, WORKERS_WANTED);
	for (i = 0; i < 20; i++) {
		assert_int_equal(found(b, i)->spared, 1);
		assert_true(decide_seen(found(b, i), WORKERS_WANTED, 1000));
	}
}

static void the_rest_goes_where_something_hangs(void **state)
{
	struct bench *b = weighed(state, 20);
	size_t last;
	double took;

	stakes.weights[7] = stakes.later[7] = 0.5;
	took = run(b);
	/* Quiet and narrow, but something still hangs on it. */
	assert_true(took > 0.9 * b->options.budget);
	assert_int_equal(stakes.asked, LOOKS);
	assert_true(found(b, 7)->samples > 20 * found(b, 6)->samples);
	assert_int_equal(found(b, 7)->spared, 0);
	assert_int_equal(found(b, 7)->processes, WORKERS_WANTED);
	assert_int_equal(found(b, 6)->processes, WORKERS_WANTED);
	assert_int_equal(fake.processes, WORKERS_WANTED);
	last = fake.n_blocks - 1;
	assert_int_equal(fake.blocks[last].n, 1);
	assert_int_equal(fake.blocks[last].numbers[0], 7);
}

static void what_matters_later_is_taken_up_again(void **state)
{
	struct bench *b = weighed(state, 10);

	stakes.weights[2] = 1;
	stakes.later[5] = 1;
	run(b);
	assert_int_equal(stakes.asked, LOOKS);
	assert_int_equal(found(b, 5)->spared, 0);
	assert_true(found(b, 5)->samples > found(b, 2)->samples);
	assert_true(found(b, 2)->samples > 5 * found(b, 3)->samples);
}

/* What was decided by itself had its time: no other answers need more of it. */
static void what_was_decided_is_not_called_spared(void **state)
{
	struct bench *b = weighed(state, 4);

	fake.natures[3].spread = 0.2;
	b->options.budget = 8;
	run(b);
	assert_int_equal(found(b, 1)->spared, 0);
	assert_int_equal(found(b, 3)->spared, 1);
}

static void an_early_look_is_made_up_for(void **state)
{
	struct bench *b = weighed(state, 40);
	double took;
	size_t i;

	/* Loading takes them over the first look's time. */
	for (i = 0; i < 40; i++)
		fake.natures[i].load_ms = 8;
	took = run(b);
	assert_int_equal(stakes.asked, 1);
	assert_true(took > 1.25 && took < 2.5);
	for (i = 0; i < 40; i++)
		assert_true(decide_seen(found(b, i), WORKERS_WANTED, 1000));
}

/* Loading takes so long that one worker has most of it: more of its samples make no figure. */
static void what_one_worker_has_is_seen_by_one(void **state)
{
	struct bench *b = weighed(state, 40);
	double took;
	size_t i;

	for (i = 0; i < 40; i++)
		fake.natures[i].load_ms = 120;
	b->options.budget = 10;
	took = run(b);
	assert_int_equal(found(b, 0)->n_runs, WORKERS_LEAST);
	assert_int_equal(found(b, 39)->n_runs, 1);
	assert_true(took < 0.9 * b->options.budget);
	for (i = 0; i < b->m.n; i++)
		assert_true(decide_seen(&b->m.items[i], 1, 1000));
}

/* A figure of one look alone is a guess: what is hardly seen yet is sampled on. */
static void what_was_hardly_seen_is_not_given_up(void **state)
{
	struct bench *b = weighed(state, 12);
	double took;

	add(b, 200.0 * MS, 100, 1);
	took = run(b);
	assert_true(stakes.asked > 1);
	assert_true(decide_seen(found(b, 12), WORKERS_LEAST, 1000));
	assert_true(took < 0.9 * b->options.budget);
	/* The others were given up at the first look, which left it the time. */
	assert_int_equal(fake.blocks[fake.n_blocks - 1].n, 1);
	assert_int_equal(fake.blocks[fake.n_blocks - 1].numbers[0], 12);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, fake_setup, fake_teardown)
	const struct CMUnitTest tests[] = {
		RUN(where_nothing_hangs_on_anything_the_run_ends),
		RUN(the_rest_goes_where_something_hangs),
		RUN(what_matters_later_is_taken_up_again),
		RUN(what_was_decided_is_not_called_spared),
		RUN(an_early_look_is_made_up_for),
		RUN(what_one_worker_has_is_seen_by_one),
		RUN(what_was_hardly_seen_is_not_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
