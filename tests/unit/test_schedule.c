/*
 * schedule, order, decide: whole runs on a pretended worker whose time is the
 * injected clock's, so that a run of five seconds takes none.
 */
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
#include "base/proc.h"
#include "measure/constants.h"
#include "measure/decide.h"
#include "measure/order.h"
#include "measure/schedule.h"
#include "measure/stats.h"

enum { PROBES_MOST = 80, BLOCKS_MOST = 40000, SECOND = 1000000000, MS = 1000000 };

/* What the pretended worker does with a probe. */
struct nature {
	double ns;	/* of one execution, undisturbed */
	double load_ms; /* 2 where it is 0 */
	double spread;	/* between processes, as a factor around 1 */
	int refuse_load, die_load;
	int die_block; /* in the so-manieth block, from 1 */
	int refuse_block;
	int hang_block;
	int refuse_read, die_read; /* in the so-manieth reading, from 1 */
	int names;		   /* it gives so many names; else the value ns */
	const char *when;	   /* with this date */
	int blocks, loads, reads;  /* seen so far */
};

struct worker {
	int process, cpu, loaded[PROBES_MOST];
};

struct block {
	int process, cpu;
	size_t n;
	uint32_t numbers[PROBES_MOST];
};

static struct {
	int64_t now;
	struct nature natures[PROBES_MOST], readings[PROBES_MOST];
	struct block *blocks;
	size_t n_blocks;
	int processes, live, failing_starts, blameless_deaths, best_cpu;
	double slow_share; /* of entries */
	struct chance chance;
	struct worker_options options;
	const char *soabi;
	int stop_write; /* a pipe's end, written to at stop_at */
	int64_t stop_at;
	int stop_fd;
	int told, told_done, told_wanted;
	int64_t told_last, told_least_apart;
} fake;

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
	sample->full = (uint32_t)(entry->loops * (entry->unroll * own + 9) * speed);
	sample->half = entry->unroll > 1
			       ? (uint32_t)(entry->loops * (entry->unroll / 2 * own + 9) * speed)
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

static const struct worker_calls calls = {
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

/* --- a plan of n probes in one binding --- */

static struct binding binding = {.id = (char *)"capi",
	.module = (char *)"capi_probes",
	.cure = (char *)"install a C compiler"};
static struct binding absent = {
	.id = (char *)"pyo3", .module = (char *)"pyo3_probes", .cure = (char *)"install Rust"};

struct bench {
	struct probe probes[PROBES_MOST];
	size_t n_timed, n_readings;
	char ids[PROBES_MOST][8];
	struct plan plan;
	struct measurements m;
	struct measure_options options;
	int stopped, result;
	struct err err;
};

static int setup(void **state)
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

static int teardown(void **state)
{
	struct bench *b = *state;

	clock_replace(NULL, NULL);
	plan_release(&b->plan);
	measurements_release(&b->m);
	free(fake.blocks);
	free(b);
	return 0;
}

/* Adds one whose statement takes ns; its number is the count so far. */
static struct nature *add(struct bench *b, double ns, int family, double weight)
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

/* Adds one that is read and not timed. */
static struct nature *add_reading(struct bench *b, enum reads reads, double value, double weight)
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

static void add_many(struct bench *b, int n)
{
	int i;

	for (i = 0; i < n; i++)
		add(b, 20 + 37.0 * i, (int)b->plan.n, 1);
}

static double run(struct bench *b)
{
	const struct measure_part part = {&b->m, &b->plan, &b->options};
	int64_t before = fake.now;

	b->result = schedule_run(&part, 1, "python_probes", &calls, &b->stopped, &b->err);
	assert_int_equal(fake.live, 0);
	return (double)(fake.now - before) / SECOND;
}

static const struct measurement *found(const struct bench *b, size_t i)
{
	return measurements_find(&b->m, b->ids[i], "capi", 0);
}

static const struct not_measured *missed(const struct bench *b, size_t i)
{
	char *id = measurement_id(b->ids[i], "capi", 0);
	const struct not_measured *missing = measurements_missed(&b->m, id);

	free(id);
	return missing;
}

static int says(const struct bench *b, const char *words)
{
	size_t i;

	for (i = 0; i < b->m.env.n_why; i++) {
		if (strstr(b->m.env.why[i], words))
			return 1;
	}
	return 0;
}

/* --- the tests --- */

static void a_quiet_run_stops_early_with_true_figures(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 20);
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 0);
	assert_true(took < 0.6 * b->options.budget);
	assert_int_equal(b->m.n, 20);
	assert_int_equal(b->m.n_missing, 0);
	for (i = 0; i < 20; i++) {
		const struct measurement *item = found(b, i);

		assert_int_equal(item->processes, WORKERS_WANTED);
		assert_true(fabs(item->ns.likely / fake.natures[i].ns - 1) < 0.02);
		assert_true(item->ns.low <= item->ns.likely && item->ns.likely <= item->ns.high);
		assert_in_range(clock_from_iso(item->when), fake_unix() - 1, fake_unix());
		assert_int_equal(fake.natures[i].loads, WORKERS_WANTED);
	}
	assert_int_equal(fake.processes, WORKERS_WANTED);
	assert_true(fake.told > 3 && fake.told_least_apart >= PROGRESS_EVERY_NS);
	assert_int_equal(fake.told_wanted, 20);
	assert_int_equal(fake.told_done, 20);
}

static void each_wanted_probe_once_in_a_block(void **state)
{
	struct bench *b = *state;
	size_t k, i, distinct_first = 0;
	int seen_first[PROBES_MOST] = {0};

	add_many(b, 30);
	b->options.budget = 1.2; /* the first look is late, so all are wanted for long */
	run(b);
	assert_true(fake.n_blocks > 10);
	for (k = 0; k < fake.n_blocks; k++) {
		int seen[PROBES_MOST] = {0};

		for (i = 0; i < fake.blocks[k].n; i++)
			assert_int_equal(seen[fake.blocks[k].numbers[i]]++, 0);
		if (k < 10)
			assert_int_equal(fake.blocks[k].n, 30);
		if (!seen_first[fake.blocks[k].numbers[0]]++)
			distinct_first++;
	}
	/* Random order: many different ones come first. */
	assert_true(distinct_first > 5);
}

static void sweeps_go_over_all_workers(void **state)
{
	struct bench *b = *state;
	size_t k, i;
	int first[WORKERS_WANTED] = {0}, orders = 0;

	add_many(b, 10);
	run(b);
	assert_true(fake.n_blocks >= 10 * WORKERS_WANTED);
	for (k = 0; k < 10; k++) {
		int seen[WORKERS_WANTED] = {0};

		for (i = 0; i < WORKERS_WANTED; i++) {
			assert_in_range(
				fake.blocks[k * WORKERS_WANTED + i].process, 0, WORKERS_WANTED - 1);
			seen[fake.blocks[k * WORKERS_WANTED + i].process]++;
		}
		for (i = 0; i < WORKERS_WANTED; i++)
			assert_int_equal(seen[i], 1);
		if (!first[fake.blocks[k * WORKERS_WANTED].process]++)
			orders++;
	}
	assert_true(orders > 1);
}

static void families_stay_together_and_rotate(void **state)
{
	struct bench *b = *state;
	int first_of_family[3] = {0};
	size_t k, i, j;

	/* Families 0, 1, 2 of four, planned in turn, and eight singles. */
	for (i = 0; i < 12; i++)
		add(b, 100 + 30.0 * (double)i, (int)(i % 3), 1);
	for (i = 0; i < 8; i++)
		add(b, 50, 100 + (int)i, 1);
	run(b);
	for (k = 0; k < 20; k++) {
		const struct block *block = &fake.blocks[k];

		assert_int_equal(block->n, 20);
		for (i = 0; i < 20; i++) {
			int family = b->plan.items[block->numbers[i]].family;

			if (family > 2 ||
				(i && b->plan.items[block->numbers[i - 1]].family == family))
				continue;
			for (j = 1; j < 4; j++)
				assert_int_equal(
					b->plan.items[block->numbers[i + j]].family, family);
			first_of_family[family] |= 1 << block->numbers[i] / 3;
		}
	}
	/* Each of the four came first some time. */
	for (i = 0; i < 3; i++)
		assert_int_equal(first_of_family[i], 15);
}

static void a_busy_machine_takes_the_budget_and_says_so(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 20);
	fake.slow_share = 0.99;
	took = run(b);
	assert_true(took > 0.9 * b->options.budget && took <= b->options.budget);
	assert_int_equal(b->m.env.grade, GRADE_BUSY);
	assert_true(says(b, "a slow mode of 1.4x"));
	assert_true(says(b, "upper bounds"));
	for (i = 0; i < 20; i++) {
		assert_int_equal(found(b, i)->upper_bound, 1);
		assert_true(found(b, i)->ns.low < fake.natures[i].ns);
		assert_true(found(b, i)->ns.high > fake.natures[i].ns);
	}
}

static void decided_ones_are_sampled_no_more(void **state)
{
	struct bench *b = *state;
	const struct block *last;

	add_many(b, 10);
	fake.natures[4].spread = 0.1; /* its workers disagree: never decided */
	run(b);
	last = &fake.blocks[fake.n_blocks - 1];
	assert_int_equal(last->n, 1);
	assert_int_equal(last->numbers[0], 4);
	assert_true(found(b, 4)->samples > 2 * found(b, 3)->samples);
}

static void a_family_in_clear_order_is_decided(void **state)
{
	struct bench *b = *state;
	double took;

	add(b, 100, 0, 1)->spread = 0.03;
	add(b, 300, 0, 1)->spread = 0.03;
	took = run(b);
	assert_true(took < 0.5 * b->options.budget);
	/* The same two as strangers go on to the end. */
	measurements_drop(&b->m, 1);
	measurements_drop(&b->m, 0);
	b->plan.items[1].family = 1;
	took = run(b);
	assert_true(took > 0.9 * b->options.budget);
}

static void slow_probes_do_not_break_the_budget(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i;

	add_many(b, 40);
	for (i = 0; i < 6; i++)
		add(b, (20 + 5.0 * (double)i) * MS, 200 + (int)i, 1)->load_ms = 60;
	fake.slow_share = 0.9; /* nothing is decided early */
	took = run(b);
	assert_true(took <= b->options.budget);
	for (i = 0; i < 46; i++)
		assert_true(found(b, i)->samples >= (i < 40 ? 50 : 5));
	/* Evenly over as few workers as a figure needs. */
	for (i = 40; i < 46; i++) {
		const struct measurement *item = found(b, i);

		assert_int_equal(item->n_runs, WORKERS_LEAST);
		assert_true(item->runs[0].n <= item->runs[2].n + 2);
		assert_true(item->runs[2].n <= item->runs[0].n + 2);
	}
	/* Quiet: the quick ones are done soon and the slow ones get the rest. */
	while (b->m.n)
		measurements_drop(&b->m, b->m.n - 1);
	fake.slow_share = 0.1;
	took = run(b);
	assert_true(took <= b->options.budget);
	for (i = 0; i < 46; i++)
		assert_true(found(b, i)->processes >= WORKERS_LEAST);
}

static void what_dies_while_loading_is_named_once(void **state)
{
	struct bench *b = *state;
	size_t i;

	add_many(b, 12);
	fake.natures[3].die_load = 1;
	fake.natures[7].refuse_load = 1;
	fake.natures[9].die_load = 1;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 9);
	assert_int_equal(b->m.n_missing, 3);
	for (i = 0; i < 12; i++) {
		if (i != 3 && i != 7 && i != 9) {
			assert_int_equal(found(b, i)->processes, WORKERS_WANTED);
			continue;
		}
		assert_null(found(b, i));
		assert_int_equal(missed(b, i)->failed, 1);
		assert_int_equal(fake.natures[i].loads, 1);
	}
	assert_string_equal(missed(b, 3)->why, "ended by SIGSEGV");
	assert_string_equal(missed(b, 7)->why, "the statement raised ValueError");
	/* Two workers died, five were wanted. */
	assert_int_equal(fake.processes, WORKERS_WANTED + 2);
	assert_int_equal(fake.told_wanted, 9);
}

static void what_dies_in_a_block_is_named_and_the_worker_replaced(void **state)
{
	struct bench *b = *state;
	size_t i, k;

	add_many(b, 12);
	fake.natures[5].die_block = 8; /* it has samples by then */
	fake.natures[6].refuse_block = 1;
	run(b);
	assert_int_equal(b->result, 0);
	assert_null(found(b, 5));
	assert_null(found(b, 6));
	assert_string_equal(missed(b, 5)->why, "ended by SIGABRT");
	assert_string_equal(missed(b, 6)->why, "the statement raised KeyError");
	assert_int_equal(missed(b, 5)->failed, 1);
	/* Only the death cost a worker. */
	assert_int_equal(fake.processes, WORKERS_WANTED + 1);
	for (i = 0; i < 12; i++) {
		if (i == 5 || i == 6)
			continue;
		assert_true(found(b, i)->processes >= WORKERS_WANTED - 1);
		/* One run for each process that took samples, the replacement's its own. */
		assert_int_equal(found(b, i)->n_runs, WORKERS_WANTED + 1);
		for (k = 0; k < found(b, i)->n_runs; k++)
			assert_in_range(found(b, i)->runs[k].worker, 0, WORKERS_WANTED);
	}
}

static void what_hangs_does_not_break_the_budget(void **state)
{
	struct bench *b = *state;
	double took;

	add_many(b, 12);
	fake.slow_share = 0.97;
	fake.natures[2].hang_block = 1;
	took = run(b);
	assert_true(took <= 1.2 * b->options.budget);
	assert_int_equal(missed(b, 2)->failed, 1);
	assert_int_equal(b->m.n, 11);
}

static void deaths_nobody_is_to_blame_for_come_to_an_end(void **state)
{
	struct bench *b = *state;
	double took;

	add_many(b, 5);
	fake.blameless_deaths = 1000000;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_true(took <= b->options.budget);
	assert_true(fake.processes <= WORKERS_MAX);
	assert_int_equal(b->m.n, 0);
	assert_int_equal(b->m.n_missing, 5);
	assert_int_equal(missed(b, 0)->failed, 0);
}

static void three_starts_in_a_row_that_fail_are_the_end(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.failing_starts = 3;
	run(b);
	assert_int_equal(b->result, -1);
	assert_string_equal(b->err.text, "cause 0");
	assert_int_equal(b->m.n, 0);
}

static void two_starts_that_fail_are_not(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.failing_starts = 2;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 5);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
}

static void a_worker_for_another_interpreter_is_refused(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	fake.soabi = "cpython-313";
	run(b);
	assert_int_equal(b->result, -1);
	assert_non_null(strstr(b->err.text, "cpython-313"));
	assert_non_null(strstr(b->err.hint, "make"));
}

static void a_tiny_budget_measures_with_fewer_workers_and_says_so(void **state)
{
	struct bench *b = *state;
	double took;
	size_t i, n = 0;

	add_many(b, 60);
	b->plan.items[50].weight = 5;
	b->options.budget = 0.2;
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_true(took <= 0.24);
	assert_true(b->m.n >= 10);
	assert_true(says(b, "come from fewer than 3 workers"));
	/* The weightiest was loaded first; what was not is named, but did not fail. */
	assert_non_null(found(b, 50));
	for (i = 0; i < 60; i++) {
		if (found(b, i)) {
			assert_int_equal(
				found(b, i)->upper_bound, found(b, i)->processes < WORKERS_LEAST);
			continue;
		}
		n++;
		assert_int_equal(missed(b, i)->failed, 0);
		assert_non_null(strstr(missed(b, i)->why, "the budget of 0.2 s"));
	}
	assert_int_equal(n + b->m.n, 60);
	assert_true(n > 0);
}

static void no_budget_at_all_is_survived(void **state)
{
	struct bench *b = *state;

	add_many(b, 5);
	b->options.budget = 0;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n_missing, 5);
}

static void stop_keeps_what_there_is(void **state)
{
	struct bench *b = *state;
	int fds[2];
	double took;

	add_many(b, 20);
	fake.slow_share = 0.95;
	assert_int_equal(pipe(fds), 0);
	fake.stop_write = fds[1];
	fake.stop_at = fake.now + 2 * (int64_t)SECOND;
	b->options.stop_fd = fds[0];
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 1);
	assert_true(took > 1.99 && took < 2.1);
	assert_int_equal(b->m.n, 20);
	/* Before anything was measured: nothing, and why. */
	while (b->m.n)
		measurements_drop(&b->m, b->m.n - 1);
	took = run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->stopped, 1);
	assert_true(took < 0.05);
	assert_int_equal(b->m.n, 0);
	assert_non_null(strstr(missed(b, 0)->why, "stopped"));
	close(fds[0]);
	close(fds[1]);
}

static void an_absent_binding_is_named_once_with_the_cure(void **state)
{
	struct bench *b = *state;
	size_t i;

	add_many(b, 6);
	for (i = 0; i < 3; i++)
		plan_add(&b->plan, &b->probes[i], &absent, 0, 1);
	run(b);
	assert_int_equal(b->m.n, 6);
	assert_int_equal(b->m.n_missing, 1);
	assert_string_equal(b->m.missing[0].id, "pyo3");
	assert_int_equal(b->m.missing[0].failed, 0);
	assert_non_null(strstr(b->m.missing[0].why, "install Rust"));
}

static void threads_run_alone_on_all_cpus(void **state)
{
	struct bench *b = *state;
	int64_t alone = 0;
	size_t k, i;
	int pinned = 0;

	add_many(b, 12);
	for (i = 12; i < 15; i++) {
		add(b, 3.0 * MS, 300 + (int)i, 1);
		b->probes[i].unpinned = 1;
	}
	fake.slow_share = 0.999;
	run(b);
	for (k = 0; k < fake.n_blocks; k++) {
		const struct block *block = &fake.blocks[k];
		int threads = block->numbers[0] >= 12;

		for (i = 0; i < block->n; i++)
			assert_int_equal(block->numbers[i] >= 12, threads);
		if (threads) {
			assert_int_equal(block->n, 1);
			assert_int_equal(block->cpu, -1);
			alone += 3 * MS;
		}
		pinned += !threads && block->cpu >= 0;
	}
	/* A share of a fifth, and a block more. */
	assert_true(alone > 0.05 * 5 * SECOND && alone < 0.25 * 5 * SECOND);
	assert_true(pinned > 0);
	for (i = 12; i < 15; i++)
		assert_int_equal(found(b, i)->n_runs, WORKERS_LEAST);
}

static void only_threads_get_all_the_time(void **state)
{
	struct bench *b = *state;

	add(b, 1.0 * MS, 0, 1)->spread = 0.2;
	b->probes[0].unpinned = 1;
	run(b);
	assert_true(found(b, 0)->samples > 1000);
	assert_int_equal(found(b, 0)->processes, WORKERS_LEAST);
}

static void the_best_cpu_is_chosen(void **state)
{
	struct bench *b = *state;
	struct proc_cpus allowed;
	size_t k;
	int i;

	assert_int_equal(proc_cpus_get(&allowed), 0);
	for (i = 0; i < CPU_TRIAL_MOST; i++) {
		if (proc_cpus_has(&allowed, i))
			fake.best_cpu = i;
	}
	add_many(b, 3);
	run(b);
	for (k = 0; k < fake.n_blocks; k++)
		assert_int_equal(fake.blocks[k].cpu, fake.best_cpu);
}

static void readings_are_taken_in_three_processes_and_not_sampled(void **state)
{
	struct bench *b = *state;
	const struct measurement *item;

	add(b, 100, 0, 1);
	add_reading(b, READS_BYTES, 1000, 1)->spread = 10;
	add(b, 200, 1, 1);
	add_reading(b, READS_SECONDS, 0.5, 1)->when = "2026-01-31T12:00:00Z";
	add_reading(b, READS_NAMES, 0, 1)->names = 2;
	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(b->m.n, 5);
	assert_int_equal(b->m.n_missing, 0);
	assert_int_equal(fake.processes, READINGS_WANTED + WORKERS_WANTED);
	item = found(b, 1);
	assert_int_equal(item->n_runs, 0);
	assert_int_equal(item->processes, READINGS_WANTED);
	assert_true(item->value.low == 1000 && item->value.likely == 1010 &&
		    item->value.high == 1020);
	assert_true(isinf(item->ns.high));
	assert_in_range(clock_from_iso(item->when), fake_unix() - 1, fake_unix());
	item = found(b, 3);
	assert_true(item->ns.low == 5e8 && item->ns.likely == 5e8 && item->ns.high == 5e8);
	assert_string_equal(item->when, "2026-01-31T12:00:00Z");
	item = found(b, 4);
	assert_int_equal(item->n_names, 2);
	assert_string_equal(item->names[1], "PyDict_Next");
	assert_true(item->value.likely == 2);
	/* The timed ones are as they would be alone. */
	assert_int_equal(found(b, 0)->reads, READS_NOTHING);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
	assert_true(fabs(found(b, 2)->ns.likely / 200 - 1) < 0.02);
	assert_int_equal(fake.told_wanted, 5);
}

static void readings_alone_need_no_sampling(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 0, 1);
	assert_true(run(b) < 0.5);
	assert_int_equal(fake.processes, READINGS_WANTED);
	assert_int_equal(fake.n_blocks, 0);
	assert_true(found(b, 0)->value.high == 0);
	assert_int_equal(b->m.env.n_why, 0);
}

static void a_reading_that_dies_or_is_refused_is_named(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 1, 3)->die_read = 2;
	add_reading(b, READS_COUNT, 2, 2)->refuse_read = 1;
	add_reading(b, READS_COUNT, 3, 1);
	run(b);
	assert_int_equal(b->m.n, 1);
	assert_int_equal(missed(b, 0)->failed, 1);
	assert_string_equal(missed(b, 0)->why, "ended by SIGSEGV");
	assert_non_null(strstr(missed(b, 1)->why, "no number"));
	assert_int_equal(found(b, 2)->processes, READINGS_WANTED);
	assert_int_equal(fake.readings[0].reads, 2);
	assert_int_equal(fake.readings[1].reads, 1);
	/* The one it killed had another put in its place. */
	assert_int_equal(fake.processes, READINGS_WANTED + 1);
}

static void readings_keep_to_their_share_weightiest_first(void **state)
{
	struct bench *b = *state;

	add(b, 100, 0, 1);
	add_reading(b, READS_COUNT, 1, 1)->load_ms = 400;
	add_reading(b, READS_COUNT, 2, 9)->load_ms = 400;
	b->options.budget = 2;
	run(b);
	/* A quarter is 500 ms: the second begins before it and is the last. */
	assert_int_equal(fake.readings[1].reads, 1);
	assert_int_equal(fake.readings[0].reads, 1);
	assert_int_equal(found(b, 2)->processes, 1);
	assert_int_equal(found(b, 0)->processes, WORKERS_WANTED);
}

static void readings_for_which_no_worker_starts_are_an_error(void **state)
{
	struct bench *b = *state;

	add_reading(b, READS_COUNT, 1, 1);
	fake.failing_starts = 100;
	run(b);
	assert_int_equal(b->result, -1);
	assert_non_null(strstr(b->err.text, "cause "));
	assert_int_equal(b->m.n, 0);
	assert_non_null(missed(b, 0));
}

static void two_interpreters_take_turns_in_one_run(void **state)
{
	struct bench *b = *state;
	struct measurements other;
	const struct measure_part parts[] = {
		{&b->m, &b->plan, &b->options}, {&other, &b->plan, &b->options}};
	int64_t before = fake.now;
	size_t i, turns = 0;

	add_many(b, 6);
	measurements_init(&other);
	other.env.interpreter_key = xstrdup("cpython-311-x86_64-linux-gnu-89abcdef");
	other.env.n_bindings = 1;
	other.env.bindings = xcalloc(1, sizeof *other.env.bindings);
	other.env.bindings[0].id = xstrdup("capi");
	other.env.bindings[0].available = 1;
	b->result = schedule_run(parts, 2, "python_probes", &calls, &b->stopped, &b->err);
	assert_int_equal(b->result, 0);
	assert_int_equal(fake.live, 0);
	assert_true((double)(fake.now - before) / SECOND <= b->options.budget);
	for (i = 0; i < 6; i++) {
		const struct measurement *a = found(b, i);
		const struct measurement *c = measurements_find_id(&other, a->id);

		assert_int_equal(a->processes, WORKERS_WANTED);
		assert_non_null(c);
		assert_int_equal(c->processes, WORKERS_WANTED);
	}
	/* The first five processes are those of the one, the next five the other's. */
	assert_int_equal(fake.processes, 2 * WORKERS_WANTED);
	for (i = 1; i < fake.n_blocks; i++) {
		turns += fake.blocks[i].process / WORKERS_WANTED !=
			 fake.blocks[i - 1].process / WORKERS_WANTED;
		assert_int_equal(fake.blocks[i].cpu, fake.blocks[0].cpu);
	}
	assert_true(turns >= fake.n_blocks / WORKERS_WANTED - 1);
	assert_int_equal(fake.told_wanted, 12);
	measurements_release(&other);
}

static void nothing_planned_starts_nothing(void **state)
{
	struct bench *b = *state;

	run(b);
	assert_int_equal(b->result, 0);
	assert_int_equal(fake.processes, 0);
}

/* --- order and decide alone --- */

static void thinning_gives_the_slow_an_equal_part(void **state)
{
	double ns[] = {5e6, 5e6, 40e6, 20e6, 1e6};
	double brief[] = {1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 40e6, 20e6};
	uint32_t every[12];
	double per_sweep = 0;
	int i;

	(void)state;
	order_thin(brief, 12, every);
	for (i = 0; i < 10; i++)
		assert_int_equal(every[i], 1);
	assert_int_equal(every[10], 8);
	assert_int_equal(every[11], 4);
	for (i = 10; i < 12; i++)
		per_sweep += brief[i] / every[i];
	assert_true(per_sweep <= 10e6);
	/* Nothing short left: nothing to make room for. */
	order_thin(ns, 4, every);
	for (i = 0; i < 4; i++)
		assert_int_equal(every[i], 1);
}

static void shuffling_is_fair(void **state)
{
	struct chance chance;
	int at[4][4] = {{0}}, round, i, k;

	(void)state;
	chance_seed(&chance, 3);
	for (round = 0; round < 4000; round++) {
		size_t items[] = {0, 1, 2, 3};

		chance_shuffle(&chance, items, 4);
		for (i = 0; i < 4; i++)
			at[items[i]][i]++;
	}
	/* 1000 each; four standard deviations are 110. */
	for (i = 0; i < 4; i++) {
		for (k = 0; k < 4; k++)
			assert_in_range(at[i][k], 890, 1110);
	}
}

int main(void)
{
#define RUN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		RUN(a_quiet_run_stops_early_with_true_figures),
		RUN(each_wanted_probe_once_in_a_block),
		RUN(sweeps_go_over_all_workers),
		RUN(families_stay_together_and_rotate),
		RUN(a_busy_machine_takes_the_budget_and_says_so),
		RUN(decided_ones_are_sampled_no_more),
		RUN(a_family_in_clear_order_is_decided),
		RUN(slow_probes_do_not_break_the_budget),
		RUN(what_dies_while_loading_is_named_once),
		RUN(what_dies_in_a_block_is_named_and_the_worker_replaced),
		RUN(what_hangs_does_not_break_the_budget),
		RUN(deaths_nobody_is_to_blame_for_come_to_an_end),
		RUN(three_starts_in_a_row_that_fail_are_the_end),
		RUN(two_starts_that_fail_are_not),
		RUN(a_worker_for_another_interpreter_is_refused),
		RUN(a_tiny_budget_measures_with_fewer_workers_and_says_so),
		RUN(no_budget_at_all_is_survived),
		RUN(stop_keeps_what_there_is),
		RUN(an_absent_binding_is_named_once_with_the_cure),
		RUN(threads_run_alone_on_all_cpus),
		RUN(only_threads_get_all_the_time),
		RUN(the_best_cpu_is_chosen),
		RUN(readings_are_taken_in_three_processes_and_not_sampled),
		RUN(readings_alone_need_no_sampling),
		RUN(a_reading_that_dies_or_is_refused_is_named),
		RUN(readings_keep_to_their_share_weightiest_first),
		RUN(readings_for_which_no_worker_starts_are_an_error),
		RUN(two_interpreters_take_turns_in_one_run),
		RUN(nothing_planned_starts_nothing),
		cmocka_unit_test(thinning_gives_the_slow_an_equal_part),
		cmocka_unit_test(shuffling_is_fair),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
