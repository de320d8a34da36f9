/*
 * brief: of one function what a list of many needs: the verdict, the prediction
 * and what its program gains; a few hundred bytes that borrow from answers and
 * catalog only, so that ten thousand of them are kept while one reckoning
 * serves all. Nothing to release.
 */
#ifndef FFIADVISE_ADVISE_BRIEF_H
#define FFIADVISE_ADVISE_BRIEF_H

#include "advise/reckon.h"

enum reaches { REACHES_NO, REACHES_UNLIKELY, REACHES_LIKELY, REACHES_YES, REACHES_UNASKED };

struct brief {
	const char *name;
	char option[96];            /* its id */
	enum use use;
	const struct binding *binding;
	const char *tool_kind, *tool_id;
	unsigned design;
	const struct library *library; /* NULL: none, or none that is known */
	int rework, present;           /* as of the option */
	int native_now;                /* as of the workload */
	struct cost cost;
	struct est time_now, time_after, speedup, program_speedup, memory;
	enum basis basis;
	struct est share;           /* of the program's time, now */
	int share_known;
	enum confidence confidence; /* by the three ends of all ranges; certainty asks more */
	enum reaches reaches_goal;
	double goal;                /* the speed-up that is wanted; while reaches_goal is asked for */
};

/* Of a reckoning with a verdict and its confidence. */
void brief_make(struct brief *brief, const struct reckoning *reckoning);
/* Reckons in room, which is zeroed or was used before, with the figures' memo. */
void brief_reckon(struct brief *brief, struct reckoning *room, const struct figures *figures,
	const struct answers *answers);
/* The verdict as a person would say it; the caller frees it. */
char *brief_title(const struct brief *brief);
const char *reaches_word(enum reaches reaches);

#endif
