/*
 * own: the person's own code, run as `python -c` would run it: with the current
 * folder, PYTHONPATH, the site packages and what .pth files do, in a fresh
 * __main__. In this mode the worker loads no probe, so nothing of ours is on
 * sys.path. What it raises is told with the line it came from.
 */
#ifndef FFIADVISE_WORKER_OWN_H
#define FFIADVISE_WORKER_OWN_H

#include <Python.h>

#include "base/err.h"

/* The name of the file that code and expressions are compiled as. */
#define OWN_SETUP "<setup>"
#define OWN_CALL "<call>"

/* Makes sys.path, sys.argv and site what they are there. Once, before all else. */
int own_start(struct err *err);
/*
 * Runs the code in a new __main__, which stays. -1 when it raised; the err's code
 * is ERR_USAGE where it is no Python.
 */
int own_run(const char *code, struct err *err);
/* The namespace of that __main__, borrowed; NULL before own_run(). */
PyObject *own_space(void);
/*
 * As pyhost_raised(), with the place: `file` is OWN_SETUP or OWN_CALL, `source` its
 * text, `what` it in words. ERR_USAGE for what is no Python. Takes sys.exit() for
 * what it is.
 */
int own_raised(struct err *err, const char *what, const char *file, const char *source);

#endif
