/*
 * groups: a hash table from texts to a count and a sum, for the kernels that
 * gather: open addressing with linear probing, FNV-1a over the bytes. The keys
 * are borrowed: they lie in what is gathered from, which outlives the table.
 */
#ifndef FFIADVISE_PROBES_GROUPS_H
#define FFIADVISE_PROBES_GROUPS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct native_group {
	const char *key; /* NULL: the slot is free */
	size_t length;
	uint64_t hash;
	long long count;
	double sum;
};

struct native_groups {
	struct native_group *slots;
	size_t size; /* a power of two, at least 3/2 of n */
	size_t n;
};

/* Makes room for n groups; -1 when there is no memory. The owner releases it. */
static inline int native_groups_init(struct native_groups *groups, size_t n)
{
	groups->n = 0;
	for (groups->size = 16; groups->size * 2 < n * 3; groups->size *= 2)
		;
	groups->slots = (struct native_group *)calloc(groups->size, sizeof *groups->slots);
	return groups->slots ? 0 : -1;
}

static inline void native_groups_release(struct native_groups *groups)
{
	free(groups->slots);
	groups->slots = NULL;
}

static inline uint64_t native_groups_hash(const char *key, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)key[i]) * UINT64_C(1099511628211);
	return hash;
}

static inline struct native_group *native_groups_slot(const struct native_groups *groups,
	const char *key, size_t length, uint64_t hash)
{
	size_t i = (size_t)hash & (groups->size - 1);
	struct native_group *group;

	for (;; i = (i + 1) & (groups->size - 1)) {
		group = &groups->slots[i];
		if (!group->key || (group->hash == hash && group->length == length
			&& memcmp(group->key, key, length) == 0))
			return group;
	}
}

static inline int native_groups_grow(struct native_groups *groups)
{
	struct native_groups larger;
	struct native_group *old;
	size_t i;

	if (native_groups_init(&larger, groups->size) < 0)
		return -1;
	for (i = 0; i < groups->size; i++) {
		old = &groups->slots[i];
		if (old->key)
			*native_groups_slot(&larger, old->key, old->length, old->hash) = *old;
	}
	larger.n = groups->n;
	native_groups_release(groups);
	*groups = larger;
	return 0;
}

/* The group of a key, made where there is none yet; NULL when there is no memory. */
static inline struct native_group *native_groups_at(struct native_groups *groups, const char *key,
	size_t length)
{
	uint64_t hash = native_groups_hash(key, length);
	struct native_group *group = native_groups_slot(groups, key, length, hash);

	if (group->key)
		return group;
	if ((groups->n + 1) * 3 > groups->size * 2) {
		if (native_groups_grow(groups) < 0)
			return NULL;
		group = native_groups_slot(groups, key, length, hash);
	}
	group->key = key;
	group->length = length;
	group->hash = hash;
	groups->n++;
	return group;
}

#endif
