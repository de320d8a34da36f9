/*
 * pythons: the interpreters of --python, found out and made ready to measure in,
 * with what is being built told on standard error.
 */
#ifndef FFIADVISE_FRONT_PYTHONS_H
#define FFIADVISE_FRONT_PYTHONS_H

#include "cli.h"
#include "session/places.h"

/*
 * Those that were named, or the one in places, which is taken out of it, where none was. *n of them, the
 * caller's: pythons_release(). NULL and an err when one cannot be measured in.
 */
struct python *pythons_ready(const struct cli *cli, struct places *places, int stop_fd,
	size_t *n, struct err *err);
void pythons_release(struct python *pythons, size_t n);

#endif
