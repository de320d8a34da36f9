/*
 * store: what was measured: the raw samples in columns, the readings that are no
 * timings, what they say of each probe, the environment they were taken in, and
 * what could not be measured. The file form (bench --save, --measurements, the cache) is a superset of
 * pyperf's JSON; estimates are always made anew from the raw samples, so there
 * is one truth in it. Owned by the caller: measurements_release().
 */
#ifndef FFIADVISE_MEASURE_STORE_H
#define FFIADVISE_MEASURE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/est.h"
#include "catalog/probes.h"

enum basis { BASIS_MEASURED, BASIS_REFERENCE, BASIS_ASSUMED }; /* from strong to weak */
enum grade { GRADE_QUIET, GRADE_USABLE, GRADE_BUSY };

/* In one run; of runs that were merged each measurement says which one it is of. */
enum { WORKERS_MAX = 64 };

/* Of the measurement file. Until 1 the empty loop was not taken off the samples. */
enum { STORE_FORMAT = 2 };

/* The samples one worker took of one probe, as columns of n. */
struct samples {
	int worker;	 /* 0..WORKERS_MAX - 1, one process; not twice in a measurement */
	uint32_t loops;	 /* turns of the generated loop in a sample */
	uint32_t unroll; /* statements in a turn of `full`; `half` has unroll / 2 */
	size_t n, cap;
	uint32_t *full;	   /* ns of the sample with unroll statements a turn, without the loop's */
	uint32_t *half;	   /* ns of the one with half of them; 0 where unroll is 1 */
	uint32_t *gate;	   /* ns of the slowest of the gates around it */
	uint8_t *switched; /* involuntary switches seen, 255 at most */
	uint32_t *sweep;   /* which sweep it was taken in */
};

struct measurement {
	char *id; /* "list_float.copied/pyo3/n=1000" */
	char *elsewhere; /* "e1:" and the id: of another interpreter than the first; NULL */
	char *probe, *binding;
	long n;		      /* 0: the operation has no size */
	struct samples *runs; /* one for each worker; none for a reference figure */
	size_t n_runs;
	int run; /* which of the merged runs it is of: workers of two have nothing in common */
	enum reads reads; /* READS_NOTHING: it was timed; else these are kept: */
	double *values;	  /* one for each process that read it; of names, how many */
	size_t n_values;
	char **names; /* READS_NAMES: the same in every process */
	size_t n_names;
	/* made from the samples or values by stats: */
	struct est ns;		       /* per execution of the statement, or the time that was
					* read; 0, 0, INFINITY for what is no time */
	struct est value;	       /* of a reading, in the unit of reads: the least, the
					* median and the greatest that was read */
	double worker_ns[WORKERS_MAX]; /* by samples.worker: its median, NAN: too few clean */
	int processes;		       /* workers that count */
	size_t samples, clean;
	int upper_bound; /* too few clean workers: the minimum over all, an upper bound */
	int spared;	 /* sampling ended before it was decided, since nothing hung on it then */
	enum basis basis;
	char *source;  /* of a reference figure; else NULL */
	char when[24]; /* ISO 8601 */
};

struct not_measured {
	char *id;   /* a measurement id, or a binding's id */
	char *why;  /* a sentence with the cure where there is one */
	int failed; /* planned, and it failed, timed out or was killed (status 4) */
};

struct binding_state {
	char *id;
	char *version;	 /* "0.30.1"; "" unknown */
	char *toolchain; /* "rustc 1.95.0" */
	char *build;	 /* build id: hash of the probe module's bytes */
	int available;
	char *why_not, *cure; /* NULL where it is available */
};

struct environment {
	char *cpu;
	int cores;
	char *os;
	char *python, *implementation, *executable;
	int shared; /* the worker is linked against a shared libpython */
	char *cflags;
	char *config_args; /* what its configure was given; NULL: not known */
	int free_threaded;
	char *shell;	       /* "embedded" or "extension": how its worker is in it */
	int untested;	       /* this version was never tried with this program */
	char *machine_key;     /* of stable ids only: model, family, stepping, cores, hypervisor */
	char *interpreter_key; /* SOABI-hash, the worker folder's name */
	char *program;	       /* version of ffiadvise that measured */
	enum grade grade;
	double clean_share;
	double others; /* share of the CPUs' time that other processes took meanwhile, 0..1 */
	char **why; /* sentences about the noise */
	size_t n_why;
	double gate_ns;	  /* the run's fastest gate */
	char started[24]; /* ISO 8601 */
	struct binding_state *bindings;
	size_t n_bindings;
};

struct measurements {
	struct environment env;
	struct measurement *items;
	size_t n, cap;
	struct not_measured *missing;
	size_t n_missing, cap_missing;
	size_t *index; /* open-addressed hash over ids; made by store */
	size_t index_size;
	char *file;    /* where they were read from; NULL: just measured */
	/* Lent: the same for other interpreters, measured in the same run. */
	const struct measurements *others;
	size_t n_others;
	char *foreign; /* a sentence when they are from another machine, interpreter,
			  version or probe build than here; NULL when not */
};

void measurements_init(struct measurements *m);
void measurements_release(struct measurements *m);
/* All of it, samples too, but `others`, which stay lent; to is plain memory to be filled. */
void measurements_copy(struct measurements *to, const struct measurements *from);
/* Adds an empty measurement of that id's parts, or gives the one that is there. Lent until the next
 * addition. */
struct measurement *measurements_add(
	struct measurements *m, const char *probe, const char *binding, long n);
/* NULL when it was not measured. Constant time. */
const struct measurement *measurements_find(
	const struct measurements *m, const char *probe, const char *binding, long n);
/* The one with that id; NULL when there is none. Constant time. */
const struct measurement *measurements_find_id(const struct measurements *m, const char *id);
/* Takes the i-th measurement out. */
void measurements_drop(struct measurements *m, size_t i);
/*
 * Says why something was not measured, once for an id: of two sayings the first
 * stays, and a failure takes the place of one that is none.
 */
void measurements_miss(struct measurements *m, const char *id, int failed, const char *why);
/* What was said of that id; NULL for nothing. */
const struct not_measured *measurements_missed(const struct measurements *m, const char *id);
/* True when the binding's probes could run here. */
int measurements_available(const struct measurements *m, const char *binding);
/* The id of a measurement, as every report writes it; the caller frees it. */
char *measurement_id(const char *probe, const char *binding, long n);

/* The samples of that worker, made empty when it has none. Lent until the next call for item. */
struct samples *measurement_run(
	struct measurement *item, int worker, uint32_t loops, uint32_t unroll);
/* One more; ns as in struct samples. */
void samples_add(struct samples *run, uint32_t full, uint32_t half, uint32_t gate, uint8_t switched,
	uint32_t sweep);
/* One more value of a reading. */
void measurement_read(struct measurement *item, double value);
/* Frees what an environment holds and makes it empty. */
void environment_release(struct environment *env);

/* Reads a file into m, which is empty, and makes the estimates. -1 with place and cause; m is
 * empty then. */
int measurements_load(struct measurements *m, const char *path, struct err *err);
/* Writes by temporary file in the same folder, fsync and rename: the old file or the new one is
 * there, never half of one. Reference figures are left out. */
int measurements_save(const struct measurements *m, const char *path, struct err *err);

#endif
