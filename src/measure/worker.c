#include "measure/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/str.h"

enum {
	TALK_MAX = 1 << 20,  /* bytes the probes may print; reaching it is flooding */
	WATCH_MS = 20,       /* how often memory and output are looked at */
	MEMORY_MB = 1024,    /* default limits, worker.h */
	RUN_SECONDS = 60,
	LOAD_SECONDS = 10,
	BLOCK_SECONDS = 5,
	ANSWER_SECONDS = 5,  /* for questions that run no probe */
	START_SECONDS = 10,
	/* A sample may take this many times what was seen when it was loaded: the
	 * warm run, full and half are 1 5/8 of it, and a busy machine doubles it. */
	EXPECTED_TIMES = 4,
};

struct worker {
	struct worker_options options;
	pid_t guard;   /* our child: parent of the worker and of what it leaves behind */
	int fd;        /* frames; nonblocking */
	int guard_fd;  /* hangs up when the guard has ended; it ends all when we do */
	int talk_fd;   /* the memory file that is the worker's stdout and stderr */
	struct proto_shared *shared;
	struct worker_hello hello;
	char *texts;   /* what hello points into: the frame it came in */
	int64_t resident; /* bytes after the handshake; 0 before */
	struct str in; /* bytes received and not yet used */
	struct str out;/* the question being sent */
	struct str talk;
	double *ns;    /* by probe number: one execution; 0 unknown */
	size_t n_ns;
	const char **names; /* of the last reading; PROTO_NAMES_MAX, made by the first */
	int ended;
	int flooded;
};

/* Bytes printed so far: the offset of the description both sides share. */
static size_t printed(const struct worker *w)
{
	off_t at = lseek(w->talk_fd, 0, SEEK_CUR);

	return at < 0 ? 0 : at > TALK_MAX ? TALK_MAX : (size_t)at;
}

/* The guard kills and reaps everything below it when its socket hangs up. */
static void end_all(struct worker *w, int *status)
{
	if (w->ended)
		return;
	w->ended = 1;
	shutdown(w->guard_fd, SHUT_RDWR);
	if (proc_wait(w->guard, 1, status) != 0)
		return;
	/* The guard itself is stuck or stopped. Its death ends the worker. */
	proc_kill_group(w->guard);
	if (w->hello.pid)
		proc_kill_group((pid_t)w->hello.pid);
	proc_wait(w->guard, 1, status);
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
		end_all(w, &status);
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
	int stopped = w->hello.pid && proc_state((pid_t)w->hello.pid) == 'T', status;

	end_all(w, &status);
	if (stopped)
		err_set(err, ERR_FAILURE, "was stopped by a signal and did not go on within %g s",
			seconds);
	else
		err_set(err, ERR_FAILURE, "was still running after %g s", seconds);
	return WORKER_DIED;
}

static enum worker_result garbled(struct worker *w, struct err *err)
{
	int status;

	end_all(w, &status);
	err_set(err, ERR_FAILURE, "wrote something that is no answer into the worker's connection");
	return WORKER_DIED;
}

/* Looks at what a probe may do too much of. */
static enum worker_result watch(struct worker *w, struct err *err)
{
	int64_t now;
	int status;

	if (floods(w)) {
		end_all(w, &status);
		say_flood(err);
		return WORKER_DIED;
	}
	if (!w->resident)
		return WORKER_OK;
	now = proc_resident((pid_t)w->hello.pid);
	if (now < 0 || now - w->resident <= (int64_t)w->options.memory)
		return WORKER_OK;
	end_all(w, &status);
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

/* How long an answer may take: `seconds`, or by the block's entry that is running. */
struct limit {
	double seconds;
	const struct worker_entry *entries;
	size_t n;
};

static double limit_of(const struct worker *w, const struct limit *limit, uint32_t begun)
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

/*
 * Sends w->out and waits for one frame in answer, which is lent until the next
 * call. Refusals come back as WORKER_REFUSED with their text in err.
 */
static enum worker_result ask(struct worker *w, enum proto_type type, const struct limit *limit,
	struct proto_frame *answer, uint32_t *index, struct err *err)
{
	int64_t since = clock_ns(), watched = since, now;
	uint32_t begun = 0, seen;
	struct proto_refusal refusal;
	enum worker_result result;
	size_t sent = 0;
	int gone = 0, events, status;
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
			end_all(w, &status);
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
		return garbled(w, err);
	result = watch(w, err);
	if (result != WORKER_OK)
		return result;
	if ((size_t)took != w->in.len || sent < w->out.len)
		return garbled(w, err);
	if (answer->type == type)
		return WORKER_OK;
	if (answer->type != PROTO_REFUSED || proto_get_refused(answer, &refusal) != 0)
		return garbled(w, err);
	if (index)
		*index = refusal.index;
	err_set(err, ERR_FAILURE, "%s", refusal.text);
	return WORKER_REFUSED;
}

static const struct limit answer_limit = {ANSWER_SECONDS, NULL, 0};

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

static int spawn(struct worker *w, struct err *err)
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

static enum worker_result greet(struct worker *w, struct err *err)
{
	const struct limit limit = {START_SECONDS, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;
	int status;

	proto_put_plain(&w->out, PROTO_HELLO);
	result = ask(w, PROTO_HELLO_IS, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	w->texts = str_detach(&w->in);
	answer.payload = (const unsigned char *)w->texts + PROTO_HEADER;
	if (proto_get_hello_is(&answer, &w->hello) != 0 || w->hello.protocol != PROTO_VERSION) {
		int other = w->hello.protocol;

		w->hello.pid = 0;
		end_all(w, &status);
		err_set(err, ERR_FAILURE, "speaks protocol %d, this program speaks %d", other,
			PROTO_VERSION);
		err_hint(err, "build both anew: make");
		return WORKER_DIED;
	}
	w->resident = proc_resident((pid_t)w->hello.pid);
	return WORKER_OK;
}

enum worker_result worker_start(struct worker **worker, const struct worker_options *options,
	struct err *err)
{
	struct worker *w = xcalloc(1, sizeof *w);
	enum worker_result result;

	*worker = NULL;
	w->options = *options;
	w->options.memory = options->memory ? options->memory : (size_t)MEMORY_MB << 20;
	w->options.run_seconds = options->run_seconds > 0 ? options->run_seconds : RUN_SECONDS;
	w->options.load_seconds = options->load_seconds > 0 ? options->load_seconds : LOAD_SECONDS;
	w->options.block_seconds =
		options->block_seconds > 0 ? options->block_seconds : BLOCK_SECONDS;
	str_init(&w->in);
	str_init(&w->out);
	str_init(&w->talk);
	if (spawn(w, err) != 0) {
		w->ended = 1;
		worker_stop(w);
		return WORKER_DIED;
	}
	result = greet(w, err);
	if (result == WORKER_OK) {
		*worker = w;
		return WORKER_OK;
	}
	err_prefix(err, "worker '%s'", options->program);
	worker_stop(w);
	return result == WORKER_STOPPED ? WORKER_STOPPED : WORKER_DIED;
}

const struct worker_hello *worker_hello(const struct worker *worker)
{
	return &worker->hello;
}

enum worker_result worker_pin(struct worker *worker, int cpu, struct err *err)
{
	struct proto_frame answer;

	str_clear(&worker->out);
	proto_put_pin(&worker->out, cpu);
	return ask(worker, PROTO_DONE, &answer_limit, &answer, NULL, err);
}

enum worker_result worker_gate(struct worker *worker, int times, double *ns, struct err *err)
{
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	proto_put_gate(&worker->out, times > 0 ? (uint32_t)times : 1);
	result = ask(worker, PROTO_GATE_IS, &answer_limit, &answer, NULL, err);
	if (result == WORKER_OK && (proto_get_gate_is(&answer, ns) != 0 || !isfinite(*ns)))
		return garbled(worker, err);
	return result;
}

static void remember(struct worker *w, uint32_t number, double ns)
{
	size_t want = (size_t)number + 1;

	if (w->n_ns < want) {
		w->ns = xreallocarray(w->ns, want, sizeof *w->ns);
		memset(w->ns + w->n_ns, 0, (want - w->n_ns) * sizeof *w->ns);
		w->n_ns = want;
	}
	w->ns[number] = ns;
}

enum worker_result worker_load(struct worker *worker, const struct worker_probe *probe,
	struct worker_loaded *loaded, struct err *err)
{
	const struct limit limit = {worker->options.load_seconds, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	if (!probe->module) {
		result = worker_run(worker, probe->setup, err);
		if (result != WORKER_OK)
			return result;
	}
	str_clear(&worker->out);
	if (proto_put_load(&worker->out, probe) != 0) {
		err_set(err, ERR_FAILURE, "its set-up and statement are longer than 1 MiB");
		return WORKER_REFUSED;
	}
	result = ask(worker, PROTO_LOADED, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	if (proto_get_loaded(&answer, loaded) != 0 || !(loaded->ns > 0) || !isfinite(loaded->ns) ||
		loaded->loops < 1 || loaded->unroll < 1 || loaded->unroll > PROTO_UNROLL_MAX)
		return garbled(worker, err);
	remember(worker, probe->number, loaded->ns);
	return WORKER_OK;
}

enum worker_result worker_read(struct worker *worker, const struct worker_probe *probe,
	int is_names, struct worker_reading *reading, struct err *err)
{
	const struct limit limit = {worker->options.load_seconds, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	if (proto_put_read(&worker->out, probe, is_names) != 0) {
		err_set(err, ERR_FAILURE, "its set-up and statement are longer than 1 MiB");
		return WORKER_REFUSED;
	}
	result = ask(worker, PROTO_READING, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	if (!worker->names)
		worker->names = xcalloc(PROTO_NAMES_MAX, sizeof *worker->names);
	if (proto_get_reading(&answer, reading, worker->names, PROTO_NAMES_MAX) != 0 ||
		reading->is_names != is_names || !isfinite(reading->value) ||
		(reading->when && clock_from_iso(reading->when) == -1))
		return garbled(worker, err);
	return WORKER_OK;
}

/* Sends worker->out, which `failed` says could not be written, for the person's own code. */
static enum worker_result ask_own(struct worker *worker, int failed, enum proto_type type,
	const struct limit *limit, struct proto_frame *answer, struct err *err)
{
	enum worker_result result;
	uint32_t index = 0;

	if (failed) {
		err_set(err, ERR_USAGE, "it is longer than 1 MiB");
		return WORKER_REFUSED;
	}
	result = ask(worker, type, limit, answer, &index, err);
	if (result == WORKER_REFUSED && index == PROTO_NO_PYTHON)
		err->code = ERR_USAGE;
	return result;
}

enum worker_result worker_run(struct worker *worker, const char *code, struct err *err)
{
	const struct limit limit = {worker->options.run_seconds, NULL, 0};
	struct proto_frame answer;

	str_clear(&worker->out);
	return ask_own(worker, proto_put_run(&worker->out, code) != 0, PROTO_DONE, &limit, &answer, err);
}

enum worker_result worker_look(struct worker *worker, const char *call, struct worker_seen *seen,
	struct err *err)
{
	const struct limit limit = {worker->options.load_seconds, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	result = ask_own(worker, proto_put_look(&worker->out, call) != 0, PROTO_SEEN, &limit, &answer,
		err);
	if (result == WORKER_OK && proto_get_seen(&answer, seen) != 0)
		return garbled(worker, err);
	return result;
}

/* At most PROTO_BLOCK_MAX entries. */
static enum worker_result part_of_block(struct worker *w, const struct worker_entry *entries,
	size_t n, struct worker_sample *samples, size_t *failed, struct err *err)
{
	const struct limit limit = {w->options.block_seconds, entries, n};
	struct proto_frame answer;
	enum worker_result result;
	uint32_t index = 0, begun;
	size_t got, i;

	str_clear(&w->out);
	proto_put_block(&w->out, entries, n);
	__atomic_store_n(&w->shared->begun, 0, __ATOMIC_RELAXED);
	result = ask(w, PROTO_SAMPLES, &limit, &answer, &index, err);
	begun = __atomic_load_n(&w->shared->begun, __ATOMIC_RELAXED);
	if (result == WORKER_DIED)
		index = begun ? begun - 1 : 0;
	*failed = index < n ? index : n - 1;
	if (result != WORKER_OK)
		return result;
	result = proto_get_samples(&answer, samples, n, &got) == 0 && got == n ? WORKER_OK
									       : garbled(w, err);
	for (i = 0; result == WORKER_OK && i < n; i++)
		if (samples[i].number != entries[i].number)
			result = garbled(w, err);
	return result;
}

enum worker_result worker_block(struct worker *worker, const struct worker_entry *entries, size_t n,
	struct worker_sample *samples, size_t *failed, struct err *err)
{
	enum worker_result result;
	size_t at, part;

	*failed = 0;
	for (at = 0; at < n; at += part) {
		part = n - at < PROTO_BLOCK_MAX ? n - at : PROTO_BLOCK_MAX;
		result = part_of_block(worker, entries + at, part, samples + at, failed, err);
		*failed += at;
		if (result != WORKER_OK)
			return result;
	}
	return WORKER_OK;
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
	int status;

	if (!worker)
		return;
	end_all(worker, &status);
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
