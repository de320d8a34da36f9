/*
 * proto_wire: what the messages of proto are written with and read with: the
 * frame around them, numbers and texts. For the files of proto alone; nobody
 * else sees a byte. Texts that are read are lent by the frame.
 */
#ifndef FFIADVISE_BASE_PROTO_WIRE_H
#define FFIADVISE_BASE_PROTO_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/proto.h"
#include "base/str.h"

/* Begins a frame; the result goes to wire_finish(). */
size_t wire_begin(struct str *out, enum proto_type type);
/* Writes the length in. -1, and the frame taken back, when it is too long. */
int wire_finish(struct str *out, size_t start);

void wire_put8(struct str *out, unsigned v); /* its lowest 8 bits */
void wire_put32(struct str *out, uint32_t v);
void wire_put64(struct str *out, uint64_t v);
void wire_put_double(struct str *out, double v);
void wire_put_text(struct str *out, const char *s);
/* NULL is told apart from "". */
void wire_put_text_or_null(struct str *out, const char *s);

/* Reads on from p; past the end it gives zeros and remembers it in bad. */
struct wire_reader {
	const unsigned char *p;
	size_t n;
	int bad;
};

struct wire_reader wire_reader_of(const struct proto_frame *frame);
unsigned wire_get8(struct wire_reader *r);
uint32_t wire_get32(struct wire_reader *r);
uint64_t wire_get64(struct wire_reader *r);
double wire_get_double(struct wire_reader *r);
int wire_get_flag(struct wire_reader *r); /* another value than 0 and 1 is bad */
/* "" and bad when it is not one text of its length with a NUL behind it. */
const char *wire_get_text(struct wire_reader *r);
const char *wire_get_text_or_null(struct wire_reader *r);
/* 0 when the message was read whole and nothing is left over, else -1. */
int wire_ended(const struct wire_reader *r);

#endif
