#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"
#include "survey/quantity.h"
#include "base/version.h"

static const char *const grade_words[] = {"quiet", "usable", "busy"};
static const char *const origin_words[] = {"unknown", "default", "file", "asked", "measured"};

/*
 * jansson refuses bytes that are no UTF-8; file names and what a probe said
 * may hold some, and they are shown as \xNN like everywhere else.
 */
static json_t *text(const char *s)
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
static json_t *number(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

static json_t *estimate(struct est e)
{
	return json_pack("{s:o, s:o, s:o}", "low", number(e.low), "likely", number(e.likely), "high",
		number(e.high));
}

static json_t *bindings_json(const struct environment *env)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < env->n_bindings; i++) {
		const struct binding_state *b = &env->bindings[i];

		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:b, s:o, s:o}", "id",
			text(b->id), "version", text(b->version ? b->version : ""), "toolchain",
			text(b->toolchain ? b->toolchain : ""), "available", b->available, "why_not",
			text(b->why_not), "cure", text(b->cure)));
	}
	return list;
}

static json_t *environment_json(const struct environment *env)
{
	json_t *why = json_array();
	size_t i;

	for (i = 0; i < env->n_why; i++)
		json_array_append_new(why, text(env->why[i]));
	return json_pack("{s:s, s:o, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"id", "e0", "cpu", text(env->cpu ? env->cpu : ""), "cores", env->cores,
		"os", text(env->os ? env->os : ""), "python", text(env->python ? env->python : ""),
		"implementation", text(env->implementation ? env->implementation : ""),
		"executable", text(env->executable ? env->executable : ""),
		"build", json_pack("{s:b, s:o, s:b, s:o}", "shared", env->shared, "cflags",
			text(env->cflags ? env->cflags : ""), "free_threaded", env->free_threaded,
			"shell", text(env->shell ? env->shell : "embedded")),
		"noise", json_pack("{s:s, s:o, s:o}", "grade", grade_words[env->grade],
			"clean_share", number(env->clean_share), "why", why),
		"started", text(env->started), "bindings", bindings_json(env));
}

static json_t *measurement_json(const struct measurement *m)
{
	return json_pack("{s:o, s:s, s:o, s:i, s:i, s:i, s:b, s:s, s:o, s:o}", "id", text(m->id),
		"environment", "e0", "ns", estimate(m->ns), "processes", m->processes, "samples",
		(int)m->samples, "clean", (int)m->clean, "upper_bound", m->upper_bound, "basis",
		basis_word(m->basis), "source", text(m->source), "when", text(m->when));
}

/* Each reference figure that some option rests on, once. */
static void add_references(json_t *list, const struct report *r)
{
	const struct references *refs = &r->catalog->references;
	size_t i, f, k, e;
	int used;

	for (i = 0; i < refs->n; i++) {
		const struct reference *ref = &refs->items[i];

		used = 0;
		for (f = 0; f < r->n && !used; f++) {
			const struct options *options = &r->functions[f].reckoning.options;

			for (k = 0; k < options->n && !used; k++) {
				for (e = 0; e < options->items[k].evidence.n && !used; e++)
					used = strcmp(options->items[k].evidence.ids[e], ref->id) == 0;
			}
		}
		if (!used)
			continue;
		json_array_append_new(list, json_pack("{s:o, s:n, s:o, s:i, s:i, s:i, s:s, s:o, s:s}",
			"id", text(ref->id), "environment", "ns",
			ref->kind == REFERENCE_IN || ref->kind == REFERENCE_OUT ?
			estimate(est_add(ref->fixed, ref->per_item)) : json_null(),
			"processes", 0, "samples", 0, "clean", 0, "basis",
			ref->assumed ? "assumed" : "reference", "source", text(ref->source), "when", ""));
		if (ref->kind == REFERENCE_GAIN || ref->kind == REFERENCE_FIGURE)
			json_object_set_new(json_array_get(list, json_array_size(list) - 1), "value",
				estimate(ref->value));
	}
}

static json_t *answer_json(const struct value *v, const struct question *q)
{
	struct str s;
	json_t *json;

	if (q->kind >= QUESTION_DURATION && q->kind <= QUESTION_FACTOR)
		return json_pack("{s:o, s:o, s:s, s:s}", "low", number(v->range.low), "high",
			number(v->range.high), "unit", quantity_unit(q->kind), "origin",
			origin_words[v->origin]);
	str_init(&s);
	if (value_known(v))
		value_write(&s, v, q);
	json = json_pack("{s:o, s:s}", "value", value_known(v) ? text(str_text(&s)) : json_null(),
		"origin", origin_words[v->origin]);
	str_release(&s);
	return json;
}

static json_t *answers_json(const struct answers *answers)
{
	const struct questions *questions = answers->questions;
	json_t *object = json_object();
	size_t i, k;
	char *key;

	for (i = 0; i < questions->n; i++) {
		const struct question *q = &questions->items[i];

		if (q->scope == SCOPE_FUNCTION) {
			json_object_set_new(object, q->id, answer_json(answers_value(answers, q, 0), q));
			continue;
		}
		for (k = 0; k < answers->n_inputs; k++) {
			const struct value *v = answers_value(answers, q, k);

			if (!value_known(v))
				continue;
			key = xasprintf("inputs[%zu].%s", k, strchr(q->id, '.') + 1);
			json_object_set_new(object, key, answer_json(v, q));
			free(key);
		}
	}
	return object;
}

static json_t *design_json(const struct option *o)
{
	json_t *list = json_array();
	const char *word;
	unsigned bit;
	size_t i;

	if (!o->design && o->use == USE_FFI)
		json_array_append_new(list, json_string("as-is"));
	for (i = 0; (word = design_word(i, &bit)); i++) {
		if (o->design & bit)
			json_array_append_new(list, json_string(word));
	}
	return list;
}

static json_t *tool_json(const struct option *o)
{
	return json_pack("{s:s, s:o}", "kind", o->tool_kind, "id",
		o->tool_id[0] ? text(o->tool_id) : json_null());
}

static json_t *cost_json(const struct cost *c)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "call", estimate(c->call), "inputs",
		estimate(c->inputs), "compute", estimate(c->compute), "callbacks",
		estimate(c->callbacks), "output", estimate(c->output), "wait", estimate(c->wait));
}

static json_t *evidence_json(const struct evidence *e)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < e->n; i++)
		json_array_append_new(list, text(e->ids[i]));
	return list;
}

static json_t *texts_of(const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < reasons->n; i++)
		json_array_append_new(list, text(reasons->items[i].text));
	return list;
}

static json_t *option_json(const struct option *o)
{
	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o, s:o}",
		"id", text(o->id), "use", use_word(o->use), "tool", tool_json(o), "design",
		design_json(o), "time_after", estimate(o->time_after), "speedup", estimate(o->speedup),
		"program_speedup", estimate(o->program_speedup), "memory", estimate(o->memory),
		"cost", cost_json(&o->cost), "basis", basis_word(o->basis), "fits", o->fits, "for",
		texts_of(&o->why_for), "against", texts_of(&o->why_against), "evidence",
		evidence_json(&o->evidence));
}

static json_t *boundary_json(const struct boundary *b)
{
	json_t *list = json_array(), *turns;
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		const struct crossing *c = &b->items[i];

		turns = json_array();
		for (k = 0; k < c->n_turns; k++)
			json_array_append_new(turns, json_pack("{s:o, s:s}", "length",
				number(c->turns[k].length), "how", how_word(c->turns[k].how)));
		json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o, s:o}", "argument",
			text(c->argument), "how", c->how ? how_word(c->how) : "copy", "type",
			text(c->native), "cost", estimate(c->cost), "turns_at", turns));
	}
	return list;
}

static json_t *flips_json(const struct flips *flips)
{
	json_t *list = json_array();
	size_t i;
	char *answer;

	for (i = 0; i < flips->n; i++) {
		const struct flip *f = &flips->items[i];

		answer = flip_answer(f);
		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:s, s:o}", "answer",
			text(answer), "from", f->quantity ? number(f->from) : text(f->from_word), "to",
			f->quantity ? number(f->to) : text(f->to_word), "verdict", use_word(f->use),
			"option", text(f->option)));
		free(answer);
	}
	return list;
}

static json_t *break_even_json(const struct flips *flips)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < flips->n_break_even; i++)
		json_array_append_new(list, json_pack("{s:s, s:o, s:s}", "what",
			flips->break_even[i].what, "at", estimate(flips->break_even[i].at), "means",
			flips->break_even[i].means));
	return list;
}

/* Each unknown answer once, the most important first. */
static json_t *depends_json(const struct flips *flips)
{
	json_t *list = json_array();
	size_t i;
	char *answer;

	for (i = 0; i < flips->n_unknown; i++) {
		answer = flip_answer(&flips->unknown[i]);
		json_array_append_new(list, text(answer));
		free(answer);
	}
	return list;
}

static json_t *verdict_json(const struct advice *a)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o}", "use", use_word(a->option->use), "design",
		design_json(a->option), "tool", tool_json(a->option), "title", text(a->title),
		"confidence", confidence_word(a->confidence), "depends_on", depends_json(&a->flips));
}

static json_t *prediction_json(const struct advice *a)
{
	const struct option *o = a->option;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "time_now",
		estimate(a->reckoning.workload.time_now), "time_after", estimate(o->time_after),
		"speedup", estimate(o->speedup), "program_speedup", estimate(o->program_speedup),
		"memory", estimate(o->memory), "reaches_goal", text(reaches_word(a->reaches_goal)),
		"cost", cost_json(&o->cost), "basis", basis_word(o->basis));
}

static json_t *reasons_json(const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < reasons->n; i++) {
		const struct reason *r = &reasons->items[i];

		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "rule",
			text(r->rule->id), "text", text(r->text), "evidence",
			evidence_json(&r->evidence), "source", text(r->rule->source)));
	}
	return list;
}

static json_t *function_json(const struct advice *a, const struct survey_item *item)
{
	json_t *warnings = json_array(), *options = json_array(), *steps = json_array();
	size_t i;

	for (i = 0; i < item->n_warnings; i++)
		json_array_append_new(warnings, text(item->warnings[i]));
	for (i = 0; i < a->reckoning.options.n; i++)
		json_array_append_new(options, option_json(&a->reckoning.options.items[i]));
	for (i = 0; i < a->n_steps; i++)
		json_array_append_new(steps, text(a->steps[i]));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"name", text(a->name), "answers", answers_json(a->answers), "warnings", warnings,
		"verdict", verdict_json(a), "prediction", prediction_json(a), "boundary",
		boundary_json(&a->boundary), "signature", text(a->boundary.signature), "options",
		options, "reasons", reasons_json(&a->reasons), "break_even",
		break_even_json(&a->flips), "flips", flips_json(&a->flips), "next_steps", steps);
}

void report_json(const struct report *r, struct str *out)
{
	const struct measurements *m = r->measurements;
	json_t *root, *measured = json_array(), *missing = json_array(), *functions = json_array();
	json_t *ranking = json_array();
	size_t i;
	char *dumped;

	for (i = 0; i < m->n; i++)
		json_array_append_new(measured, measurement_json(&m->items[i]));
	add_references(measured, r);
	for (i = 0; i < m->n_missing; i++)
		json_array_append_new(missing, json_pack("{s:o, s:o, s:b}", "id",
			text(m->missing[i].id), "why", text(m->missing[i].why), "failed",
			m->missing[i].failed));
	for (i = 0; i < r->n; i++)
		json_array_append_new(functions,
			function_json(&r->functions[i], &r->survey->items[i]));
	for (i = 0; i < r->n_ranked; i++)
		json_array_append_new(ranking, json_pack("{s:o, s:o, s:o}", "name",
			text(r->ranking[i].advice->name), "program_speedup",
			estimate(r->ranking[i].program_speedup), "cumulative",
			estimate(r->ranking[i].cumulative)));
	root = json_pack("{s:{s:s, s:i}, s:[o], s:o, s:o, s:o, s:o}", "ffiadvise", "version",
		FFIADVISE_VERSION, "format", 1, "environments", environment_json(&m->env),
		"measurements", measured, "not_measured", missing, "functions", functions, "ranking",
		ranking);
	if (m->foreign)
		json_object_set_new(root, "measurements_from", text(m->foreign));
	dumped = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	str_add(out, dumped ? dumped : "{}");
	str_addc(out, '\n');
	free(dumped);
	json_decref(root);
}
