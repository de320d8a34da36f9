#include "show/view_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "show/explain.h"

enum { COLUMN = 16, NEAR_MOST = 6 };

static const char *rule_name(const struct catalog *c, size_t i)
{
	return i < c->rules.n ? c->rules.items[i].id : NULL;
}

static const char *question_name(const struct catalog *c, size_t i)
{
	return i < c->questions.n ? c->questions.items[i].id : NULL;
}

static const char *probe_name(const struct catalog *c, size_t i)
{
	return i < c->probes.n ? c->probes.items[i].id : NULL;
}

static const char *group_name(const struct catalog *c, size_t i)
{
	return i < c->probes.n ? c->probes.items[i].group : NULL;
}

static const char *binding_name(const struct catalog *c, size_t i)
{
	return i < c->probes.n_bindings ? c->probes.bindings[i].id : NULL;
}

static const char *reference_name(const struct catalog *c, size_t i)
{
	return i < c->references.n ? c->references.items[i].id : NULL;
}

static const char *work_name(const struct catalog *c, size_t i)
{
	return i < c->references.n_works ? c->references.works[i].id : NULL;
}

static const char *claim_name(const struct catalog *c, size_t i)
{
	return i < c->claims.n ? c->claims.items[i].id : NULL;
}

static const char *library_name(const struct catalog *c, size_t i)
{
	return i < c->libraries.n ? c->libraries.items[i].id : NULL;
}

static const char *task_name(const struct catalog *c, size_t i)
{
	return i < c->libraries.n_tasks ? c->libraries.tasks[i].id : NULL;
}

static const char *word_name(const struct catalog *c, size_t i)
{
	return i < c->words.n ? c->words.items[i].word : NULL;
}

/* name: the i-th id of the kind, NULL after the last, for near misses; NULL: it has no list. */
static const struct {
	int (*say)(struct lines *l, const struct explain *e, const char *id);
	const char *(*name)(const struct catalog *c, size_t i);
} kinds[] = {
	{explain_rule, rule_name},
	{explain_question, question_name},
	{explain_measurement, NULL},
	{explain_probe, probe_name},
	{explain_group, group_name},
	{explain_binding, binding_name},
	{explain_reference, reference_name},
	{explain_work, work_name},
	{explain_claim, claim_name},
	{explain_library, library_name},
	{explain_task, task_name},
	{explain_option, NULL},
	{explain_word, word_name},
	{explain_fact, NULL},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

void explain_head(struct lines *l, const char *id, const char *kind)
{
	lines_gap(l);
	lines_begin(l, 0, 2);
	lines_add(l, LOOK_TITLE, "%s", id);
	lines_add(l, LOOK_HINT, ", %s", kind);
}

void explain_row(struct lines *l, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	lines_begin(l, 2, COLUMN);
	lines_add(l, LOOK_HINT, "%s", label);
	lines_tab(l, COLUMN);
	lines_add(l, LOOK_PLAIN, "%s", text);
}

void explain_item(struct lines *l, const char *label, const char *text, size_t *n)
{
	lines_begin(l, 2, COLUMN + 2);
	lines_add(l, LOOK_HINT, "%s", *n ? "" : label);
	lines_tab(l, COLUMN);
	lines_add(l, LOOK_PLAIN, "%s", text);
	++*n;
}

static void add_near(struct str *hint, const char *name, size_t *n)
{
	if (*n < NEAR_MOST)
		str_addf(hint, "%s%s", *n ? ", " : "", name);
	++*n;
}

static int is_listed(const char **names, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return 1;
	}
	return 0;
}

/* One slip of the hand away, or the ids that the word is a part of. */
static void say_near(const struct catalog *c, const char *id, struct err *err)
{
	const char **names = NULL, *name, *near;
	size_t n = 0, cap = 0, k, i, found = 0;
	struct str hint;
	char *head;

	for (k = 0; k < KINDS; k++) {
		for (i = 0; kinds[k].name && (name = kinds[k].name(c, i)); i++) {
			if (is_listed(names, n, name))
				continue;
			GROW(names, n, cap);
			names[n++] = name;
		}
	}
	head = xstrndup(id, strcspn(id, "/"));
	near = str_nearest(id, names, n);
	if (!near && strchr(id, '/'))
		near = str_nearest(head, names, n);
	str_init(&hint);
	for (i = 0; !near && *id && i < n; i++) {
		if (strstr(names[i], id))
			add_near(&hint, names[i], &found);
	}
	if (near)
		err_hint(err, "did you mean %s?", near);
	else if (found)
		err_hint(err, "near it are %s%s", str_text(&hint), found > NEAR_MOST ? " ..." : "");
	else
		err_hint(err, "it takes what a report prints: a rule, a measurement, a binding, an answer");
	str_release(&hint);
	free(head);
	free(names);
}

int view_explain(struct lines *l, const struct explain *e, const char *id, struct err *err)
{
	size_t k, known = 0;

	for (k = 0; k < KINDS; k++)
		known += kinds[k].say(l, e, id) == 0;
	if (known)
		return 0;
	err_set(err, ERR_USAGE, "nothing is called '%s'", id);
	say_near(e->catalog, id, err);
	return -1;
}
