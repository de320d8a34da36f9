/* Records by logging.Logger.info, called as any method of Python's. */
#include "capi.h"

/* Kept for the life of the process; fetched when first used, so that a program
 * that does not log does not import logging. */
static PyObject *taking, *refusing, *name_info, *format;

static PyObject *logger_get(PyObject **kept, const char *name)
{
	PyObject *logging;

	if (!name_info)
		name_info = PyUnicode_InternFromString("info");
	if (!format)
		format = PyUnicode_FromString("item %d");
	if (*kept || !name_info || !format)
		return *kept;
	logging = PyImport_ImportModule("logging");
	if (logging)
		*kept = PyObject_CallMethod(logging, "getLogger", "s", name);
	Py_XDECREF(logging);
	return *kept;
}

static PyObject *log_to(PyObject **kept, const char *name)
{
	PyObject *logger = logger_get(kept, name), *number, *done;

	if (!logger)
		return NULL;
	number = PyLong_FromLong(1001);
	if (!number)
		return NULL;
	done = PyObject_CallMethodObjArgs(logger, name_info, format, number, NULL);
	Py_DECREF(number);
	if (!done)
		return NULL;
	Py_DECREF(done);
	Py_RETURN_TRUE;
}

static PyObject *log_enabled(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return log_to(&taking, "ffiadvise.enabled");
}

static PyObject *log_disabled(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return log_to(&refusing, "ffiadvise.disabled");
}

PyMethodDef logs_methods[] = {
	{"log_enabled", log_enabled, METH_NOARGS, NULL},
	{"log_disabled", log_disabled, METH_NOARGS, NULL},
	{NULL, NULL, 0, NULL},
};
