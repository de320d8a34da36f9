/*
 * front: the ways in. Each takes the parsed command line and the loaded
 * catalog, talks to the person, and returns the exit status; what they share
 * is bringing the figures for a survey and handing over the report.
 */
#ifndef FFIADVISE_FRONT_FRONT_H
#define FFIADVISE_FRONT_FRONT_H

#include "catalog/catalog.h"
#include "cli.h"
#include "measure/store.h"
#include "session/places.h"
#include "session/session.h"
#include "survey/survey.h"

/* Exit statuses of cli.md beside those of enum err_code. */
enum {
	STATUS_PROBES_FAILED = 4,
	STATUS_FFI_ADVISED = 10,
	STATUS_FFI_NOT_ADVISED = 11,
	STATUS_SIGNAL = 128,
};

struct front {
	const struct cli *cli;
	const struct catalog *catalog;
	const struct places *places;
	const struct python *pythons; /* at least one; the first is the one that is used now */
	size_t n_pythons;
	int stop_fd; /* see signals.h */
};

/* Advice from an answers file. */
int batch_run(const struct front *front);
/* The core questions as numbered lines on standard input, then advice. */
int plain_run(const struct front *front);

/*
 * The session's questions as numbered lines on standard error and input. 0; -1 when the
 * person left, or a signal came.
 */
int plain_ask(struct session *session);
/* The session on the screen, or as lines where the terminal cannot do it. */
int tui_run(const struct front *front);

/* The commands. */
int call_run(const struct front *front);
int bench_run(const struct front *front);
int claims_run(const struct front *front);
int doctor_run(const struct front *front);
int explain_run(const struct front *front);

/*
 * Measures what the survey calls for, advises, writes the report. then: the same
 * functions with other answers, to be shown beside; NULL for none. also: what was
 * measured already and is shown with it, emptied; NULL for nothing.
 */
int front_advise(const struct front *front, const struct survey *survey,
	const struct survey *then, struct measurements *also);
/* The report in the format and to the place that were asked for. */
struct report;
int front_render(const struct front *front, const struct report *report, struct err *err);
/* The exit status that goes with it. */
int front_status(const struct front *front, const struct report *report);
/* Says on standard error what is wrong with an answers file; releases errs; its status. */
int front_invalid(struct errs *errs);
/* Prints an error as "ffiadvise: ..." and returns its exit status. */
int front_fail(const struct err *err);

#endif
