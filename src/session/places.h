/*
 * places: where things are, relative to the program's own file, so that it
 * runs from a build folder and from wherever it is installed. Owned by the
 * caller: places_release().
 */
#ifndef FFIADVISE_SESSION_PLACES_H
#define FFIADVISE_SESSION_PLACES_H

#include "base/err.h"

struct places {
	char *data;   /* the data folder */
	char *worker; /* the worker program of the default interpreter */
	char *probes; /* the folder of its probe modules */
};

/* data_option, if not NULL, is the folder of --data. -1 when there is no data. */
int places_find(struct places *places, const char *data_option, struct err *err);
void places_release(struct places *places);

#endif
