/*
 * runner: runs probes and times them. Knows nothing of pipes; a test or the
 * extension-module shell may drive it as the program does. State of the whole
 * process: one interpreter, the probes that were loaded.
 *
 * A sample is: an untimed run of an eighth of it, a gate, `full`, a gate,
 * `half`, a gate. `full` and `half` run the same number of turns of a loop
 * with unroll and unroll / 2 statements, so that their difference is free of
 * what the loop costs. Statements of 2 us and more are not unrolled and have
 * no half: the loop's 10 ns a turn and the 100 ns around a sample stay in, at
 * most 0.7 % of the figure. Where a probe has threads of its own, a gate is one
 * on every CPU, the thread going from one to the next, and the slowest counts.
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
/*
 * The gate: two walks over 250 integers on the heap, about 1 us, slower by a
 * third and more while something else uses the core. The fastest of `times`,
 * ns. Called again and again it is a little faster than between samples.
 */
double runner_gate(uint32_t times);
int runner_load(const struct worker_probe *probe, struct worker_loaded *loaded, struct err *err);
/*
 * Sets the probe up and evaluates its call once, timing nothing and comparing
 * nothing. The reading's texts are lent until the next one.
 */
int runner_read(const struct worker_probe *probe, int is_names, struct worker_reading *reading,
	struct err *err);
int runner_sample(const struct worker_entry *entry, struct worker_sample *sample, struct err *err);
/* Between blocks: frees the cycles that samples left while the collector was off. */
void runner_rest(void);

#endif
