/*
 * kernels: what the files of the kernels share of reading their arguments. The
 * functions set an error where they return -1.
 */
#ifndef FFIADVISE_PROBES_KERNELS_H
#define FFIADVISE_PROBES_KERNELS_H

#include "capi.h"

/* A str that is read character by character, whatever its characters' width. */
struct characters {
	int kind;
	const void *data;
	Py_ssize_t n;
};

static inline int characters_of(PyObject *text, struct characters *characters)
{
	if (!PyUnicode_Check(text)) {
		PyErr_SetString(PyExc_TypeError, "a str is needed here");
		return -1;
	}
	characters->kind = PyUnicode_KIND(text);
	characters->data = PyUnicode_DATA(text);
	characters->n = PyUnicode_GET_LENGTH(text);
	return 0;
}

static inline Py_UCS4 character_at(const struct characters *characters, Py_ssize_t i)
{
	return PyUnicode_READ(characters->kind, characters->data, i);
}

/* Bytes read in place; they end in NUL. */
static inline int bytes_of(PyObject *data, const char **text, size_t *n)
{
	if (!PyBytes_Check(data)) {
		PyErr_SetString(PyExc_TypeError, "bytes are needed here");
		return -1;
	}
	*text = PyBytes_AS_STRING(data);
	*n = (size_t)PyBytes_GET_SIZE(data);
	return 0;
}

static inline int args_check(Py_ssize_t nargs, Py_ssize_t needed)
{
	if (nargs == needed)
		return 0;
	PyErr_Format(PyExc_TypeError, "%zd arguments are needed here", needed);
	return -1;
}

/* A tuple of so many items, out of a list. */
static inline int row_check(PyObject *row, Py_ssize_t items)
{
	if (PyTuple_Check(row) && PyTuple_GET_SIZE(row) == items)
		return 0;
	PyErr_Format(PyExc_TypeError, "a tuple of %zd items is needed here", items);
	return -1;
}

/* The number of a count; a MemoryError where it is -1. */
static inline PyObject *count_out(long long count)
{
	return count < 0 ? PyErr_NoMemory() : PyLong_FromLongLong(count);
}

#endif
