#include "measure/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/constants.h"
#include "measure/noise.h"

/*
 * 97.5 % quantiles of Student's t for 1 to 15 degrees of freedom: the 95 %
 * two-sided interval (Abramowitz and Stegun, table 26.10; a test integrates
 * the density up to each). With more workers the last one serves: it is a
 * little wide then, and never too narrow.
 */
enum { T_MAX = 16 };
static const double t975[T_MAX] = {NAN, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365,
	2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131};

double stats_t975(size_t freedom)
{
	return t975[freedom < T_MAX ? freedom : T_MAX - 1];
}

/*
 * Puts the k-th smallest where it belongs, smaller ones before it, larger ones
 * behind it (Hoare's selection, pivot in the middle); linear on average.
 */
static void select_nth(double *v, size_t n, size_t k)
{
	size_t low = 0, high = n - 1;

	while (low < high) {
		double pivot = v[low + (high - low) / 2], t;
		size_t i = low, j = high;

		for (;;) {
			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i >= j)
				break;
			t = v[i];
			v[i++] = v[j];
			v[j--] = t;
		}
		/* v[low..j] <= pivot <= v[j + 1..high] */
		if (k <= j)
			high = j;
		else
			low = j + 1;
	}
}

double stats_median(double *values, size_t n)
{
	double below;
	size_t i;

	if (n == 0)
		return NAN;
	select_nth(values, n, n / 2);
	if (n % 2)
		return values[n / 2];
	below = values[0];
	for (i = 1; i < n / 2; i++)
		below = fmax(below, values[i]);
	return (below + values[n / 2]) / 2;
}

double stats_fastest_gate(const struct measurements *m)
{
	uint32_t least = 0;
	size_t i, k, s;

	for (i = 0; i < m->n; i++) {
		for (k = 0; k < m->items[i].n_runs; k++) {
			const struct samples *run = &m->items[i].runs[k];

			for (s = 0; s < run->n; s++) {
				if (run->gate[s] && (!least || run->gate[s] < least))
					least = run->gate[s];
			}
		}
	}
	return least;
}

int stats_is_clean(const struct samples *run, size_t s, double fastest)
{
	return run->gate[s] <= fastest * GATE_TOLERANCE && run->gate[s] > 0 && !run->switched[s];
}

/* Executions in full and half together. */
static double executions(const struct samples *run, size_t s)
{
	double unroll = run->unroll ? run->unroll : 1, loops = run->loops ? run->loops : 1;

	return loops * (unroll + (run->half[s] ? floor(unroll / 2) : 0));
}

static double sample_ns(const struct samples *run, size_t s)
{
	return ((double)run->full[s] + (double)run->half[s]) / executions(run, s);
}

size_t stats_clean_least(const struct samples *run)
{
	/* Any sample tells slow from not, whatever its noise. */
	return run->n && sample_ns(run, 0) > SLOW_STATEMENT_NS ? CLEAN_LEAST_SLOW : CLEAN_LEAST;
}

double stats_plain_median(const struct samples *run)
{
	double *values = xreallocarray(NULL, run->n + 1, sizeof *values), median;
	size_t s;

	for (s = 0; s < run->n; s++)
		values[s] = sample_ns(run, s);
	median = stats_median(values, run->n);
	free(values);
	return median;
}

/*
 * The worker's median of clean samples; NAN when it has too few. A median that
 * is not positive is below what can be told apart from nothing: then the least
 * that can be, and *floored is set.
 */
static double worker_median(
	const struct samples *run, double fastest, double *scratch, size_t *clean, int *floored)
{
	size_t n = 0, s;
	double median, least;

	for (s = 0; s < run->n; s++) {
		if (stats_is_clean(run, s, fastest))
			scratch[n++] = sample_ns(run, s);
	}
	*clean += n;
	if (n < stats_clean_least(run))
		return NAN;
	median = stats_median(scratch, n);
	least = CLOCK_STEP_NS / executions(run, 0);
	if (median >= least)
		return median;
	*floored = 1;
	return least;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The mean of sorted logs without the least and the greatest: an eighth of them on either side, and
 * at least one, so that of three or four it is the median. n >= 3. */
static double trimmed_mean(const double *sorted, size_t n)
{
	size_t cut = n / TRIMMED_PART > 1 ? n / TRIMMED_PART : 1, i;
	double sum = 0;

	for (i = cut; i < n - cut; i++)
		sum += sorted[i];
	return sum / (double)(n - 2 * cut);
}

/* The trimmed mean of n positive values with the t interval on their logs; n >= 3. The interval
 * is around the mean of all; where it misses the trimmed one, it is stretched to it. */
static struct est t_interval(const double *logs, size_t n)
{
	double sorted[WORKERS_MAX], sum = 0, squares = 0, mean, half, middle;
	size_t i;

	for (i = 0; i < n; i++)
		sum += logs[i];
	mean = sum / (double)n;
	for (i = 0; i < n; i++)
		squares += (logs[i] - mean) * (logs[i] - mean);
	half = stats_t975(n - 1) * sqrt(squares / (double)(n - 1) / (double)n);
	memcpy(sorted, logs, n * sizeof *logs);
	qsort(sorted, n, sizeof *sorted, by_value);
	middle = trimmed_mean(sorted, n);
	return est(exp(fmin(mean - half, middle)), exp(middle), exp(fmax(mean + half, middle)));
}

/* Too few clean workers: the least over all samples is an upper bound of the undisturbed time,
 * and what the worst worker usually saw the high end. */
static void estimate_bound(struct measurement *item, double *scratch)
{
	double least = INFINITY, low = INFINITY, high = 0;
	size_t k, s;

	for (k = 0; k < item->n_runs; k++) {
		const struct samples *run = &item->runs[k];

		if (!run->n)
			continue;
		for (s = 0; s < run->n; s++) {
			scratch[s] = sample_ns(run, s);
			least = fmin(least, scratch[s]);
		}
		high = fmax(high, stats_median(scratch, run->n));
	}
	item->upper_bound = 1;
	if (isinf(least)) {
		item->ns = est(0, 0, INFINITY);
		return;
	}
	for (k = 0; k < WORKERS_MAX; k++) {
		if (!isnan(item->worker_ns[k]))
			low = fmin(low, item->worker_ns[k]);
	}
	least = fmin(least, low);
	low = isinf(low) ? least / SLOW_MODE_MOST : least / FEW_WORKERS_MARGIN;
	item->ns = est(low, least, fmax(high, least));
}

static void estimate_item(struct measurement *item, double fastest, double *scratch)
{
	double logs[WORKERS_MAX];
	int floored = 0;
	size_t k, n = 0;

	item->samples = item->clean = 0;
	item->upper_bound = 0;
	for (k = 0; k < WORKERS_MAX; k++)
		item->worker_ns[k] = NAN;
	for (k = 0; k < item->n_runs; k++) {
		const struct samples *run = &item->runs[k];
		double ns;

		item->samples += run->n;
		ns = worker_median(run, fastest, scratch, &item->clean, &floored);
		if (run->worker >= 0 && run->worker < WORKERS_MAX)
			item->worker_ns[run->worker] = ns;
	}
	for (k = 0; k < WORKERS_MAX; k++) {
		if (!isnan(item->worker_ns[k]))
			logs[n++] = log(item->worker_ns[k]);
	}
	item->processes = (int)n;
	if (n >= WORKERS_LEAST)
		item->ns = t_interval(logs, n);
	else
		estimate_bound(item, scratch);
	if (floored)
		item->ns.low = 0;
}

/* The range that was seen: a count is the same in each process, and what is not is no sample of
 * a distribution that an interval could be taken of. */
static void estimate_reading(struct measurement *item)
{
	static const double ns_of[] = {[READS_NS] = 1, [READS_SECONDS] = 1e9, [READS_NAMES] = 0};
	double *sorted = xreallocarray(NULL, item->n_values + 1, sizeof *sorted), median;
	double low = INFINITY, high = -INFINITY, scale = ns_of[item->reads];
	size_t i;

	for (i = 0; i < item->n_values; i++) {
		sorted[i] = item->values[i];
		low = fmin(low, sorted[i]);
		high = fmax(high, sorted[i]);
	}
	median = stats_median(sorted, item->n_values);
	free(sorted);
	item->processes = (int)item->n_values;
	item->samples = item->clean = item->n_values;
	item->upper_bound = 0;
	item->value = item->n_values ? est(low, median, high) : est(0, 0, INFINITY);
	item->ns = item->n_values && scale > 0 ? est_scale(item->value, scale)
					       : est(0, 0, INFINITY);
}

void stats_estimate(struct measurements *m)
{
	size_t most = 1, i, k;
	double *scratch;

	m->env.gate_ns = stats_fastest_gate(m);
	for (i = 0; i < m->n; i++) {
		for (k = 0; k < m->items[i].n_runs; k++) {
			if (m->items[i].runs[k].n > most)
				most = m->items[i].runs[k].n;
		}
	}
	scratch = xreallocarray(NULL, most, sizeof *scratch);
	for (i = 0; i < m->n; i++) {
		if (m->items[i].reads != READS_NOTHING)
			estimate_reading(&m->items[i]);
		else if (m->items[i].basis == BASIS_MEASURED)
			estimate_item(&m->items[i], m->env.gate_ns, scratch);
	}
	free(scratch);
	noise_grade(m);
}

double stats_tie_of_runs(double a_ns, double b_ns)
{
	return a_ns < TIE_SHORT_NS && b_ns < TIE_SHORT_NS ? TIE_RUNS_SHORT : TIE_RUNS;
}

/* They are not told apart: nearer to each other than a tie, or the interval holds 1. */
static int is_tie(struct est ratio, double tie)
{
	return (ratio.low <= 1 && ratio.high >= 1) ||
	       (ratio.likely < tie && ratio.likely > 1 / tie);
}

struct est stats_ratio(const struct measurement *a, const struct measurement *b, int *tie)
{
	double logs[WORKERS_MAX], least = TIE;
	struct est ratio;
	size_t k, n = 0;

	for (k = 0; a->n_runs && b->n_runs && a->run == b->run && k < WORKERS_MAX; k++) {
		if (!isnan(a->worker_ns[k]) && !isnan(b->worker_ns[k]))
			logs[n++] = log(a->worker_ns[k] / b->worker_ns[k]);
	}
	if (n >= WORKERS_LEAST) {
		ratio = t_interval(logs, n);
		/* A low end of 0 says the figure was below what can be measured. */
		if (a->ns.low == 0)
			ratio.low = 0;
		if (b->ns.low == 0)
			ratio.high = INFINITY;
	} else {
		/* Nothing pairs them, as nothing pairs two runs. */
		ratio = est_div(a->ns, b->ns);
		least = stats_tie_of_runs(a->ns.likely, b->ns.likely);
	}
	if (tie)
		*tie = is_tie(ratio, least);
	return ratio;
}
