#include "base/proto.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "unit/frames.h"

/* The one frame in out, which must be all of it. */
static struct proto_frame only_frame(const struct str *out, enum proto_type type)
{
	struct proto_frame frame;

	assert_int_equal(proto_next(out->s, out->len, &frame), (long)out->len);
	assert_int_equal(frame.type, type);
	return frame;
}

static void test_own_code(void **state)
{
	struct proto_frame frame;
	const char *text;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_run(&out, "a = 1\nb = '\xc3\xa9'"), 0);
	frame = only_frame(&out, PROTO_RUN);
	assert_int_equal(proto_get_run(&frame, &text), 0);
	assert_string_equal(text, "a = 1\nb = '\xc3\xa9'");
	str_clear(&out);
	assert_int_equal(proto_put_look(&out, "f(a)"), 0);
	frame = only_frame(&out, PROTO_LOOK);
	assert_int_equal(proto_get_look(&frame, &text), 0);
	assert_string_equal(text, "f(a)");
	str_release(&out);
}

static void test_seen(void **state)
{
	static struct worker_seen got, many;
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_seen(&out, &a_seen), 0);
	frame = only_frame(&out, PROTO_SEEN);
	assert_int_equal(proto_get_seen(&frame, &got), 0);
	assert_int_equal(got.is_call, 1);
	assert_string_equal(got.function, "score");
	assert_string_equal(got.now, "python");
	assert_string_equal(got.computed, "g(3)");
	assert_string_equal(got.changed, "xs");
	assert_int_equal(got.gives, GIVES_COROUTINE);
	assert_true(got.first_ns == 12.5 && got.later_ns == 11 && got.cpus == 1.5);
	assert_true(got.wait_low == 0.25 && got.wait_likely == 0.5 && got.wait_high == 0.75);
	assert_int_equal(got.n, 2);
	assert_string_equal(got.values[0].type, "buffer[f64]");
	assert_string_equal(got.values[0].class, "numpy.ndarray");
	assert_true(got.values[0].item_high == 3 && got.values[0].fields == 4);
	assert_int_equal(got.values[0].ascii, -1);
	assert_int_equal(got.values[0].contiguous, 1);
	assert_int_equal(got.values[0].writable, 0);
	assert_int_equal(got.values[0].n_shape, 2);
	assert_true(got.values[0].shape[1] == 3);
	assert_string_equal(got.values[1].type, "none");
	assert_int_equal(got.values[1].ascii, 1);
	str_release(&out);
	/* More values than there are places for are not written. */
	many = a_seen;
	many.n = PROTO_VALUES_MAX + 1;
	assert_int_equal(proto_put_seen(&out, &many), -1);
	assert_int_equal(out.len, 0);
}

/* The number of a value's dimensions and the kind of result are looked at. */
static void test_seen_out_of_range(void **state)
{
	static struct worker_seen got, bad;
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	bad = a_seen;
	bad.values[1].ascii = 2;
	assert_int_equal(proto_put_seen(&out, &bad), 0);
	frame = only_frame(&out, PROTO_SEEN);
	assert_int_equal(proto_get_seen(&frame, &got), -1);
	str_clear(&out);
	bad = a_seen;
	bad.gives = GIVES_N;
	assert_int_equal(proto_put_seen(&out, &bad), 0);
	frame = only_frame(&out, PROTO_SEEN);
	assert_int_equal(proto_get_seen(&frame, &got), -1);
	str_release(&out);
}

static void test_plain(void **state)
{
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_plain(&out, PROTO_DONE), 0);
	frame = only_frame(&out, PROTO_DONE);
	assert_int_equal(frame.n, 0);
	assert_memory_equal(out.s, "\0\0\0\0\x42", PROTO_HEADER);
	str_release(&out);
}

static void test_pin(void **state)
{
	static const int cpus[] = {-1, 0, 63, 1 << 20};
	struct proto_frame frame;
	struct str out;
	size_t i;
	int cpu;

	(void)state;
	for (i = 0; i < sizeof cpus / sizeof *cpus; i++) {
		str_init(&out);
		assert_int_equal(proto_put_pin(&out, cpus[i]), 0);
		frame = only_frame(&out, PROTO_PIN);
		assert_int_equal(proto_get_pin(&frame, &cpu), 0);
		assert_int_equal(cpu, cpus[i]);
		str_release(&out);
	}
}

static void test_gate(void **state)
{
	struct proto_frame frame;
	struct str out;
	uint32_t times;
	double ns;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_gate(&out, 0x01020304), 0);
	assert_memory_equal(out.s, "\4\0\0\0\3\4\3\2\1", 9);
	frame = only_frame(&out, PROTO_GATE);
	assert_int_equal(proto_get_gate(&frame, &times), 0);
	assert_int_equal(times, 0x01020304);
	str_clear(&out);
	assert_int_equal(proto_put_gate_is(&out, 1011.5), 0);
	frame = only_frame(&out, PROTO_GATE_IS);
	assert_int_equal(proto_get_gate_is(&frame, &ns), 0);
	assert_true(ns == 1011.5);
	str_release(&out);
}

static void test_hello(void **state)
{
	struct proto_frame frame;
	struct worker_hello got;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_hello_is(&out, &a_hello), 0);
	frame = only_frame(&out, PROTO_HELLO_IS);
	assert_int_equal(proto_get_hello_is(&frame, &got), 0);
	assert_int_equal(got.protocol, a_hello.protocol);
	assert_int_equal(got.pid, a_hello.pid);
	assert_string_equal(got.build, a_hello.build);
	assert_string_equal(got.python, a_hello.python);
	assert_string_equal(got.implementation, a_hello.implementation);
	assert_string_equal(got.executable, a_hello.executable);
	assert_string_equal(got.soabi, a_hello.soabi);
	assert_int_equal(got.free_threaded, 1);
	str_release(&out);
}

static void check_probe(const struct worker_probe *probe)
{
	struct proto_frame frame;
	struct worker_probe got;
	struct str out;

	str_init(&out);
	assert_int_equal(proto_put_load(&out, probe), 0);
	frame = only_frame(&out, PROTO_LOAD);
	assert_int_equal(proto_get_load(&frame, &got), 0);
	assert_int_equal(got.number, probe->number);
	assert_string_equal(got.name, probe->name);
	if (probe->module)
		assert_string_equal(got.module, probe->module);
	else
		assert_null(got.module);
	assert_string_equal(got.function, probe->function);
	assert_string_equal(got.setup, probe->setup);
	assert_string_equal(got.call, probe->call);
	if (probe->reference)
		assert_string_equal(got.reference, probe->reference);
	else
		assert_null(got.reference);
	assert_int_equal(got.n, probe->n);
	assert_int_equal(got.unpinned, probe->unpinned);
	str_release(&out);
}

static void test_load(void **state)
{
	struct worker_probe probe = a_probe;

	(void)state;
	check_probe(&probe);
	probe.reference = NULL;
	probe.setup = "";
	probe.unpinned = 0;
	check_probe(&probe);
	probe.reference = "";
	probe.n = 1L << 40;
	check_probe(&probe);
	probe.module = NULL;
	check_probe(&probe);
}

static void check_reading(const struct worker_reading *reading)
{
	struct worker_reading got;
	struct proto_frame frame;
	const char *names[4];
	struct str out;
	size_t i;

	str_init(&out);
	assert_int_equal(proto_put_reading(&out, reading), 0);
	frame = only_frame(&out, PROTO_READING);
	assert_int_equal(proto_get_reading(&frame, &got, names, 4), 0);
	assert_int_equal(got.is_names, reading->is_names);
	assert_true(got.value == reading->value);
	assert_int_equal(got.n_names, reading->n_names);
	for (i = 0; i < got.n_names; i++)
		assert_string_equal(got.names[i], reading->names[i]);
	if (reading->when)
		assert_string_equal(got.when, reading->when);
	else
		assert_null(got.when);
	/* Where there is room for fewer names than came it is refused. */
	if (reading->n_names)
		assert_int_equal(
			proto_get_reading(&frame, &got, names, reading->n_names - 1), -1);
	str_release(&out);
}

static void test_reading(void **state)
{
	static const char *names[] = {"PyLong_AsLong", "", "\xc3\xa9"};

	(void)state;
	check_reading(&(struct worker_reading){0, -2.5, NULL, 0, NULL});
	check_reading(&(struct worker_reading){0, 16.381, NULL, 0, "2026-01-31T12:00:00Z"});
	check_reading(&(struct worker_reading){1, 3, names, 3, NULL});
	check_reading(&(struct worker_reading){1, 0, names, 0, ""});
}

static void test_reading_of_too_many_names(void **state)
{
	const char **names = xcalloc(PROTO_NAMES_MAX + 1, sizeof *names);
	struct worker_reading reading = {1, PROTO_NAMES_MAX, names, PROTO_NAMES_MAX, NULL};
	struct str out;
	size_t i;

	(void)state;
	for (i = 0; i <= PROTO_NAMES_MAX; i++)
		names[i] = "PyLong_AsLong";
	str_init(&out);
	assert_int_equal(proto_put_reading(&out, &reading), 0);
	str_clear(&out);
	reading.n_names++;
	assert_int_equal(proto_put_reading(&out, &reading), -1);
	assert_int_equal(out.len, 0);
	str_release(&out);
	free(names);
}

static void test_read(void **state)
{
	struct worker_probe got;
	struct proto_frame frame;
	struct str out;
	int is_names;

	(void)state;
	for (is_names = 0; is_names < 2; is_names++) {
		int read = !is_names;

		str_init(&out);
		assert_int_equal(proto_put_read(&out, &a_probe, is_names), 0);
		frame = only_frame(&out, PROTO_READ);
		assert_int_equal(proto_get_read(&frame, &got, &read), 0);
		assert_int_equal(read, is_names);
		assert_string_equal(got.call, a_probe.call);
		assert_int_equal(got.n, a_probe.n);
		str_release(&out);
	}
}

static void test_load_too_long(void **state)
{
	struct worker_probe probe = a_probe;
	char *setup = xcalloc(PROTO_PAYLOAD_MAX + 1, 1);
	struct str out;

	(void)state;
	memset(setup, 'x', PROTO_PAYLOAD_MAX);
	probe.setup = setup;
	str_init(&out);
	str_add(&out, "before");
	assert_int_equal(proto_put_load(&out, &probe), -1);
	assert_string_equal(str_text(&out), "before");
	str_release(&out);
	free(setup);
}

static void test_loaded(void **state)
{
	struct worker_loaded loaded = {31, 64, 25.25}, got;
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_loaded(&out, &loaded), 0);
	frame = only_frame(&out, PROTO_LOADED);
	assert_int_equal(proto_get_loaded(&frame, &got), 0);
	assert_int_equal(got.loops, 31);
	assert_int_equal(got.unroll, 64);
	assert_true(got.ns == 25.25);
	str_release(&out);
}

static void test_block(void **state)
{
	size_t n = SOME_ENTRIES, got_n;
	struct worker_entry got[SOME_ENTRIES];
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_block(&out, some_entries, n), 0);
	frame = only_frame(&out, PROTO_BLOCK);
	assert_int_equal(proto_get_block(&frame, got, 3, &got_n), 0);
	assert_int_equal(got_n, n);
	assert_memory_equal(got, some_entries, sizeof some_entries);
	/* More than there is room for. */
	assert_int_equal(proto_get_block(&frame, got, 2, &got_n), -1);
	str_clear(&out);
	assert_int_equal(proto_put_block(&out, NULL, 0), 0);
	frame = only_frame(&out, PROTO_BLOCK);
	assert_int_equal(proto_get_block(&frame, got, 3, &got_n), 0);
	assert_int_equal(got_n, 0);
	str_release(&out);
}

static void test_block_of_the_greatest_size(void **state)
{
	struct worker_entry *entries = xcalloc(PROTO_BLOCK_MAX, sizeof *entries);
	struct worker_sample *samples = xcalloc(PROTO_BLOCK_MAX, sizeof *samples);
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_block(&out, entries, PROTO_BLOCK_MAX), 0);
	assert_int_equal(proto_put_samples(&out, samples, PROTO_BLOCK_MAX), 0);
	assert_int_equal(proto_put_block(&out, entries, PROTO_BLOCK_MAX + 1), -1);
	assert_int_equal(proto_put_samples(&out, samples, PROTO_BLOCK_MAX + 1), -1);
	str_release(&out);
	free(entries);
	free(samples);
}

static void test_samples(void **state)
{
	size_t n = SOME_SAMPLES, got_n, i;
	struct worker_sample got[SOME_SAMPLES];
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_samples(&out, some_samples, n), 0);
	frame = only_frame(&out, PROTO_SAMPLES);
	assert_int_equal(frame.n, 4 + 17 * n);
	assert_int_equal(proto_get_samples(&frame, got, 2, &got_n), 0);
	assert_int_equal(got_n, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(got[i].number, some_samples[i].number);
		assert_int_equal(got[i].full, some_samples[i].full);
		assert_int_equal(got[i].half, some_samples[i].half);
		assert_int_equal(got[i].gate, some_samples[i].gate);
		assert_int_equal(got[i].switched, some_samples[i].switched);
	}
	str_release(&out);
}

static void test_refused(void **state)
{
	struct proto_refusal refusal = {12, "the statement raised ValueError: \xc3\xa9"}, got;
	struct proto_frame frame;
	struct str out;

	(void)state;
	str_init(&out);
	assert_int_equal(proto_put_refused(&out, &refusal), 0);
	frame = only_frame(&out, PROTO_REFUSED);
	assert_int_equal(proto_get_refused(&frame, &got), 0);
	assert_int_equal(got.index, 12);
	assert_string_equal(got.text, refusal.text);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_own_code),
		cmocka_unit_test(test_seen),
		cmocka_unit_test(test_seen_out_of_range),
		cmocka_unit_test(test_pin),
		cmocka_unit_test(test_gate),
		cmocka_unit_test(test_hello),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_reading_of_too_many_names),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_load_too_long),
		cmocka_unit_test(test_loaded),
		cmocka_unit_test(test_block),
		cmocka_unit_test(test_block_of_the_greatest_size),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
