/*
 * present: what code that is native today pays at its boundary, as Python
 * reaches it now. That part is what another boundary can save; the work itself
 * stays as it is. Nothing is owned.
 */
#ifndef FFIADVISE_ADVISE_PRESENT_H
#define FFIADVISE_ADVISE_PRESENT_H

#include "advise/figures.h"
#include "advise/workload.h"

/*
 * Sets crossing_share, the part of the time now (0..1) that goes into the call,
 * the arguments, the result and what is called back. It is what the boundary
 * costs by the figures; of short calls, and with callbacks, the part that
 * published cases found it to take. Where the time now is not known it follows
 * from both.
 * Code that is Python has no boundary: 0.
 */
void present_reckon(struct workload *workload, const struct figures *figures);

#endif
