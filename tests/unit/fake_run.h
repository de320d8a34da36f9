/*
 * fake_run: a pretended worker whose time is the injected clock's, so that a run
 * of five seconds takes none, and a plan of probes it knows how to run. One at a
 * time: fake_setup() before each test, fake_teardown() after it.
 */
#ifndef FFIADVISE_TESTS_FAKE_RUN_H
#define FFIADVISE_TESTS_FAKE_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "measure/order.h"
#include "measure/schedule.h"

enum { PROBES_MOST = 80, BLOCKS_MOST = 40000, SECOND = 1000000000, MS = 1000000 };

/* What the pretended worker does with a probe. */
struct nature {
	double ns;	/* of one execution, undisturbed */
	double load_ms; /* 2 where it is 0 */
	double spread;	/* between processes, as a factor around 1 */
	int refuse_load, die_load, hang_load;
	int die_block; /* in the so-manieth block, from 1 */
	int refuse_block;
	int hang_block;
	int refuse_read, die_read; /* in the so-manieth reading, from 1 */
	int names;		   /* it gives so many names; else the value ns */
	const char *when;	   /* with this date */
	int blocks, loads, reads;  /* seen so far */
};

struct block {
	int process, cpu;
	size_t n;
	uint32_t numbers[PROBES_MOST];
};

struct fake {
	int64_t now;
	struct nature natures[PROBES_MOST], readings[PROBES_MOST];
	struct block *blocks;
	size_t n_blocks;
	int processes, live, failing_starts, blameless_deaths, best_cpu;
	double slow_share; /* of entries */
	struct chance chance;
	struct worker_options options;
	const char *soabi;
	int stop_write; /* a pipe's end, written to at stop_at */
	int64_t stop_at;
	int stop_fd;
	int told, told_done, told_wanted;
	int64_t told_last, told_least_apart;
};

extern struct fake fake;

extern struct binding absent; /* not in the environment */

struct bench {
	struct probe probes[PROBES_MOST];
	size_t n_timed, n_readings;
	char ids[PROBES_MOST][8];
	struct plan plan;
	struct measurements m;
	struct measure_options options;
	int stopped, result;
	struct err err;
};

int fake_setup(void **state); /* *state is a struct bench */
int fake_teardown(void **state);
/* Adds one whose statement takes ns; its number is the count so far. */
struct nature *add(struct bench *b, double ns, int family, double weight);
/* Adds one that is read and not timed. */
struct nature *add_reading(struct bench *b, enum reads reads, double value, double weight);
void add_many(struct bench *b, int n);
/* Runs the plan; the seconds it took. */
double run(struct bench *b);
const struct measurement *found(const struct bench *b, size_t i);
const struct not_measured *missed(const struct bench *b, size_t i);
/* True when a sentence about the noise has these words. */
int says(const struct bench *b, const char *words);

#endif
