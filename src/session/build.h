/*
 * build: worker and probes for an interpreter that was named with --python, made
 * on first use in the user's cache folder and used again until the interpreter,
 * the sources or the compilers change. What is there counts only when a build has
 * come to its end and said so; locks keep two front ends from building the same,
 * or building what the other measures with.
 */
#ifndef FFIADVISE_SESSION_BUILD_H
#define FFIADVISE_SESSION_BUILD_H

#include "base/err.h"
#include "session/places.h"

struct build_talk {
	void (*tell)(void *who, const char *line); /* what is being done; or NULL */
	void *who;
	int stop_fd; /* readable: end it; -1 none */
};

/*
 * Fills where things lie for an interpreter that was resolved: beside the program
 * where `make` has built for it, else in the cache folder, after building if it
 * must. -1 when there is nothing to measure with; then nothing half-built counts.
 */
int build_ready(struct python *python, const struct places *places, const struct build_talk *talk,
	struct err *err);
/* The same without building: where things would lie. 0 when they are there. */
int build_look(struct python *python, const struct places *places);

#endif
