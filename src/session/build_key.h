/*
 * build_key: what a build hangs on, in one word: the sources by name, size and
 * date, the interpreter, the compilers, and which bindings are wanted. Another
 * word means to build again, of which make does what is needed.
 */
#ifndef FFIADVISE_SESSION_BUILD_KEY_H
#define FFIADVISE_SESSION_BUILD_KEY_H

#include "session/python.h"

/* sources is the folder that holds src, bench and data; the caller frees it. */
char *build_key(const struct python *python, const char *sources);

#endif
