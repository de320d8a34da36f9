/* stats and noise: figures, intervals, ties and grades from samples made here. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "measure/constants.h"
#include "measure/order.h"
#include "measure/stats.h"

#define assert_near(a, b, relative)                                                                \
	assert_true(fabs((double)(a) - (double)(b)) <= (relative)*fabs((double)(b)) + 1e-12)

enum { QUIET = 1000, SLOW = 1450, LOOPS = 50, UNROLL = 32 };

/* 0 <= u < 1. */
static double uniform(struct chance *chance)
{
	return (double)chance_below(chance, 1u << 30) / (1u << 30);
}

static double normal(struct chance *chance)
{
	double u = uniform(chance), v = uniform(chance);

	return sqrt(-2 * log(1 - u)) * cos(2 * M_PI * v);
}

/* One sample of a statement of ns, at a speed. */
static void take(
	struct samples *run, double ns, double speed, uint32_t gate, int switched, uint32_t sweep)
{
	samples_add(run, (uint32_t)lround(LOOPS * UNROLL * ns * speed),
		(uint32_t)lround(LOOPS * UNROLL / 2 * ns * speed), gate, (uint8_t)switched, sweep);
}

/* A worker with `clean` clean samples of ns and `slow` ones at 1.45 times of that. */
static void add_worker(struct measurement *item, int worker, double ns, int clean, int slow)
{
	struct samples *run = measurement_run(item, worker, LOOPS, UNROLL);
	int i;

	for (i = 0; i < clean + slow; i++)
		take(run, ns, i < clean ? 1 : 1.45, i < clean ? QUIET : SLOW, 0, (uint32_t)i);
}

static int says(const struct environment *env, const char *words)
{
	size_t i;

	for (i = 0; i < env->n_why; i++) {
		if (strstr(env->why[i], words))
			return 1;
	}
	return 0;
}

/* Nothing but one measurement, which has no samples yet. */
static struct measurement *only(struct measurements *m)
{
	measurements_init(m);
	return measurements_add(m, "p", "b", 0);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void median_is_the_middle_of_the_sorted(void **state)
{
	struct chance chance;
	double v[40], sorted[40];
	int round, n, i;

	(void)state;
	chance_seed(&chance, 1);
	for (round = 0; round < 2000; round++) {
		n = 1 + (int)chance_below(&chance, 40);
		/* Few different values: equal ones are the hard case of a selection. */
		for (i = 0; i < n; i++)
			v[i] = sorted[i] = (double)chance_below(&chance, round % 2 ? 5 : 100000);
		qsort(sorted, (size_t)n, sizeof *sorted, by_value);
		assert_true(stats_median(v, (size_t)n) ==
			    (n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2));
	}
	assert_true(isnan(stats_median(v, 0)));
}

/* The share of Student's t with df degrees of freedom below x: Simpson's rule from 0. */
static double t_share(double x, int df)
{
	double c = exp(lgamma((df + 1) / 2.0) - lgamma(df / 2.0)) / sqrt(df * M_PI), sum = 0;
	int steps = 20000, i;

	for (i = 0; i <= steps; i++) {
		double t = x * i / steps;

		sum += (i == 0 || i == steps ? 1
			       : i % 2	     ? 4
					     : 2) *
		       pow(1 + t * t / df, -(df + 1) / 2.0);
	}
	return 0.5 + c * sum * x / steps / 3;
}

static void interval_has_the_quantile_of_t(void **state)
{
	int n, k;

	(void)state;
	for (n = 3; n <= WORKERS_MAX; n++) {
		struct measurements m;
		struct measurement *item;
		double logs[WORKERS_MAX], mean = 0, var = 0, t;

		item = only(&m);
		for (k = 0; k < n; k++)
			add_worker(item, k, 1000 * (1 + 0.01 * k), CLEAN_LEAST, 0);
		stats_estimate(&m);
		for (k = 0; k < n; k++) {
			logs[k] = log(item->worker_ns[k]);
			mean += logs[k] / n;
		}
		for (k = 0; k < n; k++)
			var += (logs[k] - mean) * (logs[k] - mean) / (n - 1);
		t = log(item->ns.high / item->ns.low) / 2 / sqrt(var / n);
		/* Beyond sixteen the last quantile serves, which is a little wide. */
		if (n <= 16)
			assert_near(t_share(t, n - 1), 0.975, 0.0005);
		else
			assert_true(t_share(t, n - 1) > 0.975);
		assert_int_equal(item->processes, n);
		measurements_release(&m);
	}
}

static void both_bodies_count(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k;

	(void)state;
	item = only(&m);
	for (k = 0; k < 5; k++)
		add_worker(item, k, 25, 20, 30);
	stats_estimate(&m);
	assert_near(item->ns.likely, 25, 1e-3);
	assert_int_equal(item->samples, 250);
	assert_int_equal(item->clean, 100);
	assert_int_equal(item->upper_bound, 0);
	measurements_release(&m);
}

static void one_statement_a_turn_has_no_half(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k, i;

	(void)state;
	item = only(&m);
	for (k = 0; k < 3; k++) {
		struct samples *run = measurement_run(item, k, 4, 1);

		for (i = 0; i < CLEAN_LEAST; i++)
			samples_add(run, 200000, 0, QUIET, 0, 0);
	}
	stats_estimate(&m);
	assert_near(item->ns.likely, 50000, 1e-9);
	measurements_release(&m);
}

static void what_counts_as_clean(void **state)
{
	struct measurements m;
	struct samples *run;

	(void)state;
	measurements_init(&m);
	run = measurement_run(measurements_add(&m, "p", "b", 0), 0, LOOPS, UNROLL);
	take(run, 25, 1, QUIET, 0, 0);
	take(run, 25, 1, (uint32_t)(QUIET * GATE_TOLERANCE), 0, 0);
	take(run, 25, 1, (uint32_t)(QUIET * GATE_TOLERANCE) + 1, 0, 0);
	take(run, 25, 1, QUIET, 1, 0);
	take(run, 25, 1, 0, 0, 0); /* no gate was taken */
	assert_true(stats_fastest_gate(&m) == QUIET);
	assert_true(stats_is_clean(run, 0, QUIET));
	assert_true(stats_is_clean(run, 1, QUIET));
	assert_false(stats_is_clean(run, 2, QUIET));
	assert_false(stats_is_clean(run, 3, QUIET));
	assert_false(stats_is_clean(run, 4, QUIET));
	measurements_release(&m);
}

/* Workers with so many clean samples each: how many count? */
static int counting(double ns, int clean)
{
	struct measurements m;
	struct measurement *item;
	int k, processes;

	item = only(&m);
	for (k = 0; k < 4; k++)
		add_worker(item, k, ns, clean, 30);
	stats_estimate(&m);
	processes = item->processes;
	assert_int_equal(item->upper_bound, processes < WORKERS_LEAST);
	measurements_release(&m);
	return processes;
}

static void a_worker_needs_ten_clean_samples_or_three_slow_ones(void **state)
{
	(void)state;
	assert_int_equal(counting(25, 10), 4);
	assert_int_equal(counting(25, 9), 0);
	assert_int_equal(counting(0.99e6 / 1.45, 3), 0);
	assert_int_equal(counting(1.01e6, 3), 4);
	assert_int_equal(counting(1.01e6, 2), 0);
}

static void too_few_clean_workers_give_an_upper_bound(void **state)
{
	struct measurements m;
	struct measurement *none, *two;
	int k;

	(void)state;
	measurements_init(&m);
	measurements_add(&m, "p", "none", 0);
	two = measurements_add(&m, "p", "two", 0);
	none = &m.items[0];
	for (k = 0; k < 5; k++) {
		add_worker(none, k, 1000, 0, 20);
		add_worker(two, k, 1000 + 10 * k, k < 2 ? 20 : 0, 20);
	}
	stats_estimate(&m);
	assert_int_equal(none->upper_bound, 1);
	/* What was seen is 1.45 times the truth; the truth is inside. */
	assert_near(none->ns.likely, 1450, 0.001);
	assert_true(none->ns.low < 1000 && none->ns.high >= 1450);
	assert_int_equal(two->upper_bound, 1);
	assert_int_equal(two->processes, 2);
	assert_near(two->ns.likely, 1000, 0.001);
	assert_near(two->ns.low, 1000 / 1.1, 0.001);
	assert_true(two->ns.high > 1450);
	assert_true(says(&m.env, "2 of 2 figures are upper bounds"));
	measurements_release(&m);
}

static void what_is_next_to_nothing_is_below_the_clock_s_step(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k, i;

	(void)state;
	item = only(&m);
	for (k = 0; k < 3; k++) {
		struct samples *run = measurement_run(item, k, LOOPS, UNROLL);

		for (i = 0; i < CLEAN_LEAST; i++)
			samples_add(run, 1 + (uint32_t)i % 3, 1, QUIET, 0, 0);
	}
	stats_estimate(&m);
	assert_near(item->ns.likely, CLOCK_STEP_NS / (LOOPS * UNROLL * 1.5), 1e-6);
	assert_true(item->ns.low == 0);
	assert_int_equal(item->upper_bound, 0);
	measurements_release(&m);
}

static void one_odd_process_does_not_move_the_figure(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k;

	(void)state;
	item = only(&m);
	for (k = 0; k < 5; k++)
		add_worker(item, k, k == 3 ? 42 : 18 + 0.05 * k, 20, 0);
	stats_estimate(&m);
	/* The mean of the middle three. */
	assert_near(item->ns.likely, exp((log(18.05) + log(18.1) + log(18.2)) / 3), 0.005);
	assert_true(item->ns.high > 20); /* and yet it shows */
	measurements_release(&m);
}

/* Workers differ by a factor that both share; the ratio does not. */
static void ratio_is_taken_within_workers(void **state)
{
	static const double speed[] = {1, 1.2, 0.9, 1.4, 1.1};
	struct measurements m;
	struct measurement *a, *b;
	struct est ratio;
	int k, tie = -1;

	(void)state;
	measurements_init(&m);
	measurements_add(&m, "p", "a", 0);
	b = measurements_add(&m, "p", "b", 0);
	a = &m.items[0];
	for (k = 0; k < 5; k++) {
		add_worker(a, k, 120 * speed[k], 20, 5);
		add_worker(b, k, 100 * speed[k], 20, 5);
	}
	stats_estimate(&m);
	ratio = stats_ratio(a, b, &tie);
	assert_near(ratio.likely, 1.2, 0.002);
	assert_true(ratio.low > 1.19 && ratio.high < 1.21);
	assert_int_equal(tie, 0);
	/* The estimates alone do not tell them apart. */
	assert_true(a->ns.low < b->ns.high);
	measurements_release(&m);
}

static int tie_of(double a_ns, double b_ns, int workers)
{
	struct measurements m;
	int k, tie;

	measurements_init(&m);
	measurements_add(&m, "p", "a", 0);
	measurements_add(&m, "p", "b", 0);
	for (k = 0; k < workers; k++) {
		add_worker(&m.items[0], k, a_ns, 20, 30);
		add_worker(&m.items[1], k, b_ns, 20, 30);
	}
	stats_estimate(&m);
	stats_ratio(&m.items[0], &m.items[1], &tie);
	measurements_release(&m);
	return tie;
}

static void ties(void **state)
{
	(void)state;
	/* Workers in common: 5 %, whatever they take. */
	assert_int_equal(tie_of(104, 100, 5), 1);
	assert_int_equal(tie_of(100, 104, 5), 1);
	assert_int_equal(tie_of(106, 100, 5), 0);
	assert_int_equal(tie_of(100, 106, 5), 0);
	assert_int_equal(tie_of(20.8, 20, 5), 1);
	assert_int_equal(tie_of(21.2, 20, 5), 0);
	/* Two workers: the quotient of two upper bounds, which overlap up to 1.6 times. */
	assert_int_equal(tie_of(130, 100, 2), 1);
	assert_int_equal(tie_of(300, 100, 2), 0);
}

static void figures_of_two_runs_tie_more_easily(void **state)
{
	(void)state;
	assert_near(stats_tie_of_runs(100, 100), 1.10, 1e-9);
	assert_near(stats_tie_of_runs(29, 31), 1.10, 1e-9); /* only one of them is short */
	assert_near(stats_tie_of_runs(29, 29), 1.15, 1e-9);
}

static void a_reference_figure_has_no_workers_to_share(void **state)
{
	struct measurements m;
	struct measurement *item, reference = {.basis = BASIS_REFERENCE};
	struct est ratio;
	int k, tie;

	(void)state;
	item = only(&m);
	for (k = 0; k < 5; k++)
		add_worker(item, k, 100, 20, 0);
	stats_estimate(&m);
	reference.ns = est(40, 50, 60);
	ratio = stats_ratio(item, &reference, &tie);
	assert_near(ratio.likely, 2, 0.001);
	assert_true(ratio.low < 1.7 && ratio.high > 2.4);
	assert_int_equal(tie, 0);
	measurements_release(&m);
}

/*
 * One simulated session: between processes 2 %, within one 4 %, seven samples
 * in ten slow. True when the interval holds the true value.
 */
static int session_covers(struct chance *chance, int workers)
{
	struct measurements m;
	struct measurement *item;
	int k, i, covers;

	item = only(&m);
	for (k = 0; k < workers; k++) {
		struct samples *run = measurement_run(item, k, LOOPS, UNROLL);
		double own = 200 * exp(0.02 * normal(chance));

		for (i = 0; i < 60; i++) {
			int slow = uniform(chance) < 0.7;

			take(run, own * exp(0.04 * normal(chance)), slow ? 1.5 : 1,
				(uint32_t)((slow ? 1400 : QUIET) + chance_below(chance, 40)), 0, 0);
		}
	}
	stats_estimate(&m);
	covers = !item->upper_bound && item->ns.low <= 200 && item->ns.high >= 200;
	measurements_release(&m);
	return covers;
}

static void interval_covers_the_truth_as_often_as_it_says(void **state)
{
	struct chance chance;
	int workers, round, covered;

	(void)state;
	chance_seed(&chance, 20260131);
	for (workers = 3; workers <= 5; workers += 2) {
		for (covered = 0, round = 0; round < 1000; round++)
			covered += session_covers(&chance, workers);
		/* 95 % nominal; three standard errors of a share of 1000 are 2 %. */
		assert_in_range(covered, 930, 970);
	}
}

static enum grade grade_of(int clean, int slow)
{
	struct measurements m;
	enum grade grade;

	measurements_init(&m);
	add_worker(measurements_add(&m, "p", "b", 0), 0, 100, clean, slow);
	stats_estimate(&m);
	grade = m.env.grade;
	assert_near(m.env.clean_share, (double)clean / (clean + slow), 1e-9);
	measurements_release(&m);
	return grade;
}

static void grades(void **state)
{
	(void)state;
	assert_int_equal(grade_of(41, 59), GRADE_QUIET);
	assert_int_equal(grade_of(40, 60), GRADE_USABLE);
	assert_int_equal(grade_of(6, 94), GRADE_USABLE);
	assert_int_equal(grade_of(5, 95), GRADE_BUSY);
}

static void others_make_a_machine_less_than_quiet(void **state)
{
	static const struct {
		double others;
		int clean;
		enum grade grade;
	} cases[] = {{0.1, 90, GRADE_QUIET}, {0.3, 90, GRADE_USABLE}, {0.7, 90, GRADE_BUSY},
		{0.3, 3, GRADE_BUSY},
		/* A file keeps whole per cents, and the grade has to be the same from it. */
		{0.154, 90, GRADE_QUIET}, {0.156, 90, GRADE_USABLE}, {0.604, 90, GRADE_USABLE}};
	struct measurements m;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		measurements_init(&m);
		add_worker(measurements_add(&m, "p", "b", 0), 0, 100, cases[i].clean,
			100 - cases[i].clean);
		m.env.others = cases[i].others;
		stats_estimate(&m);
		assert_int_equal(m.env.grade, cases[i].grade);
		assert_int_equal(says(&m.env, "other processes took"),
			cases[i].others > 0.155);
		measurements_release(&m);
	}
}

static void a_busy_machine_is_described(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k, i;

	(void)state;
	item = only(&m);
	for (k = 0; k < 5; k++) {
		struct samples *run = measurement_run(item, k, LOOPS, UNROLL);

		/* Half of it slow by the gate, the last third always; each tenth switched. */
		for (i = 0; i < 90; i++) {
			int slow = i >= 60 || i % 4 == 0;

			take(run, 100, 1, slow ? SLOW : QUIET, i % 10 == 1, (uint32_t)i);
		}
	}
	stats_estimate(&m);
	/* 45 of 90 by the gate, less the three of which the core was taken away. */
	assert_true(says(&m.env, "a slow mode of 1.4x for 47 % of the time"));
	assert_true(says(&m.env, "the core was taken away during 10 % of the samples"));
	assert_true(says(&m.env, "the last third of the run was 1.4 times slower than the first"));
	assert_false(says(&m.env, "worker"));
	/* Made anew, not added to. */
	i = (int)m.env.n_why;
	stats_estimate(&m);
	assert_int_equal(m.env.n_why, i);
	measurements_release(&m);
}

static void a_quiet_machine_needs_no_words(void **state)
{
	struct measurements m;
	struct measurement *item;
	int k;

	(void)state;
	item = only(&m);
	for (k = 0; k < 5; k++)
		add_worker(item, k, 100, 60, 0);
	stats_estimate(&m);
	assert_int_equal(m.env.n_why, 0);
	assert_int_equal(m.env.grade, GRADE_QUIET);
	measurements_release(&m);
}

static void too_few_workers_are_said(void **state)
{
	struct measurements m;

	(void)state;
	measurements_init(&m);
	add_worker(measurements_add(&m, "p", "b", 0), 0, 100, 60, 0);
	stats_estimate(&m);
	assert_true(says(&m.env, "1 of 1 figures come from fewer than 3 workers"));
	assert_false(says(&m.env, "quiet"));
	measurements_release(&m);
}

static void nothing_measured_is_no_figure(void **state)
{
	struct measurements m;
	struct measurement *item;

	(void)state;
	measurements_init(&m);
	stats_estimate(&m);
	assert_true(m.env.gate_ns == 0 && m.env.grade == GRADE_BUSY);
	item = measurements_add(&m, "p", "b", 0);
	stats_estimate(&m);
	assert_true(item->ns.low == 0 && isinf(item->ns.high));
	assert_int_equal(item->processes, 0);
	measurements_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(median_is_the_middle_of_the_sorted),
		cmocka_unit_test(interval_has_the_quantile_of_t),
		cmocka_unit_test(both_bodies_count),
		cmocka_unit_test(one_statement_a_turn_has_no_half),
		cmocka_unit_test(what_counts_as_clean),
		cmocka_unit_test(a_worker_needs_ten_clean_samples_or_three_slow_ones),
		cmocka_unit_test(too_few_clean_workers_give_an_upper_bound),
		cmocka_unit_test(what_is_next_to_nothing_is_below_the_clock_s_step),
		cmocka_unit_test(one_odd_process_does_not_move_the_figure),
		cmocka_unit_test(ratio_is_taken_within_workers),
		cmocka_unit_test(ties),
		cmocka_unit_test(figures_of_two_runs_tie_more_easily),
		cmocka_unit_test(a_reference_figure_has_no_workers_to_share),
		cmocka_unit_test(interval_covers_the_truth_as_often_as_it_says),
		cmocka_unit_test(grades),
		cmocka_unit_test(others_make_a_machine_less_than_quiet),
		cmocka_unit_test(a_busy_machine_is_described),
		cmocka_unit_test(a_quiet_machine_needs_no_words),
		cmocka_unit_test(too_few_workers_are_said),
		cmocka_unit_test(nothing_measured_is_no_figure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
