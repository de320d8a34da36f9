#include "session/checkup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc_load.h"
#include "base/str.h"
#include "measure/cache.h"
#include "session/run.h"

/* The gate trial; long against slow phases, which last 4 to 20 ms (measure/README.md). */
#define TRIAL_SECONDS 1.0
/* Shares from which on a cause is worth a sentence: of one CPU, and of the CPUs' time. Default. */
#define BUSY_WORTH_SAYING 0.10
#define STOLEN_WORTH_SAYING 0.01
/* A reading that costs more than this goes through the kernel (vDSO readings take 15 to 40). */
#define CLOCK_SLOW_NS 200

enum { CLOCK_READINGS = 20000 };

static void look_at_clock(struct checkup *c)
{
	int64_t first = clock_ns(), last = first, now;
	int i;

	c->clock_step = INFINITY;
	for (i = 0; i < CLOCK_READINGS; i++) {
		now = clock_ns();
		if (now > last)
			c->clock_step = fmin(c->clock_step, (double)(now - last));
		last = now;
	}
	c->clock_cost = (double)(last - first) / CLOCK_READINGS;
	proc_clock_source(c->clock_source, sizeof c->clock_source);
	proc_governor(c->governor, sizeof c->governor);
}

static enum told has(const char *text, const char *word)
{
	return !text ? TOLD_UNKNOWN : strstr(text, word) ? TOLD_YES : TOLD_NO;
}

/* The soabi at the head of the key carries d for a debug build: cpython-311d-... */
static enum told is_debug(const struct environment *env)
{
	const char *dash = env->interpreter_key ? strchr(env->interpreter_key, '-') : NULL;
	size_t n;

	if (!dash)
		return TOLD_UNKNOWN;
	n = strspn(dash + 1, "0123456789t");
	return dash[1 + n] == 'd' || has(env->config_args, "--with-pydebug") == TOLD_YES ? TOLD_YES :
		TOLD_NO;
}

static void look_at_noise(struct checkup *c, int stop_fd)
{
	struct proc_load before, after;
	const struct proc_task *busiest;
	pid_t own[2] = {getpid(), 0};
	const struct worker_options options = {.program = c->python->worker,
		.host = c->python->host, .probes = c->python->probes, .site = c->python->site,
		.stop_fd = stop_fd};

	proc_load_take(&before);
	c->works = trial_run(&c->trial, &options, TRIAL_SECONDS, &c->why) == 0;
	proc_load_take(&after);
	own[1] = (pid_t)c->trial.pid;
	c->load = after.average;
	c->stolen = proc_load_stolen(&before, &after);
	busiest = proc_load_busiest(&before, &after, own, 2, &c->busy_share);
	if (busiest && c->busy_share > BUSY_WORTH_SAYING) {
		snprintf(c->busy_name, sizeof c->busy_name, "%s", busiest->name);
		c->busy_pid = busiest->pid;
		c->busy_cpu = busiest->cpu;
	}
	proc_load_release(&before);
	proc_load_release(&after);
}

static void look_at_file(struct checkup *c, const char *file)
{
	struct measurements m;
	struct str why;
	struct err err;
	int64_t taken;

	c->file_age = -1;
	if (file)
		c->file = xstrdup(file);
	else if (c->env.interpreter_key)
		c->file = cache_path(c->env.interpreter_key);
	c->file_there = c->file && access(c->file, F_OK) == 0;
	if (!c->file_there)
		return;
	measurements_init(&m);
	if (measurements_load(&m, c->file, &err) < 0) {
		c->file_why = xstrdup(err.text);
		return;
	}
	taken = clock_from_iso(m.env.started);
	c->file_age = taken < 0 ? -1 : (double)(clock_unix() - taken);
	str_init(&why);
	c->file_usable = c->there && cache_usable(&m, &c->env, &why);
	if (!c->file_usable)
		c->file_why = str_detach(&why);
	str_release(&why);
	measurements_release(&m);
}

static void advise(struct checkup *c, char *sentence)
{
	c->advice = xreallocarray(c->advice, c->n_advice + 1, sizeof *c->advice);
	c->advice[c->n_advice++] = sentence;
}

static void advise_on_bindings(struct checkup *c)
{
	size_t i;

	for (i = 0; i < c->env.n_bindings; i++) {
		const struct binding_state *b = &c->env.bindings[i];

		if (!b->available && b->cure)
			advise(c, xasprintf("to have %s measured: %s", b->id,
					b->cure));
	}
}

static void advise_on_noise(struct checkup *c)
{
	if (c->busy_name[0])
		advise(c, xasprintf("%s (process %ld) took %.0f %% of a CPU: measure when it is done",
				c->busy_name, c->busy_pid, 100 * c->busy_share));
	if (c->stolen > STOLEN_WORTH_SAYING)
		advise(c, xasprintf("the host of this virtual machine took %.0f %% of its time away: "
				"measure at another hour or on another machine", 100 * c->stolen));
	if (c->works && c->trial.grade != GRADE_QUIET)
		advise(c, xstrdup("measure for longer, with --budget 20s: quiet moments are waited for"));
}

static void make_advice(struct checkup *c)
{
	if (c->why.code && c->why.hint[0])
		advise(c, xasprintf("first of all: %s", c->why.hint));
	if (c->debug == TOLD_YES)
		advise(c, xstrdup("this is a debug build of Python, several times slower than others: "
			"build for the interpreter that is used, with make PYTHON=..."));
	else if (c->pgo == TOLD_NO)
		advise(c, xstrdup("its configure arguments name no --enable-optimizations: if it was "
			"built so, plain Python is slower in it than in a distribution's, and native "
			"code looks better than it will there"));
	if (c->there && c->cpus_allowed == 1)
		advise(c, xstrdup("only one CPU is allowed to this process: what threads gain cannot "
			"be seen; allow two, with taskset or in the container's settings"));
	advise_on_noise(c);
	if (c->governor[0] && strcmp(c->governor, "performance") != 0)
		advise(c, xasprintf("the CPU's speed follows its load (governor %s): cpupower "
				"frequency-set -g performance makes it steady", c->governor));
	if (c->clock_cost > CLOCK_SLOW_NS)
		advise(c, xasprintf("reading the clock takes %.0f ns (%s): a machine whose clock "
				"source is tsc gives finer figures", c->clock_cost,
				c->clock_source[0] ? c->clock_source : "unknown source"));
	advise_on_bindings(c);
}

void checkup_make(struct checkup *c, const struct catalog *catalog, const struct python *python,
	const char *file, int stop_fd)
{
	memset(c, 0, sizeof *c);
	c->python = python;
	c->load = -1;
	err_init(&c->why);
	c->there = run_look(&c->env, catalog, python, &c->why) == 0;
	if (proc_cpus_get(&c->allowed) == 0)
		c->cpus_allowed = proc_cpus_count(&c->allowed);
	look_at_clock(c);
	if (c->there) {
		c->debug = is_debug(&c->env);
		c->pgo = has(c->env.config_args, "--enable-optimizations");
		c->lto = has(c->env.config_args, "--with-lto");
		look_at_noise(c, stop_fd);
	}
	look_at_file(c, file);
	make_advice(c);
}

void checkup_release(struct checkup *c)
{
	size_t i;

	for (i = 0; i < c->n_advice; i++)
		free(c->advice[i]);
	free(c->advice);
	free(c->file);
	free(c->file_why);
	environment_release(&c->env);
	memset(c, 0, sizeof *c);
}

int checkup_can_measure(const struct checkup *c)
{
	size_t i;

	for (i = 0; c->works && i < c->env.n_bindings; i++) {
		if (c->env.bindings[i].available)
			return 1;
	}
	return 0;
}
