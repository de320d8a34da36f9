#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static const char *const no_environment[] = {NULL};

/* Starts sh -c script with fd as its standard output. */
static pid_t start_shell(const char *script, int out, int death_signal)
{
	const char *argv[] = {"sh", "-c", script, NULL};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct proc_fd fds[] = {{null, 0}, {out < 0 ? null : out, 1}, {null, 2}};
	struct proc_spawn how = {"/bin/sh", argv, no_environment, fds, 3, death_signal};
	struct err err;
	pid_t pid = proc_spawn(&how, &err);

	close(null);
	assert_true(pid > 1);
	return pid;
}

/* What it printed until it ended. */
static void run_shell(const char *script, char *buf, size_t size)
{
	int fds[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	pid = start_shell(script, fds[1], 0);
	close(fds[1]);
	while (len < size - 1 && (n = read(fds[0], buf + len, size - 1 - len)) > 0)
		len += (size_t)n;
	buf[len] = '\0';
	close(fds[0]);
	assert_int_equal(proc_wait(pid, 10, &status), 1);
}

static void test_spawn_inherits_only_what_is_listed(void **state)
{
	static const int leaks[] = {3, 7, 15, 16, 40, 200};
	size_t n = sizeof leaks / sizeof *leaks, i;
	int fd = open("/dev/null", O_RDWR), kept[6];
	char out[4096];

	(void)state;
	/* Open without close-on-exec, on both sides of PROC_FD_MAX. */
	for (i = 0; i < n; i++)
		kept[i] = fcntl(fd, F_DUPFD, leaks[i]);
	run_shell("for i in 0 1 2 3 4 5 6 7 8 9 1? 2? 4? 20?; do"
		  " for j in /proc/self/fd/$i; do test -e $j && echo ${j##*/}; done; done",
		out, sizeof out);
	assert_string_equal(out, "0\n1\n2\n");
	for (i = 0; i < n; i++)
		close(kept[i]);
	close(fd);
}

/* A pipe whose ends are out of the way, whatever descriptors the test was started with. */
static void pipe_from_16(int ends[2])
{
	int low[2], i;

	assert_int_equal(pipe2(low, O_CLOEXEC), 0);
	for (i = 0; i < 2; i++) {
		ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 16);
		assert_true(ends[i] >= 16);
		close(low[i]);
	}
}

static void test_spawn_swaps_descriptors(void **state)
{
	const char *argv[] = {"sh", "-c", "echo one >&3; echo two >&4", NULL};
	struct err err;
	int a[2], b[2], status;
	char buf[8] = "";
	pid_t pid;

	(void)state;
	pipe_from_16(a);
	pipe_from_16(b);
	/* Each goes where the other is. */
	assert_int_equal(dup3(a[1], 4, O_CLOEXEC), 4);
	assert_int_equal(dup3(b[1], 3, O_CLOEXEC), 3);
	{
		struct proc_fd fds[] = {{4, 3}, {3, 4}};
		struct proc_spawn how = {"/bin/sh", argv, no_environment, fds, 2, 0};

		pid = proc_spawn(&how, &err);
	}
	assert_true(pid > 1);
	assert_int_equal(proc_wait(pid, 10, &status), 1);
	assert_int_equal(read(a[0], buf, sizeof buf), 4);
	assert_memory_equal(buf, "one\n", 4);
	assert_int_equal(read(b[0], buf, sizeof buf), 4);
	assert_memory_equal(buf, "two\n", 4);
}

static void test_spawn_leads_a_session_with_default_signals(void **state)
{
	/* 32 and 33 are the C library's own, and whoever started us may ignore them. */
	const unsigned long long ours = 0x7fffffff;
	char out[256];
	long pid, group, session;
	unsigned long long blocked, ignored;
	sigset_t set;

	(void)state;
	signal(SIGINT, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	run_shell("read -r pid comm state parent group session rest </proc/$$/stat;"
		  "echo $pid $group $session; while read -r name bits; do case $name in"
		  " SigBlk:|SigIgn:) echo $bits;; esac; done </proc/$$/status",
		out, sizeof out);
	signal(SIGINT, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	assert_int_equal(sscanf(out, "%ld %ld %ld %llx %llx", &pid, &group, &session, &blocked,
				 &ignored),
		5);
	assert_int_equal(pid, group);
	assert_int_equal(pid, session);
	assert_int_equal(blocked & ours, 0);
	assert_int_equal(ignored & ours, 0);
}

static void test_spawn_of_nothing(void **state)
{
	const char *argv[] = {"x", NULL};
	struct proc_spawn how = {"/nonexistent/x", argv, no_environment, NULL, 0, 0};
	struct err err;

	(void)state;
	assert_int_equal(proc_spawn(&how, &err), -1);
	assert_string_equal(err.text, "starting '/nonexistent/x' failed: No such file or directory");
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	how.path = "/etc/passwd";
	assert_int_equal(proc_spawn(&how, &err), -1);
	assert_string_equal(err.text, "starting '/etc/passwd' failed: Permission denied");
}

/* A process in between starts a shell that sleeps, tells its id, and ends. */
static void test_child_ends_with_its_parent(void **state)
{
	int fds[2], i;
	pid_t between, child;

	(void)state;
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	between = fork();
	if (between == 0) {
		child = start_shell("sleep 600", -1, SIGKILL);
		_exit(write(fds[1], &child, sizeof child) != sizeof child);
	}
	assert_int_equal(read(fds[0], &child, sizeof child), sizeof child);
	assert_int_equal(waitpid(between, NULL, 0), between);
	for (i = 0; i < 500 && proc_state(child) != 0 && proc_state(child) != 'Z'; i++)
		usleep(10000);
	assert_true(proc_state(child) == 0 || proc_state(child) == 'Z');
	close(fds[0]);
	close(fds[1]);
}

static void test_parent_that_is_another(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0)
		_exit(proc_die_with(getppid() + 1, SIGKILL) == -1 ? 7 : 8);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 7);
}

/* Orphans in sessions of their own: two generations, one ignoring signals. */
static void test_kill_children(void **state)
{
	int fds[2], status, i;
	pid_t between, pids[3];

	(void)state;
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	between = fork();
	if (between == 0) {
		if (proc_adopt_orphans() != 0)
			_exit(1);
		for (i = 0; i < 3; i++) {
			if (fork() == 0) {
				setsid();
				if (i && fork())
					_exit(0);
				signal(SIGTERM, SIG_IGN);
				pids[0] = getpid();
				if (write(fds[1], pids, sizeof *pids) < 0)
					_exit(1);
				for (;;)
					pause();
			}
		}
		if (read(fds[0], pids, sizeof *pids) < 0 ||
			read(fds[0], pids + 1, sizeof *pids) < 0 ||
			read(fds[0], pids + 2, sizeof *pids) < 0)
			_exit(1);
		proc_kill_children();
		for (i = 0; i < 3; i++)
			if (kill(pids[i], 0) == 0 || errno != ESRCH)
				_exit(2);
		_exit(0);
	}
	assert_int_equal(proc_wait(between, 20, &status), 1);
	assert_int_equal(status, 0);
	close(fds[0]);
	close(fds[1]);
}

static void test_wait(void **state)
{
	pid_t pid = start_shell("exit 5", -1, 0);
	int status;

	(void)state;
	assert_int_equal(proc_wait(pid, 10, &status), 1);
	assert_int_equal(WEXITSTATUS(status), 5);
	assert_int_equal(proc_wait(pid, 0, &status), -1);
	pid = start_shell("sleep 600", -1, 0);
	assert_int_equal(proc_wait(pid, 0, &status), 0);
	proc_kill_group(pid);
	assert_int_equal(proc_wait(pid, 10, &status), 1);
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static void test_end_as(void **state)
{
	static const int statuses[] = {0, 3 << 8, SIGSEGV, SIGKILL, SIGTERM, SIGABRT};
	size_t i;
	int status;
	pid_t pid;

	(void)state;
	for (i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		pid = fork();
		if (pid == 0)
			proc_end_as(statuses[i]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, statuses[i]);
	}
}

static void test_environ(void **state)
{
	static const char *const without[] = {"FFIADVISE_A", "FFIADVISE_B=", NULL};
	static const char *const with[] = {"FFIADVISE_D=4", NULL};
	const char **list;
	struct str seen;
	size_t i;

	(void)state;
	setenv("FFIADVISE_A1", "1", 1);
	setenv("FFIADVISE_B", "2", 1);
	setenv("FFIADVISE_BB", "3", 1);
	list = proc_environ(without, with);
	str_init(&seen);
	for (i = 0; list[i]; i++)
		if (str_starts(list[i], "FFIADVISE_"))
			str_addf(&seen, "%s ", list[i]);
	assert_string_equal(str_text(&seen), "FFIADVISE_BB=3 FFIADVISE_D=4 ");
	str_release(&seen);
	free(list);
}

static void test_own_path(void **state)
{
	char path[4096], small[3];

	(void)state;
	assert_int_equal(proc_own_path(path, sizeof path), 0);
	assert_int_equal(path[0], '/');
	assert_int_equal(access(path, X_OK), 0);
	assert_int_equal(proc_own_path(small, sizeof small), -1);
}

static void test_resident_and_state(void **state)
{
	pid_t child;
	int status;

	(void)state;
	assert_true(proc_resident(getpid()) > 100000);
	assert_int_equal(proc_state(getpid()), 'R');
	assert_int_equal(proc_resident(-1), -1);
	assert_int_equal(proc_state(-1), 0);
	child = fork();
	if (child == 0) {
		raise(SIGSTOP);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_int_equal(proc_state(child), 'T');
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(proc_switches() >= 0);
}

static void test_cpus(void **state)
{
	struct proc_cpus all, one, now;
	int cpu = 0;

	(void)state;
	assert_int_equal(proc_cpus_get(&all), 0);
	assert_true(proc_cpus_count(&all) >= 1);
	while (!proc_cpus_has(&all, cpu))
		cpu++;
	one = proc_cpus_one(cpu);
	assert_int_equal(proc_cpus_count(&one), 1);
	assert_int_equal(proc_cpus_set(&one), 0);
	assert_int_equal(proc_cpus_get(&now), 0);
	assert_memory_equal(&now, &one, sizeof now);
	assert_int_equal(proc_cpus_set(&all), 0);
	assert_int_equal(proc_cpus_get(&now), 0);
	assert_memory_equal(&now, &all, sizeof now);
	one = proc_cpus_one(-1);
	assert_int_equal(proc_cpus_count(&one), 0);
	one = proc_cpus_one(1 << 20);
	assert_int_equal(proc_cpus_count(&one), 0);
	assert_int_equal(proc_cpus_set(&one), -1);
	assert_int_equal(proc_cpus_has(&all, -1), 0);
	assert_int_equal(proc_cpus_has(&all, 1 << 20), 0);
}

static void test_running(void **state)
{
	(void)state;
	assert_int_equal(proc_running_parse("0.20 0.18 0.12 3/80 11206\n"), 3);
	assert_int_equal(proc_running_parse("0.20 0.18 0.12 0/0 11206\n"), 0);
	assert_int_equal(proc_running_parse("0.20 0.18"), 0);
	assert_int_equal(proc_running_parse(""), 0);
	assert_true(proc_running() >= 1); /* this one runs */
	assert_true(proc_cpus_online() >= 1);
}

static void test_memfile_is_capped(void **state)
{
	int fd = proc_memfile("test", 100);
	char buf[120];

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	memset(buf, 'x', sizeof buf);
	assert_int_equal(write(fd, buf, 60), 60);
	/* The kernel takes what fits, or nothing, but never more. */
	assert_true(write(fd, buf, 60) <= 40);
	assert_int_equal(lseek(fd, 0, SEEK_END), 100);
	assert_int_equal(write(fd, buf, 1), -1);
	assert_int_equal(ftruncate(fd, 200), -1);
	assert_int_equal(ftruncate(fd, 0), -1);
	close(fd);
}

static void test_pair(void **state)
{
	char c = 0;
	int fds[2];

	(void)state;
	assert_int_equal(proc_pair(fds), 0);
	assert_int_equal(fcntl(fds[0], F_GETFD), FD_CLOEXEC);
	assert_int_equal(fcntl(fds[1], F_GETFD), FD_CLOEXEC);
	assert_int_equal(read(fds[0], &c, 1), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(write(fds[0], "x", 1), 1);
	assert_int_equal(read(fds[1], &c, 1), 1);
	assert_int_equal(c, 'x');
	close(fds[0]);
	close(fds[1]);
}

static void test_signal_names(void **state)
{
	char buf[16];

	(void)state;
	assert_string_equal(proc_signal_name(SIGSEGV, buf), "SIGSEGV");
	assert_string_equal(proc_signal_name(SIGKILL, buf), "SIGKILL");
	assert_string_equal(proc_signal_name(SIGRTMIN, buf), "signal 34");
	assert_string_equal(proc_signal_name(-7, buf), "signal 999");
}

static void test_machine_x86(void **state)
{
	struct proc_machine machine;

	(void)state;
	proc_machine_parse(&machine,
		"processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\n"
		"model name\t: AMD EPYC 7R13\nstepping\t: 2\nflags\t\t: fpu hypervisor lahf\n\n"
		"processor\t: 1\ncpu family\t: 99\nmodel name\t: other\n",
		"NAME=\"x\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");
	assert_string_equal(machine.cpu, "AMD EPYC 7R13");
	assert_int_equal(machine.family, 25);
	assert_int_equal(machine.model, 1);
	assert_int_equal(machine.stepping, 2);
	assert_int_equal(machine.hypervisor, 1);
	assert_string_equal(machine.os, "Debian GNU/Linux 12 (bookworm)");
}

static void test_machine_others(void **state)
{
	struct proc_machine machine;

	(void)state;
	proc_machine_parse(&machine,
		"processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n", "PRETTY_NAME=Alpine\n");
	assert_string_equal(machine.cpu, "Arm implementer 0x41 part 0xd0c");
	assert_int_equal(machine.family, -1);
	assert_int_equal(machine.hypervisor, 0);
	assert_string_equal(machine.os, "Alpine");
	proc_machine_parse(&machine, "flags : nohypervisor hypervisors\n", "");
	assert_string_equal(machine.cpu, "unknown");
	assert_int_equal(machine.hypervisor, 0);
	assert_string_equal(machine.os, "unknown");
	proc_machine_parse(&machine, "model name\t: a\x1b[31mb\nstepping:\nmodel : x\ncpu family : 5",
		"PRETTY_NAME=\"open");
	assert_string_equal(machine.cpu, "a\\x1b[31mb");
	assert_int_equal(machine.stepping, -1);
	assert_int_equal(machine.model, -1);
	assert_int_equal(machine.family, 5);
	assert_string_equal(machine.os, "open");
}

static void test_machine_here(void **state)
{
	struct proc_machine machine;

	(void)state;
	proc_machine(&machine);
	assert_true(machine.cores >= 1);
	assert_true(machine.cpu[0]);
	assert_string_not_equal(machine.os, "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spawn_inherits_only_what_is_listed),
		cmocka_unit_test(test_spawn_swaps_descriptors),
		cmocka_unit_test(test_spawn_leads_a_session_with_default_signals),
		cmocka_unit_test(test_spawn_of_nothing),
		cmocka_unit_test(test_child_ends_with_its_parent),
		cmocka_unit_test(test_parent_that_is_another),
		cmocka_unit_test(test_kill_children),
		cmocka_unit_test(test_wait),
		cmocka_unit_test(test_end_as),
		cmocka_unit_test(test_environ),
		cmocka_unit_test(test_own_path),
		cmocka_unit_test(test_resident_and_state),
		cmocka_unit_test(test_cpus),
		cmocka_unit_test(test_running),
		cmocka_unit_test(test_memfile_is_capped),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_signal_names),
		cmocka_unit_test(test_machine_x86),
		cmocka_unit_test(test_machine_others),
		cmocka_unit_test(test_machine_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
