/*
 * seen: what was seen of one live call as answers of origin `measured`. What the
 * person said stays: where it agrees with what was seen it stands, where it does
 * not a warning gives both, a quantity's range spans both, and a word counts as
 * unknown. None is silently preferred.
 */
#ifndef FFIADVISE_SURVEY_SEEN_H
#define FFIADVISE_SURVEY_SEEN_H

#include "base/proto.h"
#include "survey/survey.h"

/*
 * Adds it to an item that was not checked yet. seen comes from a worker and is not
 * trusted: what no question allows is left out. time is one call's, in ns; one
 * whose high end is infinite says nothing.
 */
void seen_add(struct survey_item *item, const struct worker_seen *seen, struct est time);

#endif
