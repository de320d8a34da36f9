/*
 * gate: a short piece of work that always takes the same time, unless something
 * else uses the core: two walks over 250 integers on the heap, about 1 us,
 * slower by a third and more then. Where a probe has threads of its own, a gate
 * is one on every CPU, the thread going from one to the next, and the slowest
 * counts. State of the whole process, like the interpreter's.
 */
#ifndef FFIADVISE_WORKER_GATE_H
#define FFIADVISE_WORKER_GATE_H

#include <stdint.h>

#include "base/err.h"
#include "base/proc.h"

/* Once, when the interpreter has started; `allowed` are the CPUs of the process. -1 when Python
 * raised. */
int gate_start(const struct proc_cpus *allowed, struct err *err);
/* One gate, ns. */
int64_t gate_once(void);
/* The fastest of `times` (1 for 0), ns. Called again and again a gate is a little faster than
 * between samples. */
double gate_fastest(uint32_t times);
/* Before the first probe with threads: how fast each CPU's gate is when it is quiet. A second
 * call does nothing. */
void gate_know_all(void);
/*
 * The slowest of the gates on all CPUs, one after the other, ns; the thread may
 * run on all then. *taken grows by one where so many threads would not each have
 * a CPU now.
 */
int64_t gate_everywhere(int threads, long *taken);

#endif
