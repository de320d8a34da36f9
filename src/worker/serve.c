#include "worker/serve.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/proto.h"
#include "base/str.h"
#include "worker/gate.h"
#include "worker/guard.h"
#include "worker/look.h"
#include "worker/own.h"
#include "worker/runner.h"

static const char *folder, *packages;
static struct proto_shared *shared;
static pid_t self;
static int is_copy; /* this process was forked by a probe */

/* In a process that a probe forks: it dies with its parent and cannot answer. */
static void forked(void)
{
	pid_t parent = self;

	self = getpid();
	is_copy = 1;
	close(PROTO_FD);
	if (proc_die_with(parent, SIGKILL) != 0)
		_exit(0);
}

static void answer(const struct str *out)
{
	size_t sent = 0;
	ssize_t n;

	/* What C code printed reaches the front end with the answer. */
	fflush(NULL);
	if (is_copy)
		_exit(0);
	while (sent < out->len) {
		n = send(PROTO_FD, out->s + sent, out->len - sent, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			_exit(PROTO_EXIT_LOST);
		sent += n > 0 ? (size_t)n : 0;
	}
}

static void refuse(struct str *out, uint32_t index, const struct err *err)
{
	struct proto_refusal refusal = {index, err->text};

	str_clear(out);
	proto_put_refused(out, &refusal);
}

static int do_hello(const struct proto_frame *frame, struct str *out, struct err *err)
{
	static struct worker_hello hello;

	if (frame->n)
		return err_set(err, ERR_FAILURE, "broken greeting");
	if (!hello.build) {
		if (runner_start(folder, packages, &hello, err) != 0)
			return -1;
		hello.protocol = PROTO_VERSION;
		hello.pid = getpid();
		hello.build = WORKER_BUILD;
	}
	return proto_put_hello_is(out, &hello);
}

static int do_pin(const struct proto_frame *frame, struct str *out, struct err *err)
{
	int cpu;

	if (proto_get_pin(frame, &cpu) != 0)
		return err_set(err, ERR_FAILURE, "broken question for a CPU");
	if (runner_pin(cpu, err) != 0)
		return -1;
	return proto_put_plain(out, PROTO_DONE);
}

static int do_gate(const struct proto_frame *frame, struct str *out, struct err *err)
{
	uint32_t times;

	if (proto_get_gate(frame, &times) != 0)
		return err_set(err, ERR_FAILURE, "broken question for the gate");
	return proto_put_gate_is(out, gate_fastest(times));
}

static int do_load(const struct proto_frame *frame, struct str *out, struct err *err)
{
	struct worker_loaded loaded;
	struct worker_probe probe;

	if (proto_get_load(frame, &probe) != 0)
		return err_set(err, ERR_FAILURE, "broken description of a probe");
	if (runner_load(&probe, &loaded, err) != 0)
		return -1;
	return proto_put_loaded(out, &loaded);
}

/* Answers by itself where an entry fails: it is named in the refusal. */
static int do_block(const struct proto_frame *frame, struct str *out, struct err *err)
{
	static struct worker_entry entries[PROTO_BLOCK_MAX];
	static struct worker_sample samples[PROTO_BLOCK_MAX];
	size_t n, i;

	if (proto_get_block(frame, entries, PROTO_BLOCK_MAX, &n) != 0)
		return err_set(err, ERR_FAILURE, "broken block");
	for (i = 0; i < n; i++) {
		__atomic_store_n(&shared->begun, (uint32_t)i + 1, __ATOMIC_RELAXED);
		if (runner_sample(&entries[i], &samples[i], err) != 0) {
			refuse(out, (uint32_t)i, err);
			return 0;
		}
	}
	runner_rest();
	return proto_put_samples(out, samples, n);
}

static int do_read(const struct proto_frame *frame, struct str *out, struct err *err)
{
	struct worker_reading reading;
	struct worker_probe probe;
	int is_names;

	if (proto_get_read(frame, &probe, &is_names) != 0)
		return err_set(err, ERR_FAILURE, "broken description of a reading");
	if (runner_read(&probe, is_names, &reading, err) != 0)
		return -1;
	if (proto_put_reading(out, &reading) != 0)
		return err_set(err, ERR_FAILURE, "the reading's names are longer than 1 MiB");
	return 0;
}

static int refused_own(struct str *out, const struct err *err)
{
	refuse(out, err->code == ERR_USAGE ? PROTO_NO_PYTHON : 0, err);
	return 0;
}

static int do_run(const struct proto_frame *frame, struct str *out, struct err *err)
{
	const char *code;

	if (proto_get_run(frame, &code) != 0)
		return err_set(err, ERR_FAILURE, "broken code");
	if (own_run(code, err) != 0)
		return refused_own(out, err);
	return proto_put_plain(out, PROTO_DONE);
}

static int do_look(const struct proto_frame *frame, struct str *out, struct err *err)
{
	static struct worker_seen seen;
	const char *call;

	if (proto_get_look(frame, &call) != 0)
		return err_set(err, ERR_FAILURE, "broken call");
	if (look(call, &seen, err) != 0)
		return refused_own(out, err);
	return proto_put_seen(out, &seen);
}

static int do_quit(const struct proto_frame *frame, struct str *out, struct err *err)
{
	(void)frame;
	(void)out;
	(void)err;
	_exit(0);
}

static const struct {
	enum proto_type type;
	int (*run)(const struct proto_frame *frame, struct str *out, struct err *err);
} questions[] = {
	{PROTO_HELLO, do_hello}, {PROTO_PIN, do_pin},     {PROTO_GATE, do_gate},
	{PROTO_LOAD, do_load},   {PROTO_BLOCK, do_block}, {PROTO_QUIT, do_quit},
	{PROTO_READ, do_read},   {PROTO_RUN, do_run},       {PROTO_LOOK, do_look},
};

static void serve_one(const struct proto_frame *frame, struct str *out)
{
	struct err err;
	size_t i;

	err_init(&err);
	err_set(&err, ERR_FAILURE, "a question the worker does not know");
	str_clear(out);
	for (i = 0; i < sizeof questions / sizeof *questions; i++) {
		if (questions[i].type != frame->type)
			continue;
		if (questions[i].run(frame, out, &err) == 0) {
			answer(out);
			return;
		}
	}
	refuse(out, 0, &err);
	answer(out);
}

/* Until the front end closes the connection or says something that is no frame. */
static void __attribute__((noreturn)) serve(void)
{
	struct str in, out;
	struct proto_frame frame;
	char buf[65536];
	ssize_t n;
	long took;

	str_init(&in);
	str_init(&out);
	for (;;) {
		n = read(PROTO_FD, buf, sizeof buf);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(n == 0 ? 0 : PROTO_EXIT_LOST);
		str_addn(&in, buf, (size_t)n);
		while ((took = proto_next(str_text(&in), in.len, &frame)) > 0) {
			serve_one(&frame, &out);
			in.len -= (size_t)took;
			memmove(in.s, in.s + took, in.len);
		}
		if (took < 0)
			_exit(PROTO_EXIT_LOST);
	}
}

const char *serve_prepare(void)
{
	int fd;

	/* A forked child does not take them along into a program. */
	for (fd = PROTO_FD; fd <= PROTO_FD_SHARED; fd++)
		if (proc_keep(fd) != 0)
			return "this program is started by ffiadvise";
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, PROTO_FD_SHARED, 0);
	if (shared == MAP_FAILED)
		return "the shared page cannot be mapped";
	if (guard_split() != 0)
		return "the guard cannot be set up";
	self = getpid();
	if (pthread_atfork(NULL, NULL, forked) != 0)
		return "forks cannot be watched";
	close(PROTO_FD_SHARED);
	return NULL;
}

void serve_run(const char *probes, const char *site)
{
	folder = probes;
	packages = site;
	serve();
}
