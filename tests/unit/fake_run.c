#include "unit/fake_run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "measure/stats.h"

struct fake fake;

struct worker {
	int process, cpu, loaded[PROBES_MOST];
};

static int64_t fake_ns(void)
{
	return fake.now;
}

static int64_t fake_unix(void)
{
	return 1769860800 + fake.now / SECOND;
}

static void pass(double ns)
{
	fake.now += (int64_t)ns;
	if (fake.stop_at && fake.now >= fake.stop_at && fake.stop_write >= 0) {
		assert_int_equal(write(fake.stop_write, "", 1), 1);
		fake.stop_at = 0;
	}
}

static enum worker_result fake_start(
	struct worker **worker, const struct worker_options *options, struct err *err)
{
	fake.options = *options;
	pass(20 * MS);
	if (fake.failing_starts) {
		fake.failing_starts--;
		*worker = NULL;
		err_set(err, ERR_FAILURE, "cause %d", fake.failing_starts);
		return WORKER_DIED;
	}
	*worker = xcalloc(1, sizeof **worker);
	(*worker)->process = fake.processes++;
	(*worker)->cpu = -1;
	fake.live++;
	return WORKER_OK;
}

static const struct worker_hello *fake_hello(const struct worker *worker)
{
	static struct worker_hello hello;

	(void)worker;
	hello.soabi = fake.soabi;
	return &hello;
}

static enum worker_result fake_pin(struct worker *worker, int cpu, struct err *err)
{
	(void)err;
	pass(20000);
	worker->cpu = cpu;
	return WORKER_OK;
}

static enum worker_result fake_gate(struct worker *worker, int times, double *ns, struct err *err)
{
	(void)err;
	pass(1000.0 * times);
	*ns = worker->cpu == fake.best_cpu ? 1000 : 1300;
	return WORKER_OK;
}

static enum worker_result fake_load(struct worker *worker, const struct worker_probe *probe,
	struct worker_loaded *loaded, struct err *err)
{
	struct nature *nature = &fake.natures[probe->number];

	nature->loads++;
	pass((nature->load_ms > 0 ? nature->load_ms : 2) * MS);
	if (nature->refuse_load) {
		err_set(err, ERR_FAILURE, "the statement raised ValueError");
		return WORKER_REFUSED;
	}
	if (nature->die_load) {
		err_set(err, ERR_FAILURE, "ended by SIGSEGV");
		return WORKER_DIED;
	}
	if (nature->hang_load) {
		pass(fake.options.load_seconds * SECOND);
		err_set(err, ERR_FAILURE, "was still running");
		return WORKER_DIED;
	}
	worker->loaded[probe->number] = 1;
	loaded->ns = nature->ns;
	loaded->unroll = nature->ns < 10000 ? 32 : 1;
	loaded->loops = (uint32_t)fmax(1, 50000 / (nature->ns * loaded->unroll));
	return WORKER_OK;
}

static void fake_entry(
	const struct worker *worker, const struct worker_entry *entry, struct worker_sample *sample)
{
	const struct nature *nature = &fake.natures[entry->number];
	int slow = (double)chance_below(&fake.chance, 1000) < 1000 * fake.slow_share;
	double own = nature->ns * (1 + nature->spread * (worker->process % 5 - 2)), speed;

	speed = (slow ? 1.5 : 1) * (0.99 + 0.00002 * (double)chance_below(&fake.chance, 1000));
	sample->number = entry->number;
	sample->full = (uint32_t)(entry->loops * entry->unroll * own * speed);
	sample->half = entry->unroll > 1
			       ? (uint32_t)(entry->loops * (entry->unroll / 2) * own * speed)
			       : 0;
	sample->gate = (uint32_t)((slow ? 1400 : 1000) + chance_below(&fake.chance, 50));
	sample->switched = 0;
	pass((double)sample->full + sample->half + 2500);
}

static void note_block(const struct worker *worker, const struct worker_entry *entries, size_t n)
{
	struct block *block = &fake.blocks[fake.n_blocks++];
	size_t i;

	assert_true(fake.n_blocks < BLOCKS_MOST);
	assert_true(n <= PROBES_MOST);
	block->process = worker->process;
	block->cpu = worker->cpu;
	block->n = n;
	for (i = 0; i < n; i++) {
		assert_true(worker->loaded[entries[i].number]);
		block->numbers[i] = entries[i].number;
	}
}

static enum worker_result fake_block(struct worker *worker, const struct worker_entry *entries,
	size_t n, struct worker_sample *samples, size_t *failed, struct err *err)
{
	size_t i;

	note_block(worker, entries, n);
	pass(50000);
	if (fake.blameless_deaths) {
		fake.blameless_deaths--;
		err_set(err, ERR_FAILURE, "ended by SIGKILL");
		return WORKER_DIED;
	}
	for (i = 0; i < n; i++) {
		struct nature *nature = &fake.natures[entries[i].number];

		*failed = i;
		if (++nature->blocks == nature->die_block) {
			err_set(err, ERR_FAILURE, "ended by SIGABRT");
			return WORKER_DIED;
		}
		if (nature->refuse_block) {
			err_set(err, ERR_FAILURE, "the statement raised KeyError");
			return WORKER_REFUSED;
		}
		if (nature->hang_block) {
			pass(fake.options.block_seconds * SECOND);
			err_set(err, ERR_FAILURE, "was still running");
			return WORKER_DIED;
		}
		fake_entry(worker, &entries[i], &samples[i]);
	}
	*failed = n;
	return WORKER_OK;
}

static enum worker_result fake_read(struct worker *worker, const struct worker_probe *probe,
	int is_names, struct worker_reading *reading, struct err *err)
{
	static const char *const all[] = {"PyLong_AsLong", "PyDict_Next", "PyList_New"};
	static const char *names[3];
	struct nature *nature = &fake.readings[probe->number];
	int i;

	assert_int_equal(worker->cpu, -1);
	pass((nature->load_ms > 0 ? nature->load_ms : 2) * MS);
	if (++nature->reads == nature->die_read) {
		err_set(err, ERR_FAILURE, "ended by SIGSEGV");
		return WORKER_DIED;
	}
	if (nature->reads == nature->refuse_read) {
		err_set(err, ERR_FAILURE, "the reading gives None, which is no number");
		return WORKER_REFUSED;
	}
	for (i = 0; i < 3; i++)
		names[i] = all[i];
	*reading = (struct worker_reading){is_names,
		is_names ? nature->names : nature->ns + nature->spread * worker->process, names,
		(size_t)nature->names, nature->when};
	return WORKER_OK;
}

static void fake_stop(struct worker *worker)
{
	if (worker)
		fake.live--;
	free(worker);
}

const struct worker_calls fake_calls = {
	fake_start, fake_hello, fake_pin, fake_gate, fake_load, fake_block, fake_read,
	fake_stop};

static void on_progress(void *who, const struct measure_progress *progress)
{
	assert_ptr_equal(who, &fake);
	assert_true(progress->done >= 0 && progress->done <= progress->wanted);
	assert_true(progress->elapsed >= 0);
	if (fake.told++ && fake.now - fake.told_last < fake.told_least_apart)
		fake.told_least_apart = fake.now - fake.told_last;
	fake.told_last = fake.now;
	fake.told_done = progress->done;
	fake.told_wanted = progress->wanted;
}

static struct binding binding = {.id = (char *)"capi",
	.module = (char *)"capi_probes",
	.cure = (char *)"install a C compiler"};
struct binding absent = {
	.id = (char *)"pyo3", .module = (char *)"pyo3_probes", .cure = (char *)"install Rust"};

int fake_setup(void **state)
{
	struct bench *b = xcalloc(1, sizeof *b);

	memset(&fake, 0, sizeof fake);
	fake.now = 5 * (int64_t)SECOND;
	fake.blocks = xcalloc(BLOCKS_MOST, sizeof *fake.blocks);
	fake.soabi = "cpython-311";
	fake.slow_share = 0.3;
	fake.stop_write = fake.stop_fd = -1;
	fake.told_least_apart = INT64_MAX;
	chance_seed(&fake.chance, 7);
	clock_replace(fake_ns, fake_unix);
	plan_init(&b->plan);
	measurements_init(&b->m);
	b->m.env.interpreter_key = xstrdup("cpython-311-x86_64-linux-gnu-0123abcd");
	b->m.env.n_bindings = 1;
	b->m.env.bindings = xcalloc(1, sizeof *b->m.env.bindings);
	b->m.env.bindings[0].id = xstrdup("capi");
	b->m.env.bindings[0].available = 1;
	b->options = (struct measure_options){.worker = "worker",
		.probes = "probes",
		.budget = 5,
		.stop_fd = -1,
		.progress = on_progress,
		.who = &fake};
	*state = b;
	return 0;
}

int fake_teardown(void **state)
{
	struct bench *b = *state;

	clock_replace(NULL, NULL);
	plan_release(&b->plan);
	measurements_release(&b->m);
	free(fake.blocks);
	free(b);
	return 0;
}

struct nature *add(struct bench *b, double ns, int family, double weight)
{
	size_t i = b->plan.n;

	assert_true(i < PROBES_MOST);
	snprintf(b->ids[i], sizeof b->ids[i], "p%zu", i);
	b->probes[i] =
		(struct probe){.id = b->ids[i], .function = (char *)"f", .call = (char *)"f()"};
	plan_add(&b->plan, &b->probes[i], &binding, 0, weight);
	b->plan.items[i].family = family;
	fake.natures[b->n_timed] = (struct nature){.ns = ns, .spread = 0.005};
	return &fake.natures[b->n_timed++];
}

struct nature *add_reading(struct bench *b, enum reads reads, double value, double weight)
{
	size_t i = b->plan.n;

	assert_true(i < PROBES_MOST);
	snprintf(b->ids[i], sizeof b->ids[i], "r%zu", i);
	b->probes[i] = (struct probe){.id = b->ids[i],
		.function = (char *)"f",
		.call = (char *)"ref.read(f)",
		.reads = reads};
	plan_add(&b->plan, &b->probes[i], &binding, 0, weight);
	fake.readings[b->n_readings] = (struct nature){.ns = value};
	return &fake.readings[b->n_readings++];
}

void add_many(struct bench *b, int n)
{
	int i;

	for (i = 0; i < n; i++)
		add(b, 20 + 37.0 * i, (int)b->plan.n, 1);
}

double run(struct bench *b)
{
	const struct measure_part part = {&b->m, &b->plan, &b->options};
	int64_t before = fake.now;

	b->result = schedule_run(&part, 1, "python_probes", &fake_calls, &b->stopped, &b->err);
	assert_int_equal(fake.live, 0);
	return (double)(fake.now - before) / SECOND;
}

const struct measurement *found(const struct bench *b, size_t i)
{
	return measurements_find(&b->m, b->ids[i], "capi", 0);
}

const struct not_measured *missed(const struct bench *b, size_t i)
{
	char *id = measurement_id(b->ids[i], "capi", 0);
	const struct not_measured *missing = measurements_missed(&b->m, id);

	free(id);
	return missing;
}

int says(const struct bench *b, const char *words)
{
	size_t i;

	for (i = 0; i < b->m.env.n_why; i++) {
		if (strstr(b->m.env.why[i], words))
			return 1;
	}
	return 0;
}
