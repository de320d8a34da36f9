/*
 * unit: numbers with units as people write them, for answers and for the data
 * files alike: durations 850ns 4.2us 3ms 1.5s 2min, counts 20000 2e4 20k 1M,
 * rates 13k or 13k/s, sizes 64KiB 1MB, shares 0.6 or 60%, factors 10 or 10x.
 * The decimal sign is the point in every locale; a whole count or rate may have commas between
 * its thousands, as in 20,000.
 */
#ifndef FFIADVISE_CATALOG_UNIT_H
#define FFIADVISE_CATALOG_UNIT_H

#include "base/err.h"

/* Bits, so that a unit can serve several. */
enum unit_family {
	UNIT_COUNT = 1,
	UNIT_RATE = 2, /* per second */
	UNIT_FACTOR = 4,
	UNIT_DURATION = 8, /* ns */
	UNIT_SIZE = 16,	   /* bytes */
	UNIT_SHARE = 32,   /* 0..1 */
	UNIT_ANY = 63,	   /* whichever the unit says: conditions */
};

/*
 * Reads text as a number of that family, in its base unit. A duration or a size
 * without a unit is an error unless it is 0. -1 with what was found and what is
 * allowed; any number of the family is read, its range is the caller's business.
 */
int unit_read(const char *text, enum unit_family family, double *value, struct err *err);

#endif
