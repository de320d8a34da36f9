#include "measure/noise.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/constants.h"
#include "measure/stats.h"

/* What the samples add up to. */
struct tally {
	size_t samples, clean, switched;
	double time, slow_time; /* ns of sampling, and of it in the slow mode */
	uint32_t sweeps;	/* one more than the last */
};

enum grade noise_grade_of(double clean_share)
{
	return clean_share > SHARE_QUIET    ? GRADE_QUIET
	       : clean_share > SHARE_USABLE ? GRADE_USABLE
					    : GRADE_BUSY;
}

/* In whole per cent, as a file keeps it, so that its figures have the grade they had at first. */
static double others_took(const struct environment *env)
{
	return round(100 * env->others) / 100;
}

/* The worse of two grades: what the samples say, and what others took. */
static enum grade beside_others(enum grade grade, double others)
{
	const enum grade least = others > OTHERS_BUSY	 ? GRADE_BUSY
				 : others > OTHERS_USABLE ? GRADE_USABLE
							  : GRADE_QUIET;

	return least > grade ? least : grade;
}

static void say(struct environment *env, char *sentence)
{
	env->why = xreallocarray(env->why, env->n_why + 1, sizeof *env->why);
	env->why[env->n_why++] = sentence;
}

static void forget(struct environment *env)
{
	size_t i;

	for (i = 0; i < env->n_why; i++)
		free(env->why[i]);
	free(env->why);
	env->why = NULL;
	env->n_why = 0;
}

/* Slow by the gate; a gate in which the core was taken away tells nothing of the speed. */
static int is_slow(const struct samples *run, size_t s, double fastest)
{
	return run->gate[s] > fastest * GATE_TOLERANCE && !run->switched[s];
}

static void count(const struct measurements *m, struct tally *tally)
{
	size_t i, k, s;

	*tally = (struct tally){0};
	for (i = 0; i < m->n; i++) {
		for (k = 0; k < m->items[i].n_runs; k++) {
			const struct samples *run = &m->items[i].runs[k];

			for (s = 0; s < run->n; s++) {
				double took = (double)run->full[s] + run->half[s];

				tally->samples++;
				tally->clean += (size_t)stats_is_clean(run, s, m->env.gate_ns);
				tally->switched += run->switched[s] > 0;
				tally->time += took;
				if (is_slow(run, s, m->env.gate_ns))
					tally->slow_time += took;
				if (run->sweep[s] >= tally->sweeps)
					tally->sweeps = run->sweep[s] + 1;
			}
		}
	}
}

/* The median gate of sweeps from..to-1, of the slow ones alone or of all; NAN of none. */
static double median_gate(
	const struct measurements *m, double *scratch, uint32_t from, uint32_t to, int slow_only)
{
	size_t i, k, s, n = 0;

	for (i = 0; i < m->n; i++) {
		for (k = 0; k < m->items[i].n_runs; k++) {
			const struct samples *run = &m->items[i].runs[k];

			for (s = 0; s < run->n; s++) {
				if (run->sweep[s] >= from && run->sweep[s] < to &&
					(!slow_only || is_slow(run, s, m->env.gate_ns)))
					scratch[n++] = run->gate[s];
			}
		}
	}
	return stats_median(scratch, n);
}

static void say_drift(struct measurements *m, double *scratch, const struct tally *tally)
{
	uint32_t third = tally->sweeps / 3;
	double first, last;

	if (!third)
		return;
	first = median_gate(m, scratch, 0, third, 0);
	last = median_gate(m, scratch, tally->sweeps - third, tally->sweeps, 0);
	if (last > first * DRIFT_WORTH_SAYING)
		say(&m->env, xasprintf("the last third of the run was %.1f times slower than the "
				       "first",
				     last / first));
	else if (first > last * DRIFT_WORTH_SAYING)
		say(&m->env, xasprintf("the first third of the run was %.1f times slower than the "
				       "last",
				     first / last));
}

static size_t workers_of(const struct measurement *item)
{
	size_t n = 0, k;

	for (k = 0; k < item->n_runs; k++)
		n += item->runs[k].n > 0;
	return n;
}

/* Upper bounds, by what lacked: workers, or quiet moments. */
static void say_bounds(struct measurements *m)
{
	size_t measured = 0, few = 0, noisy = 0, i;

	for (i = 0; i < m->n; i++) {
		if (m->items[i].basis != BASIS_MEASURED || m->items[i].reads != READS_NOTHING)
			continue;
		measured++;
		if (workers_of(&m->items[i]) < WORKERS_LEAST)
			few++;
		else
			noisy += m->items[i].upper_bound != 0;
	}
	if (few)
		say(&m->env, xasprintf("%zu of %zu figures come from fewer than %d workers, for "
				       "want of time, and are upper bounds",
				     few, measured, WORKERS_LEAST));
	if (noisy)
		say(&m->env, xasprintf("%zu of %zu figures are upper bounds: fewer than %d workers "
				       "found enough quiet moments for them",
				     noisy, measured, WORKERS_LEAST));
}

void noise_grade(struct measurements *m)
{
	struct tally tally;
	double *scratch, slow;

	forget(&m->env);
	count(m, &tally);
	m->env.clean_share = tally.samples ? (double)tally.clean / (double)tally.samples : 0;
	m->env.grade = beside_others(noise_grade_of(m->env.clean_share), others_took(&m->env));
	if (!tally.samples)
		return;
	scratch = xreallocarray(NULL, tally.samples, sizeof *scratch);
	slow = median_gate(m, scratch, 0, UINT32_MAX, 1) / m->env.gate_ns;
	if (tally.slow_time > SHARE_WORTH_SAYING * tally.time && isfinite(slow))
		say(&m->env, xasprintf("a slow mode of %.1fx for %.0f %% of the time", slow,
				     100 * tally.slow_time / tally.time));
	if ((double)tally.switched > SHARE_WORTH_SAYING * (double)tally.samples)
		say(&m->env, xasprintf("the core was taken away during %.0f %% of the samples",
				     100 * (double)tally.switched / (double)tally.samples));
	if (others_took(&m->env) > OTHERS_USABLE)
		say(&m->env, xasprintf("other processes took %.0f %% of the CPUs' time meanwhile",
				     100 * others_took(&m->env)));
	say_drift(m, scratch, &tally);
	say_bounds(m);
	free(scratch);
}
