/*
 * view_claims: the seed's claims against this machine, as text and as the
 * JSON of report-format.md. It borrows the judgements and the measurements.
 */
#ifndef FFIADVISE_SHOW_VIEW_CLAIMS_H
#define FFIADVISE_SHOW_VIEW_CLAIMS_H

#include "advise/judge.h"
#include "measure/store.h"
#include "show/lines.h"

/* A line for each claim with what its tests say, then how many came to what. */
void view_claims(struct lines *lines, const struct judgement *judgements, size_t n,
	const struct measurements *m);
/*
 * The report without functions and ranking, with "claims": n judgements for each of
 * n_ms interpreters, of which each names its own where there are several.
 */
void claims_json(const struct judgement *judgements, size_t n, const struct measurements *ms,
	size_t n_ms, struct str *out);

#endif
