#include "base/proc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"

extern char **environ;

/* Closes every descriptor from `first` on, except one that is no lower. */
static void close_from(int first, int except)
{
	long max = sysconf(_SC_OPEN_MAX);
	int fd;

#ifdef SYS_close_range
	if ((except == first || syscall(SYS_close_range, first, except - 1, 0) == 0) &&
		syscall(SYS_close_range, except + 1, ~0U, 0) == 0)
		return;
#endif
	/* Linux before 5.9. */
	for (fd = first; fd < max; fd++)
		if (fd != except)
			close(fd);
}

/* Puts the listed descriptors in their places; the first moves keep them apart. */
static int place_fds(const struct proc_spawn *how, int *report)
{
	int moved[PROC_FD_MAX], listed[PROC_FD_MAX] = {0}, fd;
	size_t i;

	for (i = 0; i < how->n_fds; i++) {
		moved[i] = fcntl(how->fds[i].from, F_DUPFD_CLOEXEC, PROC_FD_MAX);
		if (moved[i] < 0)
			return -1;
	}
	*report = fcntl(*report, F_DUPFD_CLOEXEC, PROC_FD_MAX);
	if (*report < 0)
		return -1;
	for (i = 0; i < how->n_fds; i++) {
		if (dup2(moved[i], how->fds[i].to) < 0)
			return -1;
		listed[how->fds[i].to] = 1;
	}
	for (fd = 0; fd < PROC_FD_MAX; fd++)
		if (!listed[fd])
			close(fd);
	close_from(PROC_FD_MAX, *report);
	return 0;
}

static void default_signals(void)
{
	struct sigaction act;
	sigset_t none;
	int sig;

	memset(&act, 0, sizeof act);
	act.sa_handler = SIG_DFL;
	for (sig = 1; sig < NSIG; sig++)
		sigaction(sig, &act, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child: becomes the program, or tells `report` the errno. */
static void become(const struct proc_spawn *how, pid_t parent, int report)
{
	struct rlimit no_core = {0, 0};
	int why;

	setsid();
	setrlimit(RLIMIT_CORE, &no_core);
	default_signals();
	if (how->death_signal && proc_die_with(parent, how->death_signal) != 0)
		_exit(127);
	if (place_fds(how, &report) == 0)
		execve(how->path, (char *const *)how->argv, (char *const *)how->environ);
	why = errno;
	if (write(report, &why, sizeof why) < 0)
		_exit(126);
	_exit(127);
}

pid_t proc_spawn(const struct proc_spawn *how, struct err *err)
{
	pid_t parent = getpid(), pid;
	int report[2], why = 0;
	ssize_t n;

	if (pipe2(report, O_CLOEXEC) != 0)
		return err_set(
			err, ERR_FAILURE, "starting '%s' failed: %s", how->path, strerror(errno));
	pid = fork();
	if (pid == 0)
		become(how, parent, report[1]);
	if (pid < 0)
		why = errno;
	close(report[1]);
	if (pid > 0) {
		/* Ends with the exec, which closes the pipe, or with an errno. */
		do
			n = read(report[0], &why, sizeof why);
		while (n < 0 && errno == EINTR);
		if (n != sizeof why)
			why = 0;
	}
	close(report[0]);
	if (!why)
		return pid;
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return err_set(err, ERR_FAILURE, "starting '%s' failed: %s", how->path, strerror(why));
}

static int begins_with_any(const char *s, const char *const *prefixes)
{
	for (; *prefixes; prefixes++)
		if (str_starts(s, *prefixes))
			return 1;
	return 0;
}

const char **proc_environ(const char *const *without, const char *const *more)
{
	size_t n = 0, cap = 0, i;
	const char **list = NULL;

	for (i = 0; environ && environ[i]; i++) {
		if (begins_with_any(environ[i], without))
			continue;
		GROW(list, n, cap);
		list[n++] = environ[i];
	}
	for (i = 0; more[i]; i++) {
		GROW(list, n, cap);
		list[n++] = more[i];
	}
	GROW(list, n, cap);
	list[n] = NULL;
	return list;
}

int proc_die_with(pid_t parent, int sig)
{
	if (prctl(PR_SET_PDEATHSIG, sig, 0, 0, 0) != 0)
		return -1;
	return getppid() == parent ? 0 : -1;
}

int proc_own_path(char *buf, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", buf, size);

	if (n < 0 || (size_t)n >= size)
		return -1;
	buf[n] = '\0';
	return 0;
}

int proc_adopt_orphans(void)
{
	return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/* Reads at most size - 1 bytes of a file; the length, or -1. */
static ssize_t read_file(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n = 0;

	if (fd < 0)
		return -1;
	while (len < size - 1) {
		n = read(fd, buf + len, size - 1 - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	close(fd);
	buf[len] = '\0';
	return n < 0 ? -1 : (ssize_t)len;
}

/* State and parent from /proc/PID/stat, whose second field may hold anything. */
static char read_stat(long pid, long *parent)
{
	char path[48], buf[512], *end, state;

	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	if (read_file(path, buf, sizeof buf) < 0)
		return 0;
	end = strrchr(buf, ')');
	if (!end || sscanf(end + 1, " %c %ld", &state, parent) != 2)
		return 0;
	return state;
}

char proc_state(pid_t pid)
{
	long parent;

	return read_stat(pid, &parent);
}

/* SIGKILL to whoever names this process as its parent. */
static void signal_children(void)
{
	DIR *dir = opendir("/proc");
	long self = getpid(), pid, parent;
	struct dirent *entry;
	char *end;

	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		pid = strtol(entry->d_name, &end, 10);
		if (pid > 1 && !*end && read_stat(pid, &parent) && parent == self)
			kill((pid_t)pid, SIGKILL);
	}
	closedir(dir);
}

void proc_kill_children(void)
{
	const struct timespec moment = {0, 1000000};
	pid_t pid;

	for (;;) {
		do
			pid = waitpid(-1, NULL, WNOHANG);
		while (pid > 0 || (pid < 0 && errno == EINTR));
		if (pid < 0)
			return;
		signal_children();
		nanosleep(&moment, NULL);
	}
}

void proc_kill_group(pid_t pgid)
{
	if (pgid > 1)
		kill(-pgid, SIGKILL);
}

int proc_wait(pid_t pid, double seconds, int *status)
{
	const struct timespec moment = {0, 500000};
	int64_t end = clock_ns() + (int64_t)(seconds * 1e9);
	pid_t got;

	for (;;) {
		got = waitpid(pid, status, WNOHANG);
		if (got == pid)
			return 1;
		if (got < 0 && errno != EINTR)
			return -1;
		if (clock_ns() >= end)
			return 0;
		nanosleep(&moment, NULL);
	}
}

void proc_end_as(int status)
{
	struct rlimit no_core = {0, 0};

	if (WIFSIGNALED(status)) {
		setrlimit(RLIMIT_CORE, &no_core);
		default_signals();
		raise(WTERMSIG(status));
	}
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 127);
}

const char *proc_signal_name(int sig, char *buf)
{
	static const struct {
		int sig;
		const char *name;
	} names[] = {
		{SIGHUP, "SIGHUP"}, {SIGINT, "SIGINT"}, {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
		{SIGTRAP, "SIGTRAP"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"}, {SIGFPE, "SIGFPE"},
		{SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"},
		{SIGUSR2, "SIGUSR2"}, {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"},
		{SIGTERM, "SIGTERM"}, {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"},
		{SIGVTALRM, "SIGVTALRM"}, {SIGPROF, "SIGPROF"}, {SIGIO, "SIGIO"},
		{SIGSYS, "SIGSYS"},
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].sig == sig)
			return names[i].name;
	snprintf(buf, 16, "signal %d", (unsigned)sig < 1000 ? sig : 999);
	return buf;
}

int64_t proc_resident(pid_t pid)
{
	char path[48], buf[128];
	long long pages;

	snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
	if (read_file(path, buf, sizeof buf) < 0 || sscanf(buf, "%*s %lld", &pages) != 1)
		return -1;
	return pages * sysconf(_SC_PAGESIZE);
}

long proc_switches(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_THREAD, &usage) == 0 ? usage.ru_nivcsw : 0;
}

int64_t proc_cpu_ns(void)
{
	struct rusage children;
	struct timespec own;
	int64_t ns = 0;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own) == 0)
		ns = own.tv_sec * INT64_C(1000000000) + own.tv_nsec;
	if (getrusage(RUSAGE_CHILDREN, &children) == 0)
		ns += (children.ru_utime.tv_sec + children.ru_stime.tv_sec) * INT64_C(1000000000) +
		      (children.ru_utime.tv_usec + children.ru_stime.tv_usec) * INT64_C(1000);
	return ns;
}

int64_t proc_delay_ns(void)
{
	char text[96] = "";
	long long delay = 0;
	int fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);

	/* "4711 815 42": time on a CPU, time ready for one, turns. */
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof text - 1) <= 0 || sscanf(text, "%*s %lld", &delay) != 1)
		delay = 0;
	close(fd);
	return delay;
}

long proc_waits(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_nvcsw : 0;
}

int proc_running_parse(const char *loadavg)
{
	int running = 0;

	/* "0.20 0.18 0.12 1/80 11206": the fourth is running / all. */
	return sscanf(loadavg, "%*s %*s %*s %d/", &running) == 1 && running > 0 ? running : 0;
}

int proc_running(void)
{
	char text[128];
	int fd = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	return proc_running_parse(text);
}

int proc_cpus_online(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 1 ? (int)n : 1;
}

int proc_cpus_get(struct proc_cpus *cpus)
{
	cpu_set_t set;
	int i;

	memset(cpus, 0, sizeof *cpus);
	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return -1;
	for (i = 0; i < CPU_SETSIZE && i < (int)(8 * sizeof cpus->bits); i++)
		if (CPU_ISSET(i, &set))
			cpus->bits[i / 64] |= (uint64_t)1 << (i % 64);
	return 0;
}

int proc_cpus_set(const struct proc_cpus *cpus)
{
	cpu_set_t set;
	int i;

	CPU_ZERO(&set);
	for (i = 0; i < CPU_SETSIZE; i++)
		if (proc_cpus_has(cpus, i))
			CPU_SET(i, &set);
	return sched_setaffinity(0, sizeof set, &set);
}

struct proc_cpus proc_cpus_one(int cpu)
{
	struct proc_cpus cpus;

	memset(&cpus, 0, sizeof cpus);
	if (cpu >= 0 && cpu < (int)(8 * sizeof cpus.bits))
		cpus.bits[cpu / 64] |= (uint64_t)1 << (cpu % 64);
	return cpus;
}

int proc_cpus_has(const struct proc_cpus *cpus, int cpu)
{
	return cpu >= 0 && cpu < (int)(8 * sizeof cpus->bits) &&
	       (cpus->bits[cpu / 64] >> (cpu % 64) & 1);
}

int proc_cpus_count(const struct proc_cpus *cpus)
{
	int n = 0, i;

	for (i = 0; i < (int)(8 * sizeof cpus->bits); i++)
		n += proc_cpus_has(cpus, i);
	return n;
}

int proc_memfile(const char *name, size_t size)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return -1;
	if (ftruncate(fd, (off_t)size) != 0 ||
		fcntl(fd, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int proc_pair(int fds[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
		return -1;
	if (fcntl(fds[0], F_SETFL, O_NONBLOCK) == 0)
		return 0;
	close(fds[0]);
	close(fds[1]);
	return -1;
}

int proc_keep(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC);
}
