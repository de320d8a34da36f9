/* groupby: kernel "groupby" on plain C data; see native.h. */
#ifndef FFIADVISE_PROBES_GROUPBY_H
#define FFIADVISE_PROBES_GROUPBY_H

#include "groups.h"

struct native_row {
	const char *key;
	size_t length;
	double value;
};

/* The sum of the squares of the groups' sums; -1 when there is no memory. */
static inline double native_groupby(const struct native_row *rows, size_t n)
{
	struct native_groups groups;
	struct native_group *group;
	double total = 0.0;
	size_t i;

	/* A guess of how many groups there are. */
	if (native_groups_init(&groups, n / 8) < 0)
		return -1.0;
	for (i = 0; i < n; i++) {
		group = native_groups_at(&groups, rows[i].key, rows[i].length);
		if (!group) {
			native_groups_release(&groups);
			return -1.0;
		}
		group->sum += rows[i].value;
	}
	for (i = 0; i < groups.size; i++)
		total += groups.slots[i].sum * groups.slots[i].sum;
	native_groups_release(&groups);
	return total;
}

#endif
