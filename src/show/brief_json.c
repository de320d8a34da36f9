#include "show/brief_json.h"

#include <math.h>
#include <stdlib.h>

#include "show/measured_json.h"

void brief_text(struct str *out, const char *text)
{
	const char *c;
	json_t *json;
	char *dumped;

	if (!text) {
		str_add(out, "null");
		return;
	}
	for (c = text; *c >= ' ' && *c < 127 && *c != '"' && *c != '\\'; c++)
		;
	if (!*c) {
		str_addc(out, '"');
		str_addn(out, text, (size_t)(c - text));
		str_addc(out, '"');
		return;
	}
	json = json_shown(text);
	dumped = json_dumps(json, JSON_ENCODE_ANY);
	str_add(out, dumped);
	free(dumped);
	json_decref(json);
}

static void figure(struct str *out, double v)
{
	if (!isfinite(v))
		str_add(out, "null");
	else if (v == floor(v) && fabs(v) < 1e6) /* most are 0 or 1 */
		str_addf(out, "%d.0", (int)v);
	else
		str_addf(out, "%.6g", v);
}

void brief_estimate(struct str *out, struct est e)
{
	str_add(out, "{\"low\": ");
	figure(out, e.low);
	str_add(out, ", \"likely\": ");
	figure(out, e.likely);
	str_add(out, ", \"high\": ");
	figure(out, e.high);
	str_addc(out, '}');
}

static void estimate(struct str *out, const char *key, struct est e, const char *after)
{
	str_addc(out, '"');
	str_add(out, key);
	str_add(out, "\": ");
	brief_estimate(out, e);
	str_add(out, after);
}

static void word(struct str *out, const char *key, const char *text, const char *after)
{
	str_addc(out, '"');
	str_add(out, key);
	str_add(out, "\": ");
	brief_text(out, text);
	str_add(out, after);
}

static void design(struct str *out, const struct brief *b)
{
	const char *text, *separator = "";
	unsigned bit;
	size_t i;

	str_add(out, !b->design && b->use == USE_FFI ? "\"design\": [\"as-is\"" : "\"design\": [");
	for (i = 0; (text = design_word(i, &bit)); i++) {
		if (!(b->design & bit))
			continue;
		str_add(out, separator);
		brief_text(out, text);
		separator = ", ";
	}
	str_add(out, "], ");
}

static void verdict(struct str *out, const struct brief *b, const char *title)
{
	str_add(out, "\"verdict\": {");
	word(out, "use", use_word(b->use), ", ");
	design(out, b);
	str_add(out, "\"tool\": {");
	word(out, "kind", b->tool_kind, ", ");
	word(out, "id", b->tool_id[0] ? b->tool_id : NULL, "}, ");
	word(out, "title", title, ", ");
	word(out, "confidence", confidence_word(b->confidence),
		", \"agreement\": null, \"depends_on\": [], \"find_out\": []}");
}

static void prediction(struct str *out, const struct brief *b)
{
	str_add(out, "\"prediction\": {");
	estimate(out, "time_now", b->time_now, ", ");
	estimate(out, "time_after", b->time_after, ", ");
	estimate(out, "speedup", b->speedup, ", ");
	estimate(out, "program_speedup", b->program_speedup, ", ");
	estimate(out, "memory", b->memory, ", ");
	word(out, "reaches_goal", reaches_word(b->reaches_goal), ",\n\"cost\": {");
	estimate(out, "call", b->cost.call, ", ");
	estimate(out, "inputs", b->cost.inputs, ", ");
	estimate(out, "compute", b->cost.compute, ", ");
	estimate(out, "callbacks", b->cost.callbacks, ", ");
	estimate(out, "output", b->cost.output, ", ");
	estimate(out, "wait", b->cost.wait, "}, ");
	word(out, "basis", basis_word(b->basis), "}");
}

void brief_json(struct str *out, const struct brief *brief, const char *title)
{
	verdict(out, brief, title);
	str_add(out, ",\n");
	prediction(out, brief);
}

void brief_function_json(struct str *out, const struct brief *b, const struct survey_item *item)
{
	char *title = brief_title(b);
	size_t i;

	str_addc(out, '{');
	word(out, "name", b->name, ", \"answers\": {}, \"warnings\": [");
	for (i = 0; i < item->n_warnings; i++) {
		str_add(out, i ? ", " : "");
		brief_text(out, item->warnings[i]);
	}
	str_add(out, "],\n");
	brief_json(out, b, title);
	str_add(out, ",\n\"boundary\": [], \"signature\": null, \"options\": [], \"reasons\": [], "
		"\"break_even\": [], \"flips\": [], \"flips_of_two\": [], \"doubts\": [], \"next_steps\": []}");
	free(title);
}
