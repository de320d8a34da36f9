#include "base/proto_wire.h"

#include <string.h>

/* Numbers. */

void wire_put8(struct str *out, unsigned v)
{
	str_addc(out, (char)(v & 0xff));
}

void wire_put32(struct str *out, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		wire_put8(out, v >> (8 * i));
}

void wire_put64(struct str *out, uint64_t v)
{
	wire_put32(out, (uint32_t)v);
	wire_put32(out, (uint32_t)(v >> 32));
}

void wire_put_double(struct str *out, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	wire_put64(out, bits);
}

void wire_put_text(struct str *out, const char *s)
{
	size_t n = strlen(s);

	/* A text that long makes the frame too long, and wire_finish() takes it back. */
	wire_put32(out, n > UINT32_MAX ? UINT32_MAX : (uint32_t)n);
	str_addn(out, s, n + 1);
}

void wire_put_text_or_null(struct str *out, const char *s)
{
	wire_put8(out, s != NULL);
	wire_put_text(out, s ? s : "");
}

static uint32_t load32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

struct wire_reader wire_reader_of(const struct proto_frame *frame)
{
	struct wire_reader r = {frame->payload, frame->n, 0};

	return r;
}

static const unsigned char *take(struct wire_reader *r, size_t n)
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

unsigned wire_get8(struct wire_reader *r)
{
	return *take(r, 1);
}

uint32_t wire_get32(struct wire_reader *r)
{
	return load32(take(r, 4));
}

uint64_t wire_get64(struct wire_reader *r)
{
	uint64_t low = wire_get32(r);

	return low | (uint64_t)wire_get32(r) << 32;
}

double wire_get_double(struct wire_reader *r)
{
	uint64_t bits = wire_get64(r);
	double v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

int wire_get_flag(struct wire_reader *r)
{
	unsigned v = wire_get8(r);

	if (v > 1)
		r->bad = 1;
	return (int)v;
}

const char *wire_get_text(struct wire_reader *r)
{
	size_t n = wire_get32(r);
	const char *s;

	if (r->bad || n >= r->n || r->p[n] != 0 || memchr(r->p, 0, n)) {
		r->bad = 1;
		return "";
	}
	s = (const char *)r->p;
	take(r, n + 1);
	return s;
}

const char *wire_get_text_or_null(struct wire_reader *r)
{
	int is_text = wire_get_flag(r);
	const char *s = wire_get_text(r);

	return is_text ? s : NULL;
}

int wire_ended(const struct wire_reader *r)
{
	return r->bad || r->n ? -1 : 0;
}

/* Frames. */

static int is_type(unsigned type)
{
	return (type >= PROTO_HELLO && type <= PROTO_LOOK) ||
	       (type >= PROTO_HELLO_IS && type <= PROTO_SEEN);
}

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

size_t wire_begin(struct str *out, enum proto_type type)
{
	size_t start = out->len;

	wire_put32(out, 0);
	wire_put8(out, type);
	return start;
}

int wire_finish(struct str *out, size_t start)
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
