/*
 * sampling: the part of a run that takes samples: sweeps over the workers, a
 * block on each, looks at what is decided. Only schedule.c uses this.
 */
#ifndef FFIADVISE_MEASURE_SAMPLING_H
#define FFIADVISE_MEASURE_SAMPLING_H

#include "measure/lanes.h"

/* Samples what is wanted in the lanes that are there, until all of it is
 * decided, the budget is spent, no worker is left or someone says stop. */
void schedule_sample(struct schedule *all, size_t n);

#endif
