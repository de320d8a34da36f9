/*
 * compare: whether a binding's result is the reference's, so that no probe
 * measures a wrong answer. Lists, tuples and dicts are compared item by item,
 * floats to a relative 1e-9 (summation order), what has tolist() (arrays) by
 * its items, everything else by ==.
 */
#ifndef FFIADVISE_WORKER_COMPARE_H
#define FFIADVISE_WORKER_COMPARE_H

#include <Python.h>

#include "base/err.h"

/*
 * 0 when they are the same. -1 with both values, or the first items that
 * differ, in err; an exception on the way is told there too.
 */
int compare_results(PyObject *got, PyObject *wanted, struct err *err);

#endif
