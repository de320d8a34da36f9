#include "measure/worker.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "measure/worker_process.h"

enum {
	MEMORY_MB = 1024,   /* default limits, worker.h */
	RUN_SECONDS = 60,
	LOAD_SECONDS = 10,
	BLOCK_SECONDS = 5,
	ANSWER_SECONDS = 5, /* for questions that run no probe */
	START_SECONDS = 10,
};

static const struct worker_limit answer_limit = {ANSWER_SECONDS, NULL, 0};

static enum worker_result greet(struct worker *w, struct err *err)
{
	const struct worker_limit limit = {START_SECONDS, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	proto_put_plain(&w->out, PROTO_HELLO);
	result = worker_ask(w, PROTO_HELLO_IS, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	w->texts = str_detach(&w->in);
	answer.payload = (const unsigned char *)w->texts + PROTO_HEADER;
	if (proto_get_hello_is(&answer, &w->hello) != 0 || w->hello.protocol != PROTO_VERSION) {
		int other = w->hello.protocol;

		w->hello.pid = 0;
		worker_end(w);
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
	if (worker_spawn(w, err) != 0) {
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
	return worker_ask(worker, PROTO_DONE, &answer_limit, &answer, NULL, err);
}

enum worker_result worker_gate(struct worker *worker, int times, double *ns, struct err *err)
{
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	proto_put_gate(&worker->out, times > 0 ? (uint32_t)times : 1);
	result = worker_ask(worker, PROTO_GATE_IS, &answer_limit, &answer, NULL, err);
	if (result == WORKER_OK && (proto_get_gate_is(&answer, ns) != 0 || !isfinite(*ns)))
		return worker_garbled(worker, err);
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
	const struct worker_limit limit = {worker->options.load_seconds, NULL, 0};
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
	result = worker_ask(worker, PROTO_LOADED, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	if (proto_get_loaded(&answer, loaded) != 0 || !(loaded->ns > 0) || !isfinite(loaded->ns) ||
		loaded->loops < 1 || loaded->unroll < 1 || loaded->unroll > PROTO_UNROLL_MAX)
		return worker_garbled(worker, err);
	remember(worker, probe->number, loaded->ns);
	return WORKER_OK;
}

enum worker_result worker_read(struct worker *worker, const struct worker_probe *probe,
	int is_names, struct worker_reading *reading, struct err *err)
{
	const struct worker_limit limit = {worker->options.load_seconds, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	if (proto_put_read(&worker->out, probe, is_names) != 0) {
		err_set(err, ERR_FAILURE, "its set-up and statement are longer than 1 MiB");
		return WORKER_REFUSED;
	}
	result = worker_ask(worker, PROTO_READING, &limit, &answer, NULL, err);
	if (result != WORKER_OK)
		return result;
	if (!worker->names)
		worker->names = xcalloc(PROTO_NAMES_MAX, sizeof *worker->names);
	if (proto_get_reading(&answer, reading, worker->names, PROTO_NAMES_MAX) != 0 ||
		reading->is_names != is_names || !isfinite(reading->value) ||
		(reading->when && clock_from_iso(reading->when) == -1))
		return worker_garbled(worker, err);
	return WORKER_OK;
}

/* Sends worker->out, which `failed` says could not be written, for the person's own code. */
static enum worker_result ask_own(struct worker *worker, int failed, enum proto_type type,
	const struct worker_limit *limit, struct proto_frame *answer, struct err *err)
{
	enum worker_result result;
	uint32_t index = 0;

	if (failed) {
		err_set(err, ERR_USAGE, "it is longer than 1 MiB");
		return WORKER_REFUSED;
	}
	result = worker_ask(worker, type, limit, answer, &index, err);
	if (result == WORKER_REFUSED && index == PROTO_NO_PYTHON)
		err->code = ERR_USAGE;
	return result;
}

enum worker_result worker_run(struct worker *worker, const char *code, struct err *err)
{
	const struct worker_limit limit = {worker->options.run_seconds, NULL, 0};
	struct proto_frame answer;

	str_clear(&worker->out);
	return ask_own(worker, proto_put_run(&worker->out, code) != 0, PROTO_DONE, &limit, &answer, err);
}

enum worker_result worker_look(struct worker *worker, const char *call, struct worker_seen *seen,
	struct err *err)
{
	const struct worker_limit limit = {worker->options.load_seconds, NULL, 0};
	struct proto_frame answer;
	enum worker_result result;

	str_clear(&worker->out);
	result = ask_own(worker, proto_put_look(&worker->out, call) != 0, PROTO_SEEN, &limit, &answer,
		err);
	if (result == WORKER_OK && proto_get_seen(&answer, seen) != 0)
		return worker_garbled(worker, err);
	return result;
}

/* At most PROTO_BLOCK_MAX entries. */
static enum worker_result part_of_block(struct worker *w, const struct worker_entry *entries,
	size_t n, struct worker_sample *samples, size_t *failed, struct err *err)
{
	const struct worker_limit limit = {w->options.block_seconds, entries, n};
	struct proto_frame answer;
	enum worker_result result;
	uint32_t index = 0, begun;
	size_t got, i;

	str_clear(&w->out);
	proto_put_block(&w->out, entries, n);
	__atomic_store_n(&w->shared->begun, 0, __ATOMIC_RELAXED);
	result = worker_ask(w, PROTO_SAMPLES, &limit, &answer, &index, err);
	begun = __atomic_load_n(&w->shared->begun, __ATOMIC_RELAXED);
	if (result == WORKER_DIED)
		index = begun ? begun - 1 : 0;
	*failed = index < n ? index : n - 1;
	if (result != WORKER_OK)
		return result;
	result = proto_get_samples(&answer, samples, n, &got) == 0 && got == n ? WORKER_OK
									       : worker_garbled(w, err);
	for (i = 0; result == WORKER_OK && i < n; i++)
		if (samples[i].number != entries[i].number)
			result = worker_garbled(w, err);
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
