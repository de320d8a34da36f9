#include "front/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int pipe_fds[2] = {-1, -1};
static volatile sig_atomic_t caught, suspended;
static const int caught_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void on_signal(int sig)
{
	int saved = errno;
	ssize_t n;

	/* The handler is gone (SA_RESETHAND): a second signal does not wait. */
	caught = sig;
	n = write(pipe_fds[1], "!", 1);
	(void)n;
	errno = saved;
}

int signals_catch(struct err *err)
{
	struct sigaction action;
	size_t i;

	if (pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_set(err, ERR_FAILURE, "cannot make a pipe: %s", strerror(errno));
	memset(&action, 0, sizeof action);
	action.sa_handler = on_signal;
	action.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof caught_signals / sizeof *caught_signals; i++)
		sigaction(caught_signals[i], &action, NULL);
	return pipe_fds[0];
}

static void on_suspend(int sig)
{
	int saved = errno;
	ssize_t n;

	(void)sig;
	suspended = 1;
	n = write(pipe_fds[1], "z", 1);
	(void)n;
	errno = saved;
}

void signals_catch_suspend(int catch)
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = catch ? on_suspend : SIG_DFL;
	sigemptyset(&action.sa_mask);
	sigaction(SIGTSTP, &action, NULL);
}

int signals_suspended(void)
{
	char bytes[16];

	/* The pipe before the flag: a signal in between is seen now or wakes again. */
	while (!caught && read(pipe_fds[0], bytes, sizeof bytes) > 0)
		;
	if (!suspended)
		return 0;
	suspended = 0;
	return 1;
}

int signals_caught(void)
{
	return caught;
}

void signals_raise_again(void)
{
	sigset_t set;

	if (!caught)
		return;
	signal(caught, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, caught);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(caught);
}
