/*
 * world: what the program finds at its start: the catalog of data/ and the
 * stored measurement, loaded for a test or for all tests of a file. Tests run
 * from the top of the repository. What cannot be loaded fails the test.
 */
#ifndef FFIADVISE_TESTS_WORLD_H
#define FFIADVISE_TESTS_WORLD_H

#include "advise/figures.h"
#include "catalog/catalog.h"
#include "measure/store.h"
#include "survey/survey.h"

struct world {
	struct catalog catalog;
	struct measurements measured; /* the stored ones */
	struct figures figures;	      /* of these two, nothing remembered */
	struct survey survey;	      /* empty, for the test to fill */
};

/* Fixtures: *state is a struct world. */
int world_begin(void **state);
int world_begin_unmeasured(void **state); /* nothing is measured in it yet */
int world_end(void **state);

/* The same for who has a place of their own for it; the caller releases it. */
void world_catalog(struct catalog *catalog);
void world_stored(struct measurements *measured);

/* An answers file of that text, which has to be right; the caller releases it. */
void world_survey(const struct questions *all, const char *text, struct survey *survey);

/* Fixtures of a whole file that needs the questions alone. */
extern struct questions questions;
int questions_begin(void **state);
int questions_end(void **state);

#endif
