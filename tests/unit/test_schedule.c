/* schedule, sampling: whole runs in which nothing goes wrong, on a pretended worker. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/proc.h"
#include "measure/constants.h"
#include "unit/fake_run.h"

static void a_quiet_run_stops_early_with_true_figures(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 20);
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 0);
	assert_true(took < 0.6 * b->options.budget);
	assert_int_equal(b->m.n, 20);
	assert_int_equal(b->m.n_missing, 0);
	for (i = 0; i < 20; i++) {
		const struct measurement *item = found(b, i);

		assert_int_equal(item->processes, WORKERS_WANTED);
		assert_true(fabs(item->ns.likely / fake.natures[i].ns - 1) < 0.02);
		assert_true(item->ns.low <= item->ns.likely && item->ns.likely <= item->ns.high);
		assert_in_range(clock_from_iso(item->when), clock_unix() - 1, clock_unix());
		assert_int_equal(fake.natures[i].loads, WORKERS_WANTED);
	}
	assert_int_equal(fake.processes, WORKERS_WANTED);
	assert_true(fake.told > 3 && fake.told_least_apart >= PROGRESS_EVERY_NS);
	assert_int_equal(fake.told_wanted, 20);
	assert_int_equal(fake.told_done, 20);
}

static void each_wanted_probe_once_in_a_block(void **state)
{
	struct bench *b = *state;
	size_t k, i, distinct_first = 0;
	int seen_first[PROBES_MOST] = {0};

	add_many(b, 30);
	b->options.budget = 1.2; /* the first look is late, so all are wanted for long */
	run(b);
	assert_true(fake.n_blocks > 10);
	for (k = 0; k < fake.n_blocks; k++) {
		int seen[PROBES_MOST] = {0};

		for (i = 0; i < fake.blocks[k].n; i++)
			assert_int_equal(seen[fake.blocks[k].numbers[i]]++, 0);
		if (k < 10)
			assert_int_equal(fake.blocks[k].n, 30);
		if (!seen_first[fake.blocks[k].numbers[0]]++)
			distinct_first++;
	}
	/* Random order: many different ones come first. */
	assert_true(distinct_first > 5);
}

static void sweeps_go_over_all_workers(void **state)
{
	struct bench *b = *state;
	size_t k, i;
	int first[WORKERS_WANTED] = {0}, orders = 0;

	add_many(b, 10);
	run(b);
	assert_true(fake.n_blocks >= 10 * WORKERS_WANTED);
	for (k = 0; k < 10; k++) {
		int seen[WORKERS_WANTED] = {0};

		for (i = 0; i < WORKERS_WANTED; i++) {
			assert_in_range(
				fake.blocks[k * WORKERS_WANTED + i].process, 0, WORKERS_WANTED - 1);
			seen[fake.blocks[k * WORKERS_WANTED + i].process]++;
		}
		for (i = 0; i < WORKERS_WANTED; i++)
			assert_int_equal(seen[i], 1);
		if (!first[fake.blocks[k * WORKERS_WANTED].process]++)
			orders++;
	}
	assert_true(orders > 1);
}

static void families_stay_together_and_rotate(void **state)
{
	struct bench *b = *state;
	int first_of_family[3] = {0};
	size_t k, i, j;

	/* Families 0, 1, 2 of four, planned in turn, and eight singles. */
	for (i = 0; i < 12; i++)
		add(b, 100 + 30.0 * (double)i, (int)(i % 3), 1);
	for (i = 0; i < 8; i++)
		add(b, 50, 100 + (int)i, 1);
	run(b);
	for (k = 0; k < 20; k++) {
		const struct block *block = &fake.blocks[k];

		assert_int_equal(block->n, 20);
		for (i = 0; i < 20; i++) {
			int family = b->plan.items[block->numbers[i]].family;

			if (family > 2 ||
				(i && b->plan.items[block->numbers[i - 1]].family == family))
				continue;
			for (j = 1; j < 4; j++)
				assert_int_equal(
					b->plan.items[block->numbers[i + j]].family, family);
			first_of_family[family] |= 1 << block->numbers[i] / 3;
		}
	}
	/* Each of the four came first some time. */
	for (i = 0; i < 3; i++)
		assert_int_equal(first_of_family[i], 15);
}

static void a_busy_machine_takes_the_budget_and_says_so(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 20);
	fake.slow_share = 0.99;
	took = run(b);
	assert_true(took > 0.9 * b->options.budget && took <= b->options.budget);
	assert_int_equal(b->m.env.grade, GRADE_BUSY);
	assert_true(says(b, "a slow mode of 1.4x"));
	assert_true(says(b, "upper bounds"));
	for (i = 0; i < 20; i++) {
		assert_int_equal(found(b, i)->upper_bound, 1);
		assert_true(found(b, i)->ns.low < fake.natures[i].ns);
		assert_true(found(b, i)->ns.high > fake.natures[i].ns);
	}
}

static void decided_ones_are_sampled_no_more(void **state)
{
	struct bench *b = *state;
	const struct block *last;

	add_many(b, 10);
	fake.natures[4].spread = 0.1; /* its workers disagree: never decided */
	run(b);
	last = &fake.blocks[fake.n_blocks - 1];
	assert_int_equal(last->n, 1);
	assert_int_equal(last->numbers[0], 4);
	assert_true(found(b, 4)->samples > 2 * found(b, 3)->samples);
}

static void a_family_in_clear_order_is_decided(void **state)
{
	struct bench *b = *state;
	double took;

	add(b, 100, 0, 1)->spread = 0.03;
	add(b, 300, 0, 1)->spread = 0.03;
	took = run(b);
	assert_true(took < 0.5 * b->options.budget);
	/* The same two as strangers go on to the end. */
	measurements_drop(&b->m, 1);
	measurements_drop(&b->m, 0);
	b->plan.items[1].family = 1;
	took = run(b);
	assert_true(took > 0.9 * b->options.budget);
}

static void slow_probes_do_not_break_the_budget(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 40);
	for (i = 0; i < 6; i++)
		add(b, (20 + 5.0 * (double)i) * MS, 200 + (int)i, 1)->load_ms = 60;
	fake.slow_share = 0.9; /* nothing is decided early */
	took = run(b);
	assert_true(took <= b->options.budget);
	for (i = 0; i < 46; i++)
		assert_true(found(b, i)->samples >= (i < 40 ? 50 : 5));
	/* Evenly over as few workers as a figure needs. */
	for (i = 40; i < 46; i++) {
		const struct measurement *item = found(b, i);

		assert_int_equal(item->n_runs, WORKERS_LEAST);
		assert_true(item->runs[0].n <= item->runs[2].n + 2);
		assert_true(item->runs[2].n <= item->runs[0].n + 2);
	}
	/* Quiet: the quick ones are done soon and the slow ones get the rest. */
	while (b->m.n)
		measurements_drop(&b->m, b->m.n - 1);
	fake.slow_share = 0.1;
	took = run(b);
	assert_true(took <= b->options.budget);
	for (i = 0; i < 46; i++)
		assert_true(found(b, i)->processes >= WORKERS_LEAST);
}

static void threads_run_alone_on_all_cpus(void **state)
{
	struct bench *b = *state;
	int64_t alone = 0;
	size_t k, i;
	int pinned = 0;

	add_many(b, 12);
	for (i = 12; i < 15; i++) {
		add(b, 3.0 * MS, 300 + (int)i, 1);
		b->probes[i].unpinned = 1;
	}
	fake.slow_share = 0.999;
	run(b);
	for (k = 0; k < fake.n_blocks; k++) {
		const struct block *block = &fake.blocks[k];
		int threads = block->numbers[0] >= 12;

		for (i = 0; i < block->n; i++)
			assert_int_equal(block->numbers[i] >= 12, threads);
		if (threads) {
			assert_int_equal(block->n, 1);
			assert_int_equal(block->cpu, -1);
			alone += 3 * MS;
		}
		pinned += !threads && block->cpu >= 0;
	}
	/* A share of a fifth, and a block more. */
	assert_true(alone > 0.05 * 5 * SECOND && alone < 0.25 * 5 * SECOND);
	assert_true(pinned > 0);
	for (i = 12; i < 15; i++)
		assert_int_equal(found(b, i)->n_runs, WORKERS_LEAST);
}

static void only_threads_get_all_the_time(void **state)
{
	struct bench *b = *state;

	add(b, 1.0 * MS, 0, 1)->spread = 0.2;
	b->probes[0].unpinned = 1;
	run(b);
	assert_true(found(b, 0)->samples > 1000);
	assert_int_equal(found(b, 0)->processes, WORKERS_LEAST);
}

static void the_best_cpu_is_chosen(void **state)
{
	struct bench *b = *state;
	struct proc_cpus allowed;
	size_t k;
	int i;

	assert_int_equal(proc_cpus_get(&allowed), 0);
	for (i = 0; i < CPU_TRIAL_MOST; i++) {
		if (proc_cpus_has(&allowed, i))
			fake.best_cpu = i;
	}
	add_many(b, 3);
	run(b);
	for (k = 0; k < fake.n_blocks; k++)
		assert_int_equal(fake.blocks[k].cpu, fake.best_cpu);
}

static void nothing_planned_starts_nothing(void **state)
{
	struct bench *b = *state;

	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(fake.processes, 0);
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, fake_setup, fake_teardown)
	const struct CMUnitTest tests[] = {
		RUN(a_quiet_run_stops_early_with_true_figures),
		RUN(each_wanted_probe_once_in_a_block),
		RUN(sweeps_go_over_all_workers),
		RUN(families_stay_together_and_rotate),
		RUN(a_busy_machine_takes_the_budget_and_says_so),
		RUN(decided_ones_are_sampled_no_more),
		RUN(a_family_in_clear_order_is_decided),
		RUN(slow_probes_do_not_break_the_budget),
		RUN(threads_run_alone_on_all_cpus),
		RUN(only_threads_get_all_the_time),
		RUN(the_best_cpu_is_chosen),
		RUN(nothing_planned_starts_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
