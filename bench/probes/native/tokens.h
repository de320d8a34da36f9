/* tokens: kernel "tokens" on plain C data; see native.h. */
#ifndef FFIADVISE_PROBES_TOKENS_H
#define FFIADVISE_PROBES_TOKENS_H

#include "groups.h"
#include "textscan.h"

/* The sum of the squares of the words' counts; -1 when there is no memory. */
static inline long long native_tokens(const char *text, size_t n)
{
	struct native_groups groups;
	struct native_group *group;
	long long total = 0;
	size_t i = 0, start;

	/* A guess of how many words there are: one of 32 characters is a new one. */
	if (native_groups_init(&groups, n / 32) < 0)
		return -1;
	for (;;) {
		while (i < n && !native_is_letter(text[i]))
			i++;
		if (i == n)
			break;
		for (start = i; i < n && native_is_letter(text[i]); i++)
			;
		group = native_groups_at(&groups, text + start, i - start);
		if (!group) {
			native_groups_release(&groups);
			return -1;
		}
		group->count++;
	}
	for (i = 0; i < groups.size; i++)
		total += groups.slots[i].count * groups.slots[i].count;
	native_groups_release(&groups);
	return total;
}

#endif
