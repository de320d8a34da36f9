#include "table.h"

#include <stdlib.h>
#include <string.h>

int table_init(struct table *table, size_t n)
{
	table->n = 0;
	for (table->size = 8; table->size * 2 < n * 3; table->size *= 2)
		;
	table->entries = calloc(table->size, sizeof *table->entries);
	return table->entries ? 0 : -1;
}

void table_release(struct table *table)
{
	size_t i;

	for (i = 0; table->entries && i < table->size; i++)
		free(table->entries[i].key);
	free(table->entries);
	table->entries = NULL;
}

static uint64_t hash_bytes(const char *key, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
	return hash;
}

static struct entry *slot_of(const struct table *table, const char *key, size_t length,
	uint64_t hash)
{
	size_t i = (size_t)hash & (table->size - 1);
	struct entry *entry;

	for (;; i = (i + 1) & (table->size - 1)) {
		entry = &table->entries[i];
		if (!entry->key)
			return entry;
		if (entry->hash == hash && entry->length == length
			&& memcmp(entry->key, key, length) == 0)
			return entry;
	}
}

static int table_grow(struct table *table)
{
	struct table larger;
	size_t i;

	if (table_init(&larger, table->size * 2) < 0)
		return -1;
	for (i = 0; i < table->size; i++) {
		struct entry *entry = &table->entries[i];

		if (entry->key)
			*slot_of(&larger, entry->key, entry->length, entry->hash) = *entry;
	}
	larger.n = table->n;
	free(table->entries);
	*table = larger;
	return 0;
}

int table_set(struct table *table, const char *key, size_t length, long long value)
{
	uint64_t hash = hash_bytes(key, length);
	struct entry *entry = slot_of(table, key, length, hash);

	if (!entry->key) {
		if ((table->n + 1) * 3 > table->size * 2) {
			if (table_grow(table) < 0)
				return -1;
			entry = slot_of(table, key, length, hash);
		}
		entry->key = malloc(length + 1);
		if (!entry->key)
			return -1;
		memcpy(entry->key, key, length);
		entry->key[length] = '\0';
		entry->length = length;
		entry->hash = hash;
		table->n++;
	}
	entry->value = value;
	return 0;
}

const long long *table_find(const struct table *table, const char *key, size_t length)
{
	const struct entry *entry = slot_of(table, key, length, hash_bytes(key, length));

	return entry->key ? &entry->value : NULL;
}
