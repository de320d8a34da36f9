/*
 * frames: messages to be written and read again, and one frame of each shape.
 * All is static but what write_some() makes, which the caller releases.
 */
#ifndef FFIADVISE_TESTS_FRAMES_H
#define FFIADVISE_TESTS_FRAMES_H

#include <stddef.h>

#include "base/proto.h"

enum { KINDS = 13, SOME_ENTRIES = 3, SOME_SAMPLES = 2 };

extern const struct worker_hello a_hello;
extern const struct worker_probe a_probe;
extern const struct worker_entry some_entries[SOME_ENTRIES];
extern const struct worker_sample some_samples[SOME_SAMPLES];
extern const struct worker_seen a_seen;

/* One frame of each shape, each in a string of its own. */
void write_some(struct str outs[KINDS]);

#endif
