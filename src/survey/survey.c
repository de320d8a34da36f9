#include "survey/survey.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "survey/reading.h"

enum { FORMAT = 1 };

static void check_version(struct reading *r, const struct node *root)
{
	const struct node *version = node_get(root, "ffiadvise");
	struct err *err;

	if (version && version->kind == NODE_SCALAR && strcmp(version->text, "1") == 0)
		return;
	err = mistake(r);
	if (!root->n) {
		err_set(err, ERR_INVALID, "the file is empty");
		err_hint(err, "begin with 'ffiadvise: 1'");
	} else if (!version) {
		err_set(err, ERR_INVALID,
			"'ffiadvise: %d' is missing: the format of an answers file "
			"has to be named",
			FORMAT);
		err_hint(err, "write it as the first line");
	} else if (version->kind != NODE_SCALAR || version->quoted || says_nothing(version)) {
		err_set(err, ERR_INVALID, "'ffiadvise' has to be the format's number, %d", FORMAT);
	} else {
		err_set(err, ERR_INVALID,
			"'ffiadvise' is format '%.40s'; this program reads format %d",
			version->text, FORMAT);
	}
	err_at(err, r->file, version ? version->line : 1, version ? version->column : 1);
	if (root->n && !version)
		err_at(err, r->file, root->line, root->column);
}

/* The next item, which survey->items has room for. */
static struct survey_item *add_item(struct survey *survey, const struct answers *from)
{
	struct survey_item *item = &survey->items[survey->n++];

	answers_copy(&item->answers, from);
	return item;
}

/* A name and the place of the function that has it. */
struct named {
	const char *name;
	const struct value *value;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order)
		return order;
	return x->value->line != y->value->line ? x->value->line - y->value->line
						: x->value->column - y->value->column;
}

/* Each function but the first of a name is told. */
static void check_names(struct reading *r, const struct survey *survey)
{
	struct named *names = xcalloc(survey->n, sizeof *names);
	size_t n = 0, i, first = 0;
	struct err *err;

	for (i = 0; i < survey->n; i++) {
		names[n].value = answers_get(&survey->items[i].answers, "name");
		names[n].name = names[n].value->text;
		n += names[n].name != NULL;
	}
	qsort(names, n, sizeof *names, by_name);
	for (i = 1; i < n && !r->stop; i++) {
		if (strcmp(names[i].name, names[first].name) != 0) {
			first = i;
			continue;
		}
		err = mistake(r);
		err_set(err, ERR_INVALID, "two functions are called '%s', the first on line %d",
			names[i].name, names[first].value->line);
		err_hint(err, "names have to differ");
		err_at(err, r->file, names[i].value->line, names[i].value->column);
	}
	free(names);
}

static void read_each(struct reading *r, struct survey *survey, const struct node *list,
	const struct answers *defaults)
{
	static const char *const nothing[] = {NULL};
	const struct node *map;
	struct survey_item *item;
	const struct node *name;
	struct err *err;
	char where[48];
	size_t i;

	survey->items = xcalloc(list->n, sizeof *survey->items);
	for (i = 0; i < list->n && !r->stop; i++) {
		map = list->items[i];
		snprintf(where, sizeof where, "functions[%zu]", i);
		snprintf(r->prefix, sizeof r->prefix, "functions[%zu].", i);
		item = add_item(survey, defaults);
		if (map->kind == NODE_MAP || !says_nothing(map)) {
			if (!want_map(r, map, where))
				continue;
			read_function(r, &item->answers, map, nothing);
		}
		name = node_get(map, "name");
		if (!name || says_nothing(name)) {
			err = mistake(r);
			err_set(err, ERR_INVALID, "'%s' has no name", where);
			err_hint(err, "each of several functions needs a 'name' of its own");
			at_value(r, err, map);
		}
	}
	check_names(r, survey);
}

/* A file with 'functions': nothing else but 'defaults' may stand beside them. */
static void read_functions(struct reading *r, struct survey *survey, const struct node *root,
	const struct answers *none)
{
	static const char *const not_in_defaults[] = {"name", NULL};
	const struct node *list = node_get(root, "functions"), *map = node_get(root, "defaults");
	const char *const keys[] = {"ffiadvise", "defaults", "functions"};
	struct answers defaults;
	struct err *err;
	size_t i;

	for (i = 0; i < root->n && !r->stop; i++) {
		const char *key = root->items[i]->key, *near;

		if (strcmp(key, keys[0]) == 0 || strcmp(key, keys[1]) == 0 ||
			strcmp(key, keys[2]) == 0)
			continue;
		near = str_nearest(key, keys, 3);
		err = mistake(r);
		err_set(err, ERR_INVALID,
			"'%.80s' cannot stand beside 'functions'; allowed: ffiadvise "
			"defaults functions",
			key);
		if (near)
			err_hint(err, "did you mean '%s'?", near);
		else
			err_hint(err, "what holds for all functions goes below 'defaults:'");
		at_key(r, err, root->items[i]);
	}
	answers_copy(&defaults, none);
	strcpy(r->prefix, "defaults.");
	if (map && want_map(r, map, "defaults")) {
		read_function(r, &defaults, map, not_in_defaults);
		if (node_get(map, "name")) {
			err = mistake(r);
			err_set(err, ERR_INVALID, "'defaults.name': a name cannot be shared");
			err_hint(err, "give each function its own");
			at_key(r, err, node_get(map, "name"));
		}
	}
	if (list && list->kind == NODE_LIST && list->n) {
		read_each(r, survey, list, &defaults);
	} else {
		err = mistake(r);
		err_set(err, ERR_INVALID,
			"'functions' has to be a list with one map for each function; "
			"it %s%s",
			list && !node_is_null(list) && list->kind != NODE_LIST ? "is " : "is empty",
			list && !node_is_null(list) && list->kind != NODE_LIST ? kind_words(list)
									       : "");
		err_hint(err, "begin each function with '- name: ...'");
		if (list && node_is_null(list))
			at_key(r, err, list);
		else
			at_value(r, err, list ? list : root);
		if (!list && map)
			at_key(r, err, map);
	}
	answers_release(&defaults);
}

static int by_place(const void *a, const void *b)
{
	const struct err *x = a, *y = b;

	return x->line != y->line ? x->line - y->line : x->column - y->column;
}

static void read_root(struct reading *r, struct survey *survey, const struct node *root)
{
	static const char *const version_key[] = {"ffiadvise", NULL};
	struct answers none;
	struct err *err;

	if (root->kind != NODE_MAP) {
		err = mistake(r);
		err_set(err, ERR_INVALID, "an answers file is a map of keys; this is %s",
			kind_words(root));
		err_hint(err, "begin with 'ffiadvise: 1'");
		at_value(r, err, root);
		return;
	}
	check_version(r, root);
	answers_init(&none, r->questions);
	if (node_get(root, "functions") || node_get(root, "defaults")) {
		read_functions(r, survey, root, &none);
	} else {
		survey->items = xcalloc(1, sizeof *survey->items);
		read_function(r, &add_item(survey, &none)->answers, root, version_key);
	}
	answers_release(&none);
}

int survey_read_only(struct survey *survey, const struct questions *questions, const char *path,
	FILE *in, struct errs *errs)
{
	size_t before = errs->n;
	struct node *root;
	struct reading r;

	memset(survey, 0, sizeof *survey);
	reading_begin(&r, questions, path, errs);
	root = strcmp(path, "-") == 0 ? yaml_read(in, path, &yaml_limits_default, errs)
				      : yaml_read_file(path, &yaml_limits_default, errs);
	if (root)
		read_root(&r, survey, root);
	node_free(root);
	if (r.stop) {
		err_set(errs_add(errs), ERR_INVALID, "too many mistakes: the rest was not read");
		err_at(&errs->items[errs->n - 1], path, 0, 0);
	}
	reading_end(&r);
	if (errs->n > before) {
		qsort(errs->items + before, errs->n - before, sizeof *errs->items, by_place);
		survey_release(survey);
		return -1;
	}
	return 0;
}

int survey_read(struct survey *survey, const struct questions *questions, const char *path,
	FILE *in, struct errs *errs)
{
	size_t i;

	if (survey_read_only(survey, questions, path, in, errs) < 0)
		return -1;
	for (i = 0; i < survey->n; i++)
		survey_check(&survey->items[i]);
	return 0;
}

void errs_format(const struct errs *errs, struct str *out)
{
	enum { IN_FULL = 20, LINES = 100 };
	size_t i, told = 0;
	int line = 0;

	for (i = 0; i < errs->n && i < IN_FULL; i++) {
		err_format(&errs->items[i], out);
		str_addc(out, '\n');
	}
	if (errs->n <= IN_FULL)
		return;
	str_addf(out, "%s: and %zu more %s", errs->items[0].file, errs->n - IN_FULL,
		errs->n - IN_FULL == 1 ? "mistake" : "mistakes");
	for (i = IN_FULL; i < errs->n && told < LINES; i++) {
		if (!errs->items[i].line || errs->items[i].line == line)
			continue;
		line = errs->items[i].line;
		str_addf(out, "%s%d", told++ ? ", " : ", on lines ", line);
	}
	str_add(out, i < errs->n ? " ...\n" : "\n");
}

void survey_release(struct survey *survey)
{
	size_t i, k;

	for (i = 0; i < survey->n; i++) {
		answers_release(&survey->items[i].answers);
		for (k = 0; k < survey->items[i].n_warnings; k++)
			free(survey->items[i].warnings[k]);
		free(survey->items[i].warnings);
	}
	free(survey->items);
	memset(survey, 0, sizeof *survey);
}
