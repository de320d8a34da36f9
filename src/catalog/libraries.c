#include "catalog/libraries.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "catalog/read.h"

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static int is_date(const char *text)
{
	static const char *const forms[] = {"9999", "9999-99", "9999-99-99"};
	size_t i, k;

	for (i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strlen(text) != strlen(forms[i]))
			continue;
		for (k = 0; text[k]; k++) {
			if (forms[i][k] == '9' ? !isdigit((unsigned char)text[k]) : text[k] != '-')
				return 0;
		}
		return 1;
	}
	return 0;
}

/* What both forms share: "unknown" alone, or a map with says, source and date. */
static const struct node *statement_map(struct statement *s, const char *key, struct reader *of)
{
	const struct node *node = reader_node(of, key);

	if (node && node->kind == NODE_MAP)
		return node;
	if (!of->map)
		return NULL; /* told already */
	if (!node || node->kind != NODE_SCALAR || strcmp(node->text, "unknown") != 0)
		node_complain(node ? node : of->map, of->file, of->errs,
			"'%s' has to be a map of says, source and date, or unknown", key);
	s->says = xstrdup("unknown");
	return NULL;
}

static void end_statement(struct statement *s, struct reader *r)
{
	s->says = reader_need(r, "says");
	s->source = reader_need(r, "source");
	s->date = reader_need(r, "date");
	if (reader_end(r) < 0)
		return;
	if (!is_date(s->date))
		node_complain(r->map, r->file, r->errs,
			"'%s' is no date; they are written 2026-11-25, 2026-11 or 2026", s->date);
}

static void read_statement(struct statement *s, const char *key, struct reader *of)
{
	const struct node *map = statement_map(s, key, of);
	struct reader r;

	if (!map)
		return;
	reader_begin(&r, map, of->file, of->errs);
	end_statement(s, &r);
}

/* The same with how many times faster it was: low, likely, high. */
static void read_gain(struct library *library, struct reader *of)
{
	const struct node *map = statement_map(&library->gain_of, "gain", of);
	double v[3] = {0};
	struct reader r;
	char **texts, *end;
	size_t n, i;
	int good;

	if (!map)
		return;
	reader_begin(&r, map, of->file, of->errs);
	texts = reader_texts(&r, "value", &n);
	good = n == 3;
	for (i = 0; good && i < n; i++) {
		v[i] = strtod(texts[i], &end);
		good = *texts[i] && !*end && v[i] > 0 && !isinf(v[i]) && (!i || v[i] >= v[i - 1]);
	}
	if (!good)
		node_complain(map, of->file, of->errs,
			"'value' has to be [low, likely, high], above 0 and rising");
	texts_free(texts, n);
	library->gain = est(v[0], v[1], v[2]);
	end_statement(&library->gain_of, &r);
}

static void read_library(struct library *library, const char *task, const struct node *node,
	const char *file, struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	library->id = reader_need(&r, "id");
	library->task = xstrdup(task);
	library->install = reader_need(&r, "install");
	library->first = reader_text(&r, "first");
	read_statement(&library->replaces, "replaces", &r);
	read_statement(&library->licence, "licence", &r);
	read_statement(&library->batch, "batch", &r);
	read_gain(library, &r);
	reader_end(&r);
}

static int is_twice(const struct libraries *l, const struct library *library)
{
	const struct library *other;

	for (other = l->items; other < library; other++) {
		if (other->id && strcmp(other->id, library->id) == 0 && strcmp(other->task, library->task) == 0)
			return 1;
	}
	return 0;
}

static void read_task(struct libraries *l, const struct node *node, const char *file,
	struct errs *errs)
{
	struct task *task = &l->tasks[l->n_tasks];
	const struct node *list;
	struct reader r;
	size_t i;

	reader_begin(&r, node, file, errs);
	task->id = reader_need(&r, "task");
	task->title = reader_need(&r, "title");
	list = reader_node(&r, "libraries");
	if (task->id && libraries_task(l, task->id))
		node_complain(node, file, errs, "the task '%s' stands here a second time", task->id);
	l->n_tasks++;
	if (r.map && (!list || list->kind != NODE_LIST || !list->n))
		node_complain(node, file, errs, "a task needs 'libraries', a list of at least one");
	reader_end(&r);
	if (!task->id || !list || list->kind != NODE_LIST)
		return;
	l->items = xreallocarray(l->items, l->n + list->n + 1, sizeof *l->items);
	for (i = 0; i < list->n; i++) {
		struct library *library = &l->items[l->n];

		memset(library, 0, sizeof *library);
		read_library(library, task->id, list->items[i], file, errs);
		l->n++;
		if (library->id && is_twice(l, library))
			node_complain(list->items[i], file, errs,
				"the library '%s' stands here a second time for '%s'", library->id,
				task->id);
	}
}

int libraries_load(struct libraries *l, const char *dir, struct errs *errs)
{
	size_t before = errs->n, i;
	const struct node *list;
	struct node *root;
	char *path;

	memset(l, 0, sizeof *l);
	root = data_read(dir, "libraries.yaml", &path, errs);
	list = data_list(root, "tasks", path, errs);
	if (list)
		l->tasks = xcalloc(list->n + 1, sizeof *l->tasks);
	for (i = 0; list && i < list->n; i++)
		read_task(l, list->items[i], path, errs);
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	libraries_release(l);
	return -1;
}

static void statement_release(struct statement *s)
{
	free(s->says);
	free(s->source);
	free(s->date);
}

void libraries_release(struct libraries *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		struct library *library = &l->items[i];

		free(library->id);
		free(library->task);
		free(library->install);
		free(library->first);
		statement_release(&library->replaces);
		statement_release(&library->licence);
		statement_release(&library->batch);
		statement_release(&library->gain_of);
	}
	for (i = 0; i < l->n_tasks; i++) {
		free(l->tasks[i].id);
		free(l->tasks[i].title);
	}
	free(l->items);
	free(l->tasks);
	memset(l, 0, sizeof *l);
}

const struct task *libraries_task(const struct libraries *l, const char *id)
{
	size_t i;

	for (i = 0; i < l->n_tasks; i++) {
		if (l->tasks[i].id && strcmp(l->tasks[i].id, id) == 0)
			return &l->tasks[i];
	}
	return NULL;
}

const struct library *libraries_find(const struct libraries *l, const char *id)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (strcmp(l->items[i].id, id) == 0)
			return &l->items[i];
	}
	return NULL;
}
