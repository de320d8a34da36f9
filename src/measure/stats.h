/*
 * stats: from raw samples to figures. Pure: no clock, no I/O. The evidence for
 * the methods and their constants is in src/measure/README.md: per worker the median of clean samples, over workers
 * the median, the interval by t on the log worker values.
 */
#ifndef FFIADVISE_MEASURE_STATS_H
#define FFIADVISE_MEASURE_STATS_H

#include "measure/store.h"

/* The run's fastest gate over all samples, ns; 0 when there is none. */
double stats_fastest_gate(const struct measurements *m);
/* (Re)makes ns, worker_ns, processes, samples, clean, upper_bound of each measured
 * item, and grade, clean_share, gate_ns and why of the environment. An item
 * without any sample gets 0, 0, INFINITY. A reading gets value, and ns where it is a time. */
void stats_estimate(struct measurements *m);
/*
 * The ratio a / b taken worker by worker within one run, with its interval.
 * Falls back to the quotient of the two estimates when they share fewer than
 * three workers. tie is set when they are not told apart: the interval holds 1,
 * or they are under 5 % apart, or, where it is a quotient, under
 * stats_tie_of_runs(). Whether a difference is worth acting on is another
 * question, for the rules.
 */
struct est stats_ratio(const struct measurement *a, const struct measurement *b, int *tie);
/* How far figures of two runs have to be apart, as a factor: 1.10, or 1.15 where both are below
 * 30 ns. */
double stats_tie_of_runs(double a_ns, double b_ns);

/* The 97.5 % quantile of Student's t for 1 or more degrees of freedom; a little wide above 15. */
double stats_t975(size_t freedom);
/* The median of n values, none of them NAN, which it reorders; NAN of none. */
double stats_median(double *values, size_t n);
/* ns per execution by all samples of a worker, the loop's share included; NAN of none. */
double stats_plain_median(const struct samples *run);

/* True when the s-th sample was taken undisturbed: gates near the fastest, not switched away. */
int stats_is_clean(const struct samples *run, size_t s, double fastest);
/* How many clean samples a worker needs to count: 10, or 3 where the statement is slow. */
size_t stats_clean_least(const struct samples *run);

#endif
