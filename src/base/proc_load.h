/*
 * proc_load: who uses the machine just now: load average, time that the host
 * took away, processes by the CPU time they took, how the clock and the CPU's
 * speed are governed. Read from /proc and /sys; what cannot be read is said to
 * be unknown. Two looks and their difference tell what went on between them.
 */
#ifndef FFIADVISE_BASE_PROC_LOAD_H
#define FFIADVISE_BASE_PROC_LOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct proc_task {
	pid_t pid;
	uint64_t ticks; /* user and system time so far */
	int cpu;        /* where it ran last */
	char name[64];  /* showable */
};

struct proc_load {
	double average;             /* of the last minute; -1 unknown */
	uint64_t ticks, stolen;     /* of all CPUs so far; 0 unknown */
	uint64_t idle;              /* of these: nothing to run */
	int64_t own;                /* proc_cpu_ns() */
	int64_t when;               /* clock_ns() */
	struct proc_task *tasks;    /* by pid as /proc lists them */
	size_t n, cap;
};

/* Owned by the caller: proc_load_release(). */
void proc_load_take(struct proc_load *load);
/* The same without the processes, in a few microseconds; there is nothing to release. */
void proc_load_glance(struct proc_load *load);
void proc_load_release(struct proc_load *load);
/* The share of the CPUs' time that others than this process and the children it waited for
 * took between two looks, 0..1; 0 where that is not known, or too little time went by. */
double proc_load_others(const struct proc_load *before, const struct proc_load *after);
/* The share of the CPUs' time the host took away between two looks, 0..1. */
double proc_load_stolen(const struct proc_load *before, const struct proc_load *after);
/*
 * The process that took the most CPU time between two looks, but for n ones
 * that do not count; NULL when none took any. *share is of one CPU; lent by after.
 */
const struct proc_task *proc_load_busiest(const struct proc_load *before,
	const struct proc_load *after, const pid_t *ignored, size_t n, double *share);

/* One line of the system's own words, "" for unknown. size counts the NUL. */
void proc_clock_source(char *buf, size_t size); /* "tsc" */
void proc_governor(char *buf, size_t size);     /* "powersave" */

/* The pieces, for tests: texts in the form of /proc/loadavg, /proc/stat, /proc/PID/stat. */
void proc_load_parse(struct proc_load *load, const char *loadavg, const char *stat);
/* -1 when it is no such text. */
int proc_task_parse(struct proc_task *task, const char *stat);

#endif
