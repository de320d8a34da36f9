/*
 * view_seen: the answers that nobody gave, because they were seen on a live call.
 */
#ifndef FFIADVISE_SHOW_VIEW_SEEN_H
#define FFIADVISE_SHOW_VIEW_SEEN_H

#include "show/lines.h"
#include "survey/answers.h"

/* A line for each answer of origin `measured`; nothing where there is none. */
void view_seen(struct lines *l, const struct answers *answers);

#endif
