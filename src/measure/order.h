/*
 * order: in what order a block runs its probes, and which of the slow ones it
 * leaves to a later sweep. Pure: chance comes from the seed it is given.
 */
#ifndef FFIADVISE_MEASURE_ORDER_H
#define FFIADVISE_MEASURE_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* xorshift64* (Vigna 2016); any seed will do. */
struct chance {
	uint64_t state;
};

void chance_seed(struct chance *chance, uint64_t seed);
/* 0..n-1 for n of 1 or more; the bias for small n is below 1e-9. */
size_t chance_below(struct chance *chance, size_t n);
void chance_shuffle(struct chance *chance, size_t *items, size_t n);

/*
 * Puts n items into the order of a block: families in random order, the items
 * of one family next to each other, beginning with another one each turn.
 * family[i] is the family of item i.
 */
void order_block(size_t *items, size_t n, const int *family, uint32_t turn, struct chance *chance);

/*
 * every[i]: the item is due in each every[i]-th block. Short ones always are;
 * the long ones together may take as much time as the short ones, each a part of
 * it by its weight, which is above 0. ns[i] is the time of one entry; 0: the item
 * is not wanted (every 1).
 */
void order_thin(const double *ns, const double *weight, size_t n, uint32_t *every);

#endif
