/* Operations, measurements, groups, bindings, and the claims that probes test. */
#include "show/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/report.h"

static const char *const role_words[] = {
	[ROLE_NONE] = "nothing: it is there to be looked at",
	[ROLE_CALL] = "what a call costs", [ROLE_IN] = "what an argument costs",
	[ROLE_OUT] = "what a result costs", [ROLE_ACQUIRE] = "what taking a view costs",
	[ROLE_KERNEL] = "what a kind of work gains", [ROLE_RELEASE] = "what letting the GIL go costs",
	[ROLE_LOOP] = "what moving a loop gains", [ROLE_THREADS] = "what threads gain",
	[ROLE_CALLBACK] = "what calling back costs",
	[ROLE_ARRAY_CALL] = "what an array operation costs",
	[ROLE_ARRAY_ITEM] = "what an array operation costs an item",
	[ROLE_ARRAY_FROM_LIST] = "what an array costs to make of a list",
	[ROLE_ARRAY_TO_LIST] = "what a list costs to make of an array",
	[ROLE_IMPORT] = "what importing the module costs a process",
};

static void add_sizes(struct lines *l, const struct probe *probe)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < probe->n_sizes; i++)
		str_addf(&s, "%s%ld", i ? ", " : "", probe->sizes[i]);
	explain_row(l, "sizes", probe->n_sizes ? str_text(&s) : "none: it has no size");
	str_release(&s);
}

static void add_bindings(struct lines *l, const struct explain *e, const struct probe *probe)
{
	const struct probes *probes = &e->catalog->probes;
	const char *why;
	struct str s;
	size_t i, n = 0;

	str_init(&s);
	for (i = 0; i < probes->n_bindings; i++) {
		if (!probe_absent(probe, &probes->bindings[i]))
			str_addf(&s, "%s%s", s.len ? ", " : "", probes->bindings[i].id);
	}
	explain_row(l, "bindings", str_text(&s));
	for (i = 0; i < probes->n_bindings; i++) {
		why = probe_absent(probe, &probes->bindings[i]);
		if (!why)
			continue;
		str_clear(&s);
		str_addf(&s, "%s: %s", probes->bindings[i].id, why);
		explain_item(l, "not in", str_text(&s), &n);
	}
	str_release(&s);
}

static void add_claims(struct lines *l, const struct probe *probe)
{
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < probe->n_claims; i++)
		str_addf(&s, "%s%s", i ? ", " : "", probe->claims[i]);
	explain_row(l, "claims", str_text(&s));
	str_release(&s);
}

static void add_operation(struct lines *l, const struct probe *probe)
{
	explain_row(l, "group", probe->group);
	explain_row(l, "set-up", probe->setup);
	explain_row(l, probe->reads ? "read" : "timed", probe->call);
	if (probe->reads)
		explain_row(l, "unit", reads_word(probe->reads));
	explain_row(l, "used for", role_words[probe->role.kind]);
	if (probe->role.kernel)
		explain_row(l, "kernel", probe->role.kernel);
}

int explain_probe(struct lines *l, const struct explain *e, const char *id)
{
	const struct probe *probe = probes_find(&e->catalog->probes, id);
	char *command;

	if (!probe)
		return -1;
	explain_head(l, id, "a probe");
	explain_row(l, "is", probe->what);
	add_operation(l, probe);
	add_sizes(l, probe);
	add_bindings(l, e, probe);
	add_claims(l, probe);
	command = xasprintf("ffiadvise bench %s", id);
	explain_row(l, "measure it", command);
	free(command);
	return 0;
}

/* Taken apart at its slashes; -1 when it is no id of a measurement there could be. */
static int take_apart(const struct probes *probes, const char *id, const struct probe **probe,
	const struct binding **binding, long *n)
{
	char *copy = xstrdup(id), *slash = strchr(copy, '/'), *size, *whole = NULL;
	int result = -1;

	*n = 0;
	if (slash) {
		*slash = '\0';
		size = strchr(slash + 1, '/');
		if (size)
			*size++ = '\0';
		*probe = probes_find(probes, copy);
		*binding = probes_binding(probes, slash + 1);
		if (size && strncmp(size, "n=", 2) == 0)
			*n = strtol(size + 2, NULL, 10);
		if (*probe && *binding) {
			whole = measurement_id((*probe)->id, (*binding)->id, *n);
			result = strcmp(whole, id) == 0 ? 0 : -1;
		}
	}
	free(whole);
	free(copy);
	return result;
}

static void add_figure(struct lines *l, const struct explain *e, const char *id)
{
	const struct measurement *m = e->m ? measurements_find_id(e->m, id) : NULL;
	const struct not_measured *missed = e->m ? measurements_missed(e->m, id) : NULL;
	struct str s;

	str_init(&s);
	if (m && m->reads != READS_NOTHING) {
		str_addf(&s, "%.6g %s", m->value.likely, reads_word(m->reads));
	} else if (m) {
		show_duration_est(&s, m->ns);
		str_addf(&s, "%s, %zu samples in %d process%s",
			m->upper_bound ? " (an upper bound)" : "", m->samples, m->processes,
			m->processes == 1 ? "" : "es");
	}
	if (m && m->when[0])
		str_addf(&s, ", at %s", m->when);
	if (!m && missed)
		str_addf(&s, "not measured: %s", missed->why);
	explain_row(l, "figure", str_text(&s));
	str_release(&s);
}

int explain_measurement(struct lines *l, const struct explain *e, const char *id)
{
	const struct probe *probe;
	const struct binding *binding;
	const char *why;
	char *text;
	long n;

	if (take_apart(&e->catalog->probes, id, &probe, &binding, &n) < 0)
		return -1;
	explain_head(l, id, "a measurement");
	text = xasprintf("%s, in %s", probe->what, binding->title);
	explain_row(l, "is", text);
	free(text);
	if (n) {
		text = xasprintf("%ld", n);
		explain_row(l, "size", text);
		free(text);
	}
	add_operation(l, probe);
	why = probe_absent(probe, binding);
	if (why)
		explain_row(l, "not done", why);
	add_figure(l, e, id);
	add_claims(l, probe);
	text = xasprintf("%s, %s", probe->id, binding->id);
	explain_row(l, "see also", text);
	free(text);
	text = xasprintf("ffiadvise bench %s", id);
	explain_row(l, "measure it", text);
	free(text);
	return 0;
}

int explain_group(struct lines *l, const struct explain *e, const char *id)
{
	const struct probes *probes = &e->catalog->probes;
	size_t i, n = 0;
	char *text;

	for (i = 0; i < probes->n; i++) {
		if (strcmp(probes->items[i].group, id) != 0)
			continue;
		if (!n)
			explain_head(l, id, "a group of probes");
		text = xasprintf("%s: %s", probes->items[i].id, probes->items[i].what);
		explain_item(l, "probes", text, &n);
		free(text);
	}
	if (!n)
		return -1;
	text = xasprintf("ffiadvise bench %s", id);
	explain_row(l, "measure it", text);
	free(text);
	return 0;
}

int explain_binding(struct lines *l, const struct explain *e, const char *id)
{
	const struct binding *b = probes_binding(&e->catalog->probes, id);
	const struct binding_state *state = NULL;
	const struct rules *rules = &e->catalog->rules;
	size_t i, k, n = 0;
	struct str s;

	if (!b)
		return -1;
	explain_head(l, id, b->option ? "a binding" : "a binding, measured as a yardstick only");
	explain_row(l, "is", b->title);
	explain_row(l, "language", b->language);
	explain_row(l, "built by", b->toolchain);
	explain_row(l, "for it", b->why_rank);
	explain_row(l, "limits", b->limits);
	for (i = 0; e->m && i < e->m->env.n_bindings; i++) {
		if (strcmp(e->m->env.bindings[i].id, id) == 0)
			state = &e->m->env.bindings[i];
	}
	str_init(&s);
	if (state && state->available)
		str_addf(&s, "version %s%s%s", state->version, *state->toolchain ? ", " : "",
			state->toolchain);
	else if (state)
		str_addf(&s, "absent: %s", state->why_not ? state->why_not : "not built");
	explain_row(l, "here", str_text(&s));
	str_release(&s);
	explain_row(l, "where absent", b->cure);
	for (i = 0; i < rules->n; i++) {
		for (k = 0; k < rules->items[i].options.n_tools; k++) {
			if (strcmp(rules->items[i].options.tools[k], id) == 0)
				explain_item(l, "rules", rules->items[i].id, &n);
		}
	}
	return 0;
}

/* True when text has id as a word of its own: C1 is not in "C16". */
static int has_word(const char *text, const char *id)
{
	size_t n = strlen(id);
	const char *at = text;

	while ((at = strstr(at, id))) {
		if (!strchr("0123456789", at[n]) || !at[n])
			return 1;
		at += n;
	}
	return 0;
}

/* The claim itself, and the measurements that its tests compare. */
static void add_claim(struct lines *l, const struct claim *claim)
{
	size_t i, n = 0;
	char *text;

	explain_row(l, "says", claim->claim);
	explain_row(l, "as it is said", claim->seed);
	explain_row(l, "evidence", claim_kind_word(claim->kind));
	for (i = 0; i < claim->n_tests; i++) {
		const struct claim_test *test = &claim->tests[i];

		text = test->b ? xasprintf("%s against %s", test->a, test->b) : xstrdup(test->a);
		explain_item(l, "compares", text, &n);
		free(text);
	}
	explain_row(l, "asks", claim->question);
	explain_row(l, "beside it", claim->nuance);
	explain_row(l, "source", claim->source);
	text = xasprintf("ffiadvise claims %s", claim->id);
	explain_row(l, "judge it", text);
	free(text);
}

static int tests_claim(const struct probe *probe, const char *id)
{
	size_t i;

	for (i = 0; i < probe->n_claims; i++) {
		if (strcmp(probe->claims[i], id) == 0)
			return 1;
	}
	return 0;
}

int explain_claim(struct lines *l, const struct explain *e, const char *id)
{
	const struct catalog *c = e->catalog;
	const struct claim *claim = claims_find(&c->claims, id);
	size_t i, n = 0;
	char *text;

	if (!claim)
		return -1;
	explain_head(l, id, "a claim about native code");
	add_claim(l, claim);
	for (i = 0; i < c->probes.n; i++) {
		if (!tests_claim(&c->probes.items[i], id))
			continue;
		text = xasprintf("%s: %s", c->probes.items[i].id, c->probes.items[i].what);
		explain_item(l, "probes", text, &n);
		free(text);
	}
	for (n = 0, i = 0; i < c->rules.n; i++) {
		if (has_word(c->rules.items[i].source, id))
			explain_item(l, "rules", c->rules.items[i].id, &n);
	}
	return 0;
}
