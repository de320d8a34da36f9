#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/brief_json.h"
#include "show/measured_json.h"
#include "show/report.h"
#include "survey/quantity.h"

static const char *const origin_words[] = {"unknown", "default", "file", "asked", "measured"};

/* Which reference figures and libraries the options rest on, each once. */
struct used {
	unsigned char *references, *libraries;
};

static void used_init(struct used *used, const struct catalog *catalog)
{
	used->references = xcalloc(catalog->references.n + 1, 1);
	used->libraries = xcalloc(catalog->libraries.n + 1, 1);
}

static void used_release(struct used *used)
{
	free(used->references);
	free(used->libraries);
}

/* Ids are lent by the catalog. */
static void mark(struct used *used, const struct catalog *catalog, const char *id)
{
	const struct references *refs = &catalog->references;
	const struct libraries *libraries = &catalog->libraries;
	size_t i;

	for (i = 0; i < refs->n; i++) {
		if (refs->items[i].id == id) {
			used->references[i] = 1;
			return;
		}
	}
	for (i = 0; i < libraries->n; i++)
		used->libraries[i] |= libraries->items[i].id == id;
}

static void mark_all(struct used *used, const struct catalog *catalog,
	const struct options *options)
{
	size_t k, e;

	for (k = 0; k < options->n; k++) {
		for (e = 0; e < options->items[k].evidence.n; e++)
			mark(used, catalog, options->items[k].evidence.ids[e]);
	}
}

/* What libraries are said to gain, where an option rests on it. */
static void add_libraries(json_t *list, const struct libraries *libraries,
	const unsigned char *used)
{
	size_t i;

	for (i = 0; i < libraries->n; i++) {
		const struct library *library = &libraries->items[i];

		if (library->gain.likely <= 0 || !used[i])
			continue;
		json_array_append_new(list, json_pack(
			"{s:o, s:n, s:n, s:i, s:i, s:i, s:s, s:o, s:o, s:o}", "id",
			json_shown(library->id), "environment", "ns", "processes", 0, "samples", 0,
			"clean", 0, "basis", "reference", "source",
			json_shown(library->gain_of.source), "when", json_shown(library->gain_of.date),
			"value", json_estimate(library->gain)));
	}
}

static void add_references(json_t *list, const struct references *refs, const unsigned char *used)
{
	size_t i;

	for (i = 0; i < refs->n; i++) {
		const struct reference *ref = &refs->items[i];

		if (!used[i])
			continue;
		json_array_append_new(list, json_pack("{s:o, s:n, s:o, s:i, s:i, s:i, s:s, s:o, s:o}",
			"id", json_shown(ref->id), "environment", "ns",
			ref->kind == REFERENCE_IN || ref->kind == REFERENCE_OUT ?
			json_estimate(est_add(ref->fixed, ref->per_item)) : json_null(),
			"processes", 0, "samples", 0, "clean", 0, "basis",
			ref->assumed ? "assumed" : "reference", "source", json_shown(ref->source), "when",
			json_shown(ref->date ? ref->date : "")));
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

/* The rules behind the texts, one for each and in their order. */
static json_t *rules_of(const struct reasons *reasons)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < reasons->n; i++)
		json_array_append_new(list, json_shown(reasons->items[i].rule->id));
	return list;
}

static json_t *option_json(const struct option *o)
{
	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:b, s:o, s:o, s:o, s:o, s:o}",
		"id", json_shown(o->id), "use", use_word(o->use), "tool", tool_json(o), "design",
		design_json(o), "time_after", json_estimate(o->time_after), "speedup", json_estimate(o->speedup),
		"program_speedup", json_estimate(o->program_speedup), "memory", json_estimate(o->memory),
		"startup", json_estimate(o->startup),
		"cost", cost_json(&o->cost), "basis", basis_word(o->basis), "fits", o->fits, "for",
		texts_of(&o->why_for), "for_rules", rules_of(&o->why_for), "against",
		texts_of(&o->why_against), "against_rules", rules_of(&o->why_against), "evidence",
		evidence_json(&o->evidence));
}

static json_t *boundary_json(const struct boundary *b)
{
	json_t *list = json_array(), *turns, *ways;
	size_t i, k;

	for (i = 0; i < b->n; i++) {
		const struct crossing *c = &b->items[i];

		turns = json_array();
		for (k = 0; k < c->n_turns; k++)
			json_array_append_new(turns, json_pack("{s:o, s:s}", "length",
				json_figure(c->turns[k].length), "how", how_word(c->turns[k].how)));
		ways = json_array();
		for (k = 0; k < c->n_ways; k++)
			json_array_append_new(ways, json_pack("{s:s, s:o, s:o, s:o}", "how",
				how_word(c->ways[k].how), "type", json_shown(c->ways[k].native), "cost",
				json_estimate(c->ways[k].cost), "memory",
				json_estimate(c->ways[k].memory)));
		json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "argument",
			json_shown(c->argument), "how", c->how ? how_word(c->how) : "copy", "type",
			json_shown(c->native), "cost", json_estimate(c->cost), "ways", ways, "shortest",
			c->shortest ? json_string(how_word(c->shortest)) : json_null(), "turns_at",
			turns));
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

		answer = answer_key(f->question, f->input);
		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:s, s:o}", "answer",
			json_shown(answer), "from", f->quantity ? json_figure(f->from) : json_shown(f->from_word), "to",
			f->quantity ? json_figure(f->to) : json_shown(f->to_word), "verdict", use_word(f->use),
			"option", json_shown(f->option)));
		free(answer);
	}
	return list;
}

static json_t *flips_of_two_json(const struct flips_of_two *flips)
{
	json_t *list = json_array(), *answers;
	size_t i, k;
	char *answer;

	for (i = 0; i < flips->n; i++) {
		const struct flip_of_two *f = &flips->items[i];

		answers = json_array();
		for (k = 0; k < 2; k++) {
			answer = answer_key(f->levers[k].question, f->levers[k].input);
			json_array_append_new(answers, json_pack("{s:o, s:o, s:o}", "answer",
				json_shown(answer), "from", json_shown(f->levers[k].from), "to",
				json_shown(f->levers[k].to)));
			free(answer);
		}
		json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o}", "answers", answers,
			"verdict", use_word(f->use), "option", json_shown(f->option), "speedup",
			json_figure(f->speedup.likely)));
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

static json_t *break_even_json(const struct break_evens *found)
{
	json_t *list = json_array();
	size_t i;
	char *what;

	for (i = 0; i < found->n; i++) {
		what = answer_key(found->items[i].question, found->items[i].input);
		json_array_append_new(list, json_pack("{s:s, s:o, s:s, s:o}", "what", what, "at",
			json_estimate(found->items[i].at), "means", found->items[i].means,
			"option", json_shown(found->option->id)));
		free(what);
	}
	return list;
}

/* Each unknown answer that could change it once, the most important first. */
static json_t *depends_json(const struct certainty *certainty)
{
	json_t *list = json_array();
	size_t i;
	char *answer;

	for (i = 0; i < certainty->n_told; i++) {
		const struct unknown *u = &certainty->unknown[i];

		if (u->redraws <= 0)
			continue;
		answer = answer_key(u->question, u->input);
		json_array_append_new(list, json_shown(answer));
		free(answer);
	}
	return list;
}

/* What to find out first, and how. */
static json_t *find_out_json(const struct certainty *certainty)
{
	json_t *list = json_array(), *with;
	size_t i;
	char *answer;

	for (i = 0; i < certainty->n_told; i++) {
		const struct unknown *u = &certainty->unknown[i];

		answer = answer_key(u->question, u->input);
		with = u->option ? u->word ? json_shown(u->word) : json_figure(u->value) : json_null();
		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			"answer", json_shown(answer), "how", json_shown(u->question->how), "turns",
			json_figure(u->turns), "turns_option", json_figure(u->redraws), "narrows",
			json_figure(u->narrows), "with", with, "option", json_shown(u->option)));
		free(answer);
	}
	return list;
}

/* Which share of the scenarios comes to what; null where only the ends were looked at. */
static json_t *agreement_json(const struct certainty *certainty)
{
	static const char *const words[] = {"nothing", "option", "use"};
	json_t *uses = json_object();
	int use;

	if (!certainty->looked) {
		json_decref(uses);
		return json_null();
	}
	for (use = 0; use < USES; use++) {
		if (certainty->uses[use] > 0)
			json_object_set_new(uses, use_word((enum use)use),
				json_figure(certainty->uses[use]));
	}
	return json_pack("{s:i, s:o, s:o, s:o, s:s}", "scenarios", DRAW_SCENARIOS, "use",
		json_figure(certainty->use), "option", json_figure(certainty->option), "uses", uses,
		"measurements_could_turn", words[certainty->measured_use ? 2 : certainty->measured_option]);
}

static json_t *verdict_json(const struct advice *a)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:o, s:o}", "use", use_word(a->option->use), "design",
		design_json(a->option), "tool", tool_json(a->option), "title", json_shown(a->title),
		"confidence", confidence_word(a->confidence), "agreement", agreement_json(&a->certainty),
		"depends_on", depends_json(&a->certainty), "find_out", find_out_json(&a->certainty));
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
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"name", json_shown(a->name), "answers", answers_json(a->answers), "warnings", warnings,
		"verdict", verdict_json(a), "prediction", prediction_json(a), "boundary",
		boundary_json(&a->boundary), "signature", json_shown(a->boundary.signature), "options",
		options, "reasons", reasons_json(&a->reasons), "break_even",
		break_even_json(&a->break_evens), "flips", flips_json(&a->flips),
		"flips_of_two", flips_of_two_json(&a->flips_of_two), "doubts",
		doubts_json(&a->doubts), "next_steps", steps);
}

/* Takes the last bracket or brace, and the line before it, off what was written. */
static void reopen(struct str *out)
{
	while (out->len && strchr("}]\n ", out->s[out->len - 1])) {
		int closes = out->s[out->len - 1] == '}' || out->s[out->len - 1] == ']';

		out->s[--out->len] = 0;
		if (closes)
			break;
	}
	while (out->len && strchr("\n ", out->s[out->len - 1]))
		out->s[--out->len] = 0;
}

static void add_what_if(struct str *out, const struct report *r, size_t i)
{
	json_t *texts = json_array(), *said = json_shown(r->supposed[i].note);
	char *dumped, *note;
	size_t k;

	for (k = 0; k < r->n_what_ifs; k++)
		json_array_append_new(texts, json_shown(r->what_ifs[k]));
	dumped = json_dumps(texts, 0);
	note = json_dumps(said, JSON_ENCODE_ANY);
	reopen(out);
	str_addf(out, ",\n\"what_if\": {\"set\": %s, \"same\": %s, \"note\": %s,\n", dumped,
		strcmp(r->briefs[i].option, r->supposed[i].brief.option) == 0 ? "true" : "false", note);
	free(note);
	brief_json(out, &r->supposed[i].brief, r->supposed[i].title);
	str_add(out, "}\n}");
	json_decref(texts);
	json_decref(said);
	free(dumped);
}

/* One function: all that is to be said of it, or of many the verdict and the prediction. */
static void add_function(struct str *out, const struct report *r, size_t i, struct used *used)
{
	const struct survey_item *item = &r->survey->items[i];
	struct advice *made;
	const struct advice *a = report_advice(r, i, &made);

	if (a) {
		mark_all(used, r->catalog, &a->reckoning.options);
		json_write(function_json(a, item), out);
	} else {
		brief_function_json(out, &r->briefs[i], item);
	}
	report_done(made);
	if (r->supposed)
		add_what_if(out, r, i);
}

static void add_ranking(struct str *out, const struct report *r)
{
	size_t i;

	str_addf(out, "],\n\"overlapping\": %s,\n\"ranking\": [", r->overlapping ? "true" : "false");
	for (i = 0; i < r->n_ranked; i++) {
		const struct ranked *ranked = &r->ranking[i];

		str_add(out, i ? ",\n{\"name\": " : "\n{\"name\": ");
		brief_text(out, r->briefs[ranked->function].name);
		str_add(out, ", \"program_speedup\": ");
		brief_estimate(out, ranked->program_speedup);
		str_add(out, ", \"cumulative\": ");
		brief_estimate(out, ranked->cumulative);
		str_addf(out, ", \"share_known\": %s}",
			r->briefs[ranked->function].share_known ? "true" : "false");
	}
	str_add(out, "]\n}\n");
}

/* Written function by function: the whole of many as one structure would not fit. */
void report_json(const struct report *r, struct str *out)
{
	struct used used;
	json_t *root = json_measured(r->measurements, 1 + r->measurements->n_others);
	struct str functions;
	size_t i;

	used_init(&used, r->catalog);
	str_init(&functions);
	for (i = 0; i < r->n_briefs; i++) {
		str_add(&functions, i ? ",\n" : "\n");
		add_function(&functions, r, i, &used);
	}
	add_references(json_object_get(root, "measurements"), &r->catalog->references,
		used.references);
	add_libraries(json_object_get(root, "measurements"), &r->catalog->libraries, used.libraries);
	json_write(root, out);
	reopen(out);
	str_add(out, ",\n\"functions\": [");
	str_addn(out, str_text(&functions), functions.len);
	str_release(&functions);
	add_ranking(out, r);
	used_release(&used);
}
