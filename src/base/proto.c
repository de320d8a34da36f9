#include "base/proto.h"

#include <stdint.h>
#include <string.h>

static int is_type(unsigned type)
{
	return (type >= PROTO_HELLO && type <= PROTO_LOOK) ||
	       (type >= PROTO_HELLO_IS && type <= PROTO_SEEN);
}

/* Numbers. */

static void put8(struct str *out, unsigned v)
{
	str_addc(out, (char)(v & 0xff));
}

static void put32(struct str *out, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		put8(out, v >> (8 * i));
}

static void put64(struct str *out, uint64_t v)
{
	put32(out, (uint32_t)v);
	put32(out, (uint32_t)(v >> 32));
}

static void put_double(struct str *out, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	put64(out, bits);
}

static void put_text(struct str *out, const char *s)
{
	size_t n = strlen(s);

	/* A text that long makes the frame too long, and finish() takes it back. */
	put32(out, n > UINT32_MAX ? UINT32_MAX : (uint32_t)n);
	str_addn(out, s, n + 1);
}

/* NULL is told apart from "". */
static void put_text_or_null(struct str *out, const char *s)
{
	put8(out, s != NULL);
	put_text(out, s ? s : "");
}

static uint32_t load32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Reads on from p; past the end it gives zeros and remembers it in bad. */
struct reader {
	const unsigned char *p;
	size_t n;
	int bad;
};

static struct reader reader_of(const struct proto_frame *frame)
{
	struct reader r = {frame->payload, frame->n, 0};

	return r;
}

static const unsigned char *take(struct reader *r, size_t n)
{
	static const unsigned char zeros[8];
	const unsigned char *p = r->p;

	if (r->bad || r->n < n) {
		r->bad = 1;
		return zeros;
	}
	r->p += n;
	r->n -= n;
	return p;
}

static unsigned get8(struct reader *r)
{
	return *take(r, 1);
}

static uint32_t get32(struct reader *r)
{
	return load32(take(r, 4));
}

static uint64_t get64(struct reader *r)
{
	uint64_t low = get32(r);

	return low | (uint64_t)get32(r) << 32;
}

static double get_double(struct reader *r)
{
	uint64_t bits = get64(r);
	double v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

static int get_flag(struct reader *r)
{
	unsigned v = get8(r);

	if (v > 1)
		r->bad = 1;
	return (int)v;
}

static const char *get_text(struct reader *r)
{
	size_t n = get32(r);
	const char *s;

	if (r->bad || n >= r->n || r->p[n] != 0 || memchr(r->p, 0, n)) {
		r->bad = 1;
		return "";
	}
	s = (const char *)r->p;
	take(r, n + 1);
	return s;
}

static const char *get_text_or_null(struct reader *r)
{
	int is_text = get_flag(r);
	const char *s = get_text(r);

	return is_text ? s : NULL;
}

/* 0 when the message was read whole and nothing is left over. */
static int ended(const struct reader *r)
{
	return r->bad || r->n ? -1 : 0;
}

/* Frames. */

long proto_next(const void *bytes, size_t n, struct proto_frame *frame)
{
	const unsigned char *p = bytes;
	uint32_t len;

	if (n >= 5 && !is_type(p[4]))
		return -1;
	if (n < 4)
		return 0;
	len = load32(p);
	if (len > PROTO_PAYLOAD_MAX)
		return -1;
	if (n < PROTO_HEADER || n - PROTO_HEADER < len)
		return 0;
	frame->type = (enum proto_type)p[4];
	frame->payload = p + PROTO_HEADER;
	frame->n = len;
	return PROTO_HEADER + (long)len;
}

/* Begins a frame; the result goes to finish(). */
static size_t begin(struct str *out, enum proto_type type)
{
	size_t start = out->len;

	put32(out, 0);
	put8(out, type);
	return start;
}

/* Writes the length in, or takes the frame back when it is too long. */
static int finish(struct str *out, size_t start)
{
	size_t n = out->len - start - PROTO_HEADER;
	int i;

	if (n > PROTO_PAYLOAD_MAX) {
		out->len = start;
		out->s[start] = '\0';
		return -1;
	}
	for (i = 0; i < 4; i++)
		out->s[start + (size_t)i] = (char)(n >> (8 * i) & 0xff);
	return 0;
}

int proto_put_plain(struct str *out, enum proto_type type)
{
	return finish(out, begin(out, type));
}

int proto_put_pin(struct str *out, int cpu)
{
	size_t start = begin(out, PROTO_PIN);

	put32(out, (uint32_t)cpu);
	return finish(out, start);
}

int proto_get_pin(const struct proto_frame *frame, int *cpu)
{
	struct reader r = reader_of(frame);

	*cpu = (int)(int32_t)get32(&r);
	return ended(&r);
}

int proto_put_gate(struct str *out, uint32_t times)
{
	size_t start = begin(out, PROTO_GATE);

	put32(out, times);
	return finish(out, start);
}

int proto_get_gate(const struct proto_frame *frame, uint32_t *times)
{
	struct reader r = reader_of(frame);

	*times = get32(&r);
	return ended(&r);
}

int proto_put_gate_is(struct str *out, double ns)
{
	size_t start = begin(out, PROTO_GATE_IS);

	put_double(out, ns);
	return finish(out, start);
}

int proto_get_gate_is(const struct proto_frame *frame, double *ns)
{
	struct reader r = reader_of(frame);

	*ns = get_double(&r);
	return ended(&r);
}

int proto_put_hello_is(struct str *out, const struct worker_hello *hello)
{
	size_t start = begin(out, PROTO_HELLO_IS);

	/* The version comes first in every version. */
	put32(out, (uint32_t)hello->protocol);
	put64(out, (uint64_t)hello->pid);
	put_text(out, hello->build);
	put_text(out, hello->python);
	put_text(out, hello->implementation);
	put_text(out, hello->executable);
	put_text(out, hello->soabi);
	put8(out, hello->free_threaded != 0);
	return finish(out, start);
}

int proto_get_hello_is(const struct proto_frame *frame, struct worker_hello *hello)
{
	struct reader r = reader_of(frame);

	hello->protocol = (int)(int32_t)get32(&r);
	hello->pid = (long)get64(&r);
	hello->build = get_text(&r);
	hello->python = get_text(&r);
	hello->implementation = get_text(&r);
	hello->executable = get_text(&r);
	hello->soabi = get_text(&r);
	hello->free_threaded = get_flag(&r);
	return ended(&r);
}

static void put_probe(struct str *out, const struct worker_probe *probe)
{
	put32(out, probe->number);
	put_text(out, probe->name);
	put_text_or_null(out, probe->module);
	put_text(out, probe->function);
	put_text(out, probe->setup);
	put_text(out, probe->call);
	put_text_or_null(out, probe->reference);
	put64(out, (uint64_t)probe->n);
	put8(out, probe->unpinned != 0);
}

static void get_probe(struct reader *r, struct worker_probe *probe)
{
	probe->number = get32(r);
	probe->name = get_text(r);
	probe->module = get_text_or_null(r);
	probe->function = get_text(r);
	probe->setup = get_text(r);
	probe->call = get_text(r);
	probe->reference = get_text_or_null(r);
	probe->n = (long)get64(r);
	probe->unpinned = get_flag(r);
}

int proto_put_load(struct str *out, const struct worker_probe *probe)
{
	size_t start = begin(out, PROTO_LOAD);

	put_probe(out, probe);
	return finish(out, start);
}

int proto_get_load(const struct proto_frame *frame, struct worker_probe *probe)
{
	struct reader r = reader_of(frame);

	get_probe(&r, probe);
	return ended(&r);
}

int proto_put_loaded(struct str *out, const struct worker_loaded *loaded)
{
	size_t start = begin(out, PROTO_LOADED);

	put32(out, loaded->loops);
	put32(out, loaded->unroll);
	put_double(out, loaded->ns);
	return finish(out, start);
}

int proto_get_loaded(const struct proto_frame *frame, struct worker_loaded *loaded)
{
	struct reader r = reader_of(frame);

	loaded->loops = get32(&r);
	loaded->unroll = get32(&r);
	loaded->ns = get_double(&r);
	return ended(&r);
}

enum { ENTRY_BYTES = 12, SAMPLE_BYTES = 17 };

/* The count at the head of a list whose items take `bytes` each and fill the rest. */
static size_t get_count(struct reader *r, size_t bytes, size_t max)
{
	size_t n = get32(r);

	if (n > max || r->n != n * bytes)
		r->bad = 1;
	return r->bad ? 0 : n;
}

int proto_put_block(struct str *out, const struct worker_entry *entries, size_t n)
{
	size_t start, i;

	if (n > PROTO_BLOCK_MAX)
		return -1;
	start = begin(out, PROTO_BLOCK);
	put32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		put32(out, entries[i].number);
		put32(out, entries[i].loops);
		put32(out, entries[i].unroll);
	}
	return finish(out, start);
}

int proto_get_block(const struct proto_frame *frame, struct worker_entry *entries, size_t max,
	size_t *n)
{
	struct reader r = reader_of(frame);
	size_t i;

	*n = get_count(&r, ENTRY_BYTES, max);
	for (i = 0; i < *n; i++) {
		entries[i].number = get32(&r);
		entries[i].loops = get32(&r);
		entries[i].unroll = get32(&r);
	}
	return ended(&r);
}

int proto_put_samples(struct str *out, const struct worker_sample *samples, size_t n)
{
	size_t start, i;

	if (n > PROTO_BLOCK_MAX)
		return -1;
	start = begin(out, PROTO_SAMPLES);
	put32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		put32(out, samples[i].number);
		put32(out, samples[i].full);
		put32(out, samples[i].half);
		put32(out, samples[i].gate);
		put8(out, samples[i].switched);
	}
	return finish(out, start);
}

int proto_get_samples(const struct proto_frame *frame, struct worker_sample *samples, size_t max,
	size_t *n)
{
	struct reader r = reader_of(frame);
	size_t i;

	*n = get_count(&r, SAMPLE_BYTES, max);
	for (i = 0; i < *n; i++) {
		samples[i].number = get32(&r);
		samples[i].full = get32(&r);
		samples[i].half = get32(&r);
		samples[i].gate = get32(&r);
		samples[i].switched = (uint8_t)get8(&r);
	}
	return ended(&r);
}

int proto_put_read(struct str *out, const struct worker_probe *probe, int is_names)
{
	size_t start = begin(out, PROTO_READ);

	put8(out, is_names != 0);
	put_probe(out, probe);
	return finish(out, start);
}

int proto_get_read(const struct proto_frame *frame, struct worker_probe *probe, int *is_names)
{
	struct reader r = reader_of(frame);

	*is_names = get_flag(&r);
	get_probe(&r, probe);
	return ended(&r);
}

int proto_put_reading(struct str *out, const struct worker_reading *reading)
{
	size_t start, i;

	if (reading->n_names > PROTO_NAMES_MAX)
		return -1;
	start = begin(out, PROTO_READING);
	put8(out, reading->is_names != 0);
	put_double(out, reading->value);
	put_text_or_null(out, reading->when);
	put32(out, (uint32_t)reading->n_names);
	for (i = 0; i < reading->n_names; i++)
		put_text(out, reading->names[i]);
	return finish(out, start);
}

int proto_get_reading(const struct proto_frame *frame, struct worker_reading *reading,
	const char **names, size_t max)
{
	struct reader r = reader_of(frame);
	size_t n, i;

	reading->is_names = get_flag(&r);
	reading->value = get_double(&r);
	reading->when = get_text_or_null(&r);
	n = get32(&r);
	if (n > max)
		r.bad = 1;
	for (i = 0; i < n && !r.bad; i++)
		names[i] = get_text(&r);
	reading->names = names;
	reading->n_names = r.bad ? 0 : n;
	return ended(&r);
}

static int put_one_text(struct str *out, enum proto_type type, const char *text)
{
	size_t start = begin(out, type);

	put_text(out, text);
	return finish(out, start);
}

static int get_one_text(const struct proto_frame *frame, const char **text)
{
	struct reader r = reader_of(frame);

	*text = get_text(&r);
	return ended(&r);
}

int proto_put_run(struct str *out, const char *code)
{
	return put_one_text(out, PROTO_RUN, code);
}

int proto_get_run(const struct proto_frame *frame, const char **code)
{
	return get_one_text(frame, code);
}

int proto_put_look(struct str *out, const char *call)
{
	return put_one_text(out, PROTO_LOOK, call);
}

int proto_get_look(const struct proto_frame *frame, const char **call)
{
	return get_one_text(frame, call);
}

/* -1, 0 and 1 as 0, 1 and 2. */
static void put_maybe(struct str *out, int v)
{
	put8(out, (unsigned)(v + 1));
}

static int get_maybe(struct reader *r)
{
	unsigned v = get8(r);

	if (v > 2)
		r->bad = 1;
	return (int)v - 1;
}

static void put_value(struct str *out, const struct worker_value *value)
{
	size_t i;

	put_text(out, value->name);
	put_text(out, value->type);
	put_text(out, value->class);
	put_double(out, value->length);
	put_double(out, value->item_low);
	put_double(out, value->item_likely);
	put_double(out, value->item_high);
	put_double(out, value->fields);
	put_maybe(out, value->ascii);
	put_maybe(out, value->contiguous);
	put_maybe(out, value->writable);
	put_maybe(out, value->own_class);
	put8(out, (unsigned)value->n_shape);
	for (i = 0; i < value->n_shape; i++)
		put_double(out, value->shape[i]);
}

static void get_value(struct reader *r, struct worker_value *value)
{
	size_t i;

	value->name = get_text(r);
	value->type = get_text(r);
	value->class = get_text(r);
	value->length = get_double(r);
	value->item_low = get_double(r);
	value->item_likely = get_double(r);
	value->item_high = get_double(r);
	value->fields = get_double(r);
	value->ascii = get_maybe(r);
	value->contiguous = get_maybe(r);
	value->writable = get_maybe(r);
	value->own_class = get_maybe(r);
	value->n_shape = get8(r);
	if (value->n_shape > PROTO_DIMENSIONS_MAX) {
		value->n_shape = 0;
		r->bad = 1;
	}
	for (i = 0; i < value->n_shape; i++)
		value->shape[i] = get_double(r);
}

int proto_put_seen(struct str *out, const struct worker_seen *seen)
{
	size_t start, i;

	if (seen->n > PROTO_VALUES_MAX)
		return -1;
	start = begin(out, PROTO_SEEN);
	put8(out, seen->is_call != 0);
	put_text(out, seen->function);
	put_text(out, seen->now);
	put_text(out, seen->through);
	put8(out, seen->gives);
	put_text(out, seen->computed);
	put_text(out, seen->changed);
	put_double(out, seen->first_ns);
	put_double(out, seen->later_ns);
	put_double(out, seen->wait_low);
	put_double(out, seen->wait_likely);
	put_double(out, seen->wait_high);
	put_double(out, seen->cpus);
	put8(out, (unsigned)seen->n);
	for (i = 0; i < seen->n; i++)
		put_value(out, &seen->values[i]);
	return finish(out, start);
}

int proto_get_seen(const struct proto_frame *frame, struct worker_seen *seen)
{
	struct reader r = reader_of(frame);
	unsigned gives;
	size_t i;

	seen->is_call = get_flag(&r);
	seen->function = get_text(&r);
	seen->now = get_text(&r);
	seen->through = get_text(&r);
	gives = get8(&r);
	seen->gives = gives < GIVES_N ? (enum worker_gives)gives : GIVES_VALUE;
	seen->computed = get_text(&r);
	seen->changed = get_text(&r);
	seen->first_ns = get_double(&r);
	seen->later_ns = get_double(&r);
	seen->wait_low = get_double(&r);
	seen->wait_likely = get_double(&r);
	seen->wait_high = get_double(&r);
	seen->cpus = get_double(&r);
	seen->n = get8(&r);
	if (gives >= GIVES_N || seen->n > PROTO_VALUES_MAX) {
		seen->n = 0;
		return -1;
	}
	for (i = 0; i < seen->n; i++)
		get_value(&r, &seen->values[i]);
	return ended(&r);
}

int proto_put_refused(struct str *out, const struct proto_refusal *refusal)
{
	size_t start = begin(out, PROTO_REFUSED);

	put32(out, refusal->index);
	put_text(out, refusal->text);
	return finish(out, start);
}

int proto_get_refused(const struct proto_frame *frame, struct proto_refusal *refusal)
{
	struct reader r = reader_of(frame);

	refusal->index = get32(&r);
	refusal->text = get_text(&r);
	return ended(&r);
}
