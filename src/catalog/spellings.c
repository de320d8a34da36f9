#include "catalog/spellings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "catalog/read.h"

static const char *const how_words[] = {"any", "by-reference", "copy", "zero-copy", "native-class"};

static void read_spelling(struct spelling *s, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	s->binding = reader_need(&r, "binding");
	s->type = reader_need(&r, "type");
	s->how = reader_word(&r, "how", how_words, 5, HOW_NONE);
	s->result = reader_bool(&r, "result", 0);
	s->native = reader_need(&r, "native");
	s->beside = reader_text(&r, "beside");
	reader_end(&r);
}

static void read_form(struct signature_form *f, const struct node *node, const char *file,
	struct errs *errs)
{
	struct reader r;

	reader_begin(&r, node, file, errs);
	f->binding = reader_need(&r, "binding");
	f->form = reader_need(&r, "form");
	f->argument = reader_need(&r, "argument");
	f->separator = reader_need(&r, "separator");
	reader_end(&r);
}

static void read_lists(struct spellings *spellings, const struct node *root, const char *file,
	struct errs *errs)
{
	const struct node *types, *forms;
	struct reader r;
	size_t i;

	reader_begin(&r, root, file, errs);
	types = reader_list(&r, "spellings");
	forms = reader_list(&r, "signatures");
	if (reader_end(&r) < 0)
		return;
	spellings->items = xcalloc(types->n + 1, sizeof *spellings->items);
	for (i = 0; i < types->n; i++)
		read_spelling(&spellings->items[spellings->n++], types->items[i], file, errs);
	spellings->forms = xcalloc(forms->n + 1, sizeof *spellings->forms);
	for (i = 0; i < forms->n; i++)
		read_form(&spellings->forms[spellings->n_forms++], forms->items[i], file, errs);
}

int spellings_load(struct spellings *spellings, const char *dir, struct errs *errs)
{
	size_t before = errs->n;
	struct node *root;
	char *path;

	memset(spellings, 0, sizeof *spellings);
	root = data_read(dir, "spellings.yaml", &path, errs);
	if (root)
		read_lists(spellings, root, path, errs);
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	spellings_release(spellings);
	return -1;
}

void spellings_release(struct spellings *spellings)
{
	size_t i;

	for (i = 0; i < spellings->n; i++) {
		free(spellings->items[i].binding);
		free(spellings->items[i].type);
		free(spellings->items[i].native);
		free(spellings->items[i].beside);
	}
	for (i = 0; i < spellings->n_forms; i++) {
		free(spellings->forms[i].binding);
		free(spellings->forms[i].form);
		free(spellings->forms[i].argument);
		free(spellings->forms[i].separator);
	}
	free(spellings->items);
	free(spellings->forms);
	memset(spellings, 0, sizeof *spellings);
}

const struct spelling *spellings_find(const struct spellings *spellings, const char *binding,
	const char *type, const char *base, enum how how, int result)
{
	const struct spelling *best = NULL;
	int best_score = -1, score;
	size_t i;

	for (i = 0; i < spellings->n; i++) {
		const struct spelling *s = &spellings->items[i];

		if (s->result != result || strcmp(s->binding, binding) != 0)
			continue;
		if (s->how != HOW_NONE && s->how != how)
			continue;
		if (strcmp(s->type, type) != 0 && strcmp(s->type, base) != 0 &&
			strcmp(s->type, "*") != 0)
			continue;
		score = (strcmp(s->type, type) == 0) * 4 + (strcmp(s->type, "*") != 0) * 2 +
			(s->how != HOW_NONE);
		if (score > best_score) {
			best_score = score;
			best = s;
		}
	}
	return best;
}

const struct signature_form *spellings_form(const struct spellings *spellings, const char *binding)
{
	size_t i;

	for (i = 0; i < spellings->n_forms; i++) {
		if (strcmp(spellings->forms[i].binding, binding) == 0)
			return &spellings->forms[i];
	}
	return NULL;
}
