/*
 * reckon: from answers and measurements to priced options and a verdict, in
 * one pure step that is cheap enough to be repeated with changed answers:
 * that is how flips, break-evens and what-ifs are found.
 */
#ifndef FFIADVISE_ADVISE_RECKON_H
#define FFIADVISE_ADVISE_RECKON_H

#include "advise/facts.h"
#include "advise/figures.h"
#include "advise/option.h"
#include "advise/verdict.h"
#include "advise/workload.h"
#include "catalog/catalog.h"

struct reckoning {
	struct workload workload;
	struct figures figures;
	struct options options;
	struct facts facts;
	struct verdict verdict;
};

/*
 * answers, catalog and measurements are borrowed and must outlive it. A trial
 * stops at the verdict: what speaks for and against, and the facts of the ways
 * not taken, are for a reader.
 */
void reckon(struct reckoning *reckoning, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements, int trial);
void reckon_release(struct reckoning *reckoning);

#endif
