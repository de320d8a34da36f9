#include "measure/worker_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/proc.h"

enum {
	TALK_MAX = 1 << 20, /* bytes the probes may print; reaching it is flooding */
	WATCH_MS = 20,      /* how often memory and output are looked at */
	/* A sample may take this many times what was seen when it was loaded: the
	 * warm run, full and half are 1 5/8 of it, and a busy machine doubles it. */
	EXPECTED_TIMES = 4,
};

/* Bytes printed so far: the offset of the description both sides share. */
static size_t printed(const struct worker *w)
{
	off_t at = lseek(w->talk_fd, 0, SEEK_CUR);

	return at < 0 ? 0 : at > TALK_MAX ? TALK_MAX : (size_t)at;
}

/* The guard kills and reaps everything below it when its socket hangs up. */
void worker_end(struct worker *w)
{
	int status;

	if (w->ended)
		return;
	w->ended = 1;
	shutdown(w->guard_fd, SHUT_RDWR);
	if (proc_wait(w->guard, 1, &status) != 0)
		return;
	/* The guard itself is stuck or stopped. Its death ends the worker. */
	proc_kill_group(w->guard);
	if (w->hello.pid)
		proc_kill_group((pid_t)w->hello.pid);
	proc_wait(w->guard, 1, &status);
}

static void say_status(int status, struct err *err)
{
	char name[16];

	if (WIFSIGNALED(status))
		err_set(err, ERR_FAILURE, "ended by %s", proc_signal_name(WTERMSIG(status), name));
	else if (WEXITSTATUS(status) == PROTO_EXIT_LOST)
		err_set(err, ERR_FAILURE, "closed the worker's connection");
	else
		err_set(err, ERR_FAILURE, "exited with status %d", WEXITSTATUS(status));
}

static void say_flood(struct err *err)
{
	err_set(err, ERR_FAILURE, "printed more than 1 MiB");
}

/* Flooding is the cause even where it shows as an error of print(). */
static int floods(struct worker *w)
{
	if (printed(w) >= TALK_MAX)
		w->flooded = 1;
	return w->flooded;
}

/* It ended by itself, or let go of the connection, which is as good. */
static enum worker_result died(struct worker *w, struct err *err)
{
	int status, by_itself = proc_wait(w->guard, 0.5, &status) == 1;

	if (by_itself)
		w->ended = 1;
	else
		worker_end(w);
	if (floods(w))
		say_flood(err);
	else if (by_itself)
		say_status(status, err);
	else
		err_set(err, ERR_FAILURE, "closed the worker's connection");
	return WORKER_DIED;
}

static enum worker_result overdue(struct worker *w, double seconds, struct err *err)
{
	int stopped = w->hello.pid && proc_state((pid_t)w->hello.pid) == 'T';

	worker_end(w);
	if (stopped)
		err_set(err, ERR_FAILURE, "was stopped by a signal and did not go on within %g s",
			seconds);
	else
		err_set(err, ERR_FAILURE, "was still running after %g s", seconds);
	return WORKER_DIED;
}

enum worker_result worker_garbled(struct worker *w, struct err *err)
{
	worker_end(w);
	err_set(err, ERR_FAILURE, "wrote something that is no answer into the worker's connection");
	return WORKER_DIED;
}

/* Looks at what a probe may do too much of. */
static enum worker_result watch(struct worker *w, struct err *err)
{
	int64_t now;

	if (floods(w)) {
		worker_end(w);
		say_flood(err);
		return WORKER_DIED;
	}
	if (!w->resident)
		return WORKER_OK;
	now = proc_resident((pid_t)w->hello.pid);
	if (now < 0 || now - w->resident <= (int64_t)w->options.memory)
		return WORKER_OK;
	worker_end(w);
	if (w->options.memory >> 30)
		err_set(err, ERR_FAILURE, "grew by more than %g GiB",
			(double)w->options.memory / (1 << 30));
	else
		err_set(err, ERR_FAILURE, "grew by more than %g MiB",
			(double)w->options.memory / (1 << 20));
	return WORKER_DIED;
}

/* Sends what the socket takes; -1 when the other end is gone. */
static int send_some(struct worker *w, size_t *sent)
{
	ssize_t n;

	while (*sent < w->out.len) {
		n = send(w->fd, w->out.s + *sent, w->out.len - *sent, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -1;
		*sent += (size_t)n;
	}
	return 0;
}

/* Receives what there is; -1 at the end. */
static int receive_some(struct worker *w)
{
	char buf[65536];
	ssize_t n = recv(w->fd, buf, sizeof buf, 0);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	str_addn(&w->in, buf, (size_t)n);
	return n ? 0 : -1;
}

static double limit_of(const struct worker *w, const struct worker_limit *limit, uint32_t begun)
{
	const struct worker_entry *entry;

	if (!limit->entries || begun == 0 || begun > limit->n)
		return limit->seconds;
	entry = &limit->entries[begun - 1];
	if (entry->number >= w->n_ns)
		return limit->seconds;
	return limit->seconds + EXPECTED_TIMES * 1e-9 * w->ns[entry->number] *
					(double)entry->loops * (double)entry->unroll;
}

enum { EVENT_STOP = 1, EVENT_GONE = 2 };

/* Waits for something to happen, at most WATCH_MS. */
static int wait_event(const struct worker *w, size_t sent)
{
	struct pollfd pfds[3] = {
		{w->fd, (short)(POLLIN | (sent < w->out.len ? POLLOUT : 0)), 0},
		{w->guard_fd, POLLIN, 0},
		{w->options.stop_fd, POLLIN, 0},
	};

	if (poll(pfds, 3, WATCH_MS) <= 0)
		return 0;
	return (pfds[1].revents ? EVENT_GONE : 0) | (pfds[2].revents & POLLIN ? EVENT_STOP : 0);
}

enum worker_result worker_ask(struct worker *w, enum proto_type type,
	const struct worker_limit *limit, struct proto_frame *answer, uint32_t *index,
	struct err *err)
{
	int64_t since = clock_ns(), watched = since, now;
	uint32_t begun = 0, seen;
	struct proto_refusal refusal;
	enum worker_result result;
	size_t sent = 0;
	int gone = 0, events;
	long took;

	if (w->ended) {
		err_set(err, ERR_FAILURE, "the worker has ended");
		return WORKER_DIED;
	}
	str_clear(&w->in);
	while ((took = proto_next(str_text(&w->in), w->in.len, answer)) == 0) {
		if (gone)
			return died(w, err);
		events = wait_event(w, sent);
		if (events & EVENT_STOP) {
			worker_end(w);
			err_set(err, ERR_FAILURE, "stopped");
			return WORKER_STOPPED;
		}
		gone = events & EVENT_GONE;
		if (send_some(w, &sent) != 0 || receive_some(w) != 0)
			gone = 1;
		now = clock_ns();
		seen = __atomic_load_n(&w->shared->begun, __ATOMIC_RELAXED);
		if (seen != begun) {
			begun = seen;
			since = now;
		}
		if ((double)(now - since) > 1e9 * limit_of(w, limit, begun))
			return overdue(w, limit_of(w, limit, begun), err);
		if (now - watched < WATCH_MS * 1000000)
			continue;
		watched = now;
		result = watch(w, err);
		if (result != WORKER_OK)
			return result;
	}
	if (took < 0)
		return worker_garbled(w, err);
	result = watch(w, err);
	if (result != WORKER_OK)
		return result;
	if ((size_t)took != w->in.len || sent < w->out.len)
		return worker_garbled(w, err);
	if (answer->type == type)
		return WORKER_OK;
	if (answer->type != PROTO_REFUSED || proto_get_refused(answer, &refusal) != 0)
		return worker_garbled(w, err);
	if (index)
		*index = refusal.index;
	err_set(err, ERR_FAILURE, "%s", refusal.text);
	return WORKER_REFUSED;
}

/* What the worker finds in its environment: nothing of Python's, and one
 * thread for a linear algebra library, whose others would share its CPU. */
static const char *const without[] = {"PYTHON", "OPENBLAS_NUM_THREADS=", NULL};
static const char *const with[] = {"OPENBLAS_NUM_THREADS=1", NULL};
/* The person's own code finds the environment as it is. */
static const char *const nothing[] = {NULL};

/* What the interpreter is told where the worker is a module: as an embedded one is configured,
 * nothing but the module's own folder for as long as it is imported. */
static const char import_it[] = "import sys; sys.path.insert(0, sys.argv[1].rpartition('/')[0]); "
				"import ffiadvise_worker; del sys.path[0]; "
				"ffiadvise_worker.main(*sys.argv[2:])";

int worker_spawn(struct worker *w, struct err *err)
{
	const char *host = w->options.host, *site = w->options.site ? w->options.site : "";
	const char *probes = w->options.own ? "" : w->options.probes;
	const char *embedded[] = {w->options.program, probes, site, NULL};
	const char *hosted[] = {host, "-I", "-S", "-B", "-u", "-X", "utf8", "-c", import_it,
		w->options.program, probes, site, NULL};
	const char **env = w->options.own ? proc_environ(nothing, nothing) :
		proc_environ(without, with);
	int frames[2] = {-1, -1}, guard[2] = {-1, -1}, null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int shared = proc_memfile("ffiadvise-shared", sizeof *w->shared), failed;
	struct proc_fd fds[6] = {{null, 0}};
	struct proc_spawn how = {host ? host : w->options.program, host ? hosted : embedded, env, fds, 6,
		SIGTERM};
	void *page = shared < 0 ? MAP_FAILED
				: mmap(NULL, sizeof *w->shared, PROT_READ | PROT_WRITE, MAP_SHARED,
					  shared, 0);

	w->talk_fd = proc_memfile("ffiadvise-talk", TALK_MAX);
	failed = null < 0 || page == MAP_FAILED || w->talk_fd < 0 || proc_pair(frames) != 0 ||
		 proc_pair(guard) != 0;
	if (page != MAP_FAILED)
		w->shared = page;
	w->fd = frames[0];
	w->guard_fd = guard[0];
	if (failed) {
		err_set(err, ERR_FAILURE, "starting '%s' failed: %s", how.path, strerror(errno));
	} else {
		fds[1] = (struct proc_fd){w->talk_fd, 1};
		fds[2] = (struct proc_fd){w->talk_fd, 2};
		fds[3] = (struct proc_fd){frames[1], PROTO_FD};
		fds[4] = (struct proc_fd){guard[1], PROTO_FD_GUARD};
		fds[5] = (struct proc_fd){shared, PROTO_FD_SHARED};
		w->guard = proc_spawn(&how, err);
		failed = w->guard < 0;
	}
	if (null >= 0)
		close(null);
	if (shared >= 0)
		close(shared);
	if (frames[1] >= 0)
		close(frames[1]);
	if (guard[1] >= 0)
		close(guard[1]);
	free(env);
	return failed ? -1 : 0;
}

const char *worker_talk(struct worker *worker, size_t *n, int *flooded)
{
	size_t want = printed(worker), at = 0;
	char buf[4096];
	ssize_t got;

	str_clear(&worker->talk);
	while (at < want) {
		got = pread(worker->talk_fd, buf, want - at < sizeof buf ? want - at : sizeof buf,
			(off_t)at);
		if (got <= 0)
			break;
		str_addn(&worker->talk, buf, (size_t)got);
		at += (size_t)got;
	}
	*n = worker->talk.len;
	*flooded = floods(worker);
	return str_text(&worker->talk);
}

void worker_stop(struct worker *worker)
{
	if (!worker)
		return;
	worker_end(worker);
	if (worker->fd >= 0)
		close(worker->fd);
	if (worker->guard_fd >= 0)
		close(worker->guard_fd);
	if (worker->talk_fd >= 0)
		close(worker->talk_fd);
	if (worker->shared)
		munmap(worker->shared, sizeof *worker->shared);
	free(worker->texts);
	free(worker->ns);
	free(worker->names);
	str_release(&worker->in);
	str_release(&worker->out);
	str_release(&worker->talk);
	free(worker);
}
