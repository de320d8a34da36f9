#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/measured_json.h"
#include "show/report.h"
#include "survey/quantity.h"

static const char *const origin_words[] = {"unknown", "default", "file", "asked", "measured"};

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
			"id", json_shown(ref->id), "environment", "ns",
			ref->kind == REFERENCE_IN || ref->kind == REFERENCE_OUT ?
			json_estimate(est_add(ref->fixed, ref->per_item)) : json_null(),
			"processes", 0, "samples", 0, "clean", 0, "basis",
			ref->assumed ? "assumed" : "reference", "source", json_shown(ref->source), "when", ""));
		if (ref->kind == REFERENCE_GAIN || ref->kind == REFERENCE_FIGURE)
			json_object_set_new(json_array_get(list, json_array_size(list) - 1), "value",
				json_estimate(ref->value));
	}
}

static json_t *answer_json(const struct value *v, const struct question *q)
{
	struct str s;
	json_t *json;

	if (q->kind >= QUESTION_DURATION && q->kind <= QUESTION_FACTOR)
		return json_pack("{s:o, s:o, s:s, s:s}", "low", json_figure(v->range.low), "high",
			json_figure(v->range.high), "unit", quantity_unit(q->kind), "origin",
			origin_words[v->origin]);
	str_init(&s);
	if (value_known(v))
		value_write(&s, v, q);
	json = json_pack("{s:o, s:s}", "value", value_known(v) ? json_shown(str_text(&s)) : json_null(),
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
		o->tool_id[0] ? json_shown(o->tool_id) : json_null());
}

static json_t *cost_json(const struct cost *c)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "call", json_estimate(c->call), "inputs",
		json_estimate(c->inputs), "compute", json_estimate(c->compute), "callbacks",
		json_estimate(c->callbacks), "output", json_estimate(c->output), "wait", json_estimate(c->wait));
}

static json_t *evidence_json(const struct evidence *e)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < e->n; i++)
		json_array_append_new(list, json_shown(e->ids[i]));
	return list;
}

static json_t *texts_of(const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < reasons->n; i++)
		json_array_append_new(list, json_shown(reasons->items[i].text));
	return list;
}

static json_t *option_json(const struct option *o)
{
	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o, s:o}",
		"id", json_shown(o->id), "use", use_word(o->use), "tool", tool_json(o), "design",
		design_json(o), "time_after", json_estimate(o->time_after), "speedup", json_estimate(o->speedup),
		"program_speedup", json_estimate(o->program_speedup), "memory", json_estimate(o->memory),
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
				json_figure(c->turns[k].length), "how", how_word(c->turns[k].how)));
		json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o, s:o}", "argument",
			json_shown(c->argument), "how", c->how ? how_word(c->how) : "copy", "type",
			json_shown(c->native), "cost", json_estimate(c->cost), "turns_at", turns));
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
			json_shown(answer), "from", f->quantity ? json_figure(f->from) : json_shown(f->from_word), "to",
			f->quantity ? json_figure(f->to) : json_shown(f->to_word), "verdict", use_word(f->use),
			"option", json_shown(f->option)));
		free(answer);
	}
	return list;
}

static json_t *doubts_json(const struct doubts *doubts)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < doubts->n; i++) {
		const struct doubt *d = &doubts->items[i];

		json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}",
			"measurement", json_shown(d->id), "turns", turns_word(d->turns), "ns",
			json_estimate(d->ns), "at", json_figure(d->at), "option",
			json_shown(d->option), "weight", json_figure(d->weight)));
	}
	return list;
}

static json_t *break_even_json(const struct flips *flips)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < flips->n_break_even; i++)
		json_array_append_new(list, json_pack("{s:s, s:o, s:s}", "what",
			flips->break_even[i].what, "at", json_estimate(flips->break_even[i].at), "means",
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
		json_array_append_new(list, json_shown(answer));
		free(answer);
	}
	return list;
}

static json_t *verdict_json(const struct advice *a)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o}", "use", use_word(a->option->use), "design",
		design_json(a->option), "tool", tool_json(a->option), "title", json_shown(a->title),
		"confidence", confidence_word(a->confidence), "depends_on", depends_json(&a->flips));
}

static json_t *prediction_json(const struct advice *a)
{
	const struct option *o = a->option;

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "time_now",
		json_estimate(a->reckoning.workload.time_now), "time_after", json_estimate(o->time_after),
		"speedup", json_estimate(o->speedup), "program_speedup", json_estimate(o->program_speedup),
		"memory", json_estimate(o->memory), "reaches_goal", json_shown(reaches_word(a->reaches_goal)),
		"cost", cost_json(&o->cost), "basis", basis_word(o->basis));
}

static json_t *reasons_json(const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < reasons->n; i++) {
		const struct reason *r = &reasons->items[i];

		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "rule",
			json_shown(r->rule->id), "text", json_shown(r->text), "evidence",
			evidence_json(&r->evidence), "source", json_shown(r->rule->source)));
	}
	return list;
}

static json_t *function_json(const struct advice *a, const struct survey_item *item)
{
	json_t *warnings = json_array(), *options = json_array(), *steps = json_array();
	size_t i;

	for (i = 0; i < item->n_warnings; i++)
		json_array_append_new(warnings, json_shown(item->warnings[i]));
	for (i = 0; i < a->reckoning.options.n; i++)
		json_array_append_new(options, option_json(&a->reckoning.options.items[i]));
	for (i = 0; i < a->n_steps; i++)
		json_array_append_new(steps, json_shown(a->steps[i]));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"name", json_shown(a->name), "answers", answers_json(a->answers), "warnings", warnings,
		"verdict", verdict_json(a), "prediction", prediction_json(a), "boundary",
		boundary_json(&a->boundary), "signature", json_shown(a->boundary.signature), "options",
		options, "reasons", reasons_json(&a->reasons), "break_even",
		break_even_json(&a->flips), "flips", flips_json(&a->flips), "doubts", doubts_json(&a->doubts),
		"next_steps", steps);
}

void report_json(const struct report *r, struct str *out)
{
	const struct measurements *m = r->measurements;
	json_t *root = json_measured(m), *functions = json_array(), *ranking = json_array();
	size_t i;

	add_references(json_object_get(root, "measurements"), r);
	for (i = 0; i < r->n; i++)
		json_array_append_new(functions,
			function_json(&r->functions[i], &r->survey->items[i]));
	for (i = 0; i < r->n_ranked; i++)
		json_array_append_new(ranking, json_pack("{s:o, s:o, s:o}", "name",
			json_shown(r->ranking[i].advice->name), "program_speedup",
			json_estimate(r->ranking[i].program_speedup), "cumulative",
			json_estimate(r->ranking[i].cumulative)));
	json_object_set_new(root, "functions", functions);
	json_object_set_new(root, "ranking", ranking);
	json_write(root, out);
}
