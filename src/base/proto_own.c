#include "base/proto.h"

#include "base/proto_wire.h"

static int put_one_text(struct str *out, enum proto_type type, const char *text)
{
	size_t start = wire_begin(out, type);

	wire_put_text(out, text);
	return wire_finish(out, start);
}

static int get_one_text(const struct proto_frame *frame, const char **text)
{
	struct wire_reader r = wire_reader_of(frame);

	*text = wire_get_text(&r);
	return wire_ended(&r);
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
	wire_put8(out, (unsigned)(v + 1));
}

static int get_maybe(struct wire_reader *r)
{
	unsigned v = wire_get8(r);

	if (v > 2)
		r->bad = 1;
	return (int)v - 1;
}

static void put_value(struct str *out, const struct worker_value *value)
{
	size_t i;

	wire_put_text(out, value->name);
	wire_put_text(out, value->type);
	wire_put_text(out, value->class);
	wire_put_double(out, value->length);
	wire_put_double(out, value->item_low);
	wire_put_double(out, value->item_likely);
	wire_put_double(out, value->item_high);
	wire_put_double(out, value->fields);
	put_maybe(out, value->ascii);
	put_maybe(out, value->contiguous);
	put_maybe(out, value->writable);
	put_maybe(out, value->own_class);
	wire_put8(out, (unsigned)value->n_shape);
	for (i = 0; i < value->n_shape; i++)
		wire_put_double(out, value->shape[i]);
}

static void get_value(struct wire_reader *r, struct worker_value *value)
{
	size_t i;

	value->name = wire_get_text(r);
	value->type = wire_get_text(r);
	value->class = wire_get_text(r);
	value->length = wire_get_double(r);
	value->item_low = wire_get_double(r);
	value->item_likely = wire_get_double(r);
	value->item_high = wire_get_double(r);
	value->fields = wire_get_double(r);
	value->ascii = get_maybe(r);
	value->contiguous = get_maybe(r);
	value->writable = get_maybe(r);
	value->own_class = get_maybe(r);
	value->n_shape = wire_get8(r);
	if (value->n_shape > PROTO_DIMENSIONS_MAX) {
		value->n_shape = 0;
		r->bad = 1;
	}
	for (i = 0; i < value->n_shape; i++)
		value->shape[i] = wire_get_double(r);
}

int proto_put_seen(struct str *out, const struct worker_seen *seen)
{
	size_t start, i;

	if (seen->n > PROTO_VALUES_MAX)
		return -1;
	start = wire_begin(out, PROTO_SEEN);
	wire_put8(out, seen->is_call != 0);
	wire_put_text(out, seen->function);
	wire_put_text(out, seen->now);
	wire_put_text(out, seen->through);
	wire_put8(out, seen->gives);
	wire_put_text(out, seen->computed);
	wire_put_text(out, seen->changed);
	wire_put_double(out, seen->first_ns);
	wire_put_double(out, seen->later_ns);
	wire_put_double(out, seen->wait_low);
	wire_put_double(out, seen->wait_likely);
	wire_put_double(out, seen->wait_high);
	wire_put_double(out, seen->cpus);
	wire_put8(out, (unsigned)seen->n);
	for (i = 0; i < seen->n; i++)
		put_value(out, &seen->values[i]);
	return wire_finish(out, start);
}

int proto_get_seen(const struct proto_frame *frame, struct worker_seen *seen)
{
	struct wire_reader r = wire_reader_of(frame);
	unsigned gives;
	size_t i;

	seen->is_call = wire_get_flag(&r);
	seen->function = wire_get_text(&r);
	seen->now = wire_get_text(&r);
	seen->through = wire_get_text(&r);
	gives = wire_get8(&r);
	seen->gives = gives < GIVES_N ? (enum worker_gives)gives : GIVES_VALUE;
	seen->computed = wire_get_text(&r);
	seen->changed = wire_get_text(&r);
	seen->first_ns = wire_get_double(&r);
	seen->later_ns = wire_get_double(&r);
	seen->wait_low = wire_get_double(&r);
	seen->wait_likely = wire_get_double(&r);
	seen->wait_high = wire_get_double(&r);
	seen->cpus = wire_get_double(&r);
	seen->n = wire_get8(&r);
	if (gives >= GIVES_N || seen->n > PROTO_VALUES_MAX) {
		seen->n = 0;
		return -1;
	}
	for (i = 0; i < seen->n; i++)
		get_value(&r, &seen->values[i]);
	return wire_ended(&r);
}
