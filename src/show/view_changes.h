/*
 * view_changes: what would change a verdict: the unknown answers to find out
 * first, the given ones that turn it, and where the native way begins to pay.
 */
#ifndef FFIADVISE_SHOW_VIEW_CHANGES_H
#define FFIADVISE_SHOW_VIEW_CHANGES_H

#include "advise/advice.h"
#include "show/lines.h"

void view_find_out(struct lines *lines, const struct advice *advice);
void view_flips(struct lines *lines, const struct advice *advice);

#endif
