/*
 * words: data/words.yaml: the words that reports use, each with a sentence for
 * who never saw it. A word may have several kinds ("wait" is one of costs); its
 * entries then all hold. Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_WORDS_H
#define FFIADVISE_CATALOG_WORDS_H

#include <stddef.h>

#include "base/err.h"

enum word_kind {
	WORD_USE, WORD_DESIGN, WORD_WAY, WORD_TOOL, WORD_BASIS, WORD_CONFIDENCE, WORD_GOAL,
	WORD_GRADE, WORD_PLACE, WORD_COST,
	WORD_FACT, /* a quantity that rules ask about; "main.*" stands for a family */
	WORD_KINDS
};

struct word {
	char *word;
	enum word_kind kind;
	char *text;
};

struct words {
	struct word *items;
	size_t n;
};

/* 0, or -1 with every mistake in errs; words is then empty. */
int words_load(struct words *words, const char *dir, struct errs *errs);
void words_release(struct words *words);
/* The entry of that kind: the word's own, else its family's; NULL for none. */
const struct word *words_find(const struct words *words, enum word_kind kind, const char *word);

#endif
