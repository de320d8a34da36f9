/*
 * manifest: what the build left beside the worker program (manifest.json in
 * its folder): which interpreter the folder is for and which bindings' probes
 * were built, with what, or why not. Read only; never starts Python.
 */
#ifndef FFIADVISE_MEASURE_MANIFEST_H
#define FFIADVISE_MEASURE_MANIFEST_H

#include "base/err.h"
#include "measure/store.h"

/*
 * Fills the interpreter and the bindings of env, which is empty. -1 when the
 * file is missing, no manifest, or not whole; env is empty then.
 */
int manifest_read(struct environment *env, const char *path, struct err *err);
/* Seconds that clean builds of its probes took, one after the other; 0 where nothing says. */
double manifest_build_seconds(const char *path);
/* The manifest's path beside a worker program; the caller frees it. */
char *manifest_path(const char *worker);

#endif
