/* Reference figures, kinds of work and their kernels, options, and the words of a report. */
#include "show/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "advise/option.h"
#include "base/mem.h"
#include "show/report.h"

static const char *const form_words[] = {"", "plain Python", "idiomatic Python",
	"native on Python objects", "native on native data", "array operations",
	"plain Python over the items of an array"};

static void number(struct str *s, double v)
{
	if (isinf(v))
		str_add(s, "unbounded");
	else
		str_addf(s, "%.4g", v);
}

static void add_est(struct lines *l, const char *label, struct est v)
{
	struct str s;

	str_init(&s);
	number(&s, v.likely);
	if (!est_is_point(v)) {
		str_add(&s, " (");
		number(&s, v.low);
		str_add(&s, " .. ");
		number(&s, v.high);
		str_addc(&s, ')');
	}
	explain_row(l, label, str_text(&s));
	str_release(&s);
}

int explain_reference(struct lines *l, const struct explain *e, const char *id)
{
	const struct references *refs = &e->catalog->references;
	const struct reference *ref = NULL;
	size_t i;

	for (i = 0; i < refs->n && !ref; i++) {
		if (strcmp(refs->items[i].id, id) == 0)
			ref = &refs->items[i];
	}
	if (!ref)
		return -1;
	explain_head(l, id, ref->assumed ? "an assumed figure" : "a reference figure");
	explain_row(l, "of", ref->type);
	explain_row(l, "passed", ref->how ? how_word(ref->how) : NULL);
	explain_row(l, "in", ref->binding);
	explain_row(l, "work", ref->work);
	explain_row(l, "done as", form_words[ref->form]);
	if (ref->kind == REFERENCE_IN || ref->kind == REFERENCE_OUT) {
		add_est(l, "ns a call", ref->fixed);
		add_est(l, "ns an item", ref->per_item);
	} else {
		add_est(l, ref->kind == REFERENCE_GAIN ? "times faster" : "value", ref->value);
	}
	explain_row(l, ref->assumed ? "because" : "source", ref->source);
	explain_row(l, "date", ref->date);
	return 0;
}

/* A kernel of a work, with its part of the time where there are others. */
static void add_share(struct lines *l, const struct share *share, size_t *n)
{
	char *text = share->part < 1 ? xasprintf("%s: %.3g %% of the time in plain Python",
		share->kernel, 100 * share->part) : xstrdup(share->kernel);

	explain_item(l, "kernel", text, n);
	free(text);
}

static void add_kernel(struct lines *l, const struct explain *e, const char *kernel, size_t *n)
{
	const struct probes *probes = &e->catalog->probes;
	size_t i;
	char *text;

	for (i = 0; i < probes->n; i++) {
		const struct role *role = &probes->items[i].role;

		if (role->kind != ROLE_KERNEL || !role->kernel || strcmp(role->kernel, kernel) != 0)
			continue;
		text = xasprintf("%s: %s", probes->items[i].id, form_words[role->form]);
		explain_item(l, "probes", text, n);
		free(text);
	}
}

static void add_gains(struct lines *l, const struct explain *e, const char *work)
{
	const struct references *refs = &e->catalog->references;
	size_t i, n = 0;

	for (i = 0; i < refs->n; i++) {
		if (refs->items[i].kind == REFERENCE_GAIN && refs->items[i].work &&
			strcmp(refs->items[i].work, work) == 0)
			explain_item(l, "figures", refs->items[i].id, &n);
	}
}

/* A kind of work by its id, else the works that a kernel of that name stands for. */
int explain_work(struct lines *l, const struct explain *e, const char *id)
{
	const struct references *refs = &e->catalog->references;
	const struct question *q = questions_find(&e->catalog->questions, "function.work");
	const struct work *work = references_work(refs, id);
	int choice = q ? question_choice(q, id) : -1;
	size_t i, n = 0;

	if (work) {
		explain_head(l, id, "a kind of work");
		explain_row(l, "is", choice >= 0 ? q->choices[choice].text : NULL);
		if (!work->n_kernels)
			explain_row(l, "kernel", "none is measured");
		for (i = 0; i < work->n_kernels; i++)
			add_share(l, &work->kernels[i], &n);
		add_est(l, "spread", work->spread);
		add_est(l, "on objects", work->objects_spread);
		explain_row(l, "source", work->source);
		for (i = 0, n = 0; i < work->n_kernels; i++)
			add_kernel(l, e, work->kernels[i].kernel, &n);
		add_gains(l, e, id);
		return 0;
	}
	for (i = 0; i < refs->n_works; i++) {
		if (!work_share(&refs->works[i], id))
			continue;
		if (!n)
			explain_head(l, id, "a kernel");
		explain_item(l, "stands for", refs->works[i].id, &n);
	}
	if (!n)
		return -1;
	n = 0;
	add_kernel(l, e, id, &n);
	return 0;
}

static void add_word(struct lines *l, const struct explain *e, enum word_kind kind,
	const char *label, const char *word)
{
	const struct word *entry = words_find(&e->catalog->words, kind, word);
	char *text = entry ? xasprintf("%s: %s", word, entry->text) : xstrdup(word);

	explain_row(l, label, text);
	free(text);
}

static void add_statement(struct lines *l, const char *label, const struct statement *s)
{
	char *text = s->source ? xasprintf("%s (%s, %s)", s->says, s->source, s->date) :
		xstrdup(s->says);

	explain_row(l, label, text);
	free(text);
}

/* A library by what it is installed as, once for each of its tasks. */
int explain_library(struct lines *l, const struct explain *e, const char *id)
{
	const struct libraries *libraries = &e->catalog->libraries;
	size_t i, n = 0;

	for (i = 0; i < libraries->n; i++) {
		const struct library *library = &libraries->items[i];

		if (strcmp(library->id, id) != 0)
			continue;
		if (!n++)
			explain_head(l, id, "a native library");
		explain_row(l, "does", libraries_task(libraries, library->task)->title);
		explain_row(l, "task", library->task);
		add_statement(l, "replaces", &library->replaces);
		add_statement(l, "many items", &library->batch);
		if (library->gain.likely > 0)
			add_est(l, "times faster", library->gain);
		add_statement(l, "gain", &library->gain_of);
		add_statement(l, "licence", &library->licence);
		explain_row(l, "install", library->install);
		if (library->first)
			explain_row(l, "first", library->first);
	}
	return n ? 0 : -1;
}

/* A task, with the libraries that do it. */
int explain_task(struct lines *l, const struct explain *e, const char *id)
{
	const struct libraries *libraries = &e->catalog->libraries;
	const struct task *task = libraries_task(libraries, id);
	size_t i, n = 0;

	if (!task)
		return -1;
	explain_head(l, id, "a task");
	explain_row(l, "is", task->title);
	for (i = 0; i < libraries->n; i++) {
		if (strcmp(libraries->items[i].task, id) == 0)
			explain_item(l, "libraries", libraries->items[i].id, &n);
	}
	return 0;
}

/* "compile/numba", "library/orjson": a use and its tool. */
static int explain_plain_option(struct lines *l, const struct explain *e, const char *id)
{
	const char *tool = strchr(id, '/');
	char *use;
	int known;

	if (!tool || strchr(tool + 1, '/'))
		return -1;
	use = xstrndup(id, (size_t)(tool++ - id));
	known = use_from_word(use) >= 0 && (libraries_find(&e->catalog->libraries, tool) ||
		words_find(&e->catalog->words, WORD_TOOL, tool));
	if (known) {
		explain_head(l, id, "an option");
		add_word(l, e, WORD_USE, "use", use);
		add_word(l, e, WORD_TOOL, "tool", tool);
	}
	free(use);
	return known ? 0 : -1;
}

/* "ffi/pyo3/move-loop+zero-copy": the use, the tool, the designs. */
int explain_option(struct lines *l, const struct explain *e, const char *id)
{
	char *copy = xstrdup(id), *tool = strchr(copy, '/'), *designs, *word, *rest;
	const struct binding *binding;
	int result = -1;

	if (explain_plain_option(l, e, id) == 0) {
		free(copy);
		return 0;
	}
	designs = tool ? strchr(tool + 1, '/') : NULL;
	if (designs) {
		*tool++ = '\0';
		*designs++ = '\0';
		binding = probes_binding(&e->catalog->probes, tool);
		for (rest = xstrdup(designs), word = strtok(rest, "+"), result = 0; word;
			word = strtok(NULL, "+"))
			result = result < 0 || !words_find(&e->catalog->words, WORD_DESIGN, word) ? -1 : 0;
		free(rest);
		if (!binding || use_from_word(copy) < 0 || !*designs)
			result = -1;
	}
	if (result == 0) {
		explain_head(l, id, "an option");
		add_word(l, e, WORD_USE, "use", copy);
		explain_row(l, "tool", binding->title);
		for (word = strtok(designs, "+"); word; word = strtok(NULL, "+"))
			add_word(l, e, WORD_DESIGN, "design", word);
	}
	free(copy);
	return result == 0 ? 0 : -1;
}

static int selects(char *const *words, size_t n, const char *word)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(words[i], word) == 0)
			return 1;
	}
	return 0;
}

/* The rules about a use or a design. */
static void add_rules_about(struct lines *l, const struct explain *e, const struct word *word)
{
	const struct rules *rules = &e->catalog->rules;
	size_t i, n = 0;

	for (i = 0; i < rules->n; i++) {
		const struct selector *s = &rules->items[i].options;

		if (word->kind == WORD_USE ? selects(s->uses, s->n_uses, word->word) :
			word->kind == WORD_DESIGN && selects(s->designs, s->n_designs, word->word))
			explain_item(l, "rules", rules->items[i].id, &n);
	}
}

int explain_word(struct lines *l, const struct explain *e, const char *id)
{
	static const char *const heads[WORD_KINDS] = {
		[WORD_USE] = "a verdict", [WORD_DESIGN] = "a design of the boundary",
		[WORD_WAY] = "a way an argument crosses", [WORD_TOOL] = "a tool",
		[WORD_BASIS] = "what a figure rests on", [WORD_CONFIDENCE] = "a confidence",
		[WORD_GOAL] = "whether the goal is reached", [WORD_GRADE] = "a grade of noise",
		[WORD_PLACE] = "an environment", [WORD_COST] = "a part of the cost",
	};
	int kind, result = -1;

	for (kind = 0; kind < WORD_KINDS; kind++) {
		const struct word *word = kind == WORD_FACT ? NULL :
			words_find(&e->catalog->words, (enum word_kind)kind, id);

		if (!word)
			continue;
		explain_head(l, id, heads[kind]);
		explain_row(l, "means", word->text);
		add_rules_about(l, e, word);
		result = 0;
	}
	return result;
}
