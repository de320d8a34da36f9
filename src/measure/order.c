#include "measure/order.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/constants.h"

void chance_seed(struct chance *chance, uint64_t seed)
{
	chance->state = seed ? seed : 0x9e3779b97f4a7c15u;
	/* Seeds that differ in few bits part only after some steps. */
	for (int i = 0; i < 8; i++)
		chance_below(chance, 2);
}

size_t chance_below(struct chance *chance, size_t n)
{
	uint64_t x = chance->state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	chance->state = x;
	return (size_t)((x * 0x2545f4914f6cdd1du >> 16) % n);
}

void chance_shuffle(struct chance *chance, size_t *items, size_t n)
{
	size_t i, k, t;

	for (i = n; i > 1; i--) {
		k = chance_below(chance, i);
		t = items[i - 1];
		items[i - 1] = items[k];
		items[k] = t;
	}
}

struct member {
	size_t item;
	int family;
};

static int by_family(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

void order_block(size_t *items, size_t n, const int *family, uint32_t turn, struct chance *chance)
{
	struct member *members = xreallocarray(NULL, n + 1, sizeof *members);
	size_t *first = xreallocarray(NULL, n + 1, sizeof *first), n_first = 0, out = 0, i, k, size;

	for (i = 0; i < n; i++)
		members[i] = (struct member){items[i], family[items[i]]};
	qsort(members, n, sizeof *members, by_family);
	for (i = 0; i < n; i++) {
		if (i == 0 || members[i].family != members[i - 1].family)
			first[n_first++] = i;
	}
	chance_shuffle(chance, first, n_first);
	for (i = 0; i < n_first; i++) {
		for (size = 1; first[i] + size < n; size++) {
			if (members[first[i] + size].family != members[first[i]].family)
				break;
		}
		for (k = 0; k < size; k++)
			items[out++] = members[first[i] + (k + turn) % size].item;
	}
	free(first);
	free(members);
}

void order_thin(const double *ns, const double *weight, size_t n, uint32_t *every)
{
	double brief = 0, weights = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (ns[i] > LONG_ENTRY_NS)
			weights += weight[i];
		else
			brief += ns[i];
	}
	for (i = 0; i < n; i++) {
		every[i] = 1;
		/* With nothing short left there is nothing to make room for. */
		if (ns[i] > LONG_ENTRY_NS && brief > 0)
			every[i] = (uint32_t)fmin(1e6,
				fmax(1, ceil(ns[i] * (weights / weight[i]) /
					     fmax(brief, THIN_BASE_NS))));
	}
}
