/*
 * desk: the advice that goes with the answers, made anew at each change: at
 * once without what would change it, and whole by a thread a little later, so
 * that no key waits for it. A brief owns its answers and its report; figures
 * are shared by counting, in the main thread alone.
 */
#ifndef FFIADVISE_FRONT_DESK_H
#define FFIADVISE_FRONT_DESK_H

#include "session/session.h"
#include "show/report.h"

struct figures_shared {
	struct measurements m;
	int users;
};

/* Takes over what m holds; one user. */
struct figures_shared *figures_share(struct measurements *m);
void figures_drop(struct figures_shared *figures);

struct brief {
	struct survey survey;
	struct report report;
	struct figures_shared *figures;
	int whole;             /* with what would change it */
	unsigned long changes; /* session.changes it was made at */
};

/* The advice of its one function. */
const struct advice *brief_advice(const struct brief *brief);
/* Without flips, in a millisecond; for the session's answers, or others of its questions. */
struct brief *brief_sketch(const struct catalog *catalog, const struct session *session,
	const struct answers *answers, struct figures_shared *figures);
/* Makes what is missing, in a tenth of a second. */
void brief_complete(struct brief *brief, const struct catalog *catalog);
/* NULL is fine. */
void brief_free(struct brief *brief);

struct desk;

struct desk *desk_start(const struct catalog *catalog, struct err *err);
void desk_free(struct desk *desk);
/* Readable when a brief is ready. */
int desk_fd(const struct desk *desk);
/* Asks for the whole; what was asked before and not begun is forgotten. */
void desk_ask(struct desk *desk, const struct session *session, struct figures_shared *figures);
/* The newest that is ready, else NULL; the caller's. */
struct brief *desk_take(struct desk *desk);
/* True while one is asked for and not taken. */
int desk_busy(const struct desk *desk);

#endif
