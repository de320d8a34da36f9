#include "catalog/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "catalog/read.h"

static const char *const kind_words[WORD_KINDS] = {"use", "design", "way", "tool", "basis",
	"confidence", "goal", "grade", "place", "cost", "fact"};

static void read_word(struct words *words, const struct node *node, const char *file,
	struct errs *errs)
{
	struct word *word = &words->items[words->n++];
	struct reader r;
	size_t i;

	reader_begin(&r, node, file, errs);
	word->word = reader_need(&r, "word");
	word->kind = (enum word_kind)reader_word(&r, "kind", kind_words, WORD_KINDS, WORD_FACT);
	word->text = reader_need(&r, "text");
	if (reader_end(&r) < 0)
		return;
	for (i = 0; i + 1 < words->n; i++) {
		const struct word *other = &words->items[i];

		if (other->kind == word->kind && other->word &&
			strcmp(other->word, word->word) == 0)
			node_complain(node, file, errs, "the word '%s' stands here a second time",
				word->word);
	}
}

int words_load(struct words *words, const char *dir, struct errs *errs)
{
	size_t before = errs->n, i;
	const struct node *list;
	struct node *root;
	char *path;

	memset(words, 0, sizeof *words);
	root = data_read(dir, "words.yaml", &path, errs);
	list = data_list(root, "words", path, errs);
	if (list)
		words->items = xcalloc(list->n + 1, sizeof *words->items);
	for (i = 0; list && i < list->n; i++)
		read_word(words, list->items[i], path, errs);
	node_free(root);
	free(path);
	if (errs->n == before)
		return 0;
	words_release(words);
	return -1;
}

void words_release(struct words *words)
{
	size_t i;

	for (i = 0; i < words->n; i++) {
		free(words->items[i].word);
		free(words->items[i].text);
	}
	free(words->items);
	memset(words, 0, sizeof *words);
}

/* "main.*" is the family of "main.copy". */
static int is_family(const char *family, const char *word)
{
	size_t n = strlen(family);

	return n > 1 && family[n - 1] == '*' && strncmp(family, word, n - 1) == 0 && word[n - 1];
}

const struct word *words_find(const struct words *words, enum word_kind kind, const char *word)
{
	const struct word *family = NULL;
	size_t i;

	for (i = 0; i < words->n; i++) {
		const struct word *entry = &words->items[i];

		if (entry->kind != kind)
			continue;
		if (strcmp(entry->word, word) == 0)
			return entry;
		/* The longest family is the nearest. */
		if (is_family(entry->word, word) &&
			(!family || strlen(entry->word) > strlen(family->word)))
			family = entry;
	}
	return family;
}
