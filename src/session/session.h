/*
 * session: asking, as a pure state machine: the answers so far, the question
 * that is asked now, and what follows from a reply. No terminal, no files, no
 * clock: every front end drives the same one.
 *
 *      +---------> asking <---------+
 *      |   reply |  | back          |
 *      |         v  v               |
 *      +---- next that is asked ----+
 *                  | none left
 *                  v
 *                done
 *
 * Which questions are asked depends on the answers: they are looked for anew
 * at each step, so a changed answer opens and closes others; nothing is lost.
 */
#ifndef FFIADVISE_SESSION_SESSION_H
#define FFIADVISE_SESSION_SESSION_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/questions.h"
#include "survey/survey.h"

struct session {
	const struct questions *questions;
	struct survey survey; /* one function, whose answers are filled; owned */
	const struct question **order; /* the core questions, in the order they are asked */
	size_t n;
	size_t at;            /* n: done */
	int seen;             /* the inputs are known: nothing is asked of them */
};

void session_init(struct session *session, const struct questions *questions);
/* With what is known already, of one function, which moves in: what was measured is not asked. */
void session_init_from(struct session *session, struct survey *survey);
void session_release(struct session *session);
/* The question asked now; NULL when done. */
const struct question *session_question(const struct session *session);
/* "3 of 9": its number among those asked with the answers as they are. */
void session_count(const struct session *session, size_t *number, size_t *of);
/* The value it has so far. */
const struct value *session_value(const struct session *session);
/*
 * Takes a reply as it is typed (a digit stands for the choice of that number;
 * nothing or "unknown" for not knowing) and goes on. -1 and an err when it is
 * not allowed: the question stays.
 */
int session_reply(struct session *session, const char *text, struct err *err);
/* Goes back one question; 0 when there was none before. */
int session_back(struct session *session);
/* The answers, with their cross-checks done. */
const struct survey *session_finish(struct session *session);

#endif
