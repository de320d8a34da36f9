#include "show/view_doctor.h"

#include <math.h>
#include <string.h>

#include "show/report.h"
#include "show/view_measured.h"
#include "survey/quantity.h"

enum { COLUMN = 18 };

static const char *const grades[] = {"quiet", "usable", "busy"};

/* "  label      " and what is added next. */
static void row(struct lines *l, const char *label)
{
	lines_begin(l, 2, COLUMN);
	lines_add(l, LOOK_HINT, "%s", label);
	lines_tab(l, COLUMN);
}

static void add_python(struct lines *l, const struct checkup *c)
{
	const struct environment *env = &c->env;

	view_head(l, "Python");
	if (!c->there) {
		row(l, "worker");
		lines_add(l, LOOK_WARNING, "%s", c->why.text);
		return;
	}
	row(l, "interpreter");
	lines_add(l, LOOK_PLAIN, "%s %s, %s", env->implementation, env->python, env->executable);
	row(l, "built");
	lines_add(l, LOOK_PLAIN, "%s, %s", env->shared ? "with a shared libpython" : "static",
		env->free_threaded ? "free-threaded" : "with a GIL");
	if (c->debug == TOLD_YES)
		lines_add(l, LOOK_WARNING, ", a debug build");
	if (c->pgo != TOLD_UNKNOWN)
		lines_add(l, LOOK_PLAIN, "; its configure arguments %s PGO, %s LTO",
			c->pgo == TOLD_YES ? "ask for" : "do not name",
			c->lto == TOLD_YES ? "ask for" : "do not name");
	row(l, "shell");
	view_python_kind(l, env);
	row(l, "flags");
	lines_add(l, LOOK_PLAIN, "%s", *env->cflags ? env->cflags : "not known");
	row(l, "worker");
	lines_add(l, LOOK_PLAIN, "%s", c->python->worker);
	row(l, "");
	if (c->works)
		lines_add(l, LOOK_GOOD, "runs, ready after %.0f ms", 1000 * c->trial.start_seconds);
	else
		lines_add(l, LOOK_WARNING, "does not run: %s", c->why.text);
}

static void add_bindings(struct lines *l, const struct checkup *c, const struct catalog *catalog)
{
	const struct environment *env = &c->env;
	size_t i;

	if (!env->n_bindings)
		return;
	view_head(l, "Bindings");
	for (i = 0; i < env->n_bindings; i++) {
		const struct binding_state *b = &env->bindings[i];
		const struct binding *known = probes_binding(&catalog->probes, b->id);

		row(l, b->id);
		if (!b->available) {
			lines_add(l, LOOK_WARNING, "absent: %s",
				b->why_not ? b->why_not : "not built");
			if (b->cure)
				lines_add(l, LOOK_HINT, "; %s", b->cure);
			continue;
		}
		lines_add(l, LOOK_GOOD, "here");
		if (*b->version)
			lines_add(l, LOOK_PLAIN, ", %s", b->version);
		if (*b->toolchain)
			lines_add(l, LOOK_PLAIN, ", %s", b->toolchain);
		if (known && !known->option)
			lines_add(l, LOOK_HINT, " (a yardstick)");
	}
}

/* "0-3, 7" */
static void add_cpus(struct lines *l, const struct proc_cpus *cpus)
{
	const int most = 64 * (int)(sizeof cpus->bits / sizeof *cpus->bits);
	const char *separator = "";
	int i, last;

	for (i = 0; i < most; i = last + 1) {
		for (last = i; last < most && proc_cpus_has(cpus, last); last++)
			;
		if (last == i)
			continue;
		lines_add(l, LOOK_PLAIN, last - i > 1 ? "%s%d-%d" : "%s%d", separator, i, last - 1);
		separator = ", ";
	}
}

static void add_machine(struct lines *l, const struct checkup *c)
{
	view_head(l, "Machine");
	if (c->there) {
		row(l, "CPU");
		lines_add(l, LOOK_PLAIN, "%s, %d core%s, %s", c->env.cpu, c->env.cores,
			c->env.cores == 1 ? "" : "s", c->env.os);
	}
	row(l, "allowed");
	lines_add(l, LOOK_PLAIN, "%d of them: ", c->cpus_allowed);
	add_cpus(l, &c->allowed);
	if (c->governor[0])
		lines_add(l, LOOK_PLAIN, "; speed governed by %s", c->governor);
	row(l, "clock");
	if (isfinite(c->clock_step))
		lines_add(l, LOOK_PLAIN, "steps of %.0f ns, ", c->clock_step);
	lines_add(l, LOOK_PLAIN, "%.0f ns a reading%s%s", c->clock_cost,
		c->clock_source[0] ? ", source " : "", c->clock_source);
}

static void add_noise(struct lines *l, const struct checkup *c)
{
	const struct trial *t = &c->trial;
	size_t i;

	if (!c->works)
		return;
	view_head(l, "Noise now");
	row(l, "grade");
	lines_add(l, t->grade == GRADE_BUSY ? LOOK_WARNING : LOOK_GOOD, "%s", grades[t->grade]);
	lines_add(l, LOOK_PLAIN, ": %.0f %% of the time undisturbed on the quietest CPU",
		100 * t->clean_share);
	for (i = 0; t->n_cpus > 1 && i < t->n_cpus; i++) {
		const struct trial_cpu *cpu = &t->cpus[i];

		if (!cpu->gates)
			continue;
		row(l, "");
		lines_add(l, LOOK_HINT, "CPU %d: %.0f %%, %s", cpu->cpu,
			100 * (double)cpu->clean / (double)cpu->gates, grades[cpu->grade]);
	}
	if (t->slow > 0) {
		row(l, "slow mode");
		lines_add(l, LOOK_PLAIN, "%.1fx for %.0f %% of the time", t->slow,
			100 * t->slow_share);
	}
	row(l, "cause");
	if (c->load >= 0)
		lines_add(l, LOOK_PLAIN, "load average %.2f; ", c->load);
	lines_add(l, LOOK_PLAIN, "the host took %.1f %% of the time; ", 100 * c->stolen);
	if (c->busy_name[0])
		lines_add(l, LOOK_WARNING, "%s (process %ld) took %.0f %% of a CPU, last of CPU %d",
			c->busy_name, c->busy_pid, 100 * c->busy_share, c->busy_cpu);
	else
		lines_add(l, LOOK_PLAIN, "no other process took much");
}

static void add_file(struct lines *l, const struct checkup *c)
{
	struct str age;

	view_head(l, "Measurements");
	row(l, "file");
	lines_add(l, LOOK_PLAIN, "%s", c->file ? c->file : "no folder for a cache is known");
	if (!c->file)
		return;
	row(l, "");
	if (!c->file_there) {
		lines_add(l, LOOK_PLAIN, "not there: the next advice measures first");
		return;
	}
	str_init(&age);
	if (c->file_age >= 0) {
		quantity_write(&age, c->file_age * 1e9, QUESTION_DURATION);
		lines_add(l, LOOK_PLAIN, "%s old, ", str_text(&age));
	}
	str_release(&age);
	if (c->file_usable)
		lines_add(l, LOOK_GOOD, "used again");
	else
		lines_add(l, LOOK_WARNING, "not used: %s", c->file_why ? c->file_why : "");
}

void view_doctor(struct lines *l, const struct checkup *c, const struct catalog *catalog)
{
	size_t i;

	add_python(l, c);
	add_bindings(l, c, catalog);
	add_machine(l, c);
	add_noise(l, c);
	add_file(l, c);
	view_head(l, "What to do");
	for (i = 0; i < c->n_advice; i++) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_PLAIN, "- %s", c->advice[i]);
	}
	if (!c->n_advice) {
		lines_begin(l, 2, 4);
		lines_add(l, LOOK_GOOD, "nothing: all is here, and it is quiet");
	}
}
