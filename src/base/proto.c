#include "base/proto.h"

#include "base/proto_wire.h"

int proto_put_plain(struct str *out, enum proto_type type)
{
	return wire_finish(out, wire_begin(out, type));
}

int proto_put_pin(struct str *out, int cpu)
{
	size_t start = wire_begin(out, PROTO_PIN);

	wire_put32(out, (uint32_t)cpu);
	return wire_finish(out, start);
}

int proto_get_pin(const struct proto_frame *frame, int *cpu)
{
	struct wire_reader r = wire_reader_of(frame);

	*cpu = (int)(int32_t)wire_get32(&r);
	return wire_ended(&r);
}

int proto_put_gate(struct str *out, uint32_t times)
{
	size_t start = wire_begin(out, PROTO_GATE);

	wire_put32(out, times);
	return wire_finish(out, start);
}

int proto_get_gate(const struct proto_frame *frame, uint32_t *times)
{
	struct wire_reader r = wire_reader_of(frame);

	*times = wire_get32(&r);
	return wire_ended(&r);
}

int proto_put_gate_is(struct str *out, double ns)
{
	size_t start = wire_begin(out, PROTO_GATE_IS);

	wire_put_double(out, ns);
	return wire_finish(out, start);
}

int proto_get_gate_is(const struct proto_frame *frame, double *ns)
{
	struct wire_reader r = wire_reader_of(frame);

	*ns = wire_get_double(&r);
	return wire_ended(&r);
}

int proto_put_hello_is(struct str *out, const struct worker_hello *hello)
{
	size_t start = wire_begin(out, PROTO_HELLO_IS);

	/* The version comes first in every version. */
	wire_put32(out, (uint32_t)hello->protocol);
	wire_put64(out, (uint64_t)hello->pid);
	wire_put_text(out, hello->build);
	wire_put_text(out, hello->python);
	wire_put_text(out, hello->implementation);
	wire_put_text(out, hello->executable);
	wire_put_text(out, hello->soabi);
	wire_put8(out, hello->free_threaded != 0);
	return wire_finish(out, start);
}

int proto_get_hello_is(const struct proto_frame *frame, struct worker_hello *hello)
{
	struct wire_reader r = wire_reader_of(frame);

	hello->protocol = (int)(int32_t)wire_get32(&r);
	hello->pid = (long)wire_get64(&r);
	hello->build = wire_get_text(&r);
	hello->python = wire_get_text(&r);
	hello->implementation = wire_get_text(&r);
	hello->executable = wire_get_text(&r);
	hello->soabi = wire_get_text(&r);
	hello->free_threaded = wire_get_flag(&r);
	return wire_ended(&r);
}

static void put_loaded(struct str *out, const struct worker_loaded *loaded)
{
	wire_put32(out, loaded->loops);
	wire_put32(out, loaded->unroll);
	wire_put_double(out, loaded->ns);
}

static void get_loaded(struct wire_reader *r, struct worker_loaded *loaded)
{
	loaded->loops = wire_get32(r);
	loaded->unroll = wire_get32(r);
	loaded->ns = wire_get_double(r);
}

static void put_probe(struct str *out, const struct worker_probe *probe)
{
	wire_put32(out, probe->number);
	wire_put_text(out, probe->name);
	wire_put_text_or_null(out, probe->module);
	wire_put_text(out, probe->function);
	wire_put_text(out, probe->setup);
	wire_put_text(out, probe->call);
	wire_put_text_or_null(out, probe->reference);
	wire_put64(out, (uint64_t)probe->n);
	wire_put8(out, probe->unpinned != 0);
	put_loaded(out, &probe->known);
}

static void get_probe(struct wire_reader *r, struct worker_probe *probe)
{
	probe->number = wire_get32(r);
	probe->name = wire_get_text(r);
	probe->module = wire_get_text_or_null(r);
	probe->function = wire_get_text(r);
	probe->setup = wire_get_text(r);
	probe->call = wire_get_text(r);
	probe->reference = wire_get_text_or_null(r);
	probe->n = (long)wire_get64(r);
	probe->unpinned = wire_get_flag(r);
	get_loaded(r, &probe->known);
}

int proto_put_load(struct str *out, const struct worker_probe *probe)
{
	size_t start = wire_begin(out, PROTO_LOAD);

	put_probe(out, probe);
	return wire_finish(out, start);
}

int proto_get_load(const struct proto_frame *frame, struct worker_probe *probe)
{
	struct wire_reader r = wire_reader_of(frame);

	get_probe(&r, probe);
	return wire_ended(&r);
}

int proto_put_loaded(struct str *out, const struct worker_loaded *loaded)
{
	size_t start = wire_begin(out, PROTO_LOADED);

	put_loaded(out, loaded);
	return wire_finish(out, start);
}

int proto_get_loaded(const struct proto_frame *frame, struct worker_loaded *loaded)
{
	struct wire_reader r = wire_reader_of(frame);

	get_loaded(&r, loaded);
	return wire_ended(&r);
}

enum { ENTRY_BYTES = 12, SAMPLE_BYTES = 17 };

/* The count at the head of a list whose items take `bytes` each and fill the rest. */
static size_t get_count(struct wire_reader *r, size_t bytes, size_t max)
{
	size_t n = wire_get32(r);

	if (n > max || r->n != n * bytes)
		r->bad = 1;
	return r->bad ? 0 : n;
}

int proto_put_block(struct str *out, const struct worker_entry *entries, size_t n)
{
	size_t start, i;

	if (n > PROTO_BLOCK_MAX)
		return -1;
	start = wire_begin(out, PROTO_BLOCK);
	wire_put32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		wire_put32(out, entries[i].number);
		wire_put32(out, entries[i].loops);
		wire_put32(out, entries[i].unroll);
	}
	return wire_finish(out, start);
}

int proto_get_block(const struct proto_frame *frame, struct worker_entry *entries, size_t max,
	size_t *n)
{
	struct wire_reader r = wire_reader_of(frame);
	size_t i;

	*n = get_count(&r, ENTRY_BYTES, max);
	for (i = 0; i < *n; i++) {
		entries[i].number = wire_get32(&r);
		entries[i].loops = wire_get32(&r);
		entries[i].unroll = wire_get32(&r);
	}
	return wire_ended(&r);
}

int proto_put_samples(struct str *out, const struct worker_sample *samples, size_t n)
{
	size_t start, i;

	if (n > PROTO_BLOCK_MAX)
		return -1;
	start = wire_begin(out, PROTO_SAMPLES);
	wire_put32(out, (uint32_t)n);
	for (i = 0; i < n; i++) {
		wire_put32(out, samples[i].number);
		wire_put32(out, samples[i].full);
		wire_put32(out, samples[i].half);
		wire_put32(out, samples[i].gate);
		wire_put8(out, samples[i].switched);
	}
	return wire_finish(out, start);
}

int proto_get_samples(const struct proto_frame *frame, struct worker_sample *samples, size_t max,
	size_t *n)
{
	struct wire_reader r = wire_reader_of(frame);
	size_t i;

	*n = get_count(&r, SAMPLE_BYTES, max);
	for (i = 0; i < *n; i++) {
		samples[i].number = wire_get32(&r);
		samples[i].full = wire_get32(&r);
		samples[i].half = wire_get32(&r);
		samples[i].gate = wire_get32(&r);
		samples[i].switched = (uint8_t)wire_get8(&r);
	}
	return wire_ended(&r);
}

int proto_put_read(struct str *out, const struct worker_probe *probe, int is_names)
{
	size_t start = wire_begin(out, PROTO_READ);

	wire_put8(out, is_names != 0);
	put_probe(out, probe);
	return wire_finish(out, start);
}

int proto_get_read(const struct proto_frame *frame, struct worker_probe *probe, int *is_names)
{
	struct wire_reader r = wire_reader_of(frame);

	*is_names = wire_get_flag(&r);
	get_probe(&r, probe);
	return wire_ended(&r);
}

int proto_put_reading(struct str *out, const struct worker_reading *reading)
{
	size_t start, i;

	if (reading->n_names > PROTO_NAMES_MAX)
		return -1;
	start = wire_begin(out, PROTO_READING);
	wire_put8(out, reading->is_names != 0);
	wire_put_double(out, reading->value);
	wire_put_text_or_null(out, reading->when);
	wire_put32(out, (uint32_t)reading->n_names);
	for (i = 0; i < reading->n_names; i++)
		wire_put_text(out, reading->names[i]);
	return wire_finish(out, start);
}

int proto_get_reading(const struct proto_frame *frame, struct worker_reading *reading,
	const char **names, size_t max)
{
	struct wire_reader r = wire_reader_of(frame);
	size_t n, i;

	reading->is_names = wire_get_flag(&r);
	reading->value = wire_get_double(&r);
	reading->when = wire_get_text_or_null(&r);
	n = wire_get32(&r);
	if (n > max)
		r.bad = 1;
	for (i = 0; i < n && !r.bad; i++)
		names[i] = wire_get_text(&r);
	reading->names = names;
	reading->n_names = r.bad ? 0 : n;
	return wire_ended(&r);
}

int proto_put_refused(struct str *out, const struct proto_refusal *refusal)
{
	size_t start = wire_begin(out, PROTO_REFUSED);

	wire_put32(out, refusal->index);
	wire_put_text(out, refusal->text);
	return wire_finish(out, start);
}

int proto_get_refused(const struct proto_frame *frame, struct proto_refusal *refusal)
{
	struct wire_reader r = wire_reader_of(frame);

	refusal->index = wire_get32(&r);
	refusal->text = wire_get_text(&r);
	return wire_ended(&r);
}
