/*
 * constants: every number the measuring hangs on, in one place, with where it
 * comes from. "trial" is the trial of 44 benchmarks summed up in README.md
 * beside this file; "default" is a choice that was not tried against others.
 */
#ifndef FFIADVISE_MEASURE_CONSTANTS_H
#define FFIADVISE_MEASURE_CONSTANTS_H

/* --- stats: what a sample, a worker, a figure needs to count --- */

/* A gate this far above the run's fastest is slow. Trial: quiet 1011 ns, slow from 1320 on. The
 * design table says 1.10; here many probes leave caches behind in which the gate takes 1.10 to
 * 1.15 while statements do not, and slow begins at 1.5 (README.md, "The gate"). */
#define GATE_TOLERANCE 1.25
/* Clean samples a worker needs. Trial: medians of 10 gated samples repeat to 0.3 to 1.5 %. */
#define CLEAN_LEAST 10
/* The same for a slow statement: its one sample averages what 20 short ones do. Default. */
#define CLEAN_LEAST_SLOW 3
/* From here on (ns per execution) a statement is slow: 20 times the 50 us sample. Default. */
#define SLOW_STATEMENT_NS 1e6
/* Workers a figure needs: two cannot show which of them is the outlier process (trial: 10 of 44
 * benchmarks had a process at 1.3 to 3.4 times among some 114). */
#define WORKERS_LEAST 3
/* A figure leaves out this part of its workers on either side, and at least one. Trial of README.md,
 * "Full and half": where processes have two speeds, what is left repeats better than the median. */
#define TRIMMED_PART 8
/* A single reading of CLOCK_MONOTONIC is good to this many ns. Trial: steps of 10 ns. */
#define CLOCK_STEP_NS 10.0
/* An upper bound with no clean worker: the truth may be lower by the slow mode's factor.
 * Trial: 1.39 to 2.0. */
#define SLOW_MODE_MOST 2.0
/* An upper bound with one or two clean workers: the truth may be lower by this. Trial: ordinary
 * processes lie within 1 to 3 %, the odd ones above; a tie of two runs is as wide. */
#define FEW_WORKERS_MARGIN 1.10

/* Within one run, ratios nearer to 1 than this are a tie, whatever their interval says. Trial of
 * README.md, "What is told apart": 0.5 % of 400 pairs of the same code are further apart, and of
 * delays of 10 % 98 % are. */
#define TIE 1.05
/* The same from one run to another. Trial: ratios of runs repeat to 2 % (p95 6 %), the worst to
 * 10 %. */
#define TIE_RUNS 1.10
/* And where both are below TIE_SHORT_NS. Trial: calls and loops vary most between processes. */
#define TIE_RUNS_SHORT 1.15
#define TIE_SHORT_NS 30.0

/* Grades by the share of clean samples. Trial: the quiet share runs from 0 to 71 %. */
#define SHARE_QUIET 0.40
#define SHARE_USABLE 0.05
/* A noise worth a sentence: this share of the samples, a drift of the median gate like this. */
#define SHARE_WORTH_SAYING 0.05
/* Above these shares of the CPUs' time that others took the machine was not quiet, and was busy,
 * whatever the gates say: beside a compiler that keeps two cores busy all gates may pass, and the
 * figures of ten runs lie 17 % apart in place of 7. Default. */
#define OTHERS_USABLE 0.15
#define OTHERS_BUSY 0.6
#define DRIFT_WORTH_SAYING 1.10

/* --- schedule: how the budget is spent --- */

/* Processes a reading is taken in: as many as a figure needs workers. */
#define READINGS_WANTED WORKERS_LEAST
/* The share of the budget that readings may take where something is timed too. Default. */
#define SHARE_READINGS 0.25
/* Workers, started at once. Trial of README.md, "Full and half": ratios repeat to 9.4 % with three,
 * to 3.2 % with five, to 2.5 % with nine. */
#define WORKERS_WANTED 5
/* The share of the budget after which no further probe is loaded and no worker beyond the
 * third is started. Default; 44 probes in 5 workers took 6 to 11 % of 5 s in the trial. */
#define SHARE_LOADING 0.50
/* The same for a second and third worker, which a figure needs. Default. */
#define SHARE_LOADING_LEAST 0.70
/* What loading may take when the only worker died while it went on. Default. */
#define SHARE_RELOADING 0.15
/* Looks, as shares of the budget: few, so that stopping early is no fishing. Design table. */
#define LOOKS 3
#define LOOK_EVERY 0.25
/* Half-width over likely value from which on a figure needs no more samples. Design table. */
#define HALF_WIDTH_DONE 0.05
/* Samples, in times of the clean ones a worker needs, after which more are not waited for before
 * something is said not to matter: a quiet machine has its figures by then. Default. */
#define SEEN_TIMES 2
/* An entry (ns, both unrolls) longer than this is thinned out. Twenty usual ones. Default. */
#define LONG_ENTRY_NS 2e6
/* Entries sampled for less than this in a block give no base to thin against. Default. */
#define THIN_BASE_NS 5e6
/* Gates, pre-roll and pipe around one entry, ns: two gates of 1 us, an eighth of 50 us. */
#define ENTRY_OVERHEAD_NS 10e3
/* A block is expected to take this many times its calibrated time until one was seen: the
 * slow mode's factor. */
#define PACE_AT_FIRST SLOW_MODE_MOST
/* The share of a new block in the smoothed pace. Default. */
#define PACE_SMOOTHING 0.25
/* The share of the time that probes with threads of their own may take. Default. */
#define SHARE_UNPINNED 0.20
/* CPU trial: rounds over all CPUs of so many gates each (20 us), about 1 ms for two CPUs; the
 * slow phases last 4 to 20 ms, hence a pause would help more than more gates. Default. */
#define CPU_TRIAL_ROUNDS 8
#define CPU_TRIAL_GATES 20
#define CPU_TRIAL_MOST 16
/* Starts that fail one after the other before it is given up. Design table. */
#define STARTS_FAILED_MOST 3
/* Limits handed to the worker, as shares of the budget and clamped (seconds): what hangs must
 * leave time for the others and not carry the run past the budget by more than 20 %. */
#define LOAD_LIMIT_SHARE 0.20
#define LOAD_LIMIT_LEAST 0.5
/* But no more than this part of a small budget. */
#define LOAD_LIMIT_SHARE_MOST 0.3
/* Halved by each probe that dies in loading, down to this: loading takes milliseconds. */
#define LOAD_LIMIT_FLOOR 0.1
#define LOAD_LIMIT_MOST 10.0
#define BLOCK_LIMIT_SHARE 0.15
#define BLOCK_LIMIT_LEAST 0.1
#define BLOCK_LIMIT_MOST 5.0
/* Calls of the progress callback are at least this far apart, ns. Design. */
#define PROGRESS_EVERY_NS 50000000

/* --- the person's own call --- */

/* Seconds one run of it may take, and running the set-up. Default: who waits for longer than that
 * for one call has no use for figures in ns. */
#define OWN_CALL_SECONDS 10.0
#define OWN_SETUP_SECONDS 60.0
/* Seconds from which on one run is all that is taken: a sample is 32 bits of ns, 4.29 s, and a busy
 * machine may stretch a run. */
#define OWN_SAMPLE_MOST 3.5
/* CPU time by wall time from which on a call is said to use several CPUs. Default. */
#define OWN_CPUS 1.2
/* Bytes it may grow by: data that is worked on fits into the machines people have. Default. */
#define OWN_MEMORY ((size_t)8 << 30)
/* The share of the budget it is measured for; the rest is for what the advice rests on. Default. */
#define OWN_SHARE 0.4
/* A slow call gets more time, for this many runs: one in each of three workers, and what the
 * pace at first leaves room for; */
#define OWN_RUNS 4.5
/* but no more than this (s), unless two runs take longer. Default. */
#define OWN_SECONDS_MOST 20.0
/* Starts and set-ups to make room for: with this many in the time all of three workers start within
 * SHARE_LOADING_LEAST of it. */
#define OWN_SETUPS 4.5
/* The last third of the samples against the first third of them, above which a call is said to
 * get slower with each run; slow modes and machines that warm up stay below. Default. */
#define OWN_DRIFT 1.3
/* Samples a worker needs to show that. Default. */
#define OWN_DRIFT_SAMPLES 9

/* --- cache and file --- */

/* Seconds for which a run is used again. Design. */
#define CACHE_LIFE 86400
/* Bytes of a measurement file at most, and of memory its reading may take. Design; the usual
 * file has 1.4 MB, and JSON's shortest values take 20 times their text. */
#define FILE_MOST (200u << 20)
#define FILE_MEMORY_MOST ((size_t)2 << 30)

#endif
