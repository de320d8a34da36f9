#include "show/measured_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/version.h"
#include "show/report.h"

static const char *const grade_words[] = {"quiet", "usable", "busy"};

/*
 * jansson refuses bytes that are no UTF-8; file names and what a probe said
 * may hold some, and they are shown as \xNN like everywhere else.
 */
json_t *json_shown(const char *s)
{
	struct str shown;
	json_t *json;

	if (!s)
		return json_null();
	json = json_string(s);
	if (json)
		return json;
	str_init(&shown);
	str_add_shown(&shown, s, strlen(s));
	json = json_string(str_text(&shown));
	str_release(&shown);
	return json;
}

/* Null stands for an end that is unbounded. */
json_t *json_figure(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

json_t *json_estimate(struct est e)
{
	return json_pack("{s:o, s:o, s:o}", "low", json_figure(e.low), "likely",
		json_figure(e.likely), "high",
		json_figure(e.high));
}

static json_t *bindings_json(const struct environment *env)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < env->n_bindings; i++) {
		const struct binding_state *b = &env->bindings[i];

		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "id",
			json_shown(b->id), "version", json_shown(b->version ? b->version : ""), "toolchain",
			json_shown(b->toolchain ? b->toolchain : ""), "available", b->available, "why_not",
			json_shown(b->why_not), "cure", json_shown(b->cure)));
	}
	return list;
}

json_t *json_environment_id(size_t index)
{
	char id[24];

	snprintf(id, sizeof id, "e%zu", index);
	return json_string(id);
}

json_t *json_environment(const struct environment *env, size_t index)
{
	json_t *why = json_array();
	size_t i;

	for (i = 0; i < env->n_why; i++)
		json_array_append_new(why, json_shown(env->why[i]));
	return json_pack("{s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"id", json_environment_id(index), "cpu", json_shown(env->cpu ? env->cpu : ""), "cores", env->cores,
		"os", json_shown(env->os ? env->os : ""), "python", json_shown(env->python ? env->python : ""),
		"implementation", json_shown(env->implementation ? env->implementation : ""),
		"executable", json_shown(env->executable ? env->executable : ""),
		"build", json_pack("{s:b, s:o, s:b, s:b, s:o}", "shared", env->shared, "cflags",
			json_shown(env->cflags ? env->cflags : ""), "free_threaded", env->free_threaded, "untested", env->untested,
			"shell", json_shown(env->shell ? env->shell : "embedded")),
		"noise", json_pack("{s:s, s:o, s:o, s:o}", "grade", grade_words[env->grade],
			"clean_share", json_figure(env->clean_share), "others", json_figure(env->others),
			"why", why),
		"started", json_shown(env->started), "bindings", bindings_json(env));
}

/* What was read instead of timed: its unit, the value, the names; ns only where it is a time. */
static void add_reading(json_t *json, const struct measurement *m)
{
	json_t *names = json_array();
	size_t i;

	json_object_set_new(json, "unit", json_string(reads_word(m->reads)));
	if (m->reads != READS_NS && m->reads != READS_SECONDS)
		json_object_set_new(json, "ns", json_null());
	json_object_set_new(json, "value", json_estimate(m->value));
	for (i = 0; i < m->n_names; i++)
		json_array_append_new(names, json_shown(m->names[i]));
	if (m->reads == READS_NAMES)
		json_object_set(json, "names", names);
	json_decref(names);
}

json_t *json_measurement(const struct measurement *m, size_t index)
{
	json_t *json = json_pack("{s:o, s:o, s:s, s:o, s:i, s:i, s:i, s:b, s:s, s:o, s:o}", "id",
		json_shown(m->id), "environment", json_environment_id(index), "unit", "ns", "ns",
		json_estimate(m->ns), "processes", m->processes, "samples", (int)m->samples,
		"clean", (int)m->clean, "upper_bound", m->upper_bound, "basis", basis_word(m->basis), "source", json_shown(m->source), "when",
		json_shown(m->when));

	if (m->reads != READS_NOTHING)
		add_reading(json, m);
	return json;
}

/* Those of one interpreter; which one is said only where there are several. */
static void add_missing(json_t *missing, const struct measurements *m, size_t index, size_t n)
{
	json_t *json;
	size_t i;

	for (i = 0; i < m->n_missing; i++) {
		json = json_pack("{s:o, s:o, s:b}", "id", json_shown(m->missing[i].id), "why",
			json_shown(m->missing[i].why), "failed", m->missing[i].failed);
		if (n > 1)
			json_object_set_new(json, "environment", json_environment_id(index));
		json_array_append_new(missing, json);
	}
}

json_t *json_measured(const struct measurements *ms, size_t n)
{
	json_t *root, *measured = json_array(), *missing = json_array();
	json_t *environments = json_array();
	size_t i, k;

	for (k = 0; k < n; k++) {
		for (i = 0; i < ms[k].n; i++)
			json_array_append_new(measured, json_measurement(&ms[k].items[i], k));
		add_missing(missing, &ms[k], k, n);
		json_array_append_new(environments, json_environment(&ms[k].env, k));
	}
	root = json_pack("{s:o, s:o, s:o, s:o}", "ffiadvise", json_program(), "environments",
		environments, "measurements", measured, "not_measured", missing);
	if (n && ms[0].foreign)
		json_object_set_new(root, "measurements_from", json_shown(ms[0].foreign));
	return root;
}

json_t *json_program(void)
{
	return json_pack("{s:s, s:i}", "version", FFIADVISE_VERSION, "format", 1);
}

void json_write(json_t *root, struct str *out)
{
	char *dumped = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));

	str_add(out, dumped ? dumped : "{}");
	str_addc(out, '\n');
	free(dumped);
	json_decref(root);
}
