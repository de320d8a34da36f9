/* Tuples of ints, by the macro that indexes the array and by the checked calls. */
#include "capi.h"

/* The sum of the n items of a tuple; -1 with an error. */
static int tuple_sum(PyObject *tuple, Py_ssize_t n, long long *total)
{
	Py_ssize_t i;
	long value;

	if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != n) {
		PyErr_Format(PyExc_TypeError, "a tuple of %zd ints is needed here", n);
		return -1;
	}
	for (i = 0; i < n; i++) {
		value = PyLong_AsLong(PyTuple_GET_ITEM(tuple, i));
		if (value == -1 && PyErr_Occurred())
			return -1;
		*total += value;
	}
	return 0;
}

static PyObject *tuple_in(PyObject *tuple, Py_ssize_t n)
{
	long long total = 0;

	return tuple_sum(tuple, n, &total) < 0 ? NULL : PyLong_FromLongLong(total & 127);
}

static PyObject *tuple2_in(PyObject *self, PyObject *tuple)
{
	(void)self;
	return tuple_in(tuple, 2);
}

static PyObject *tuple4_in(PyObject *self, PyObject *tuple)
{
	(void)self;
	return tuple_in(tuple, 4);
}

static PyObject *tuple8_in(PyObject *self, PyObject *tuple)
{
	(void)self;
	return tuple_in(tuple, 8);
}

static PyObject *tuple_checked(PyObject *self, PyObject *tuple)
{
	long value, total = 0;
	PyObject *item;
	Py_ssize_t i;

	(void)self;
	for (i = 0; i < 2; i++) {
		item = PyTuple_GetItem(tuple, i);
		if (!item)
			return NULL;
		value = PyLong_AsLong(item);
		if (value == -1 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyLong_FromLong(total & 127);
}

static PyObject *tuple_sequence(PyObject *self, PyObject *tuple)
{
	long value, total = 0;
	PyObject *item;
	Py_ssize_t i;

	(void)self;
	for (i = 0; i < 2; i++) {
		item = PySequence_GetItem(tuple, i);
		if (!item)
			return NULL;
		value = PyLong_AsLong(item);
		Py_DECREF(item);
		if (value == -1 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyLong_FromLong(total & 127);
}

static PyObject *tuple_out(PyObject *self, PyObject *unused)
{
	PyObject *tuple = PyTuple_New(2);
	PyObject *a = PyLong_FromLong(1234567), *b = PyLong_FromLong(7654321);

	(void)self;
	(void)unused;
	if (!tuple || !a || !b) {
		Py_XDECREF(tuple);
		Py_XDECREF(a);
		Py_XDECREF(b);
		return NULL;
	}
	PyTuple_SET_ITEM(tuple, 0, a);
	PyTuple_SET_ITEM(tuple, 1, b);
	return tuple;
}

static PyObject *list_tuple_by_reference(PyObject *self, PyObject *list)
{
	long value;
	long long total = 0;
	PyObject *tuple;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		tuple = PyList_GET_ITEM(list, i);
		if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) < 1) {
			PyErr_SetString(PyExc_TypeError, "a list of tuples is needed here");
			return NULL;
		}
		value = PyLong_AsLong(PyTuple_GET_ITEM(tuple, 0));
		if (value == -1 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyLong_FromLongLong(total);
}

struct pair {
	int a, b;
};

static int pair_read(struct pair *pair, PyObject *tuple)
{
	long a, b;

	if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != 2) {
		PyErr_SetString(PyExc_TypeError, "a list of tuples of two ints is needed here");
		return -1;
	}
	a = PyLong_AsLong(PyTuple_GET_ITEM(tuple, 0));
	if (a == -1 && PyErr_Occurred())
		return -1;
	b = PyLong_AsLong(PyTuple_GET_ITEM(tuple, 1));
	if (b == -1 && PyErr_Occurred())
		return -1;
	if (a != (int)a || b != (int)b) {
		PyErr_SetString(PyExc_OverflowError, "an int of 32 bits is needed here");
		return -1;
	}
	*pair = (struct pair){(int)a, (int)b};
	return 0;
}

static PyObject *list_tuple_copied(PyObject *self, PyObject *list)
{
	long long total = 0;
	struct pair *own;
	Py_ssize_t i, n;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	n = PyList_GET_SIZE(list);
	own = PyMem_New(struct pair, n ? n : 1);
	if (!own)
		return PyErr_NoMemory();
	for (i = 0; i < n && i < PyList_GET_SIZE(list); i++) {
		if (pair_read(&own[i], PyList_GET_ITEM(list, i)) < 0) {
			PyMem_Free(own);
			return NULL;
		}
	}
	n = i;
	for (i = 0; i < n; i++)
		total += own[i].a + own[i].b;
	PyMem_Free(own);
	return PyLong_FromLongLong(total);
}

PyMethodDef tuples_methods[] = {
	{"tuple2_in", tuple2_in, METH_O, NULL},
	{"tuple4_in", tuple4_in, METH_O, NULL},
	{"tuple8_in", tuple8_in, METH_O, NULL},
	{"tuple_checked", tuple_checked, METH_O, NULL},
	{"tuple_sequence", tuple_sequence, METH_O, NULL},
	{"tuple_out", tuple_out, METH_NOARGS, NULL},
	{"list_tuple_by_reference", list_tuple_by_reference, METH_O, NULL},
	{"list_tuple_copied", list_tuple_copied, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
