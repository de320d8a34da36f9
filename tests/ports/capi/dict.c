/* shortages() of dict.py, over the dicts themselves. */
#include "ports.h"

/* How many pieces of the stock may go; -1 with an error. */
static long free_of(PyObject *stock, PyObject *article, long reserve)
{
	PyObject *there = PyDict_GetItemWithError(stock, article);
	long n;

	if (!there)
		return PyErr_Occurred() ? -1 : 0;
	n = PyLong_AsLong(there);
	if (n == -1 && PyErr_Occurred())
		return -1;
	return n > reserve ? n - reserve : 0;
}

static int short_add(PyObject *found, PyObject *article, long missing)
{
	PyObject *n = PyLong_FromLong(missing);
	int rc = n ? PyDict_SetItem(found, article, n) : -1;

	Py_XDECREF(n);
	return rc;
}

static int shortages_collect(PyObject *found, PyObject *stock, PyObject *orders, long reserve)
{
	PyObject *article, *value;
	Py_ssize_t at = 0;
	long pieces, rest;

	while (PyDict_Next(orders, &at, &article, &value)) {
		pieces = PyLong_AsLong(value);
		if (pieces == -1 && PyErr_Occurred())
			return -1;
		rest = free_of(stock, article, reserve);
		if (rest < 0)
			return -1;
		if (pieces > rest && short_add(found, article, pieces - rest) < 0)
			return -1;
	}
	return 0;
}

PyObject *shortages(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	PyObject *found;
	long reserve;

	(void)self;
	if (nargs != 3 || !PyDict_Check(args[0]) || !PyDict_Check(args[1])) {
		PyErr_SetString(PyExc_TypeError, "shortages() takes two dicts and an int");
		return NULL;
	}
	reserve = PyLong_AsLong(args[2]);
	if (reserve == -1 && PyErr_Occurred())
		return NULL;
	found = PyDict_New();
	if (found && shortages_collect(found, args[0], args[1], reserve) < 0)
		Py_CLEAR(found);
	return found;
}
