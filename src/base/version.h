/*
 * version: the program's version, which --version, reports and measurement
 * files carry, in one place.
 */
#ifndef FFIADVISE_BASE_VERSION_H
#define FFIADVISE_BASE_VERSION_H

#define FFIADVISE_VERSION "0.1.0"

#endif
