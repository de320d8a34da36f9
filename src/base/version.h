/*
 * version: the program's version, in one place.
 */
#ifndef FFIADVISE_BASE_VERSION_H
#define FFIADVISE_BASE_VERSION_H

#define FFIADVISE_VERSION "0.1.0"

#endif
