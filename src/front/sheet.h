/*
 * sheet: the advice that goes with the answers of a session, made anew at each
 * change. A sheet owns its answers and its report; figures are shared by
 * counting, in the main thread alone.
 */
#ifndef FFIADVISE_FRONT_SHEET_H
#define FFIADVISE_FRONT_SHEET_H

#include "session/session.h"
#include "show/report.h"

struct figures_shared {
	struct measurements *ms; /* of the first interpreter, and of the others it refers to */
	size_t n;
	int users;
};

/* Takes the n measurements over, and the array; one user. */
struct figures_shared *figures_share(struct measurements *ms, size_t n);
void figures_drop(struct figures_shared *figures);

struct sheet {
	struct survey survey;
	struct report report;
	struct figures_shared *figures;
	unsigned long changes; /* session.changes it was made at */
	int is_whole;          /* sheet_finish() was there */
};

/* The advice of its one function. */
const struct advice *sheet_advice(const struct sheet *sheet);
/* At once, in some milliseconds; for the session's answers, or others of its questions. What
 * would change the verdict is missing. */
struct sheet *sheet_make(const struct catalog *catalog, const struct session *session,
	const struct answers *answers, struct figures_shared *figures);
/* Brings that in, which takes some milliseconds more and may lower the confidence. 1 where
 * they were missing. NULL is fine. */
int sheet_finish(struct sheet *sheet);
/* NULL is fine. */
void sheet_free(struct sheet *sheet);

#endif
