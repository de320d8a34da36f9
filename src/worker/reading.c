#include "worker/reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "worker/pyhost.h"

enum { SHOWN = 80 };

static PyObject *kept;      /* the value whose texts were lent last */
static const char **lent;

/* The text of a str without NUL; NULL where it is none, with no exception set. */
static const char *text_of(PyObject *value)
{
	Py_ssize_t n;
	const char *s = PyUnicode_Check(value) ? PyUnicode_AsUTF8AndSize(value, &n) : NULL;

	PyErr_Clear();
	return s && strlen(s) == (size_t)n ? s : NULL;
}

static int names_of(PyObject *value, struct worker_reading *reading, struct err *err)
{
	Py_ssize_t n = PyList_Check(value) ? PyList_GET_SIZE(value) : -1, i;

	if (n < 0 || n > PROTO_NAMES_MAX)
		return err_set(err, ERR_FAILURE, "the reading gives %s, which is no list of names",
			pyhost_show(value, SHOWN));
	free(lent);
	lent = xcalloc((size_t)n + 1, sizeof *lent);
	for (i = 0; i < n; i++) {
		lent[i] = text_of(PyList_GET_ITEM(value, i));
		if (!lent[i])
			return err_set(err, ERR_FAILURE,
				"the reading gives %s among its names, which is no text",
				pyhost_show(PyList_GET_ITEM(value, i), SHOWN));
	}
	reading->is_names = 1;
	reading->names = lent;
	reading->n_names = (size_t)n;
	reading->value = (double)n;
	return 0;
}

static int number_of(PyObject *value, struct worker_reading *reading, struct err *err)
{
	int is_number = PyFloat_Check(value) || (PyLong_Check(value) && !PyBool_Check(value));

	reading->value = is_number ? PyFloat_AsDouble(value) : NAN;
	if (PyErr_Occurred()) { /* an int too large for a double */
		PyErr_Clear();
		reading->value = INFINITY;
	}
	if (!is_number || !isfinite(reading->value))
		return err_set(err, ERR_FAILURE, "the reading gives %s, which is no %snumber",
			pyhost_show(value, SHOWN), is_number ? "finite " : "");
	return 0;
}

int reading_of(PyObject *value, int is_names, struct worker_reading *reading, struct err *err)
{
	memset(reading, 0, sizeof *reading);
	Py_INCREF(value);
	Py_XDECREF(kept);
	kept = value;
	if (PyTuple_Check(value) && PyTuple_GET_SIZE(value) == 2) {
		reading->when = text_of(PyTuple_GET_ITEM(value, 1));
		if (!reading->when || clock_from_iso(reading->when) == -1)
			return err_set(err, ERR_FAILURE,
				"the reading gives the date %s, which is none like "
				"2026-01-31T12:00:00Z",
				pyhost_show(PyTuple_GET_ITEM(value, 1), SHOWN));
		value = PyTuple_GET_ITEM(value, 0);
	}
	return is_names ? names_of(value, reading, err) : number_of(value, reading, err);
}
