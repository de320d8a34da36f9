/*
 * readings: the part of a run that evaluates what gives a number or names and
 * is no timing. Processes of their own, one after the other, before the
 * sampling: they start fresh and leave nothing behind in the workers that are
 * timed. Only schedule.c uses this.
 */
#ifndef FFIADVISE_MEASURE_READINGS_H
#define FFIADVISE_MEASURE_READINGS_H

#include "measure/lanes.h"

/*
 * Reads each of s->readings in READINGS_WANTED processes, the weightiest
 * first, until `until` (ns). What fails is named in missing. -1 when no worker
 * could start (see s->last).
 */
int readings_take(struct schedule *s, int64_t until);

#endif
