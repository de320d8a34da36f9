/*
 * proc: processes and the machine, and every Linux-ism of both programs:
 * starting a program so that it cannot outlive its parent, ending it with all
 * it started, CPU affinity, resident memory, memory files, and what the
 * machine is. Nothing here keeps state; descriptors and processes belong to
 * the caller.
 */
#ifndef FFIADVISE_BASE_PROC_H
#define FFIADVISE_BASE_PROC_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

/* Starting a program. */

struct proc_fd {
	int from; /* the caller's descriptor */
	int to;   /* its number in the program, below PROC_FD_MAX */
};

enum { PROC_FD_MAX = 16 };

struct proc_spawn {
	const char *path;
	const char *const *argv;    /* NULL at the end */
	const char *const *environ; /* NULL at the end */
	const struct proc_fd *fds;  /* what it inherits; everything else is closed */
	size_t n_fds;               /* at most PROC_FD_MAX */
	int death_signal;           /* sent to it when the calling thread ends; 0 none */
};

/*
 * Starts a program as the leader of its own session and process group, with
 * default signal handling, no core files, and only the descriptors listed.
 * Returns its process id, or -1 when it could not be executed.
 */
pid_t proc_spawn(const struct proc_spawn *how, struct err *err);

/*
 * A copy of the environment without the variables whose names begin with one
 * of the prefixes, and with `more` ("NAME=value") added; both end with NULL.
 * The array is the caller's to free(); its strings are lent by environ and more.
 */
const char **proc_environ(const char *const *without, const char *const *more);

/*
 * Has the kernel send sig to this process when its parent ends. -1 when the
 * parent is no longer `parent`: it ended before this call.
 */
int proc_die_with(pid_t parent, int sig);

/* Path of the running program's own file; -1 when it does not fit or is unknown. */
int proc_own_path(char *buf, size_t size);

/* Ending processes. */

/* Orphaned descendants become children of this process instead of init's. */
int proc_adopt_orphans(void);
/*
 * Sends SIGKILL to every child of this process and reaps it, and goes on with
 * the orphans that come of it, until none is left.
 */
void proc_kill_children(void);
/* Sends SIGKILL to a process group; a group that is gone is fine. */
void proc_kill_group(pid_t pgid);
/* Waits at most `seconds` for a child; 1 when it ended (status as of waitpid()),
 * 0 when it did not, -1 when it is no child. */
int proc_wait(pid_t pid, double seconds, int *status);
/* Ends this process in the way the status of waitpid() says. */
void proc_end_as(int status) __attribute__((noreturn));
/* "SIGSEGV"; "signal 77" where it has no name. buf holds at least 16 bytes. */
const char *proc_signal_name(int sig, char *buf);
/* One letter as in /proc/PID/stat: R running, S sleeping, T stopped, Z zombie; 0 unknown. */
char proc_state(pid_t pid);
/* Resident bytes of a process; -1 when it is not to be read. */
int64_t proc_resident(pid_t pid);
/* Involuntary context switches of the calling thread so far. */
long proc_switches(void);

/* CPU time of this process with all its threads and the children it waited for, ns. */
int64_t proc_cpu_ns(void);
/* How long the calling thread was ready to run and had no CPU, ns; 0 where that is not known. */
int64_t proc_delay_ns(void);
/* How often this process, with all its threads, gave the CPU up to wait for something. */
long proc_waits(void);

/* Threads of the whole machine that run or could run at this moment, the caller's among them; 0
 * where that is not known. */
int proc_running(void);
/* The same from a text in the form of /proc/loadavg. */
int proc_running_parse(const char *loadavg);
/* CPUs the machine has, 1 at least. */
int proc_cpus_online(void);

/* CPUs of the calling thread. */

struct proc_cpus {
	uint64_t bits[16]; /* CPU i is bit i % 64 of bits[i / 64] */
};

/* Both: 0, or -1 with errno, as where none of the set is to be had. */
int proc_cpus_get(struct proc_cpus *cpus);
int proc_cpus_set(const struct proc_cpus *cpus);
/* The set that holds one CPU; an empty one where cpu is out of range. */
struct proc_cpus proc_cpus_one(int cpu);
int proc_cpus_has(const struct proc_cpus *cpus, int cpu);
int proc_cpus_count(const struct proc_cpus *cpus);

/* Descriptors. All are made close-on-exec; each returns -1 on failure. */

/* A memory file of `size` zero bytes that can neither grow nor shrink. */
int proc_memfile(const char *name, size_t size);
/* A connected pair of stream sockets; the first one does not block. */
int proc_pair(int fds[2]);
/* Keeps fd from the programs this process starts. */
int proc_keep(int fd);

/* The machine. */

struct proc_machine {
	char cpu[128];               /* "AMD EPYC"; "unknown" */
	int family, model, stepping; /* -1 where the architecture does not tell */
	int hypervisor;              /* it runs in a virtual machine that says so */
	int cores;                   /* CPUs online */
	char os[128];                /* "Debian GNU/Linux 12 (bookworm)" */
};

/* Never fails; what cannot be read is said to be unknown. */
void proc_machine(struct proc_machine *machine);
/* The same from texts in the form of /proc/cpuinfo and /etc/os-release. */
void proc_machine_parse(struct proc_machine *machine, const char *cpuinfo, const char *os_release);

#endif
