/*
 * clock: the monotonic clock and the calendar, in one place so that a test
 * can put its own in their stead.
 */
#ifndef FFIADVISE_BASE_CLOCK_H
#define FFIADVISE_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds of CLOCK_MONOTONIC. */
int64_t clock_ns(void);
/* Seconds since 1970. */
int64_t clock_unix(void);
/* Replaces both (tests); NULL puts the real ones back. */
void clock_replace(int64_t (*ns)(void), int64_t (*unix_seconds)(void));
/* Writes ISO 8601 in UTC, "2026-01-31T12:00:00Z"; buf holds at least 21 bytes. */
void clock_iso(int64_t unix_seconds, char *buf);
/* Reads what clock_iso() wrote; -1 when it is not of that form. */
int64_t clock_from_iso(const char *s);

#endif
