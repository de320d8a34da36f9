#include "catalog/read.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

void node_complain(
	const struct node *node, const char *file, struct errs *errs, const char *fmt, ...)
{
	char text[768];
	va_list ap;
	struct err *err = errs_add(errs);

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	err_set(err, ERR_INVALID, "%s", text);
	err_at(err, file, node->line, node->column);
}

void reader_begin(struct reader *r, const struct node *map, const char *file, struct errs *errs)
{
	memset(r, 0, sizeof *r);
	r->file = file;
	r->errs = errs;
	r->errs_before = errs->n;
	if (map->kind == NODE_MAP)
		r->map = map;
	else
		node_complain(map, file, errs, "expected a map of fields here");
}

const struct node *reader_node(struct reader *r, const char *key)
{
	const struct node *node = node_get(r->map, key);

	if (r->n_asked < READER_FIELDS)
		r->asked[r->n_asked++] = key;
	return node && !node_is_null(node) ? node : NULL;
}

char *reader_text(struct reader *r, const char *key)
{
	const struct node *node = reader_node(r, key);

	if (!node)
		return NULL;
	if (node->kind != NODE_SCALAR) {
		node_complain(node, r->file, r->errs, "'%s' has to be a text", key);
		return NULL;
	}
	return xstrdup(node->text);
}

char *reader_need(struct reader *r, const char *key)
{
	char *text = reader_text(r, key);

	if (!text && r->map && !reader_node(r, key))
		node_complain(r->map, r->file, r->errs, "'%s' is missing here", key);
	return text;
}

int reader_bool(struct reader *r, const char *key, int fallback)
{
	static const char *const words[] = {"no", "yes", "false", "true"};
	int word = reader_word(r, key, words, 4, -1);

	return word < 0 ? fallback : word % 2;
}

double reader_number(struct reader *r, const char *key, double fallback)
{
	const struct node *node = reader_node(r, key);
	char *end;
	double value;

	if (!node)
		return fallback;
	if (node->kind == NODE_SCALAR) {
		errno = 0;
		value = strtod(node->text, &end);
		if (*node->text && !*end && !errno && isfinite(value))
			return value;
	}
	node_complain(node, r->file, r->errs, "'%s' has to be a number", key);
	return fallback;
}

int reader_word(struct reader *r, const char *key, const char *const *words, size_t n, int fallback)
{
	const struct node *node = reader_node(r, key);
	const char *near;
	size_t i;

	if (!node)
		return fallback;
	if (node->kind != NODE_SCALAR) {
		node_complain(node, r->file, r->errs, "'%s' has to be one word", key);
		return fallback;
	}
	for (i = 0; i < n; i++) {
		if (strcmp(words[i], node->text) == 0)
			return (int)i;
	}
	near = str_nearest(node->text, words, n);
	node_complain(node, r->file, r->errs, "'%s' is no value of '%s'%s%s%s", node->text, key,
		near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	return fallback;
}

const struct node *reader_list(struct reader *r, const char *key)
{
	const struct node *list = reader_node(r, key);

	if (list && list->kind == NODE_LIST)
		return list;
	if (r->map)
		node_complain(list ? list : r->map, r->file, r->errs, "'%s' has to be a list", key);
	return NULL;
}

char **reader_texts(struct reader *r, const char *key, size_t *n)
{
	const struct node *node = reader_node(r, key);
	char **texts;
	size_t i;

	*n = 0;
	if (!node)
		return NULL;
	if (node->kind == NODE_SCALAR) {
		texts = xcalloc(2, sizeof *texts);
		texts[0] = xstrdup(node->text);
		*n = 1;
		return texts;
	}
	if (node->kind != NODE_LIST) {
		node_complain(node, r->file, r->errs, "'%s' has to be a list", key);
		return NULL;
	}
	texts = xcalloc(node->n + 1, sizeof *texts);
	for (i = 0; i < node->n; i++) {
		if (node->items[i]->kind != NODE_SCALAR) {
			node_complain(node->items[i], r->file, r->errs,
				"'%s' has to be a list of plain texts", key);
			continue;
		}
		texts[(*n)++] = xstrdup(node->items[i]->text);
	}
	return texts;
}

int reader_end(struct reader *r)
{
	const char *near;
	size_t i, k;

	for (i = 0; r->map && i < r->map->n; i++) {
		for (k = 0; k < r->n_asked; k++) {
			if (strcmp(r->asked[k], r->map->items[i]->key) == 0)
				break;
		}
		if (k < r->n_asked)
			continue;
		near = str_nearest(r->map->items[i]->key, r->asked, r->n_asked);
		node_complain(r->map->items[i], r->file, r->errs, "'%s' is no field here%s%s%s",
			r->map->items[i]->key, near ? "; did you mean '" : "", near ? near : "",
			near ? "'?" : "");
	}
	return r->errs->n == r->errs_before ? 0 : -1;
}

void texts_free(char **texts, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(texts[i]);
	free(texts);
}

struct node *data_read(const char *dir, const char *name, char **path_out, struct errs *errs)
{
	*path_out = xasprintf("%s/%s", dir, name);
	return yaml_read_file(*path_out, &yaml_limits_default, errs);
}

const struct node *data_list(const struct node *root, const char *key, const char *file,
	struct errs *errs)
{
	const struct node *list;
	struct reader r;

	if (!root)
		return NULL;
	reader_begin(&r, root, file, errs);
	list = reader_list(&r, key);
	return reader_end(&r) == 0 ? list : NULL;
}

int is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return 0;
	for (; *s; s++) {
		if (!isalnum((unsigned char)*s) && *s != '_')
			return 0;
	}
	return 1;
}
