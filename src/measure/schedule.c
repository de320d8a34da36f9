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
	struct pollfd pfd = {.fd = s->options->stop_fd, .events = POLLIN};

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

void schedule_tell(struct schedule *s, const char *doing)
{
	struct measure_progress progress = {.doing = doing};
	double fastest;
	size_t i;

	if (!s->options->progress || clock_ns() - s->told < PROGRESS_EVERY_NS)
		return;
	fastest = stats_fastest_gate(s->m);
	for (i = 0; i < s->n_jobs; i++) {
		if (s->jobs[i].failed)
			continue;
		progress.wanted++;
		progress.done += decide_enough(&s->m->items[s->jobs[i].item], fastest);
	}
	progress.elapsed = schedule_elapsed(s);
	progress.budget = s->options->budget;
	progress.grade = noise_grade_of(clean_share(s->m, fastest));
	s->options->progress(s->options->who, &progress);
	s->told = clock_ns();
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

static void make_jobs(struct schedule *s, const struct plan *plan, const char *reference)
{
	size_t i;

	s->jobs = xcalloc(plan->n + 1, sizeof *s->jobs);
	s->by_weight = xcalloc(plan->n + 1, sizeof *s->by_weight);
	for (i = 0; i < plan->n; i++) {
		const struct plan_item *planned = &plan->items[i];
		const struct probe *probe = planned->probe;
		struct job *job = &s->jobs[s->n_jobs];
		struct measurement *item;

		if (is_absent(s->m, planned->binding))
			continue;
		item = measurements_add(s->m, probe->id, planned->binding->id, planned->n);
		job->planned = planned;
		job->item = (size_t)(item - s->m->items);
		job->id = xstrdup(item->id);
		job->probe = (struct worker_probe){.number = (uint32_t)s->n_jobs,
			.name = job->id,
			.module = planned->binding->module,
			.function = probe->function,
			.setup = probe->setup ? probe->setup : "",
			.call = probe->call,
			.reference = reference,
			.n = planned->n,
			.unpinned = probe->unpinned};
		job->wanted = 1;
		job->every = 1;
		s->n_jobs++;
	}
	sort_by_weight(s);
}

/* Dates what has samples; names and takes out what has none, and what failed. */
static void finish(struct schedule *s)
{
	char *late = s->stopped ? xstrdup("it was stopped before this was measured")
				: xasprintf("the budget of %.3g s left no time for it; give more "
					    "with --budget",
					  s->options->budget);
	size_t j;

	for (j = 0; j < s->n_jobs; j++) {
		if (!s->jobs[j].failed && !s->jobs[j].sampled)
			measurements_miss(s->m, s->jobs[j].id, 0, late);
	}
	/* From the last one on, so that the places of the others stay. */
	for (j = s->n_jobs; j-- > 0;) {
		struct job *job = &s->jobs[j];

		if (job->failed || !job->sampled)
			measurements_drop(s->m, job->item);
		else
			clock_iso(clock_unix(), s->m->items[job->item].when);
	}
	free(late);
	stats_estimate(s->m);
}

static double clamp(double v, double least, double most)
{
	return fmin(fmax(v, least), most);
}

int schedule_run(struct measurements *m, const struct plan *plan, const char *reference,
	const struct measure_options *options, const struct worker_calls *calls, int *stopped,
	struct err *err)
{
	struct schedule s = {.m = m, .options = options, .calls = calls, .cpu = -1};
	int failed = 0;
	size_t j;

	s.began = clock_ns();
	s.told = s.began - PROGRESS_EVERY_NS;
	s.end = s.began + (int64_t)(fmax(0, options->budget) * 1e9);
	chance_seed(&s.chance, (uint64_t)s.began);
	s.worker_options = (struct worker_options){.program = options->worker,
		.probes = options->probes,
		.load_seconds = clamp(options->budget * LOAD_LIMIT_SHARE,
			fmin(LOAD_LIMIT_LEAST, options->budget * LOAD_LIMIT_SHARE_MOST),
			LOAD_LIMIT_MOST),
		.block_seconds = clamp(
			options->budget * BLOCK_LIMIT_SHARE, BLOCK_LIMIT_LEAST, BLOCK_LIMIT_MOST),
		.stop_fd = options->stop_fd};
	clock_iso(clock_unix(), m->env.started);
	make_jobs(&s, plan, reference);
	if (s.n_jobs)
		failed = lanes_start(&s);
	if (failed && err)
		*err = s.last;
	if (!failed && s.n_jobs)
		schedule_sample(&s);
	lanes_release(&s);
	finish(&s);
	if (stopped)
		*stopped = s.stopped;
	for (j = 0; j < s.n_jobs; j++)
		free(s.jobs[j].id);
	free(s.by_weight);
	free(s.jobs);
	return failed;
}
