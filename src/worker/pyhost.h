/*
 * pyhost: the interpreter, embedded or there already, and the few things everyone does with it.
 * One interpreter per process, never finalised: the process ends by _exit().
 * All calls hold the GIL. References are as Python's API has them: results are
 * new, arguments borrowed; NULL or -1 leaves a Python exception set unless the
 * function takes a struct err.
 */
#ifndef FFIADVISE_WORKER_PYHOST_H
#define FFIADVISE_WORKER_PYHOST_H

#include <Python.h>

#include "base/err.h"
#include "base/proto.h"

/* text as UTF-8, cut to `max` characters; "" for what is none. Lent until the next call. */
const char *pyhost_text(PyObject *text, int max);
/*
 * Starts it as the interpreter's own program would start in isolated mode without
 * site, unless it runs already; puts the folder `probes` first on sys.path, and at
 * its end the folders of `site` (between colons), then the packages the probes were
 * built with. Where `probes` is empty sys.path stays as it is: see own.h.
 */
int pyhost_start(const char *probes, const char *site, struct err *err);
/* Fills all but protocol, pid and build. The texts live as long as the process. */
int pyhost_describe(struct worker_hello *hello, struct err *err);
/* Calls a function of the gc module; what it says is of no interest. */
void pyhost_gc(const char *function);
/* The attribute of an imported module, or NULL. */
PyObject *pyhost_get(const char *module, const char *attribute);
/* "WHAT raised ValueError: text" from the exception that is set, which is cleared. -1. */
int pyhost_raised(struct err *err, const char *what);
/* repr(value), cut to `max` characters; never NULL, never an exception. Lent
 * until the next call. */
const char *pyhost_show(PyObject *value, int max);

#endif
