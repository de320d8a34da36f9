/*
 * worker_drive: does to a worker what its arguments say, through
 * measure/worker.h, and prints what came of each as one line.
 *
 *     worker_drive WORKER PROBES COMMAND...
 *
 *     memory MIB, load-seconds S, block-seconds S, stop-after S   limits for workers to come
 *     host PYTHON                                    WORKER is a module that it loads
 *     hello                                          what the worker says it is
 *     pin CPU
 *     gate TIMES
 *     load MODULE FUNCTION REFERENCE N SETUP CALL    REFERENCE - for none
 *     load-unpinned ...                              the same, on all CPUs
 *     read MODULE FUNCTION REFERENCE N SETUP CALL    a number; read-names: names
 *     block TIMES                                    every loaded probe, that often
 *     sample TIMES                                   the same, and every sample
 *     unroll NUMBER UNROLL                           other than was calibrated
 *     talk                                           what was printed
 *     stop                                           ends the worker
 *     pause                                          waits for ever
 *
 * A worker is started when one is needed; after a death the next command gets
 * a new one, in which nothing is loaded.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "measure/worker.h"

static struct worker *worker;
static struct worker_options options = {.stop_fd = -1};
static struct worker_entry *entries;
static size_t n_entries, cap_entries;

static const char *const results[] = {"ok", "refused", "died", "stopped"};

/* One line: what was asked, what came of it, and why. */
static void report(const char *what, enum worker_result result, const struct err *err)
{
	struct str line;

	str_init(&line);
	if (result != WORKER_OK)
		err_format(err, &line);
	printf("%s %s%s%s\n", what, results[result], result == WORKER_OK ? "" : ": ",
		str_text(&line));
	str_release(&line);
	fflush(stdout);
	if (result == WORKER_DIED || result == WORKER_STOPPED) {
		worker_stop(worker);
		worker = NULL;
		n_entries = 0;
	}
}

static int need_worker(void)
{
	enum worker_result result;
	struct err err;

	if (worker)
		return 1;
	err_init(&err);
	result = worker_start(&worker, &options, &err);
	if (result != WORKER_OK)
		report("start", result, &err);
	return result == WORKER_OK;
}

static void do_host(char **args)
{
	options.host = args[0];
}

static void do_memory(char **args)
{
	options.memory = strtoul(args[0], NULL, 10) << 20;
}

static void do_load_seconds(char **args)
{
	options.load_seconds = strtod(args[0], NULL);
}

static void do_block_seconds(char **args)
{
	options.block_seconds = strtod(args[0], NULL);
}

static void do_stop_after(char **args)
{
	double seconds = strtod(args[0], NULL);
	struct itimerspec when = {{0, 0}, {(time_t)seconds, (long)(1e9 * (seconds - (long)seconds))}};

	options.stop_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	timerfd_settime(options.stop_fd, 0, &when, NULL);
}

static void do_hello(char **args)
{
	const struct worker_hello *hello = worker_hello(worker);

	(void)args;
	printf("hello %d %ld %s %s %s %s %s %d\n", hello->protocol, hello->pid, hello->build,
		hello->python, hello->implementation, hello->executable, hello->soabi,
		hello->free_threaded);
	fflush(stdout);
}

static void do_pin(char **args)
{
	struct err err;

	report("pin", worker_pin(worker, (int)strtol(args[0], NULL, 10), &err), &err);
}

static void do_gate(char **args)
{
	struct err err;
	double ns = 0;
	enum worker_result result =
		worker_gate(worker, (int)strtol(args[0], NULL, 10), &ns, &err);

	if (result == WORKER_OK)
		printf("gate %.0f\n", ns);
	else
		report("gate", result, &err);
}

static void load(char **args, int unpinned)
{
	struct worker_probe probe = {(uint32_t)n_entries, "test", args[0], args[1], args[4],
		args[5], strcmp(args[2], "-") == 0 ? NULL : args[2], strtol(args[3], NULL, 10),
		unpinned, {0, 0, 0}};
	struct worker_loaded loaded;
	enum worker_result result;
	char what[128];
	struct err err;

	result = worker_load(worker, &probe, &loaded, &err);
	if (result != WORKER_OK) {
		snprintf(what, sizeof what, "load %s", args[1]);
		report(what, result, &err);
		return;
	}
	GROW(entries, n_entries, cap_entries);
	entries[n_entries++] =
		(struct worker_entry){probe.number, loaded.loops, loaded.unroll};
	printf("load %s ok %u %u %.1f\n", args[1], loaded.loops, loaded.unroll, loaded.ns);
	fflush(stdout);
}

static void do_load(char **args)
{
	load(args, 0);
}

static void do_load_unpinned(char **args)
{
	load(args, 1);
}

static void read_probe(char **args, int is_names)
{
	struct worker_probe probe = {0, "test", args[0], args[1], args[4], args[5],
		strcmp(args[2], "-") == 0 ? NULL : args[2], strtol(args[3], NULL, 10), 0,
		{0, 0, 0}};
	struct worker_reading reading;
	enum worker_result result;
	char what[128];
	struct err err;
	size_t i;

	result = worker_read(worker, &probe, is_names, &reading, &err);
	if (result != WORKER_OK) {
		snprintf(what, sizeof what, "read %s", args[1]);
		report(what, result, &err);
		return;
	}
	printf("read %s ok %.17g %s", args[1], reading.value, reading.when ? reading.when : "-");
	for (i = 0; i < reading.n_names; i++)
		printf(" %s", reading.names[i]);
	printf("\n");
	fflush(stdout);
}

static void do_read(char **args)
{
	read_probe(args, 0);
}

static void do_read_names(char **args)
{
	read_probe(args, 1);
}

static void run_blocks(const char *what, char **args, int show)
{
	struct worker_sample *samples = xcalloc(n_entries + 1, sizeof *samples);
	long times = strtol(args[0], NULL, 10), t;
	enum worker_result result = WORKER_OK;
	size_t failed = 0, i;
	char line[64];
	struct err err;

	for (t = 0; t < times && result == WORKER_OK; t++) {
		result = worker_block(worker, entries, n_entries, samples, &failed, &err);
		for (i = 0; show && result == WORKER_OK && i < n_entries; i++)
			printf("sample %u %u %u %u %u %u %u\n", samples[i].number, entries[i].loops,
				entries[i].unroll, samples[i].full, samples[i].half,
				samples[i].gate, samples[i].switched);
	}
	snprintf(line, sizeof line, "%s %zu", what, result == WORKER_OK ? n_entries : failed);
	report(line, result, &err);
	free(samples);
}

static void do_block(char **args)
{
	run_blocks("block", args, 0);
}

static void do_sample(char **args)
{
	run_blocks("sampled", args, 1);
}

static void do_unroll(char **args)
{
	size_t number = strtoul(args[0], NULL, 10);

	if (number < n_entries)
		entries[number].unroll = (uint32_t)strtoul(args[1], NULL, 10);
}

static void do_talk(char **args)
{
	int flooded;
	size_t n;
	const char *talk = worker_talk(worker, &n, &flooded);
	struct str shown;

	(void)args;
	str_init(&shown);
	str_add_shown(&shown, talk, n);
	printf("talk %zu %d %s\n", n, flooded, str_text(&shown));
	fflush(stdout);
	str_release(&shown);
}

static void do_stop(char **args)
{
	(void)args;
	worker_stop(worker);
	worker = NULL;
	n_entries = 0;
	printf("stop ok\n");
	fflush(stdout);
}

static void do_pause(char **args)
{
	(void)args;
	for (;;)
		pause();
}

static const struct {
	const char *name;
	int args;
	int needs_worker;
	void (*run)(char **args);
} commands[] = {
	{"memory", 1, 0, do_memory}, {"load-seconds", 1, 0, do_load_seconds},
	{"block-seconds", 1, 0, do_block_seconds}, {"stop-after", 1, 0, do_stop_after},
	{"host", 1, 0, do_host}, {"hello", 0, 1, do_hello}, {"pin", 1, 1, do_pin}, {"gate", 1, 1, do_gate},
	{"load", 6, 1, do_load}, {"load-unpinned", 6, 1, do_load_unpinned},
	{"read", 6, 1, do_read}, {"read-names", 6, 1, do_read_names},
	{"block", 1, 1, do_block}, {"sample", 1, 1, do_sample}, {"unroll", 2, 1, do_unroll},
	{"talk", 0, 1, do_talk}, {"stop", 0, 0, do_stop}, {"pause", 0, 0, do_pause},
};

/* Runs one command; the number of arguments it took, 0 when it is none. */
static int run(char **args, int n)
{
	size_t i;

	for (i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(args[0], commands[i].name) != 0 || n <= commands[i].args)
			continue;
		if (!commands[i].needs_worker || need_worker())
			commands[i].run(args + 1);
		return 1 + commands[i].args;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int i, took;

	if (argc < 3) {
		fprintf(stderr, "usage: worker_drive WORKER PROBES COMMAND...\n");
		return 2;
	}
	options.program = argv[1];
	options.probes = argv[2];
	for (i = 3; i < argc; i += took) {
		took = run(argv + i, argc - i);
		if (!took) {
			fprintf(stderr, "worker_drive: no command '%s'\n", argv[i]);
			return 2;
		}
	}
	worker_stop(worker);
	free(entries);
	return 0;
}
