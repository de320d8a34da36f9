#include "measure/sampling.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/decide.h"
#include "measure/stats.h"

/* What one sampling phase keeps, beside the lanes. */
struct sampling {
	struct schedule *s;
	struct worker_entry *entries; /* of n_jobs, as the next two */
	struct worker_sample *samples;
	size_t *due;
	int *family;
	double pace; /* blocks take so many times what was expected */
	uint32_t sweep;
	size_t blocks;
	int64_t began;
	int64_t alone_ns;  /* spent on unpinned probes */
	size_t next_alone; /* the job whose turn it is, and the lane */
	int next_lane;
	int look;    /* 1.. LOOKS: the next one */
	int overdue; /* one came too early to tell, or its time passed while probes were loaded */
};

/* --- blocks --- */

/* Probes with threads of their own run in as many lanes as a figure needs. */
static int alone_lanes(const struct schedule *s)
{
	return s->n_lanes < WORKERS_LEAST ? s->n_lanes : WORKERS_LEAST;
}

/* How many workers have it loaded, among those that run it. */
static int reachable(const struct schedule *s, size_t j)
{
	int lanes = s->jobs[j].probe.unpinned ? alone_lanes(s) : s->n_lanes, n = 0, i;

	for (i = 0; i < lanes; i++)
		n += s->lanes[i].worker && s->lanes[i].loaded[j];
	return n;
}

/* What no worker has loaded, for want of time, is not waited for. */
static void want_reachable(struct schedule *s)
{
	size_t j;

	for (j = 0; j < s->n_jobs; j++)
		s->jobs[j].wanted = s->jobs[j].wanted && reachable(s, j);
}

/* A worker died: the probe that ran is named, if it is known. */
static void block_died(struct sampling *x, struct lane *lane, size_t n, size_t failed, int died,
	const struct err *err)
{
	struct schedule *s = x->s;

	if (failed < n)
		schedule_fail(s, &s->jobs[x->entries[failed].number], err);
	if (died || failed >= n) {
		lane_replace(s, lane);
		want_reachable(s);
	}
}

static void keep_sample(struct sampling *x, struct lane *lane, const struct worker_sample *sample)
{
	struct job *job = &x->s->jobs[sample->number];
	struct measurement *item = &x->s->m->items[job->item];
	struct samples *run = measurement_run(item, lane->number, job->probe.known.loops,
		job->probe.known.unroll);
	double took = (double)sample->full + sample->half + ENTRY_OVERHEAD_NS;

	samples_add(run, sample->full, sample->half, sample->gate, sample->switched, x->sweep);
	job->sampled = 1;
	/* The calibration was one look; what is seen moves it. */
	job->entry_ns += PACE_SMOOTHING * (took - job->entry_ns);
}

/* Runs the n entries; their jobs' samples are kept. 0, or -1 when they were lost. */
static int run_entries(struct sampling *x, struct lane *lane, size_t n)
{
	struct schedule *s = x->s;
	enum worker_result result;
	size_t failed = n, i;
	struct err err;

	result = s->calls->block(lane->worker, x->entries, n, x->samples, &failed, &err);
	x->blocks++;
	switch (result) {
	case WORKER_OK:
		for (i = 0; i < n; i++) {
			if (x->samples[i].number == x->entries[i].number)
				keep_sample(x, lane, &x->samples[i]);
		}
		return 0;
	case WORKER_STOPPED:
		s->stopped = 1;
		return -1;
	case WORKER_REFUSED:
	case WORKER_DIED:
		block_died(x, lane, n, failed, result == WORKER_DIED, &err);
		break;
	}
	return -1;
}

static size_t samples_of(const struct sampling *x, const struct lane *lane, size_t j)
{
	const struct measurement *item = &x->s->m->items[x->s->jobs[j].item];
	size_t k;

	for (k = 0; k < item->n_runs; k++) {
		if (item->runs[k].worker == lane->number)
			return item->runs[k].n;
	}
	return 0;
}

/* What is thinned out goes to as few workers as a figure needs, to the one that has least of it. */
static int is_turn(const struct sampling *x, const struct lane *lane, size_t j)
{
	const struct schedule *s = x->s;
	size_t mine = samples_of(x, lane, j);
	int sharing = 0, i, is_mine = 0;

	for (i = 0; i < s->n_lanes && sharing < WORKERS_LEAST; i++) {
		const struct lane *other = &s->lanes[i];

		if (!other->worker || !other->loaded[j])
			continue;
		sharing++;
		is_mine |= other == lane;
		if (other != lane && samples_of(x, other, j) < mine)
			return 0;
	}
	return is_mine;
}

static int is_due(const struct sampling *x, const struct lane *lane, size_t j)
{
	const struct job *job = &x->s->jobs[j];

	if (!lane->loaded[j] || !job->wanted || job->probe.unpinned)
		return 0;
	return job->every <= 1 || (x->blocks >= job->next && is_turn(x, lane, j));
}

static double expected(const struct sampling *x, const size_t *due, size_t n)
{
	double ns = 0;
	size_t i;

	for (i = 0; i < n; i++)
		ns += x->s->jobs[due[i]].entry_ns;
	return ns;
}

/* Before anything was sampled a block may be cut to what the time allows, longest first; the
 * last one stays, so that something is measured. */
static size_t cut_to_fit(struct sampling *x, size_t n, double room)
{
	size_t i, longest;

	while (n > 1 && x->pace * expected(x, x->due, n) > room) {
		for (longest = 0, i = 1; i < n; i++) {
			if (x->s->jobs[x->due[i]].entry_ns > x->s->jobs[x->due[longest]].entry_ns)
				longest = i;
		}
		x->due[longest] = x->due[--n];
	}
	return n;
}

/* 1: a block was run (or tried), 0: nothing is due, -1: no time is left for it. */
static int pinned_block(struct sampling *x, struct lane *lane)
{
	struct schedule *s = x->s;
	double room = (double)(s->end - clock_ns()), ns;
	size_t n = 0, j;
	int64_t before;

	for (j = 0; j < s->n_jobs; j++) {
		if (is_due(x, lane, j))
			x->due[n++] = j;
	}
	if (!n)
		return 0;
	if (!x->blocks)
		n = cut_to_fit(x, n, room);
	ns = expected(x, x->due, n);
	if (room <= 0 || (x->blocks && x->pace * ns > room))
		return -1;
	order_block(x->due, n, x->family, x->sweep, &s->chance);
	for (j = 0; j < n; j++) {
		struct job *job = &s->jobs[x->due[j]];

		x->entries[j] = (struct worker_entry){(uint32_t)x->due[j], job->probe.known.loops,
			job->probe.known.unroll};
		job->next = x->blocks + job->every;
	}
	before = clock_ns();
	if (run_entries(x, lane, n) == 0 && ns > 0)
		x->pace += PACE_SMOOTHING * ((double)(clock_ns() - before) / ns - x->pace);
	return 1;
}

/* The next wanted probe with threads of its own, on the next of the lanes a figure needs. */
static struct job *next_alone(struct sampling *x, struct lane **lane)
{
	struct schedule *s = x->s;
	int lanes = alone_lanes(s), i;
	size_t k, j;

	for (k = 0; k < s->n_jobs; k++) {
		j = (x->next_alone + k) % s->n_jobs;
		if (!s->jobs[j].wanted || !s->jobs[j].probe.unpinned)
			continue;
		for (i = 0; i < lanes; i++) {
			*lane = &s->lanes[(x->next_lane + i) % lanes];
			if (!(*lane)->worker || !(*lane)->loaded[j])
				continue;
			/* The lane moves on after each round over the jobs, or the two could
			 * go in step and never meet. */
			if (j < x->next_alone)
				x->next_lane++;
			x->next_alone = j + 1;
			return &s->jobs[j];
		}
	}
	return NULL;
}

/* A block of its own on all CPUs; 1 as pinned_block(). */
static int alone_block(struct sampling *x)
{
	struct schedule *s = x->s;
	struct lane *lane;
	struct job *job = next_alone(x, &lane);
	int64_t before = clock_ns();
	struct err err;
	enum worker_result result;

	if (!job)
		return 0;
	if (x->pace * job->entry_ns > (double)(s->end - before) && x->blocks)
		return -1;
	x->entries[0] = (struct worker_entry){(uint32_t)(job - s->jobs), job->probe.known.loops,
		job->probe.known.unroll};
	result = s->calls->pin(lane->worker, -1, &err);
	if (result == WORKER_OK) {
		run_entries(x, lane, 1);
		if (lane->worker && !s->stopped && s->cpu >= 0)
			result = s->calls->pin(lane->worker, s->cpu, &err);
	}
	if (result == WORKER_STOPPED)
		s->stopped = 1;
	else if (result == WORKER_DIED)
		block_died(x, lane, 0, 0, 1, &err);
	else if (result == WORKER_REFUSED)
		schedule_fail(s, job, &err);
	x->alone_ns += clock_ns() - before;
	return 1;
}

/* --- looks --- */

/* How many are still wanted, of all or of those that run pinned. */
static size_t wanted(const struct schedule *s, int pinned_only)
{
	size_t n = 0, j;

	for (j = 0; j < s->n_jobs; j++)
		n += s->jobs[j].wanted && !(pinned_only && s->jobs[j].probe.unpinned);
	return n;
}

static void thin(struct schedule *s)
{
	double *ns = xcalloc(s->n_jobs + 1, sizeof *ns);
	double *weight = xcalloc(s->n_jobs + 1, sizeof *weight);
	uint32_t *every = xcalloc(s->n_jobs + 1, sizeof *every);
	size_t j;

	for (j = 0; j < s->n_jobs; j++) {
		if (s->jobs[j].wanted && !s->jobs[j].probe.unpinned)
			ns[j] = s->jobs[j].entry_ns;
		weight[j] = s->jobs[j].weight;
	}
	order_thin(ns, weight, s->n_jobs, every);
	for (j = 0; j < s->n_jobs; j++)
		s->jobs[j].every = every[j];
	free(every);
	free(weight);
	free(ns);
}

/* What is decided, by itself or by the order of its family, is wanted no more. */
static void want_undecided(struct schedule *s)
{
	size_t *items, n = 0, j;
	int *family, *decided;

	items = xcalloc(s->n_jobs + 1, sizeof *items);
	family = xcalloc(s->n_jobs + 1, sizeof *family);
	decided = xcalloc(s->n_jobs + 1, sizeof *decided);
	for (j = 0; j < s->n_jobs; j++) {
		if (s->jobs[j].failed)
			continue;
		items[n] = s->jobs[j].item;
		family[n++] = s->jobs[j].planned->family;
	}
	decide(s->m, items, family, n, decided);
	for (n = 0, j = 0; j < s->n_jobs; j++) {
		if (!s->jobs[j].failed)
			s->jobs[j].wanted = !decided[n++];
	}
	free(decided);
	free(family);
	free(items);
}

/* Seen often enough to say something of it, by as many workers as a figure needs or have it. */
static int is_seen(const struct schedule *s, size_t j, double fastest)
{
	int workers = reachable(s, j);

	return decide_seen(&s->m->items[s->jobs[j].item],
		workers ? workers : WORKERS_WANTED, fastest);
}

/* Where it is known what hangs on each, that decides, however narrow or wide it is; what was
 * hardly seen yet may turn anything. */
static void want_weighty(struct schedule *s)
{
	double *weights = xcalloc(s->m->n + 1, sizeof *weights);
	double fastest = stats_fastest_gate(s->m);
	size_t j;

	s->options->weigh(s->options->weigh_who, s->m, weights);
	for (j = 0; j < s->n_jobs; j++) {
		struct job *job = &s->jobs[j];
		double weight = is_seen(s, j, fastest) ? weights[job->item] : fmax(1, weights[job->item]);

		if (job->failed)
			continue;
		job->spared = job->wanted && !(weight > 0);
		job->wanted = weight > 0;
		job->weight = weight > 0 ? weight : 1;
	}
	free(weights);
}

static int are_seen(const struct schedule *s)
{
	double fastest = stats_fastest_gate(s->m);
	size_t j;

	for (j = 0; j < s->n_jobs; j++) {
		if (s->jobs[j].wanted && !is_seen(s, j, fastest))
			return 0;
	}
	return 1;
}

/* One that came too early is made up for as soon as there is something to look at, where that
 * can tell that nothing hangs on it. */
static int is_time(struct sampling *x)
{
	const struct schedule *s = x->s;

	if (x->look <= LOOKS && clock_ns() >= schedule_at(s, x->look * LOOK_EVERY))
		return 1;
	return x->overdue && s->options->weigh && are_seen(s);
}

/* At the quarters of the budget: what is decided is sampled no more. */
static void look(struct sampling *x)
{
	struct schedule *s = x->s;

	if (!is_time(x))
		return;
	x->overdue = !are_seen(s);
	while (x->look <= LOOKS && clock_ns() >= schedule_at(s, x->look * LOOK_EVERY))
		x->look++;
	stats_estimate(s->m);
	want_undecided(s);
	if (s->options->weigh)
		want_weighty(s);
	want_reachable(s);
	thin(s);
}

/* --- the run --- */

/* True while something is wanted, some worker is there, and there is time. */
static int goes_on(struct schedule *s)
{
	return !schedule_stopped(s) && wanted(s, 0) && lanes_alive(s) && clock_ns() < s->end;
}

/* A block on each worker, in random order. True when there is time and need for another. */
static int sweep(struct sampling *x)
{
	struct schedule *s = x->s;
	size_t order[WORKERS_WANTED];
	/* A look may bring further workers in; their turn is in the next sweep. */
	int lanes = s->n_lanes, i, ran = 0, late = 0, result;

	for (i = 0; i < lanes; i++)
		order[i] = (size_t)i;
	chance_shuffle(&s->chance, order, (size_t)lanes);
	for (i = 0; i < lanes && goes_on(s); i++) {
		if (!s->lanes[order[i]].worker)
			continue;
		result = pinned_block(x, &s->lanes[order[i]]);
		ran += result > 0;
		late += result < 0;
		schedule_tell(s, "measuring");
		look(x);
	}
	while (goes_on(s) &&
		(!wanted(s, 1) || x->alone_ns < SHARE_UNPINNED * (double)(clock_ns() - x->began) / (double)s->n_all)) {
		result = alone_block(x);
		ran += result > 0;
		late += result < 0;
		schedule_tell(s, "measuring");
		look(x);
		if (result <= 0)
			break;
	}
	x->sweep++;
	/* What was not due in this sweep will be in a later one, unless time was what lacked. */
	return goes_on(s) && (ran || !late);
}

static void sampling_begin(struct sampling *x, struct schedule *s)
{
	size_t j;

	*x = (struct sampling){.s = s, .pace = PACE_AT_FIRST, .began = clock_ns(), .look = 1};
	want_reachable(s);
	while (x->look <= LOOKS && clock_ns() >= schedule_at(s, x->look * LOOK_EVERY)) {
		x->look++;
		x->overdue = 1;
	}
	thin(s);
	x->entries = xcalloc(s->n_jobs + 1, sizeof *x->entries);
	x->samples = xcalloc(s->n_jobs + 1, sizeof *x->samples);
	x->due = xcalloc(s->n_jobs + 1, sizeof *x->due);
	x->family = xcalloc(s->n_jobs + 1, sizeof *x->family);
	for (j = 0; j < s->n_jobs; j++)
		x->family[j] = s->jobs[j].planned->family;
}

static void sampling_end(struct sampling *x)
{
	free(x->family);
	free(x->due);
	free(x->samples);
	free(x->entries);
}

void schedule_sample(struct schedule *all, size_t n)
{
	struct sampling *each = xcalloc(n + 1, sizeof *each);
	int *done = xcalloc(n + 1, sizeof *done), going = 1;
	size_t i;

	for (i = 0; i < n; i++)
		sampling_begin(&each[i], &all[i]);
	/* A sweep of each in turn: what slows one down slows the others down too. */
	while (going) {
		for (going = 0, i = 0; i < n; i++) {
			if (!done[i] && !(goes_on(&all[i]) && sweep(&each[i])))
				done[i] = 1;
			going |= !done[i];
		}
	}
	for (i = 0; i < n; i++)
		sampling_end(&each[i]);
	free(done);
	free(each);
}
