#include "catalog/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"

static void binding_read(struct binding *b, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;
	double rank;

	reader_begin(&r, node, file, errs);
	b->line = node->line;
	b->id = reader_need(&r, "id");
	b->title = reader_need(&r, "title");
	b->folder = reader_need(&r, "folder");
	b->module = reader_need(&r, "module");
	b->language = reader_need(&r, "language");
	b->toolchain = reader_need(&r, "toolchain");
	b->cure = reader_need(&r, "cure");
	b->option = reader_bool(&r, "option", 0);
	rank = reader_number(&r, "rank", 0.0);
	b->why_rank = reader_text(&r, "why_rank");
	b->limits = reader_text(&r, "limits");
	b->groups = reader_texts(&r, "groups", &b->n_groups);
	if (rank < 0.0 || rank > 1000.0 || rank != (double)(int)rank)
		node_complain(node, file, errs,
			"'rank' has to be a whole number from 1");
	else
		b->rank = (int)rank;
	if (b->option && (b->rank < 1 || !b->why_rank))
		node_complain(node, file, errs,
			"a binding that can be advised needs 'rank' and 'why_rank'");
	if (b->n_groups && !b->limits)
		node_complain(node, file, errs,
			"'limits' has to say why there are only some 'groups'");
	if (b->module && !is_identifier(b->module))
		node_complain(node, file, errs, "'%s' is no name of a module",
			b->module);
	reader_end(&r);
}

static void bindings_check(const struct binding *items, size_t n, const struct node *list,
	const char *file, struct errs *errs)
{
	const struct binding *a, *b;
	size_t i, k;

	for (i = 0; i < n; i++) {
		a = &items[i];
		for (k = 0; k < i && a->id; k++) {
			b = &items[k];
			if (b->id && strcmp(a->id, b->id) == 0)
				node_complain(list->items[i], file, errs,
					"there is a binding '%s' already", a->id);
			if (a->option && b->option && a->rank == b->rank)
				node_complain(list->items[i], file, errs,
					"'%s' has the rank of '%s'", a->id, b->id ? b->id : "?");
		}
	}
}

static void binding_release(struct binding *b)
{
	free(b->id);
	free(b->title);
	free(b->folder);
	free(b->module);
	free(b->language);
	free(b->toolchain);
	free(b->cure);
	free(b->why_rank);
	free(b->limits);
	texts_free(b->groups, b->n_groups);
}

void bindings_load(struct binding **items, size_t *n, const char *dir, struct errs *errs)
{
	char *path;
	struct node *root = data_read(dir, "bindings.yaml", &path, errs);
	const struct node *list = data_list(root, "bindings", path, errs);
	size_t i;

	*items = NULL;
	*n = list ? list->n : 0;
	if (list) {
		*items = xcalloc(list->n + 1, sizeof **items);
		for (i = 0; i < list->n; i++)
			binding_read(&(*items)[i], list->items[i], path, errs);
		bindings_check(*items, *n, list, path, errs);
	}
	node_free(root);
	free(path);
}

void bindings_release(struct binding *items, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		binding_release(&items[i]);
	free(items);
}
