/*
 * look: one call of the person's own, taken apart: what is called, with which
 * arguments, what comes back, and over some runs how much of the wall time it
 * computes. Where the expression is a call f(a, b), function and arguments are
 * evaluated one by one, as the call would, and looked at before it runs.
 */
#ifndef FFIADVISE_WORKER_LOOK_H
#define FFIADVISE_WORKER_LOOK_H

#include "base/err.h"
#include "base/proto.h"

/*
 * After own_run(). The texts live until the next look. -1 when the expression is
 * no Python (ERR_USAGE) or raises.
 */
int look(const char *call, struct worker_seen *seen, struct err *err);

#endif
