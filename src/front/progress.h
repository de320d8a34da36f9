/*
 * progress: one line on stderr while it measures: a bar, how many of how
 * many, the seconds left, how noisy the machine is. Silent when stderr is no
 * terminal; erased at the end.
 */
#ifndef FFIADVISE_FRONT_PROGRESS_H
#define FFIADVISE_FRONT_PROGRESS_H

#include "measure/measure.h"

struct progress {
	int on;       /* stderr is a terminal and may be written to */
	int shown;    /* a line stands there */
	int plain;    /* no moving line: one sentence at the start */
};

void progress_init(struct progress *progress, int quiet, int plain);
/* A measure_options.progress; who is a struct progress. */
void progress_show(void *who, const struct measure_progress *progress);
void progress_end(struct progress *progress);

#endif
