/*
 * runner: runs probes and times them. Knows nothing of pipes; a test or the
 * extension-module shell may drive it as the program does. State of the whole
 * process: one interpreter, the probes that were loaded.
 *
 * A sample is: an untimed run of an eighth of it, an empty loop, a gate, `full`,
 * a gate, `half`, a gate. `full` and `half` run the same number of turns of a
 * loop with unroll and unroll / 2 statements; the least that as many turns of the
 * empty loop have taken so far is taken off both. Statements of 2 us and more are not unrolled and
 * have no half.
 */
#ifndef FFIADVISE_WORKER_RUNNER_H
#define FFIADVISE_WORKER_RUNNER_H

#include <stdint.h>

#include "base/err.h"
#include "base/proto.h"

/* Starts the interpreter; fills what hello says of it. */
int runner_start(const char *probes, const char *site, struct worker_hello *hello,
	struct err *err);
/* One CPU from now on, or all that were allowed at the start (-1). */
int runner_pin(int cpu, struct err *err);
/* Sets the probe up, compares its result with the reference's, warms and calibrates. A number that
 * was loaded before is loaded anew. -1 when Python raised or the result is another. */
int runner_load(const struct worker_probe *probe, struct worker_loaded *loaded, struct err *err);
/*
 * Sets the probe up and evaluates its call once, timing nothing and comparing
 * nothing. The reading's texts are lent until the next one.
 */
int runner_read(const struct worker_probe *probe, int is_names, struct worker_reading *reading,
	struct err *err);
/* One sample of a probe that was loaded; ns. -1 when the entry is out of range or Python raised. */
int runner_sample(const struct worker_entry *entry, struct worker_sample *sample, struct err *err);
/* Between blocks: frees the cycles that samples left while the collector was off. */
void runner_rest(void);

#endif
