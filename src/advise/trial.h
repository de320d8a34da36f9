/*
 * trial: what would be advised if one answer were another: a copy of the answers
 * with one value changed, reckoned again. Flips, break-evens and curves are made of
 * trials. A trial owns its copy and borrows the reckoning it begins from.
 */
#ifndef FFIADVISE_ADVISE_TRIAL_H
#define FFIADVISE_ADVISE_TRIAL_H

#include "advise/reckon.h"

struct trial {
	const struct reckoning *base;
	struct answers answers;
	struct value *value; /* the one that is changed, in the copy */
};

/* input: of a question of inputs; -1 for others. trial_end() frees it. */
void trial_begin(struct trial *trial, const struct reckoning *base,
	const struct question *question, int input);
/* Begins a trial with the main input that long, and the function's time grown with it. The
 * main input has to be there. */
void trial_begin_length(struct trial *trial, const struct reckoning *base, double length);
/* Up to the verdict; reckon_release() frees it, before trial_end(). */
void trial_reckon(struct trial *trial, struct reckoning *reckoning);
void trial_end(struct trial *trial);

#endif
