#include "measure/call.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/constants.h"
#include "measure/stats.h"
#include "measure/worker.h"

enum { TALK_SHOWN = 2000 };

static struct worker_options worker_options(const struct measure_options *options)
{
	return (struct worker_options){.program = options->worker,
		.host = options->host,
		.probes = options->probes,
		.site = options->site,
		.own = 1,
		.memory = OWN_MEMORY,
		.run_seconds = OWN_SETUP_SECONDS,
		.load_seconds = OWN_CALL_SECONDS,
		.block_seconds = OWN_CALL_SECONDS,
		.stop_fd = options->stop_fd};
}

/* What a death or a limit is called: the worker says "was still running after 10 s". */
static void say(struct err *err, enum worker_result result, const char *what)
{
	struct err plain = *err;

	if (result == WORKER_REFUSED)
		return;
	err_set(err, ERR_FAILURE, "%s %s", what, plain.text);
	if (strstr(plain.text, "still running"))
		err_hint(err, "give it less to do: smaller data takes the same way through the code");
	else if (strstr(plain.text, "printed"))
		err_hint(err, "take the printing out, or send it to a file; it would be measured too");
	else if (strstr(plain.text, "SIG") || strstr(plain.text, "status"))
		err_hint(err, "the process that ran it is gone; run the code by itself to see why");
}

/* What the code printed, cut. */
static void keep_talk(struct call *call, struct worker *worker)
{
	const char *text;
	size_t n;
	int flooded;

	text = worker_talk(worker, &n, &flooded);
	call->talk = xstrndup(text, n > TALK_SHOWN ? TALK_SHOWN : n);
}

/* The texts of seen are the worker's: they are kept by writing them and reading them again. */
static int keep_seen(struct call *call, const struct worker_seen *seen, struct err *err)
{
	struct proto_frame frame;

	str_init(&call->bytes);
	if (proto_put_seen(&call->bytes, seen) == 0 &&
		proto_next(str_text(&call->bytes), call->bytes.len, &frame) > 0 &&
		proto_get_seen(&frame, &call->seen) == 0)
		return 0;
	return err_set(err, ERR_FAILURE, "what was seen of the call is too much to keep");
}

int call_look(struct call *call, const struct measure_options *options, int *stopped,
	struct err *err)
{
	struct worker_options how = worker_options(options);
	enum worker_result result;
	struct worker *worker;
	struct worker_seen seen;
	int64_t start;
	int failed = 1;

	call->talk = NULL;
	call->drift = 1;
	str_init(&call->bytes);
	start = clock_ns();
	result = worker_start(&worker, &how, err);
	*stopped = result == WORKER_STOPPED;
	if (result != WORKER_OK)
		return -1;
	result = worker_run(worker, call->setup, err);
	call->setup_seconds = (double)(clock_ns() - start) * 1e-9;
	say(err, result == WORKER_OK ? WORKER_REFUSED : result, "the set-up");
	if (result == WORKER_OK) {
		result = worker_look(worker, call->expression, &seen, err);
		if (result != WORKER_OK)
			say(err, result, "the call");
		else
			failed = keep_seen(call, &seen, err);
	}
	*stopped = result == WORKER_STOPPED;
	keep_talk(call, worker);
	worker_stop(worker);
	return failed ? -1 : 0;
}

void call_release(struct call *call)
{
	str_release(&call->bytes);
	free(call->talk);
	call->talk = NULL;
}

double call_budget(double budget, double ns, double setup_seconds)
{
	double runs = ns * 1e-9 * OWN_RUNS, most = fmax(OWN_SECONDS_MOST, 2.2e-9 * ns);

	return fmax(OWN_SHARE * budget, fmin(runs, most) + OWN_SETUPS * setup_seconds);
}

/* The medians of so many samples by their gates, from two places on. */
static double part(const struct samples *run, size_t from, size_t n)
{
	double *values = xreallocarray(NULL, n, sizeof *values), median;
	size_t i;

	for (i = 0; i < n; i++)
		values[i] = run->full[from + i] / fmax(1, run->gate[from + i]);
	median = stats_median(values, n);
	free(values);
	return median;
}

double call_drift(const struct measurement *item)
{
	double least = INFINITY, first;
	size_t k;

	for (k = 0; k < item->n_runs; k++) {
		const struct samples *run = &item->runs[k];
		size_t third = run->n / 3;

		if (run->n < OWN_DRIFT_SAMPLES)
			continue;
		first = part(run, 0, third);
		least = fmin(least, first > 0 ? part(run, run->n - third, third) / first : 1);
	}
	return isinf(least) ? 1 : least;
}

/* A sample is 32 bits of ns, and what is longer has that many. */
static int is_cut(const struct measurement *item)
{
	size_t k, i;

	for (k = 0; k < item->n_runs; k++) {
		for (i = 0; i < item->runs[k].n; i++) {
			if (item->runs[k].full[i] == UINT32_MAX)
				return 1;
		}
	}
	return 0;
}

/* As stats do where no sample is known to be clean. */
static struct est one_run(double ns)
{
	return est(ns / SLOW_MODE_MOST, ns, ns);
}

/* Measures by the engine. */
static int sample(struct call *call, struct measurements *m, const struct probes *probes,
	const struct measure_options *options, int *stopped, struct err *err)
{
	struct probe probe = {.id = (char *)CALL_PROBE,
		.function = (char *)"",
		.setup = (char *)call->setup,
		.call = (char *)call->expression,
		/* What uses several CPUs must have them. */
		.unpinned = call->seen.cpus > OWN_CPUS};
	struct binding binding = {.id = (char *)CALL_BINDING};
	struct plan plan;
	int result;

	plan_init(&plan);
	plan_add(&plan, &probe, &binding, 0, 1);
	result = measure_run(m, &plan, probes, options, stopped, err);
	plan_release(&plan);
	if (result != 0 || !m->n_missing || !m->missing[0].failed ||
		measurements_find(m, CALL_PROBE, CALL_BINDING, 0))
		return result;
	return err_set(err, ERR_FAILURE, "the call was not measured: %s", m->missing[0].why);
}

int call_time(struct call *call, struct measurements *m, const struct probes *probes,
	const struct measure_options *options, int *stopped, struct err *err)
{
	int is_slow = isnan(call->seen.later_ns);
	double ns = is_slow ? call->seen.first_ns : call->seen.later_ns;
	struct measure_options how = *options;
	const struct measurement *item;

	call->ns = one_run(ns);
	if (ns >= OWN_SAMPLE_MOST * 1e9)
		return 0;
	how.own = 1;
	/* One that takes long need not run to be loaded; what it takes is known. */
	how.own_ns = is_slow ? ns : 0;
	how.budget = call_budget(options->budget, ns, call->setup_seconds);
	how.weigh = NULL;
	if (sample(call, m, probes, &how, stopped, err) != 0)
		return -1;
	item = measurements_find(m, CALL_PROBE, CALL_BINDING, 0);
	if (item && is_cut(item)) {
		measurements_drop(m, (size_t)(item - m->items));
	} else if (item) {
		call->ns = item->ns;
		call->drift = call_drift(item);
	}
	return 0;
}
