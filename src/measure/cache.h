/*
 * cache: what was measured today, used again. One file for an interpreter in
 * the user's cache folder; whether it may stand for a run made now; and how a
 * run that lacks some of a plan is completed: ratios are only taken within one
 * run, so the alternatives of one decision are measured anew together.
 */
#ifndef FFIADVISE_MEASURE_CACHE_H
#define FFIADVISE_MEASURE_CACHE_H

#include "base/err.h"
#include "base/str.h"
#include "measure/plan.h"
#include "measure/store.h"

/*
 * $XDG_CACHE_HOME/ffiadvise, by default below ~/.cache; the caller frees it. NULL
 * when there is no place for it: a relative folder counts as none, as the XDG base
 * directory rules say.
 */
char *cache_folder(void);
/*
 * $XDG_CACHE_HOME/ffiadvise/measurements-<interpreter_key>.json; the caller frees it.
 * NULL when there is no place for it.
 */
char *cache_path(const char *interpreter_key);
/* Saves to that path, making its folders (for this user only). */
int cache_save(const struct measurements *m, const char *path, struct err *err);
/*
 * True when m may be used for a run made now, here: taken within a day, on the
 * same machine and interpreter, by the same version and probe builds. Else why
 * (which may be NULL) is a sentence.
 */
int cache_usable(const struct measurements *m, const struct environment *now, struct str *why);
/*
 * Puts into `rest` (initialised) what of plan still has to be measured: every
 * family of which m lacks an item, or has one that was spared and on which
 * something hangs now: weights, by m's items (NULL: nothing does). What failed
 * in m, or is in a binding that is absent there, is not tried again.
 */
void plan_without(struct plan *rest, const struct plan *plan, const struct measurements *m,
	const double *weights);
/*
 * Moves what fresh holds into m, in the place of what m had of it, and makes
 * the estimates anew. It is a run of its own there, so that no ratio is taken
 * across runs. Fresh is empty afterwards. The start stays m's, so that completing
 * a run does not lengthen its life; what others took of the CPUs meanwhile is the
 * mean over the figures.
 */
void measurements_merge(struct measurements *m, struct measurements *fresh);
/*
 * The same for what is a matter of its own, and whose figures somebody has gone by
 * already: they stay as they are.
 */
void measurements_adopt(struct measurements *m, struct measurements *fresh);

#endif
