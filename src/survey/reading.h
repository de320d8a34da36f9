/*
 * reading: the state of reading one answers file, shared by survey.c (the file
 * as a whole) and survey_read.c (the keys and values of one function). Lives
 * for one survey_read(); nothing outside survey/ includes it.
 */
#ifndef FFIADVISE_SURVEY_READING_H
#define FFIADVISE_SURVEY_READING_H

#include "base/err.h"
#include "catalog/yamlio.h"
#include "survey/answers.h"

enum { SECTIONS_MAX = 16 };

struct reading {
	const struct questions *questions;
	const char *file;
	struct errs *errs;
	const char *sections[SECTIONS_MAX]; /* "goal", "function" ...; in section_texts */
	char *section_texts;
	size_t n_sections;
	char prefix[48];  /* "functions[3].", "defaults." or "" */
	int stop;	  /* too many mistakes: the rest is not read */
	struct err spare; /* for mistakes that are not kept */
};

/* Finds the sections; reading_end() frees what it took. */
void reading_begin(
	struct reading *r, const struct questions *questions, const char *file, struct errs *errs);
void reading_end(struct reading *r);

/* An err for the caller to fill. err_set() clears its place, so that goes in last. */
struct err *mistake(struct reading *r);
void at_value(struct reading *r, struct err *err, const struct node *node);
void at_key(struct reading *r, struct err *err, const struct node *node);

/* "a list", "a map", "one value" */
const char *kind_words(const struct node *node);
/* Absent in all but form: null, empty, unknown. */
int says_nothing(const struct node *node);
/* True when node is a map; else it says nothing, or that is told. */
int want_map(struct reading *r, const struct node *node, const char *where);

/*
 * Reads the map of one function over what the answers hold already (maps merge,
 * lists replace). Keys in pass_over (NULL-terminated) are not looked at.
 */
void read_function(struct reading *r, struct answers *answers, const struct node *map,
	const char *const *pass_over);

#endif
