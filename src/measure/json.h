/*
 * json: reading a JSON file that is not trusted: as text and size limits, as
 * a tree whose memory is bounded and given back at once, and as fields with
 * their place in the sentence when one is not what it should be. The only
 * user of <jansson.h> in measure, with the readers built on it.
 */
#ifndef FFIADVISE_MEASURE_JSON_H
#define FFIADVISE_MEASURE_JSON_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* A file's tree. Everything in it is lent until json_file_close(). */
struct json_file {
	const char *path;
	json_t *root;
	struct json_chunk *chunks; /* the tree's memory */
};

/* -1 when it cannot be read, is larger than most, or is no JSON (with line and column). */
int json_file_open(struct json_file *file, const char *path, size_t most, struct err *err);
void json_file_close(struct json_file *file);

/* Where a value is: "benchmarks[3]" below its parent; NULL ends at the root. */
struct json_at {
	const struct json_file *file;
	const struct json_at *parent;
	const char *key; /* NULL: an index */
	size_t index;
};

/* "'FILE': benchmarks[3].runs[0].metadata: " and the sentence; returns -1. */
int json_complain(const struct json_at *at, struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Fields of an object. An absent or null one gives the fallback (NULL, 0)
 * unless it is needed; one of another type is told. All return 0 or -1.
 */
enum json_need { JSON_MAY, JSON_MUST };

int json_field(const json_t *object, const struct json_at *at, enum json_need need, json_type type,
	json_t **value, struct err *err);
/* A new text the caller frees, as it may be shown (no control characters). */
int json_text(const json_t *object, const struct json_at *at, enum json_need need, char **text,
	struct err *err);
int json_whole(const json_t *object, const struct json_at *at, enum json_need need, int64_t least,
	int64_t most, int64_t *value, struct err *err);
int json_truth(const json_t *object, const struct json_at *at, int *value, struct err *err);

/* Copies a date of the form clock_iso() writes, another offset than Z being no such date; NULL
 * copies nothing. */
int json_date(const char *text, const struct json_at *at, char *to, size_t size, struct err *err);

/* An object's own place, and that of an item or field below it. */
struct json_at json_below(const struct json_at *parent, const char *key);
struct json_at json_item(const struct json_at *parent, size_t index);

#endif
