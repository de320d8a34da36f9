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
	struct figures_memo *own; /* what reckon() made; NULL after reckon_trial() */
};

/* answers, catalog and measurements are borrowed and must outlive it. */
void reckon(struct reckoning *reckoning, const struct answers *answers,
	const struct catalog *catalog, const struct measurements *measurements);
/*
 * Once more, up to the verdict only, and without evidence: what speaks for and
 * against, and the facts of the ways not taken, are for a reader. figures are
 * those of a reckoning that lives as long, or a catalog, measurements and a memo.
 * draw NULL: as ranges. The reckoning is zeroed before its first trial; its
 * room serves the next one. Its verdict's confidence is not set.
 */
void reckon_trial(struct reckoning *reckoning, const struct figures *figures,
	const struct answers *answers, const struct draw *draw);
/* Lets go of the memo, which is most of it, when nothing more is reckoned with it. */
void reckon_forget(struct reckoning *reckoning);
void reckon_release(struct reckoning *reckoning);

#endif
