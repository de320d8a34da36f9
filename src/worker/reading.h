/*
 * reading: what an expression of a probe gave, as the number or the names that
 * go to the front end. A number may come with the date it was taken on, as a
 * pair of the two.
 */
#ifndef FFIADVISE_WORKER_READING_H
#define FFIADVISE_WORKER_READING_H

#include <Python.h>

#include "base/err.h"
#include "base/proto.h"

/*
 * Fills reading, whose texts live until the next call. -1 with a sentence when
 * value is no finite number (is_names: no list of texts).
 */
int reading_of(PyObject *value, int is_names, struct worker_reading *reading, struct err *err);

#endif
