/*
 * live: the table of `bench` on a terminal while it is measured, drawn in the
 * same place again and again, at most ten times a second and for at most a
 * twentieth of the time; gone at the end. Draws nothing where standard output
 * is no terminal, or where nothing is to move.
 */
#ifndef FFIADVISE_FRONT_LIVE_H
#define FFIADVISE_FRONT_LIVE_H

#include <stdint.h>

#include "cli.h"
#include "measure/measure.h"
#include "show/view_bench.h"

struct live {
	int on;
	const struct cli *cli;
	struct view_bench view;
	struct measurements *ms; /* those of the view: what there is so far */
	int rows;               /* that stand on the screen, above the cursor */
	int64_t next;           /* ns: not drawn before */
};

/* True when there is a screen to draw on. */
int live_init(struct live *live, const struct cli *cli, const struct view_bench *view,
	struct measurements *ms);
/* A measure_options.progress; who is a struct live. */
void live_show(void *who, const struct measure_progress *progress);
/* Takes the table away; the cursor stands where it stood. */
void live_end(struct live *live);

#endif
