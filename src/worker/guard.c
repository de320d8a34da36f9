#include "worker/guard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/proto.h"

/* The worker's process: in a group of its own, gone when the guard is. */
static int be_worker(pid_t guard, const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
	close(PROTO_FD_GUARD);
	setpgid(0, 0);
	return proc_die_with(guard, SIGKILL);
}

/* True when the worker has ended; its status is then kept. */
static int has_ended(pid_t worker, int *status)
{
	int got;
	pid_t pid;

	while ((pid = waitpid(-1, &got, WNOHANG)) > 0) {
		if (pid != worker)
			continue;
		*status = got;
		return 1;
	}
	return pid < 0 && errno == ECHILD;
}

static void keep_watch(pid_t worker, int signals)
{
	struct pollfd pfds[2] = {{signals, POLLIN, 0}, {PROTO_FD_GUARD, POLLIN, 0}};
	struct signalfd_siginfo info;
	int status = 0;

	for (;;) {
		if (poll(pfds, 2, -1) < 0 && errno != EINTR)
			break;
		if (pfds[0].revents && read(signals, &info, sizeof info) == sizeof info &&
			info.ssi_signo != SIGCHLD)
			break;
		if (pfds[1].revents || has_ended(worker, &status))
			break;
	}
	proc_kill_group(worker);
	proc_kill_children();
	proc_end_as(status);
}

int guard_split(void)
{
	pid_t guard = getpid(), worker;
	sigset_t set, before;
	int signals;

	/* SIGTERM is what the kernel sends when the front end ends. */
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &before);
	signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals < 0 || proc_adopt_orphans() != 0)
		return -1;
	worker = fork();
	if (worker == 0) {
		close(signals);
		return be_worker(guard, &before);
	}
	if (worker < 0)
		return -1;
	setpgid(worker, worker);
	close(PROTO_FD);
	close(PROTO_FD_SHARED);
	keep_watch(worker, signals);
	return -1;
}
