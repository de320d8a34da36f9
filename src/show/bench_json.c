#include "show/measured_json.h"

#include <stdlib.h>
#include <string.h>

#include "measure/stats.h"
#include "show/view_bench.h"

static json_t *texts_json(char *const *texts, size_t n)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(list, json_shown(texts[i]));
	return list;
}

/* The probe of the picks from `from` on; *to is where the next one begins. */
static json_t *probe_json(const struct picks *picks, size_t from, size_t *to)
{
	const struct probe *probe = picks->items[from].probe;
	json_t *bindings = json_object(), *sizes = json_array(), *json;
	long last = 0;
	size_t i;

	for (i = from; i < picks->n && picks->items[i].probe == probe; i++) {
		const struct pick *pick = &picks->items[i];

		json_object_set_new(bindings, pick->binding->id,
			pick->why ? json_shown(pick->why) : json_true());
		if (pick->n != last)
			json_array_append_new(sizes, json_integer(pick->n));
		last = pick->n;
	}
	*to = i;
	json = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "id", json_shown(probe->id), "operation",
		json_shown(probe->what), "group", json_shown(probe->group), "bindings", bindings,
		"sizes", sizes, "claims", texts_json(probe->claims, probe->n_claims));
	if (probe->reads)
		json_object_set_new(json, "reads", json_string(reads_word(probe->reads)));
	return json;
}

void bench_list_json(const struct picks *picks, struct str *out)
{
	json_t *list = json_array();
	size_t i = 0;

	while (i < picks->n)
		json_array_append_new(list, probe_json(picks, i, &i));
	json_write(json_pack("{s:o, s:o}", "ffiadvise", json_program(), "probes", list), out);
}

static json_t *compared_json(const struct compared *c)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:b}", "id", json_shown(c->after->id), "before",
		json_estimate(c->before->reads ? c->before->value : c->before->ns), "after",
		json_estimate(c->after->reads ? c->after->value : c->after->ns), "ratio",
		json_estimate(c->ratio), "told_apart", c->apart);
}

static json_t *comparison_json(const struct comparison *comparison, const char *name)
{
	json_t *ratios = json_array(), *now = json_array(), *then = json_array();
	size_t i;

	for (i = 0; i < comparison->n; i++) {
		const struct compared *c = &comparison->items[i];

		if (c->before && c->after)
			json_array_append_new(ratios, compared_json(c));
		else
			json_array_append_new(c->after ? now : then,
				json_shown(c->after ? c->after->id : c->before->id));
	}
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "file", json_shown(name), "notes",
		texts_json(comparison->notes, comparison->n_notes), "ratios", ratios, "only_now", now,
		"only_then", then);
}

/* Each figure of the other interpreters against the same one of the first. */
static json_t *ratios_json(const struct measurements *ms, size_t n)
{
	json_t *list = json_array();
	const struct measurement *a, *b;
	struct est ratio;
	size_t i, k;
	int tie;

	for (k = 1; k < n; k++) {
		for (i = 0; i < ms[k].n; i++) {
			a = &ms[k].items[i];
			b = measurements_find_id(&ms[0], a->id);
			if (!b || a->reads || !(b->ns.likely > 0))
				continue;
			ratio = stats_ratio(a, b, &tie);
			json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:b}", "id",
				json_shown(a->id), "environment", json_environment_id(k), "against",
				json_environment_id(0), "ratio", json_estimate(ratio),
				"told_apart", !tie));
		}
	}
	return list;
}

void bench_json(const struct measurements *ms, size_t n, const struct comparison *comparison,
	const char *name, struct str *out)
{
	json_t *root = json_measured(ms, n);

	if (comparison)
		json_object_set_new(root, "compare", comparison_json(comparison, name));
	if (n > 1)
		json_object_set_new(root, "ratios", ratios_json(ms, n));
	json_write(root, out);
}
