/*
 * places: where things are, relative to the program's own file, so that it
 * runs from a build folder and from wherever it is installed. Owned by the
 * caller: places_release().
 */
#ifndef FFIADVISE_SESSION_PLACES_H
#define FFIADVISE_SESSION_PLACES_H

#include "base/err.h"
#include "session/python.h"

struct places {
	char *data;    /* the data folder */
	char *sources; /* what worker and probes are built from: holds src, bench and data */
	char *built;   /* what was built beside the program: a folder for each interpreter */
	struct python python; /* the one it was built for */
};

/* data_option, if not NULL, is the folder of --data. -1 when there is no data. */
int places_find(struct places *places, const char *data_option, struct err *err);
void places_release(struct places *places);

#endif
