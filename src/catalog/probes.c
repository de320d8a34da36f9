#include "catalog/probes.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"

enum { CALLS_MOST = 1000000 }; /* of each thread of a 'contended' probe */

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *const kind_words[] = {"none", "call", "in", "out", "acquire", "kernel",
	"release", "loop", "threads", "callback", "array-call", "array-item", "array-from-list",
	"array-to-list", "contended", "import"};
static const char *const how_words[] = {"none", "by-reference", "copy", "zero-copy",
	"native-class"};
static const char *const form_words[] = {"none", "plain", "idiomatic", "objects", "native",
	"vectorised", "indexed"};
static const char *const reads_words[] = {"nothing", "bytes", "count", "ns", "seconds", "names"};

/* What a role of each kind has to say beyond its kind. */
static const struct {
	int args, type, how, kernel;
} role_needs[COUNT(kind_words)] = {
	[ROLE_CALL] = {.args = 1},
	[ROLE_IN] = {.type = 1, .how = 1},
	[ROLE_OUT] = {.type = 1},
	[ROLE_ACQUIRE] = {.type = 1},
	[ROLE_KERNEL] = {.kernel = 1},
	[ROLE_ARRAY_FROM_LIST] = {.type = 1},
	[ROLE_ARRAY_TO_LIST] = {.type = 1},
};

/* A data file while it is read. */
struct source {
	const char *file;
	struct errs *errs;
};

/* The claims of the seed are C1 to C56. */
static int is_claim(const char *s)
{
	char *end;
	long number;

	if (s[0] != 'C' || !isdigit((unsigned char)s[1]) || s[1] == '0')
		return 0;
	number = strtol(s + 1, &end, 10);
	return *end == '\0' && number >= 1 && number <= 56;
}

static void role_read(struct role *role, const struct node *node, const struct source *source)
{
	struct reader r;
	double args, buffers, calls;

	reader_begin(&r, node, source->file, source->errs);
	role->kind = (enum role_kind)reader_word(&r, "kind", kind_words, COUNT(kind_words),
		ROLE_NONE);
	role->type = reader_text(&r, "type");
	role->how = (enum how)reader_word(&r, "how", how_words, COUNT(how_words), HOW_NONE);
	args = reader_number(&r, "args", -1.0);
	buffers = reader_number(&r, "buffers", 0.0);
	role->keywords = reader_bool(&r, "keywords", 0);
	role->method = reader_bool(&r, "method", 0);
	role->access = reader_text(&r, "access");
	role->kernel = reader_text(&r, "kernel");
	role->form = (enum form)reader_word(&r, "form", form_words, COUNT(form_words), FORM_NONE);
	role->released = reader_bool(&r, "released", 0);
	calls = reader_number(&r, "calls", 0.0);
	role->calls = calls >= 1.0 && calls <= CALLS_MOST ? (int)calls : 0;
	role->args = args >= 0.0 && args <= 255.0 ? (int)args : -1;
	role->buffers = buffers >= 0.0 && buffers <= 255.0 ? (int)buffers : -1;
	if (reader_end(&r) < 0)
		return;
	if (role->kind == ROLE_NONE)
		node_complain(node, source->file, source->errs,
			"'kind' is missing here (leave 'role' out where there is none)");
	else if (role_needs[role->kind].args && (role->args < 0 || args != (double)role->args))
		node_complain(node, source->file, source->errs,
			"a role of kind '%s' needs 'args', a whole number",
			kind_words[role->kind]);
	else if (role_needs[role->kind].type && !role->type)
		node_complain(node, source->file, source->errs,
			"a role of kind '%s' needs 'type'", kind_words[role->kind]);
	else if (role_needs[role->kind].how && role->how == HOW_NONE)
		node_complain(node, source->file, source->errs,
			"a role of kind '%s' needs 'how'", kind_words[role->kind]);
	else if (role_needs[role->kind].kernel && (!role->kernel || role->form == FORM_NONE))
		node_complain(node, source->file, source->errs,
			"a role of kind '%s' needs 'kernel' and 'form'", kind_words[role->kind]);
	if (role->kind == ROLE_CONTENDED ? !role->calls || calls != (double)role->calls :
		calls != 0.0)
		node_complain(node, source->file, source->errs,
			"a role of kind 'contended', and no other, needs 'calls', a whole number "
			"from 1 to %d", CALLS_MOST);
	if (role->buffers < 0 || buffers != (double)role->buffers)
		node_complain(node, source->file, source->errs,
			"'buffers' has to be a whole number");
	if (role->args < 0)
		role->args = 0;
	if (role->access && strcmp(role->access, "few") != 0)
		node_complain(node, source->file, source->errs,
			"'access' is 'few' or left out");
}

static void sizes_read(struct probe *p, struct reader *r, const struct node *node)
{
	size_t i, n;
	char *end;
	char **texts = reader_texts(r, "sizes", &n);

	p->sizes = xcalloc(n + 1, sizeof *p->sizes);
	for (i = 0; i < n; i++) {
		errno = 0;
		p->sizes[i] = strtol(texts[i], &end, 10);
		if (*end || errno || p->sizes[i] < 1 || (i && p->sizes[i] <= p->sizes[i - 1])) {
			node_complain(node, r->file, r->errs,
				"'sizes' has to be whole numbers that grow, not '%s'", texts[i]);
			break;
		}
	}
	p->n_sizes = i;
	texts_free(texts, n);
}

static void absent_read(struct probe *p, struct reader *r)
{
	const struct node *map = reader_node(r, "absent");
	size_t i;

	if (!map)
		return;
	if (map->kind != NODE_MAP) {
		node_complain(map, r->file, r->errs,
			"'absent' has to be a map from bindings to reasons");
		return;
	}
	p->absent = xcalloc(map->n + 1, sizeof *p->absent);
	for (i = 0; i < map->n; i++) {
		if (map->items[i]->kind != NODE_SCALAR || node_is_null(map->items[i])) {
			node_complain(map->items[i], r->file, r->errs,
				"the reason why '%s' is absent has to be a text",
				map->items[i]->key);
			continue;
		}
		p->absent[p->n_absent].binding = xstrdup(map->items[i]->key);
		p->absent[p->n_absent++].why = xstrdup(map->items[i]->text);
	}
}

static void probe_read(struct probe *p, const struct node *node, const struct source *source)
{
	const struct node *role;
	struct reader r;
	size_t i;

	reader_begin(&r, node, source->file, source->errs);
	p->id = reader_need(&r, "id");
	p->group = reader_need(&r, "group");
	p->what = reader_need(&r, "what");
	p->function = reader_need(&r, "function");
	p->setup = reader_text(&r, "setup");
	p->call = reader_need(&r, "call");
	sizes_read(p, &r, node);
	p->only = reader_texts(&r, "only", &p->n_only);
	absent_read(p, &r);
	p->claims = reader_texts(&r, "claims", &p->n_claims);
	p->unpinned = reader_bool(&r, "unpinned", 0);
	p->always = reader_bool(&r, "always", 0);
	p->reads = (enum reads)reader_word(&r, "reads", reads_words, COUNT(reads_words),
		READS_NOTHING);
	role = reader_node(&r, "role");
	if (role)
		role_read(&p->role, role, source);
	reader_end(&r);
	if (!p->setup)
		p->setup = xstrdup("");
	if (p->function && !is_identifier(p->function))
		node_complain(node, source->file, source->errs, "'%s' is no name of a function",
			p->function);
	if (p->reads != READS_NOTHING && p->role.kind != ROLE_IMPORT &&
		(p->role.kind != ROLE_NONE || p->unpinned))
		node_complain(node, source->file, source->errs,
			"a probe with 'reads' is not timed: it has no 'unpinned', and no 'role' "
			"but import");
	if (p->role.kind == ROLE_IMPORT && p->reads != READS_SECONDS)
		node_complain(node, source->file, source->errs,
			"a role of kind 'import' is of a probe that reads seconds");
	for (i = 0; i < p->n_claims; i++) {
		if (!is_claim(p->claims[i]))
			node_complain(node, source->file, source->errs,
				"'%s' is no claim; they are C1 to C56", p->claims[i]);
	}
}

static int text_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The model asks by role, so that two probes of one role would be a guess. */
static int role_same(const struct role *a, const struct role *b)
{
	return a->kind != ROLE_NONE && a->kind == b->kind && a->how == b->how && a->args == b->args
		&& a->keywords == b->keywords && a->method == b->method && a->form == b->form
		&& a->released == b->released && text_same(a->type, b->type)
		&& text_same(a->access, b->access) && text_same(a->kernel, b->kernel);
}

static void names_check(const struct probes *probes, const struct probe *p, const struct node *node,
	const struct source *source)
{
	size_t i;

	for (i = 0; i < p->n_only; i++) {
		if (!probes_binding(probes, p->only[i]))
			node_complain(node, source->file, source->errs,
				"'only' names '%s', which is no binding", p->only[i]);
	}
	for (i = 0; i < p->n_absent; i++) {
		if (!probes_binding(probes, p->absent[i].binding))
			node_complain(node, source->file, source->errs,
				"'absent' names '%s', which is no binding", p->absent[i].binding);
	}
}

static int group_exists(const struct probes *probes, const char *group)
{
	size_t i;

	for (i = 0; i < probes->n; i++) {
		if (probes->items[i].group && strcmp(probes->items[i].group, group) == 0)
			return 1;
	}
	return 0;
}

static void groups_check(const struct probes *probes, const char *dir, struct errs *errs)
{
	char *path = xasprintf("%s/bindings.yaml", dir);
	const struct binding *b;
	struct err *err;
	size_t i, k;

	for (i = 0; i < probes->n_bindings; i++) {
		b = &probes->bindings[i];
		for (k = 0; k < b->n_groups; k++) {
			if (group_exists(probes, b->groups[k]))
				continue;
			err = errs_add(errs);
			err_set(err, ERR_INVALID, "binding '%s' does group '%s', which has no probe",
				b->id, b->groups[k]);
			err_at(err, path, b->line, 1);
		}
	}
	free(path);
}

/* The probes of one file, which begin at `from`, against all that were read. */
static void items_check(const struct probes *probes, size_t from, const struct node *list,
	const struct source *source)
{
	const struct probe *a, *b;
	size_t i, k;

	for (i = from; i < probes->n; i++) {
		const struct node *node = list->items[i - from];

		a = &probes->items[i];
		names_check(probes, a, node, source);
		for (k = 0; k < i && a->id; k++) {
			b = &probes->items[k];
			if (b->id && strcmp(a->id, b->id) == 0)
				node_complain(node, source->file, source->errs,
					"there is a probe '%s' already", a->id);
			else if (b->id && role_same(&a->role, &b->role))
				node_complain(node, source->file, source->errs,
					"'%s' has the role of '%s'; the model could not tell them "
					"apart", a->id, b->id);
		}
	}
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp((*(const struct probe *const *)a)->id, (*(const struct probe *const *)b)->id);
}

static void index_make(struct probes *probes)
{
	size_t i;

	probes->by_id = xcalloc(probes->n + 1, sizeof *probes->by_id);
	for (i = 0; i < probes->n; i++)
		probes->by_id[i] = &probes->items[i];
	qsort(probes->by_id, probes->n, sizeof *probes->by_id, compare_ids);
}

/* Adds the probes of one file. */
static void file_load(struct probes *probes, const char *dir, const char *name, struct errs *errs)
{
	char *path;
	struct node *root = data_read(dir, name, &path, errs);
	const struct source source = {path, errs};
	const struct node *list = data_list(root, "probes", path, errs);
	size_t from = probes->n, i;

	if (list) {
		probes->items = xreallocarray(probes->items, from + list->n + 1,
			sizeof *probes->items);
		memset(probes->items + from, 0, (list->n + 1) * sizeof *probes->items);
		probes->n += list->n;
		for (i = 0; i < list->n; i++)
			probe_read(&probes->items[from + i], list->items[i], &source);
		items_check(probes, from, list, &source);
	}
	node_free(root);
	free(path);
}

static int is_yaml(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return entry->d_name[0] != '.' && n > 5 && strcmp(entry->d_name + n - 5, ".yaml") == 0;
}

/* All files of the folder "probes", in the order of their names. */
static void items_load(struct probes *probes, const char *dir, struct errs *errs)
{
	char *folder = xasprintf("%s/probes", dir);
	struct dirent **entries;
	int n = scandir(folder, &entries, is_yaml, alphasort), i;

	if (n < 0)
		err_set(errs_add(errs), ERR_INVALID, "cannot read the folder '%s': %s", folder,
			strerror(errno));
	for (i = 0; i < n; i++) {
		file_load(probes, folder, entries[i]->d_name, errs);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	groups_check(probes, dir, errs);
	free(folder);
}

int probes_load(struct probes *probes, const char *dir, struct errs *errs)
{
	size_t before = errs->n;

	memset(probes, 0, sizeof *probes);
	bindings_load(&probes->bindings, &probes->n_bindings, dir, errs);
	if (errs->n == before)
		items_load(probes, dir, errs);
	if (errs->n != before) {
		probes_release(probes);
		return -1;
	}
	index_make(probes);
	return 0;
}

static void probe_release(struct probe *p)
{
	size_t i;

	free(p->id);
	free(p->group);
	free(p->what);
	free(p->function);
	free(p->setup);
	free(p->call);
	free(p->sizes);
	texts_free(p->only, p->n_only);
	for (i = 0; i < p->n_absent; i++) {
		free(p->absent[i].binding);
		free(p->absent[i].why);
	}
	free(p->absent);
	texts_free(p->claims, p->n_claims);
	free(p->role.type);
	free(p->role.access);
	free(p->role.kernel);
}

void probes_release(struct probes *probes)
{
	size_t i;

	for (i = 0; i < probes->n; i++)
		probe_release(&probes->items[i]);
	bindings_release(probes->bindings, probes->n_bindings);
	free(probes->items);
	free(probes->by_id);
	memset(probes, 0, sizeof *probes);
}

const struct binding *probes_binding(const struct probes *probes, const char *id)
{
	size_t i;

	for (i = 0; i < probes->n_bindings; i++) {
		if (probes->bindings[i].id && strcmp(probes->bindings[i].id, id) == 0)
			return &probes->bindings[i];
	}
	return NULL;
}

static int compare_key(const void *key, const void *item)
{
	return strcmp(key, (*(const struct probe *const *)item)->id);
}

const struct probe *probes_find(const struct probes *probes, const char *id)
{
	const struct probe **found;

	if (!probes->n)
		return NULL;
	found = bsearch(id, probes->by_id, probes->n, sizeof *probes->by_id, compare_key);
	return found ? *found : NULL;
}

static int holds(char *const *texts, size_t n, const char *text)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(texts[i], text) == 0)
			return 1;
	}
	return 0;
}

const char *reads_word(enum reads reads)
{
	return reads_words[reads];
}

enum reads reads_of(const char *word)
{
	size_t i;

	for (i = 1; i < COUNT(reads_words); i++) {
		if (strcmp(reads_words[i], word) == 0)
			return (enum reads)i;
	}
	return READS_NOTHING;
}

const char *probe_absent(const struct probe *probe, const struct binding *binding)
{
	size_t i;

	for (i = 0; i < probe->n_absent; i++) {
		if (strcmp(probe->absent[i].binding, binding->id) == 0)
			return probe->absent[i].why;
	}
	if (binding->n_groups && !holds(binding->groups, binding->n_groups, probe->group))
		return binding->limits;
	if (probe->n_only && !holds(probe->only, probe->n_only, binding->id))
		return "it is an operation of other bindings only";
	return NULL;
}
