/*
 * checkup: what `doctor` finds out: whether anything can be measured here, with
 * what, how quiet the machine is just now and why it is not, and what would
 * make the figures better. Owned by the caller: checkup_release().
 */
#ifndef FFIADVISE_SESSION_CHECKUP_H
#define FFIADVISE_SESSION_CHECKUP_H

#include "base/err.h"
#include "base/proc.h"
#include "catalog/catalog.h"
#include "measure/store.h"
#include "measure/trial.h"
#include "session/python.h"

/* What can be told of how an interpreter was built; UNKNOWN: nothing says. */
enum told { TOLD_UNKNOWN, TOLD_NO, TOLD_YES };

struct checkup {
	const struct python *python; /* lent */
	int there;                   /* a worker and its build record are; else why */
	struct environment env;
	enum told debug, pgo, lto;
	int works;                   /* the worker ran; else why */
	struct err why;
	struct trial trial;
	double clock_cost, clock_step; /* ns: of one reading, and the least step seen */
	char clock_source[32];       /* "" unknown */
	char governor[32];           /* "" unknown or none */
	int cpus_allowed;
	struct proc_cpus allowed;
	double load;                 /* average of the last minute; -1 unknown */
	double stolen;               /* share of the CPUs' time during the trial */
	char busy_name[64];          /* the busiest other process during it; "" none */
	long busy_pid;
	int busy_cpu;
	double busy_share;           /* of one CPU */
	char *file;                  /* of measurements: the cache, or the one that was named */
	int file_there, file_usable;
	char *file_why;              /* why it cannot be used; NULL when it can or is not there */
	double file_age;             /* seconds; -1 unknown */
	char **advice;               /* sentences, the most important first */
	size_t n_advice;
};

/* file: measurements to judge in the place of the cache; NULL. Takes about a second. */
void checkup_make(struct checkup *c, const struct catalog *catalog, const struct python *python,
	const char *file, int stop_fd);
void checkup_release(struct checkup *c);
/* True when at least one binding can be measured. */
int checkup_can_measure(const struct checkup *c);

#endif
