/*
 * table: a hash table from texts to ints with its own copies of the keys, as a
 * C program without Python would hold a dict[str, int]: open addressing with
 * linear probing, FNV-1a over the bytes. The owner frees it: table_release().
 */
#ifndef FFIADVISE_PROBES_TABLE_H
#define FFIADVISE_PROBES_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct entry {
	char *key; /* NULL: the slot is free */
	size_t length;
	uint64_t hash;
	long long value;
};

struct table {
	struct entry *entries;
	size_t size; /* a power of two, more than n */
	size_t n;
};

/* Makes room for n entries; -1 when there is no memory. */
int table_init(struct table *table, size_t n);
void table_release(struct table *table);
/* Sets key's value and copies the key when it is new; -1 when there is no memory. */
int table_set(struct table *table, const char *key, size_t length, long long value);
/* The value of a key, or NULL where there is none. */
const long long *table_find(const struct table *table, const char *key, size_t length);

#endif
