/*
 * own: the person's own call from its text to answers: measured by run_call(), then
 * what was seen of it as answers, and what should be known of how it was measured
 * as warnings. Shared by `measure` and the session. Owned by the caller: own_free().
 */
#ifndef FFIADVISE_SESSION_OWN_H
#define FFIADVISE_SESSION_OWN_H

#include "measure/call.h"
#include "session/run.h"
#include "survey/survey.h"

enum own_state { OWN_WAITS, OWN_MEASURED, OWN_STOPPED, OWN_FAILED };

struct own {
	char *setup, *expression;
	char *python; /* an interpreter to measure in, as it was named; NULL: any */
	enum own_state state;
	struct call call;       /* of OWN_MEASURED; its talk also where it failed */
	struct measurements m;  /* as run_call() fills it; else empty */
	struct err err;         /* of OWN_FAILED, for the person who wrote the code */
};

/* Texts are copied. */
struct own *own_new(const char *setup, const char *expression);
/* NULL is fine. */
void own_free(struct own *own);
/* Runs their code, in processes of its own; once. The state says what came of it. */
void own_measure(struct own *own, const struct catalog *catalog, const struct python *python,
	const struct run_options *options);
/* Adds what was seen to an item that was not checked yet, of a call that was measured. */
void own_add(struct survey_item *item, const struct own *own);

#endif
