/*
 * lines: kernel "lines" on plain C data; see native.h. Numbers are read by what
 * the language's own library has for it: here strtoll() and strtod(), which
 * take the decimal point of the locale "C", as Python leaves it.
 */
#ifndef FFIADVISE_PROBES_LINES_H
#define FFIADVISE_PROBES_LINES_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct native_record {
	const char *name; /* in the text */
	size_t length;
	long long count;
	double value;
};

struct native_records {
	struct native_record *items;
	size_t n, cap;
};

/* One more record; NULL when there is no memory. */
static inline struct native_record *native_records_add(struct native_records *records)
{
	size_t cap = records->cap ? 2 * records->cap : 16;
	struct native_record *items;

	if (records->n == records->cap) {
		items = (struct native_record *)realloc(records->items, cap * sizeof *items);
		if (!items)
			return NULL;
		records->items = items;
		records->cap = cap;
	}
	return &records->items[records->n++];
}

/* Reads one line and returns its end; NULL where it is no "name;int;float". */
static inline const char *native_line(const char *line, struct native_record *record)
{
	size_t length = strcspn(line, ";\n");
	char *end;

	record->name = line;
	record->length = length;
	if (line[length] != ';')
		return NULL;
	record->count = strtoll(line + length + 1, &end, 10);
	if (*end != ';')
		return NULL;
	record->value = strtod(end + 1, &end);
	return *end == '\n' || *end == '\0' ? end : NULL;
}

/* text ends in NUL. 0, 1 where a line is wrong, or -1 when there is no memory. */
static inline int native_lines(const char *text, size_t n, double *total)
{
	const char *line = text, *end = text + n;
	struct native_records records = {NULL, 0, 0};
	struct native_record *record;
	int rc = 0;
	size_t i;

	for (;;) {
		record = native_records_add(&records);
		if (!record)
			rc = -1;
		else if (!(line = native_line(line, record)))
			rc = 1;
		if (rc != 0 || line >= end)
			break;
		line++;
	}
	*total = 0.0;
	for (i = 0; rc == 0 && i < records.n; i++)
		*total += records.items[i].value;
	free(records.items);
	return rc;
}

#endif
