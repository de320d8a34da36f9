/*
 * err: why something failed, as a finished sentence. A function that can fail
 * takes a struct err * last, returns -1 (or NULL) and fills it; only a front
 * end prints it. The struct is plain memory: nothing to free, copy at will.
 *
 * Messages: lower case, no full stop, what failed first, the subject quoted,
 * the cure in the hint.
 */
#ifndef FFIADVISE_BASE_ERR_H
#define FFIADVISE_BASE_ERR_H

#include <stddef.h>

/* The values are the exit statuses of cli.md. */
enum err_code {
	ERR_NONE = 0,
	ERR_FAILURE = 1, /* disk, memory, no worker could run */
	ERR_USAGE = 2,   /* the command line */
	ERR_INVALID = 3, /* a file that was given */
};

struct err {
	enum err_code code;
	char text[768];
	char hint[384];  /* the cure; empty for none */
	char file[256];  /* empty when there is no place */
	int line, column; /* from 1; 0 for none */
};

void err_init(struct err *err);
/* Fills err (which may be NULL) and returns -1. Control characters are shown. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void err_hint(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_at(struct err *err, const char *file, int line, int column);
/* Puts "what: " before the sentence. */
void err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "FILE:LINE:COLUMN: sentence (hint)" as it is printed; lent by str. */
struct str;
void err_format(const struct err *err, struct str *out);

/* A list of them, for a file whose errors are all told. Owns its items. */
struct errs {
	struct err *items;
	size_t n, cap;
};

void errs_release(struct errs *errs);
/* Adds an empty err and lends it until the next addition. */
struct err *errs_add(struct errs *errs);

#endif
