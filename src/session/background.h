/*
 * background: measuring while somebody answers. One thread owns the figures
 * it works on, measures what the answers so far call for, and hands over
 * copies; whoever asks never waits for it. The person's own call goes before:
 * what runs is interrupted for it and taken up again, so that they do not
 * disturb each other. Of several interpreters the first is measured as the answers
 * come, and all together when there is nothing else to do. A descriptor becomes
 * readable when there is something new. The workers belong to the thread and end
 * with it; when the program is killed the kernel ends them.
 *
 * Signals are left to the thread that started it. The catalog is only read.
 */
#ifndef FFIADVISE_SESSION_BACKGROUND_H
#define FFIADVISE_SESSION_BACKGROUND_H

#include "session/own.h"
#include "session/places.h"
#include "session/run.h"

struct background;

enum background_phase {
	BACKGROUND_LOADING,  /* a file or the cache */
	BACKGROUND_RUNNING,
	BACKGROUND_RESTING,  /* all that is wanted is there */
	BACKGROUND_STOPPED,  /* by background_stop() */
	BACKGROUND_FAILED,   /* nothing can be measured: the sentence says why */
};

struct background_state {
	enum background_phase phase;
	int comparing;          /* what runs is all interpreters together */
	int calling;            /* the person's own call is on, or waits for its turn */
	char doing[96];         /* "starting", "checking", "measuring", or a line of a build */
	int done, wanted;       /* of the run that is on */
	double elapsed, budget; /* seconds */
	enum grade grade;
	int from_file;          /* the figures are a file's */
	int busy;               /* there is more to come, for the answers or of the call */
	struct err why;         /* of BACKGROUND_FAILED */
};

/*
 * Starts it, with n interpreters, the first being the one that is used now;
 * options->progress and stop_fd are not used. NULL when no thread
 * can be had. Everything given must outlive it.
 */
struct background *background_start(const struct catalog *catalog, const struct places *places,
	const struct python *pythons, size_t n, const struct run_options *options,
	struct err *err);
/* Ends it: a run is stopped, the workers are gone afterwards. */
void background_free(struct background *background);
/* Readable when the state or the figures changed. */
int background_fd(const struct background *background);
/* What the answers are now (moved in). */
void background_want(struct background *background, struct survey *survey);
/* Stops measuring, the person's call too, until it is told to go on; what there is is kept. */
void background_stop(struct background *background);
void background_go_on(struct background *background);
/*
 * Has the person's own call measured (taken over), also where measuring was stopped. An
 * interpreter that it names is made ready first, which can take minutes, and is the one that
 * is measured in from then on. Only when none is on.
 */
void background_call(struct background *background, struct own *own);
void background_call_stop(struct background *background);
/* The call that came to an end since the last time, handed over; NULL for none. */
struct own *background_call_take(struct background *background);
void background_state(struct background *background, struct background_state *state);
/* New figures since the last time, the first interpreter's, which refer to the *n - 1 others behind
 * them; the caller's, like the array. NULL when there are none. */
struct measurements *background_take(struct background *background, size_t *n);

#endif
