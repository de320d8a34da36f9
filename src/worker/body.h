/*
 * body: a statement made into a function that runs it again and again:
 *
 *     def body(it, f, x):
 *         for _ in it:
 *             (f(x))
 *             (f(x))
 *             ...
 *
 * The names the statement uses that are in its namespace are parameters, hence
 * fast locals, as in the code of a real function. The loop runs over
 * itertools.repeat(None, turns), which makes no objects.
 */
#ifndef FFIADVISE_WORKER_BODY_H
#define FFIADVISE_WORKER_BODY_H

#include <Python.h>
#include <stdint.h>

#include "base/err.h"

/* What all bodies of one statement share. Owned: body_names_release(). */
struct body_names {
	PyObject *names;   /* tuple of the parameters' names */
	PyObject **values; /* [0] is the iterator's place; owned but for that */
};

/* Finds them for `code`, the compiled statement. -1 with an exception set. */
int body_names_find(struct body_names *names, PyObject *code, PyObject *space);
void body_names_release(struct body_names *names);

/* The function with `unroll` statements a turn; NULL with an exception set. */
PyObject *body_make(const struct body_names *names, const char *call, int unroll, PyObject *space);
/* Bytes of bytecode of such a function: a statement that adds none does nothing. */
Py_ssize_t body_size(PyObject *body);
/* Runs so many turns and gives the ns they took; -1 with an exception set. */
int64_t body_run(const struct body_names *names, PyObject *body, uint32_t turns);

#endif
