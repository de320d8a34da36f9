/* Bytes that are no frames, frames that are no messages: what a broken worker may send. */
#include "base/proto.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "unit/frames.h"

/* A text that was taken is read to its end, which lies in the frame. */
static void read_text(const struct proto_frame *frame, const char *text)
{
	assert_true(strlen(text) < frame->n);
}

static int read_hello(const struct proto_frame *frame)
{
	struct worker_hello hello;

	if (proto_get_hello_is(frame, &hello) != 0)
		return -1;
	read_text(frame, hello.build);
	read_text(frame, hello.python);
	read_text(frame, hello.soabi);
	return 0;
}

static int read_probe(const struct proto_frame *frame, const struct worker_probe *probe)
{
	read_text(frame, probe->setup);
	read_text(frame, probe->call);
	return 0;
}

static int read_load(const struct proto_frame *frame)
{
	struct worker_probe probe;

	return proto_get_load(frame, &probe) == 0 ? read_probe(frame, &probe) : -1;
}

static int read_read(const struct proto_frame *frame)
{
	struct worker_probe probe;
	int is_names;

	return proto_get_read(frame, &probe, &is_names) == 0 ? read_probe(frame, &probe) : -1;
}

static int read_reading(const struct proto_frame *frame)
{
	struct worker_reading reading;
	const char *names[8];
	size_t i;

	if (proto_get_reading(frame, &reading, names, 8) != 0)
		return -1;
	for (i = 0; i < reading.n_names; i++)
		read_text(frame, names[i]);
	return 0;
}

static int read_seen(const struct proto_frame *frame)
{
	static struct worker_seen seen;
	size_t i;

	if (proto_get_seen(frame, &seen) != 0)
		return -1;
	for (i = 0; i < seen.n; i++)
		read_text(frame, seen.values[i].class);
	return 0;
}

static int read_run(const struct proto_frame *frame)
{
	const char *text;

	if (proto_get_run(frame, &text) != 0)
		return -1;
	read_text(frame, text);
	return 0;
}

static int read_look(const struct proto_frame *frame)
{
	const char *text;

	if (proto_get_look(frame, &text) != 0)
		return -1;
	read_text(frame, text);
	return 0;
}

static int read_refused(const struct proto_frame *frame)
{
	struct proto_refusal refusal;

	if (proto_get_refused(frame, &refusal) != 0)
		return -1;
	read_text(frame, refusal.text);
	return 0;
}

static int read_block(const struct proto_frame *frame)
{
	static struct worker_entry entries[64];
	size_t n;

	return proto_get_block(frame, entries, 64, &n);
}

static int read_samples(const struct proto_frame *frame)
{
	static struct worker_sample samples[64];
	size_t n;

	return proto_get_samples(frame, samples, 64, &n);
}

static int read_loaded(const struct proto_frame *frame)
{
	struct worker_loaded loaded;

	return proto_get_loaded(frame, &loaded);
}

static int read_pin(const struct proto_frame *frame)
{
	int cpu;

	return proto_get_pin(frame, &cpu);
}

static int read_gate(const struct proto_frame *frame)
{
	uint32_t times;

	return proto_get_gate(frame, &times);
}

static int read_gate_is(const struct proto_frame *frame)
{
	double ns;

	return proto_get_gate_is(frame, &ns);
}

static const struct {
	enum proto_type type;
	int (*read)(const struct proto_frame *frame); /* 0 when it took the frame, else -1 */
} readers[] = {
	{PROTO_HELLO_IS, read_hello},
	{PROTO_LOAD, read_load},
	{PROTO_READ, read_read},
	{PROTO_READING, read_reading},
	{PROTO_SEEN, read_seen},
	{PROTO_RUN, read_run},
	{PROTO_LOOK, read_look},
	{PROTO_REFUSED, read_refused},
	{PROTO_BLOCK, read_block},
	{PROTO_SAMPLES, read_samples},
	{PROTO_LOADED, read_loaded},
	{PROTO_PIN, read_pin},
	{PROTO_GATE, read_gate},
	{PROTO_GATE_IS, read_gate_is},
};

/* Tries every reader on a frame, whatever its type; what the one it asks for says. */
static int read_all(const struct proto_frame *frame)
{
	int result = -1, one;
	size_t i;

	for (i = 0; i < sizeof readers / sizeof *readers; i++) {
		one = readers[i].read(frame);
		if (readers[i].type == frame->type)
			result = one;
	}
	return result;
}

/* Readers get no byte more than n: they are copied so that ASan sees it. */
static int read_copy(const struct proto_frame *frame, size_t n)
{
	struct proto_frame cut = *frame;
	unsigned char *copy = xmalloc(n);
	int result;

	memcpy(copy, frame->payload, n);
	cut.payload = copy;
	cut.n = n;
	result = read_all(&cut);
	free(copy);
	return result;
}

static void test_truncated(void **state)
{
	struct proto_frame frame, none;
	struct str outs[KINDS];
	size_t i, len;

	(void)state;
	write_some(outs);
	for (i = 0; i < KINDS; i++) {
		assert_int_equal(proto_next(outs[i].s, outs[i].len, &frame), (long)outs[i].len);
		assert_int_equal(read_copy(&frame, frame.n), 0);
		for (len = 0; len < outs[i].len; len++)
			assert_int_equal(proto_next(outs[i].s, len, &none), 0);
		for (len = 0; len < frame.n; len++)
			assert_int_equal(read_copy(&frame, len), -1);
	}
	for (i = 0; i < KINDS; i++)
		str_release(&outs[i]);
}

static void test_frames_that_are_none(void **state)
{
	struct proto_frame frame;

	(void)state;
	/* A type nobody knows. */
	assert_int_equal(proto_next("\0\0\0\0\0", 5, &frame), -1);
	assert_int_equal(proto_next("\0\0\0\0\x0a", 5, &frame), -1);
	assert_int_equal(proto_next("\0\0\0\0\x40", 5, &frame), -1);
	assert_int_equal(proto_next("\0\0\0\0\x49", 5, &frame), -1);
	/* Longer than allowed: seen before its type comes. */
	assert_int_equal(proto_next("\1\0\x10\0", 4, &frame), -1);
	assert_int_equal(proto_next("\xff\xff\xff\xff", 4, &frame), -1);
	assert_int_equal(proto_next("\0\0\x10\0\1", 5, &frame), 0);
	assert_int_equal(proto_next("", 0, &frame), 0);
}

static void test_texts_that_are_none(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
	} bad[] = {
		{"\1\0\0\0\2\0\0\0no", 10},          /* no NUL */
		{"\1\0\0\0\2\0\0\0noo", 11},         /* another byte in its place */
		{"\1\0\0\0\2\0\0\0\0o\0", 11},       /* a NUL within */
		{"\1\0\0\0\3\0\0\0no\0", 11},        /* longer than the payload */
		{"\1\0\0\0\xff\xff\xff\xffno\0", 11},
		{"\1\0\0\0\2\0\0\0no\0x", 12},       /* something after it */
	};
	struct proto_frame frame = {PROTO_REFUSED, NULL, 0};
	struct proto_refusal refusal;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		frame.payload = (const unsigned char *)bad[i].bytes;
		frame.n = bad[i].n;
		assert_int_equal(proto_get_refused(&frame, &refusal), -1);
	}
}

static void test_counts_that_lie(void **state)
{
	static const char more[] = "\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", huge[] = "\xff\xff\xff\xff";
	struct proto_frame frame = {PROTO_BLOCK, (const unsigned char *)more, 16};
	struct worker_entry entries[8];
	size_t n;

	(void)state;
	assert_int_equal(proto_get_block(&frame, entries, 8, &n), -1);
	assert_int_equal(n, 0);
	frame.payload = (const unsigned char *)huge;
	frame.n = 4;
	assert_int_equal(proto_get_block(&frame, entries, (size_t)-1, &n), -1);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Bytes by chance, and good frames with some bytes changed by chance. */
static void test_random_bytes(void **state)
{
	uint32_t seed = 20240229;
	struct proto_frame frame;
	struct str outs[KINDS];
	size_t n, i;
	int round, frames = 0;
	char *bytes;
	long took;

	(void)state;
	write_some(outs);
	for (round = 0; round < 10000; round++) {
		const struct str *good = &outs[round % KINDS];

		n = round % 2 ? good->len : next_random(&seed) % 200;
		bytes = xmalloc(n);
		for (i = 0; i < n; i++)
			bytes[i] = round % 2 ? good->s[i] : (char)next_random(&seed);
		for (i = 0; round % 2 && i < 3; i++)
			bytes[next_random(&seed) % n] = (char)next_random(&seed);
		took = proto_next(bytes, n, &frame);
		assert_true(took >= -1 && took <= (long)n);
		if (took > 0) {
			frames++;
			read_all(&frame);
		}
		free(bytes);
	}
	assert_true(frames > 100);
	for (i = 0; i < KINDS; i++)
		str_release(&outs[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_frames_that_are_none),
		cmocka_unit_test(test_texts_that_are_none),
		cmocka_unit_test(test_counts_that_lie),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
