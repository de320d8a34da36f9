#include "catalog/reference.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"

static const char *const kind_words[] = {"in", "out", "gain", "figure"};
static const char *const how_words[] = {"none", "by-reference", "copy", "zero-copy", "native-class"};
static const char *const form_words[] = {"none", "plain", "idiomatic", "objects", "native",
	"vectorised", "indexed"};

/* A number, [low, high] or [low, likely, high]. */
static struct est read_est(struct reader *r, const char *key, struct est fallback)
{
	const struct node *node = reader_node(r, key);
	double v[3];
	size_t n, i;
	char **texts, *end;
	struct est e = fallback;

	if (!node)
		return fallback;
	texts = reader_texts(r, key, &n);
	for (i = 0; i < n && i < 3; i++) {
		v[i] = strtod(texts[i], &end);
		if (*end || !*texts[i] || !(v[i] >= 0) || isinf(v[i]) || (i && v[i] < v[i - 1])) {
			n = 0;
			break;
		}
	}
	if (n < 1 || n > 3)
		node_complain(node, r->file, r->errs,
			"'%s' has to be a number, [low, high] or [low, likely, high], rising", key);
	else
		e = n == 1 ? est_point(v[0]) : n == 2 ? est_range(v[0], v[1]) : est(v[0], v[1], v[2]);
	texts_free(texts, n < 1 || n > 3 ? 0 : n);
	return e;
}

static void read_reference(struct reference *ref, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	ref->id = reader_need(&r, "id");
	ref->kind = reader_word(&r, "kind", kind_words, 4, REFERENCE_FIGURE);
	ref->assumed = reader_bool(&r, "assumed", 0);
	ref->type = reader_text(&r, "type");
	ref->how = reader_word(&r, "how", how_words, 5, HOW_NONE);
	ref->binding = reader_text(&r, "binding");
	ref->work = reader_text(&r, "work");
	ref->form = reader_word(&r, "form", form_words, sizeof form_words / sizeof *form_words,
		FORM_NONE);
	ref->fixed = read_est(&r, "fixed", est_point(0));
	ref->per_item = read_est(&r, "per_item", est_point(0));
	ref->value = read_est(&r, "value", est_point(0));
	ref->source = reader_need(&r, "source");
	ref->date = reader_text(&r, "date");
	if ((ref->kind == REFERENCE_IN || ref->kind == REFERENCE_OUT) && !ref->type && r.map)
		node_complain(node, file, errs, "a cost 'in' or 'out' needs its 'type'");
	if (ref->kind == REFERENCE_GAIN && (!ref->work || ref->form == FORM_NONE) && r.map)
		node_complain(node, file, errs, "a gain needs its 'work' and 'form'");
	reader_end(&r);
}

static void add_share(struct work *work, char *kernel, double part)
{
	work->kernels = xreallocarray(work->kernels, work->n_kernels + 1, sizeof *work->kernels);
	work->kernels[work->n_kernels].kernel = kernel;
	work->kernels[work->n_kernels++].part = part;
}

/* {kernel: part, ...}: parts above 0 that sum to 1. */
static void read_shares(struct work *work, const struct node *map, const char *file,
	struct errs *errs)
{
	double sum = 0, part;
	char *end;
	size_t i;

	for (i = 0; map->kind == NODE_MAP && i < map->n; i++) {
		const struct node *item = map->items[i];

		part = item->kind == NODE_SCALAR ? strtod(item->text, &end) : 0;
		if (!(part > 0) || *end) {
			node_complain(item, file, errs, "the part of '%s' has to be a number above 0",
				item->key);
			return;
		}
		add_share(work, xstrdup(item->key), part);
		sum += part;
	}
	if (fabs(sum - 1) > 1e-6)
		node_complain(map, file, errs,
			"'kernels' has to be a map of kernels and their parts, which sum to 1");
}

static void read_work(struct work *work, const struct node *node, const char *file,
	struct errs *errs)
{
	const struct node *shares;
	char *kernel;
	struct reader r;

	reader_begin(&r, node, file, errs);
	work->id = reader_need(&r, "work");
	kernel = reader_text(&r, "kernel");
	shares = reader_node(&r, "kernels");
	if (kernel)
		add_share(work, kernel, 1);
	if (kernel && shares)
		node_complain(shares, file, errs, "a work has a 'kernel' or 'kernels', not both");
	else if (shares)
		read_shares(work, shares, file, errs);
	work->spread = read_est(&r, "spread", est_point(1));
	work->objects_spread = read_est(&r, "objects_spread", work->spread);
	work->source = reader_need(&r, "source");
	reader_end(&r);
}

/* FNV-1a over prefix, a slash where there is a prefix, and id. */
static size_t hash(const char *prefix, const char *id)
{
	uint64_t h = 14695981039346656037u;

	for (; *prefix; prefix++)
		h = (h ^ (unsigned char)*prefix) * 1099511628211u;
	for (; *id; id++)
		h = (h ^ (unsigned char)*id) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

static int is_named(const struct reference *ref, const char *prefix, const char *id)
{
	size_t n = strlen(prefix);

	return strncmp(ref->id, prefix, n) == 0 && strcmp(ref->id + n, id) == 0;
}

/* The figure's place in the index, or the empty one where it belongs. */
static size_t slot_of(const struct references *refs, const char *prefix, const char *id)
{
	size_t slot = hash(prefix, id) & (refs->index_size - 1);

	while (refs->index[slot] && !is_named(&refs->items[refs->index[slot] - 1], prefix, id))
		slot = (slot + 1) & (refs->index_size - 1);
	return slot;
}

/* At most half full, in a power of two. */
static void index_figures(struct references *refs)
{
	size_t i, slot;

	refs->index_size = 64;
	while (refs->index_size < 2 * refs->n)
		refs->index_size *= 2;
	refs->index = xcalloc(refs->index_size, sizeof *refs->index);
	for (i = 0; i < refs->n; i++) {
		if (refs->items[i].kind != REFERENCE_FIGURE)
			continue;
		slot = slot_of(refs, "", refs->items[i].id);
		if (!refs->index[slot])
			refs->index[slot] = i + 1;
	}
}

int references_load(struct references *references, const char *dir, struct errs *errs)
{
	size_t before = errs->n, i;
	const struct node *list;
	struct node *root;
	char *path;

	memset(references, 0, sizeof *references);
	root = data_read(dir, "reference.yaml", &path, errs);
	list = data_list(root, "reference", path, errs);
	if (list)
		references->items = xcalloc(list->n, sizeof *references->items);
	for (i = 0; list && i < list->n; i++)
		read_reference(&references->items[references->n++], list->items[i], path, errs);
	node_free(root);
	free(path);
	root = data_read(dir, "kernels.yaml", &path, errs);
	list = data_list(root, "works", path, errs);
	if (list)
		references->works = xcalloc(list->n, sizeof *references->works);
	for (i = 0; list && i < list->n; i++)
		read_work(&references->works[references->n_works++], list->items[i], path, errs);
	node_free(root);
	free(path);
	if (errs->n == before) {
		index_figures(references);
		return 0;
	}
	references_release(references);
	return -1;
}

static void work_release(struct work *work)
{
	size_t i;

	for (i = 0; i < work->n_kernels; i++)
		free(work->kernels[i].kernel);
	free(work->kernels);
	free(work->id);
	free(work->source);
}

void references_release(struct references *references)
{
	size_t i;

	for (i = 0; i < references->n; i++) {
		struct reference *ref = &references->items[i];

		free(ref->id);
		free(ref->type);
		free(ref->binding);
		free(ref->work);
		free(ref->source);
		free(ref->date);
	}
	for (i = 0; i < references->n_works; i++)
		work_release(&references->works[i]);
	free(references->items);
	free(references->works);
	free(references->index);
	memset(references, 0, sizeof *references);
}

static const struct reference *figure(const struct references *refs, const char *prefix,
	const char *id)
{
	size_t found = refs->index_size ? refs->index[slot_of(refs, prefix, id)] : 0;

	return found ? &refs->items[found - 1] : NULL;
}

const struct reference *references_figure(const struct references *references, const char *id)
{
	return figure(references, "", id);
}

const struct reference *references_figure_of(const struct references *references,
	const char *prefix, const char *id)
{
	char start[32];

	snprintf(start, sizeof start, "%s/", prefix);
	return figure(references, start, id);
}

const struct reference *references_cost(const struct references *references,
	enum reference_kind kind, const char *binding, const char *type, enum how how)
{
	const struct reference *best = NULL;
	int best_score = 0, score;
	size_t i;

	for (i = 0; i < references->n; i++) {
		const struct reference *ref = &references->items[i];

		if (ref->kind != kind || (kind == REFERENCE_IN && ref->how != how))
			continue;
		if (ref->binding && strcmp(ref->binding, binding) != 0)
			continue;
		if (strcmp(ref->type, "*") != 0 && strcmp(ref->type, type) != 0)
			continue;
		score = 1 + (strcmp(ref->type, "*") != 0) * 2 + (ref->binding != NULL);
		if (score > best_score) {
			best_score = score;
			best = ref;
		}
	}
	return best;
}

const struct reference *references_gain(const struct references *references, const char *work,
	enum form form)
{
	size_t i;

	for (i = 0; i < references->n; i++) {
		const struct reference *ref = &references->items[i];

		if (ref->kind == REFERENCE_GAIN && ref->form == form && strcmp(ref->work, work) == 0)
			return ref;
	}
	return NULL;
}

const struct work *references_work(const struct references *references, const char *id)
{
	size_t i;

	for (i = 0; i < references->n_works; i++) {
		if (strcmp(references->works[i].id, id) == 0)
			return &references->works[i];
	}
	return NULL;
}

const struct share *work_share(const struct work *work, const char *kernel)
{
	size_t i;

	for (i = 0; work && i < work->n_kernels; i++) {
		if (strcmp(work->kernels[i].kernel, kernel) == 0)
			return &work->kernels[i];
	}
	return NULL;
}
