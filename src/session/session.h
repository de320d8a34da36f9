/*
 * session: asking, as a pure state machine: the answers so far, the question
 * that is asked now, and what follows from a reply. No terminal, no files, no
 * clock: every front end drives the same one.
 *
 *            reply, forward           none left
 *      asking ------------> next that -------> advice
 *        ^  ^               is asked            |  ^
 *        |  +---- back, jump ---+      refine,  |  | reply
 *        +-------------------------------------+  |
 *                        what-if ------------------+
 *
 * First come the core questions, and with tables the arguments as a whole
 * after them; then advice, from which any question can be gone to. Which
 * questions are asked depends on the answers: they are looked for anew at
 * each step, so a changed answer opens and closes others. Nothing is lost: an
 * answer whose question is not asked any more is kept and not used, and one
 * that hangs on a changed answer is marked.
 */
#ifndef FFIADVISE_SESSION_SESSION_H
#define FFIADVISE_SESSION_SESSION_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/questions.h"
#include "session/own.h"
#include "survey/survey.h"

enum session_step {
	STEP_QUESTION,
	STEP_INPUTS, /* the arguments as a table */
	STEP_ADVICE, /* all that is asked is answered, or the person wants to see it */
};

struct session_at {
	enum session_step step;
	const struct question *question; /* of STEP_QUESTION; else NULL */
	size_t input;                    /* of a question of SCOPE_INPUT */
};

/* What is remembered of a question beside its answer. */
struct session_mark {
	const struct question *question;
	size_t input;
	int passed; /* it was asked, and the answer is not known */
	int stale;  /* an answer it depends on was changed after it was given */
};

struct session_marks {
	struct session_mark *items;
	size_t n, cap;
};

/* The answers as they were before a change, and where it was made. */
struct session_past {
	struct answers answers;
	struct session_marks marks;
	struct session_at at;
};

struct session_variant {
	char *name;
	struct answers answers;
};

struct session {
	const struct questions *questions;
	struct answers answers;
	const struct question **order; /* the core questions, in the order they are asked */
	size_t n;
	int tables;                    /* the front end can show the arguments as a table */
	struct session_at at;
	struct session_at *trail;      /* where it was, for back; at is trail[n_trail] */
	size_t n_trail, cap_trail;
	struct session_at *ahead;      /* where it went back from, for forward */
	size_t n_ahead, cap_ahead;
	struct session_at home;        /* the table or the advice a question was gone to from, */
	int has_home;                  /* to which its reply returns */
	int advised;                   /* the advice was reached once */
	int refining;                  /* questions are offered by what they would change */
	struct session_marks marks;
	struct session_past *past;
	size_t n_past, cap_past;
	struct session_variant *variants;
	size_t n_variants, cap_variants;
	unsigned long variant_changes; /* how often one was kept or dropped */
	unsigned long changes;         /* of the answers so far */
	char **notes;                  /* what should be known of how the call was measured */
	size_t n_notes;
};

void session_init(struct session *session, const struct questions *questions);
/* With answers that are there already (copied): what was measured is not asked, nor the core
 * questions on inputs of which something was. */
void session_init_from(struct session *session, const struct answers *answers);
void session_release(struct session *session);

/* The question asked now; NULL when there is none. */
const struct question *session_question(const struct session *session);
/* "3 of 9": its number among the core questions with the answers as they are; number 0
 * for a question that is none. */
void session_count(const struct session *session, size_t *number, size_t *of);
/* The value the question asked now has so far. */
const struct value *session_value(const struct session *session);
/*
 * Takes a reply as it is typed (a digit stands for the choice of that number;
 * nothing or "unknown" for not knowing) and goes on. -1 and an err when it is
 * not allowed: the question stays.
 */
int session_reply(struct session *session, const char *text, struct err *err);
/* Whether such a reply is allowed; value, which is initialised, becomes what it says. */
int session_try(const struct session *session, struct value *value, const char *text,
	struct err *err);
/* Goes back to where it was before; 0 when it was nowhere. */
int session_back(struct session *session);
/* Goes on without a reply. */
void session_forward(struct session *session);
/* Goes to a question, the table or the advice. */
void session_go(struct session *session, struct session_at to);
/* Puts the front at the first question that is open, or at the advice: after answers came
 * from elsewhere. */
void session_begin(struct session *session);

/*
 * Offers the best of the questions that are open: wanted lists those that would
 * narrow the verdict, the first most; then the others in the order of the
 * file. 0, and the advice, when none is left.
 */
int session_refine(struct session *session, const struct session_at *wanted, size_t n);

/* session_answers.c: from the answers of a session to those advice takes, and from a call to
 * answers. */

/* Answers of a session without those whose question is not asked; to is plain memory. */
void session_answers(const struct answers *from, struct answers *to);
/* The same as advice takes them, with the cross-checks done. survey is filled. */
void session_survey(const struct answers *answers, struct survey *survey);
/*
 * Takes what was seen of the person's own call, which was measured: what they said
 * stays (see seen.h), what an earlier call told does not. One change; what is asked
 * stays where it is.
 */
void session_learn(struct session *session, const struct own *own);
/* How many answers were measured on it. */
size_t session_measured(const struct answers *answers);
/* True when something of that input was. */
int session_was_seen(const struct answers *answers, size_t input);
void session_drop_notes(struct session *session);

/* session_list.c: the questions with their state. */

enum session_state {
	STATE_OPEN, STATE_ANSWERED, STATE_PASSED, STATE_STALE,
	STATE_LATER,    /* whether it is asked cannot be told yet */
	STATE_UNNEEDED, /* not asked with the answers as they are */
};

struct session_row {
	struct session_at at;
	enum session_state state;
};

enum session_state session_state(const struct session *session, struct session_at at);
/* The core questions and the others, in order; the caller frees *rows. */
size_t session_rows(const struct session *session, struct session_row **rows);
/* True when the answers as they are have it asked, and it was not measured. */
int session_asks(const struct session *session, struct session_at at);
/* True when it is asked before the first advice, with the answers as they are. */
int session_is_core(const struct session *session, struct session_at at);

/* session_edit.c: changes that are no replies. Each counts as one change. */

/* Remembers the answers as they are, for undo; before a change is made at `at`. */
void session_remember(struct session *session, struct session_at at);
/* What was before is no more: nothing is there to take back. */
void session_forget_past(struct session *session);
/* Takes the last change back; 0 when there was none. */
int session_undo(struct session *session);
/* One more argument, at the end; its index. -1: there are too many. */
long session_add_input(struct session *session);
/* A copy of the i-th, after it. */
long session_copy_input(struct session *session, size_t i);
void session_delete_input(struct session *session, size_t i);
/* Moves the i-th by one place, up or down; its new place. */
size_t session_move_input(struct session *session, size_t i, int down);
/* Keeps answers (copied; NULL: as they are) under a name (copied; NULL for "variant N"). */
void session_keep(struct session *session, const char *name, const struct answers *answers);
/* Takes the answers of a variant. */
void session_take(struct session *session, size_t variant);
void session_drop(struct session *session, size_t variant);
/* All answers from elsewhere: a file, another session. */
void session_replace(struct session *session, const struct answers *answers);

/* The mark of a question; NULL when there is none. */
struct session_mark *session_mark(const struct session *session, struct session_at at);
/* The same, made when there is none. */
struct session_mark *session_mark_add(struct session *session, struct session_at at);

#endif
