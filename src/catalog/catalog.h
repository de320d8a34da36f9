/*
 * catalog: all of the data folder, loaded once and cross-checked, read-only
 * from then on. Everything above this layer borrows from it; the front end
 * that loaded it releases it last.
 */
#ifndef FFIADVISE_CATALOG_CATALOG_H
#define FFIADVISE_CATALOG_CATALOG_H

#include "base/err.h"
#include "catalog/claims.h"
#include "catalog/libraries.h"
#include "catalog/probes.h"
#include "catalog/questions.h"
#include "catalog/reference.h"
#include "catalog/rules.h"
#include "catalog/spellings.h"
#include "catalog/words.h"

struct catalog {
	struct questions questions;
	struct probes probes;
	struct references references;
	struct rules rules;
	struct spellings spellings;
	struct claims claims;
	struct words words;
	struct libraries libraries;
};

/* 0, or -1 with every mistake of every file in errs. */
int catalog_load(struct catalog *catalog, const char *dir, struct errs *errs);
void catalog_release(struct catalog *catalog);

#endif
