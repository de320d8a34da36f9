#include "measure/schedule.h"

#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/decide.h"
#include "measure/lanes.h"
#include "measure/noise.h"
#include "measure/readings.h"
#include "measure/sampling.h"
#include "measure/stats.h"

double schedule_elapsed(const struct schedule *s)
{
	return (double)(clock_ns() - s->began) * 1e-9;
}

int64_t schedule_at(const struct schedule *s, double share)
{
	return s->began + (int64_t)((double)(s->end - s->began) * share);
}

int schedule_stopped(struct schedule *s)
{
	struct pollfd pfd = {.fd = s->worker_options.stop_fd, .events = POLLIN};

	if (!s->stopped && pfd.fd >= 0 && poll(&pfd, 1, 0) > 0 && pfd.revents & POLLIN)
		s->stopped = 1;
	return s->stopped;
}

static double clean_share(const struct measurements *m, double fastest)
{
	size_t clean = 0, all = 0, i, k, n;

	for (i = 0; i < m->n; i++) {
		for (k = 0; k < m->items[i].n_runs; k++) {
			const struct samples *run = &m->items[i].runs[k];

			for (n = 0; n < run->n; n++)
				clean += (size_t)stats_is_clean(run, n, fastest);
			all += run->n;
		}
	}
	return all ? (double)clean / (double)all : 0;
}

static void count_progress(const struct schedule *s, struct measure_progress *progress)
{
	double fastest = stats_fastest_gate(s->m);
	size_t i;

	for (i = 0; i < s->n_jobs; i++) {
		if (s->jobs[i].failed)
			continue;
		progress->wanted++;
		progress->done += decide_enough(&s->m->items[s->jobs[i].item], fastest);
	}
	for (i = 0; i < s->n_readings; i++) {
		if (s->readings[i].failed)
			continue;
		progress->wanted++;
		progress->done +=
			s->m->items[s->readings[i].item].n_values >= READINGS_WANTED;
	}
}

void schedule_tell(struct schedule *s, const char *doing)
{
	const struct measure_options *options = s->all[0].options;
	struct measure_progress progress = {.doing = doing};
	size_t k;

	if (!options->progress || clock_ns() - s->all[0].told < PROGRESS_EVERY_NS)
		return;
	for (k = 0; k < s->n_all; k++)
		count_progress(&s->all[k], &progress);
	progress.elapsed = schedule_elapsed(s);
	progress.budget = options->budget;
	progress.grade = noise_grade_of(clean_share(s->m, stats_fastest_gate(s->m)));
	options->progress(options->who, &progress);
	s->all[0].told = clock_ns();
}
void schedule_fail(struct schedule *s, struct job *job, const struct err *why)
{
	char *text = *why->hint ? xasprintf("%s; %s", why->text, why->hint) : xstrdup(why->text);

	measurements_miss(s->m, job->id, 1, text);
	free(text);
	job->failed = 1;
	job->wanted = 0;
}

static double weight_of(const struct schedule *s, size_t j)
{
	return s->jobs[j].planned->weight;
}

/* Insertion keeps the plan's order among equals. */
static void sort_by_weight(struct schedule *s)
{
	size_t i, k;

	for (i = 0; i < s->n_jobs; i++) {
		for (k = i; k > 0 && weight_of(s, s->by_weight[k - 1]) < weight_of(s, i); k--)
			s->by_weight[k] = s->by_weight[k - 1];
		s->by_weight[k] = i;
	}
}

static void sort_readings(struct schedule *s)
{
	struct job job;
	size_t i, k;

	for (i = 1; i < s->n_readings; i++) {
		job = s->readings[i];
		for (k = i; k > 0 && s->readings[k - 1].planned->weight < job.planned->weight; k--)
			s->readings[k] = s->readings[k - 1];
		s->readings[k] = job;
	}
}

/* What cannot run here is named by its binding, once. */
static int is_absent(struct measurements *m, const struct binding *binding)
{
	const char *why = "its probes were not built here", *cure = binding->cure;
	char *sentence;
	size_t i;

	for (i = 0; i < m->env.n_bindings; i++) {
		if (strcmp(m->env.bindings[i].id, binding->id) != 0)
			continue;
		if (m->env.bindings[i].available)
			return 0;
		why = m->env.bindings[i].why_not ? m->env.bindings[i].why_not : why;
		cure = m->env.bindings[i].cure ? m->env.bindings[i].cure : cure;
	}
	sentence = cure && *cure ? xasprintf("%s; %s", why, cure) : xstrdup(why);
	measurements_miss(m, binding->id, 0, sentence);
	free(sentence);
	return 1;
}

/* The planned measurements that are timed, or those that are read; how many. */
static size_t make_some(struct schedule *s, const struct plan *plan, const char *reference,
	int are_readings, struct job *jobs)
{
	size_t n = 0, i;

	for (i = 0; i < plan->n; i++) {
		const struct plan_item *planned = &plan->items[i];
		const struct probe *probe = planned->probe;
		struct job *job = &jobs[n];
		struct measurement *item;

		if ((probe->reads != READS_NOTHING) != are_readings ||
			is_absent(s->m, planned->binding))
			continue;
		item = measurements_add(s->m, probe->id, planned->binding->id, planned->n);
		item->reads = probe->reads;
		job->planned = planned;
		job->item = (size_t)(item - s->m->items);
		job->id = xstrdup(item->id);
		job->probe = (struct worker_probe){.number = (uint32_t)n,
			.name = job->id,
			.module = planned->binding->module,
			.function = probe->function,
			.setup = probe->setup ? probe->setup : "",
			.call = probe->call,
			.reference = reference,
			.n = s->options->own ? (long)s->options->own_ns : planned->n,
			.unpinned = probe->unpinned};
		job->wanted = 1;
		job->weight = 1;
		job->every = 1;
		n++;
	}
	return n;
}

static void make_jobs(struct schedule *s, const struct plan *plan, const char *reference)
{
	s->jobs = xcalloc(plan->n + 1, sizeof *s->jobs);
	s->by_weight = xcalloc(plan->n + 1, sizeof *s->by_weight);
	s->readings = xcalloc(plan->n + 1, sizeof *s->readings);
	s->n_jobs = make_some(s, plan, reference, 0, s->jobs);
	s->n_readings = make_some(s, plan, reference, 1, s->readings);
	sort_by_weight(s);
	sort_readings(s);
}

static void free_jobs(struct job *jobs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(jobs[i].id);
	free(jobs);
}

/* Dates what has samples, unless it has its date; names what has none, and marks it and what
 * failed in drop, which is by item. */
static void finish_jobs(struct schedule *s, const struct job *jobs, size_t n, const char *late,
	unsigned char *drop)
{
	struct measurement *item;
	size_t j;

	for (j = 0; j < n; j++) {
		item = &s->m->items[jobs[j].item];
		item->spared = jobs[j].spared;
		drop[jobs[j].item] = jobs[j].failed || !jobs[j].sampled;
		if (!jobs[j].failed && !jobs[j].sampled)
			measurements_miss(s->m, jobs[j].id, 0, late);
		else if (!*item->when)
			clock_iso(clock_unix(), item->when);
	}
}

/* Names and takes out what was not measured, and makes the estimates. */
static void finish(struct schedule *s)
{
	char *late = s->stopped ? xstrdup("it was stopped before this was measured")
				: xasprintf("the budget of %.3g s left no time for it; give more "
					    "with --budget",
					  s->all[0].options->budget);
	unsigned char *drop = xcalloc(s->m->n + 1, 1);
	size_t i;

	finish_jobs(s, s->jobs, s->n_jobs, late, drop);
	finish_jobs(s, s->readings, s->n_readings, late, drop);
	/* From the last one on, so that the places of the others stay. */
	for (i = s->m->n; i-- > 0;) {
		if (drop[i])
			measurements_drop(s->m, i);
	}
	free(drop);
	free(late);
	stats_estimate(s->m);
}

static double clamp(double v, double least, double most)
{
	return fmin(fmax(v, least), most);
}

/* The person's own code may take its time, whatever the budget. */
static void own_limits(struct worker_options *options)
{
	options->own = 1;
	options->memory = OWN_MEMORY;
	options->run_seconds = OWN_SETUP_SECONDS;
	options->load_seconds = OWN_CALL_SECONDS;
	options->block_seconds = OWN_CALL_SECONDS;
}

/* budget, end and stop are those of the first for all. */
static void begin(struct schedule *s, struct schedule *all, size_t n, size_t turn,
	const struct measure_part *part, const struct measure_options *first)
{
	double budget = first->budget;

	*s = (struct schedule){.all = all, .n_all = n, .turn = turn, .m = part->m,
		.options = part->options, .cpu = -1};
	s->began = turn ? all[0].began : clock_ns();
	s->told = s->began - PROGRESS_EVERY_NS;
	s->end = s->began + (int64_t)(fmax(0, budget) * 1e9);
	chance_seed(&s->chance, (uint64_t)s->began + turn);
	s->worker_options = (struct worker_options){.program = part->options->worker,
		.host = part->options->host,
		.probes = part->options->probes,
		.site = part->options->site,
		.load_seconds = clamp(budget * LOAD_LIMIT_SHARE,
			fmin(LOAD_LIMIT_LEAST, budget * LOAD_LIMIT_SHARE_MOST), LOAD_LIMIT_MOST),
		.block_seconds = clamp(budget * BLOCK_LIMIT_SHARE, BLOCK_LIMIT_LEAST,
			BLOCK_LIMIT_MOST),
		.stop_fd = first->stop_fd};
	if (part->options->own)
		own_limits(&s->worker_options);
	clock_iso(clock_unix(), part->m->env.started);
}

/* Readings, and workers with what is to be timed loaded. -1: none could run. */
static int prepare(struct schedule *s)
{
	double turns = (double)(s->turn + 1) / (double)s->n_all;

	if (s->n_readings && readings_take(s, s->n_jobs ? schedule_at(s, SHARE_READINGS * turns) :
			schedule_at(s, turns)))
		return -1;
	/* On one CPU, or their ratio would be that of two CPUs. */
	if (s->turn)
		s->cpu = s->all[s->turn - 1].cpu;
	return s->n_jobs ? lanes_start(s, WORKERS_WANTED) : 0;
}

int schedule_run(const struct measure_part *parts, size_t n, const char *reference,
	const struct worker_calls *calls, int *stopped, struct err *err)
{
	struct schedule *all = xcalloc(n + 1, sizeof *all);
	int failed = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		begin(&all[i], all, n, i, &parts[i], parts[0].options);
		all[i].calls = calls;
		make_jobs(&all[i], parts[i].plan, reference);
	}
	for (i = 0; i < n && !failed; i++) {
		failed = prepare(&all[i]);
		if (failed && err)
			*err = all[i].last;
	}
	if (!failed)
		schedule_sample(all, n);
	if (stopped)
		*stopped = 0;
	for (i = 0; i < n; i++) {
		lanes_release(&all[i]);
		all[i].stopped |= i && all[i - 1].stopped;
		finish(&all[i]);
		if (stopped && all[i].stopped)
			*stopped = 1;
		free_jobs(all[i].jobs, all[i].n_jobs);
		free_jobs(all[i].readings, all[i].n_readings);
		free(all[i].by_weight);
	}
	free(all);
	return failed;
}
