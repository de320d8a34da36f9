#include "measure/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/str.h"

int lanes_alive(const struct schedule *s)
{
	int n = 0, i;

	for (i = 0; i < s->n_lanes; i++)
		n += s->lanes[i].worker != NULL;
	return n;
}

void lane_end(struct schedule *s, struct lane *lane)
{
	s->calls->stop(lane->worker);
	lane->worker = NULL;
}

void lanes_release(struct schedule *s)
{
	int i;

	for (i = 0; i < s->n_lanes; i++) {
		lane_end(s, &s->lanes[i]);
		free(s->lanes[i].loaded);
	}
	s->n_lanes = 0;
}

/* A worker for another interpreter than the manifest's would measure the wrong thing. */
static int is_foreign(struct schedule *s, const struct worker *worker)
{
	const struct worker_hello *hello = s->calls->hello(worker);
	const char *key = s->m->env.interpreter_key;

	if (!hello || !hello->soabi || !key || str_starts(key, hello->soabi))
		return 0;
	err_set(&s->last, ERR_FAILURE, "the worker '%s' is for '%s', its folder for '%s'",
		s->options->worker, hello->soabi, key);
	err_hint(&s->last, "build it again with 'make'");
	return 1;
}

int lane_begin(struct schedule *s, struct lane *lane)
{
	while (s->failed_starts < STARTS_FAILED_MOST && !schedule_stopped(s)) {
		enum worker_result result =
			s->calls->start(&lane->worker, &s->worker_options, &s->last);

		if (result == WORKER_OK && !is_foreign(s, lane->worker))
			return 0;
		if (result == WORKER_OK)
			lane_end(s, lane);
		lane->worker = NULL;
		if (result == WORKER_STOPPED)
			s->stopped = 1;
		else
			s->failed_starts++;
		if (clock_ns() >= s->end)
			break;
	}
	return -1;
}

/* What a worker's call came to, where no probe is to blame for its death. */
static int is_alive(struct schedule *s, enum worker_result result)
{
	if (result == WORKER_STOPPED)
		s->stopped = 1;
	return result == WORKER_OK || result == WORKER_REFUSED;
}

/*
 * Each allowed CPU in turn, some rounds of it, so that a slow moment hits all
 * alike; the one with the least sum of fastest gates. 0, or -1 when the worker
 * did not live through it.
 */
static int choose_cpu(struct schedule *s, struct lane *lane)
{
	struct proc_cpus allowed;
	double sums[CPU_TRIAL_MOST] = {0}, ns;
	int cpus[CPU_TRIAL_MOST], n = 0, i, round, best = 0;
	enum worker_result result;
	struct err err;

	if (proc_cpus_get(&allowed))
		return 0;
	for (i = 0; i < 64 * (int)(sizeof allowed.bits / sizeof *allowed.bits); i++) {
		if (n < CPU_TRIAL_MOST && proc_cpus_has(&allowed, i))
			cpus[n++] = i;
	}
	for (round = 0; round < CPU_TRIAL_ROUNDS; round++) {
		for (i = 0; i < n; i++) {
			result = s->calls->pin(lane->worker, cpus[i], &err);
			if (!is_alive(s, result))
				return -1;
			if (result == WORKER_REFUSED) {
				sums[i] = INFINITY;
				continue;
			}
			result = s->calls->gate(lane->worker, CPU_TRIAL_GATES, &ns, &err);
			if (!is_alive(s, result))
				return -1;
			sums[i] += result == WORKER_OK ? ns : INFINITY;
		}
	}
	for (i = 1; i < n; i++) {
		if (sums[i] < sums[best])
			best = i;
	}
	if (n && isfinite(sums[best]))
		s->cpu = cpus[best];
	return 0;
}

static void take_calibration(struct job *job, const struct worker_loaded *loaded)
{
	double statements;
	struct worker_loaded *known = &job->probe.known;

	if (known->loops)
		return;
	*known = *loaded;
	/* With a half, the two unrolls are one and a half times the statements. */
	statements = (double)known->loops * (known->unroll > 1 ? 1.5 : 1) * known->unroll;
	job->entry_ns = fmax(0, loaded->ns) * statements + ENTRY_OVERHEAD_NS;
}

/*
 * Nothing lives and half of the budget went to probes that do not load: only what did load
 * before, so that something is measured.
 */
static int only_known(const struct schedule *s)
{
	size_t j;

	if (lanes_alive(s) > 1 || clock_ns() < schedule_at(s, SHARE_LOADING))
		return 0;
	for (j = 0; j < s->n_jobs; j++) {
		if (s->jobs[j].probe.known.loops && !s->jobs[j].failed)
			return 1;
	}
	return 0;
}

/*
 * Loads the wanted jobs, the weightiest first, until `until`; at least one. What is
 * long, and long to load, is left to as many lanes as a figure needs. 0; or -1
 * when the worker died, the job it died of being named.
 */
static int load_jobs(struct schedule *s, struct lane *lane, int64_t until)
{
	int is_spare = lane - s->lanes >= WORKERS_LEAST, known = only_known(s);
	struct worker_loaded loaded;
	struct err err;
	size_t i, done = 0;

	memset(lane->loaded, 0, s->n_jobs);
	for (i = 0; i < s->n_jobs && !schedule_stopped(s); i++) {
		struct job *job = &s->jobs[s->by_weight[i]];

		if (job->failed || !job->wanted || (known && !job->probe.known.loops) || (is_spare && job->entry_ns > LONG_ENTRY_NS))
			continue;
		if (done && clock_ns() >= until)
			break;
		schedule_tell(s, "checking");
		switch (s->calls->load(lane->worker, &job->probe, &loaded, &err)) {
		case WORKER_OK:
			take_calibration(job, &loaded);
			lane->loaded[s->by_weight[i]] = 1;
			done++;
			break;
		case WORKER_REFUSED:
			schedule_fail(s, job, &err);
			break;
		case WORKER_DIED:
			schedule_fail(s, job, &err);
			/* Several that hang may not take the whole budget. */
			s->worker_options.load_seconds =
				fmax(LOAD_LIMIT_FLOOR, s->worker_options.load_seconds / 2);
			return -1;
		case WORKER_STOPPED:
			s->stopped = 1;
			break;
		}
	}
	return 0;
}

/* Starts a worker and puts it on its CPU; tries again where one does not live through it. */
static int lane_prepare(struct schedule *s, struct lane *lane)
{
	struct err err;
	int alive;

	while (lane_begin(s, lane) == 0) {
		alive = s->cpu >= 0 || choose_cpu(s, lane) == 0;
		if (alive && s->cpu >= 0)
			alive = is_alive(s, s->calls->pin(lane->worker, s->cpu, &err));
		if (alive) {
			s->failed_starts = 0;
			return 0;
		}
		lane_end(s, lane);
		err_set(&s->last, ERR_FAILURE, "the worker ended right after its start");
		s->failed_starts++;
	}
	return -1;
}

/*
 * Starts and loads a worker; one that dies is replaced and the probe it died
 * of left out, until one lives. Where there is no other, some time is spent on
 * loading even when it should be over.
 */
static int lane_fill(struct schedule *s, struct lane *lane, int64_t until)
{
	int64_t before, more;

	while (clock_ns() < s->end) {
		before = clock_ns();
		more = before + schedule_at(s, SHARE_RELOADING) - s->began;
		if (!lanes_alive(s) && until < more)
			until = more < s->end ? more : s->end;
		if (before >= until || lane_prepare(s, lane))
			return -1;
		if (load_jobs(s, lane, until) == 0) {
			lane->load_ns = clock_ns() - before;
			return 0;
		}
		lane_end(s, lane);
	}
	return -1;
}

int lanes_start(struct schedule *s, int most)
{
	/* A figure needs three workers, so these may take longer than the others. */
	static const double shares[] = {
		SHARE_LOADING, (SHARE_LOADING + SHARE_LOADING_LEAST) / 2, SHARE_LOADING_LEAST};
	int i;

	schedule_tell(s, "starting");
	for (i = s->n_lanes; i < most && !schedule_stopped(s); i++) {
		double share =
			i < (int)(sizeof shares / sizeof *shares) ? shares[i] : SHARE_LOADING;
		/* Those whose turn it is later load later. */
		int64_t until = schedule_at(s, share * (double)(s->turn + 1) / (double)s->n_all);
		struct lane *lane = &s->lanes[i];

		if (i > 0 && clock_ns() >= until)
			break;
		lane->loaded = xcalloc(s->n_jobs + 1, 1);
		lane->number = s->next_number++;
		s->n_lanes = i + 1;
		if (lane_fill(s, lane, until) && s->failed_starts)
			break;
	}
	return lanes_alive(s) || s->stopped || !s->failed_starts ? 0 : -1;
}

void lane_replace(struct schedule *s, struct lane *lane)
{
	int64_t now = clock_ns();

	lane_end(s, lane);
	/* Another process, another number: a worker's value is of one process. */
	if (s->next_number >= WORKERS_MAX || now + lane->load_ns >= s->end || schedule_stopped(s))
		return;
	lane->number = s->next_number++;
	lane_fill(s, lane, s->end - lane->load_ns / 4);
}
