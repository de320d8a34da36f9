/*
 * texts: UTF-8 texts that the native side holds as its own copies. An object of
 * Python owns them (native_texts() of text.c); others only read them.
 */
#ifndef FFIADVISE_PROBES_TEXTS_H
#define FFIADVISE_PROBES_TEXTS_H

#include <Python.h>

struct text {
	char *text; /* ends in NUL */
	Py_ssize_t length;
};

struct texts {
	struct text *items;
	Py_ssize_t n;
};

/* The texts an object holds, or NULL with a TypeError. */
const struct texts *texts_of(PyObject *held);

#endif
