#include "show/measured_json.h"

#include <math.h>

#include "show/view_doctor.h"

static const char *const grades[] = {"quiet", "usable", "busy"};

static json_t *told_json(enum told told)
{
	return told == TOLD_UNKNOWN ? json_null() : json_boolean(told == TOLD_YES);
}

static json_t *noise_json(const struct checkup *c)
{
	const struct trial *t = &c->trial;
	json_t *cpus;
	size_t i;

	if (!c->works)
		return json_null();
	cpus = json_array();
	for (i = 0; i < t->n_cpus; i++) {
		const struct trial_cpu *cpu = &t->cpus[i];

		if (cpu->gates)
			json_array_append_new(cpus, json_pack("{s:i, s:s, s:f}", "cpu", cpu->cpu,
				"grade", grades[cpu->grade], "clean_share",
				(double)cpu->clean / (double)cpu->gates));
	}
	return json_pack("{s:s, s:f, s:o, s:f, s:f, s:o, s:o, s:f, s:o}", "grade", grades[t->grade],
		"clean_share", t->clean_share, "slow_mode", json_figure(t->slow > 0 ? t->slow : NAN),
		"slow_share", t->slow_share, "gate_ns", t->fastest, "cpus", cpus, "load_average",
		json_figure(c->load >= 0 ? c->load : NAN), "stolen", c->stolen, "busy",
		!c->busy_name[0] ? json_null() : json_pack("{s:o, s:I, s:i, s:f}", "name",
			json_shown(c->busy_name), "pid", (json_int_t)c->busy_pid, "cpu",
			c->busy_cpu, "share", c->busy_share));
}

static json_t *file_json(const struct checkup *c)
{
	return json_pack("{s:o, s:b, s:b, s:o, s:o}", "path", json_shown(c->file), "there",
		c->file_there, "usable", c->file_usable, "why_not", json_shown(c->file_why),
		"age_seconds", json_figure(c->file_age >= 0 ? c->file_age : NAN));
}

static json_t *clock_json(const struct checkup *c)
{
	return json_pack("{s:o, s:f, s:o}", "step_ns", json_figure(c->clock_step), "cost_ns",
		c->clock_cost, "source", json_shown(c->clock_source[0] ? c->clock_source : NULL));
}

static json_t *cpus_json(const struct checkup *c)
{
	const int most = 64 * (int)(sizeof c->allowed.bits / sizeof *c->allowed.bits);
	json_t *list = json_array();
	int i;

	for (i = 0; i < most; i++) {
		if (proc_cpus_has(&c->allowed, i))
			json_array_append_new(list, json_integer(i));
	}
	return list;
}

void doctor_json(const struct checkup *c, struct str *out)
{
	json_t *environments = json_array(), *advice = json_array(), *doctor;
	size_t i;

	if (c->there)
		json_array_append_new(environments, json_environment(&c->env));
	for (i = 0; i < c->n_advice; i++)
		json_array_append_new(advice, json_shown(c->advice[i]));
	doctor = json_pack("{s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "can_measure",
		checkup_can_measure(c), "why_not", json_shown(c->works ? NULL : c->why.text), "worker",
		json_shown(c->python->worker), "built", json_pack("{s:o, s:o, s:o}", "debug",
			told_json(c->debug), "pgo", told_json(c->pgo), "lto", told_json(c->lto)),
		"start_seconds", json_figure(c->works ? c->trial.start_seconds : NAN), "clock",
		clock_json(c), "cpus_allowed", cpus_json(c), "governor",
		json_shown(c->governor[0] ? c->governor : NULL), "noise", noise_json(c),
		"measurements", file_json(c), "advice", advice);
	json_write(json_pack("{s:o, s:o, s:o}", "ffiadvise", json_program(), "environments",
		environments, "doctor", doctor), out);
}
