/*
 * space: the namespace of a probe: what its set-up made there, and what its
 * statement gives in it. New references and texts are the caller's.
 */
#ifndef FFIADVISE_WORKER_SPACE_H
#define FFIADVISE_WORKER_SPACE_H

#include <Python.h>

#include "base/err.h"
#include "base/proto.h"

/* Imports the binding's module and the reference's, which stays NULL where there is none. On -1
 * either may be there. */
int space_import(const struct worker_probe *probe, PyObject **module, PyObject **ref,
	struct err *err);
/*
 * A namespace in which the set-up has run with module's function as f; name is
 * the module's. ref is the reference's module or NULL. NULL with err.
 */
PyObject *space_make(const struct worker_probe *probe, const char *name, PyObject *module,
	PyObject *ref, struct err *err);
/* Runs source in space; the value of an expression, None of statements; NULL with an exception
 * set. kind is Py_eval_input or Py_file_input. */
PyObject *space_evaluate(const char *source, int kind, PyObject *space);
/* The statement in brackets, as body.c has it. */
char *space_bracketed(const char *call);
/* Evaluates the statement with the reference, and compares with what the binding gave: -1 when
 * it differs or Python raised. */
int space_check(const struct worker_probe *probe, PyObject *got, PyObject *ref, struct err *err);

#endif
