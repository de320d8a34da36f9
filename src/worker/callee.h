/*
 * callee: what a call calls: Python code, code compiled from it or native code,
 * and by which tool it is reached, as far as that shows.
 */
#ifndef FFIADVISE_WORKER_CALLEE_H
#define FFIADVISE_WORKER_CALLEE_H

#include <Python.h>

#include "base/proto.h"

/* Fills function (the caller's to free unless empty), now and through (static texts). */
void callee_describe(PyObject *function, struct worker_seen *seen);
/* The object whose method it is, borrowed; NULL for a plain function or a class's. */
PyObject *callee_receiver(PyObject *function);
/* The names of its positional parameters as a new list of texts; NULL where it does not say. */
PyObject *callee_names(PyObject *function);

#endif
