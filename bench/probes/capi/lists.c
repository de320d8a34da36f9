/*
 * Lists, read through their references or copied first. Reading an item may
 * run Python code (__float__, __index__) that changes the list, so its length
 * is looked at in every turn, as a careful author does.
 */
#include "capi.h"

int list_check(PyObject *list)
{
	if (PyList_Check(list))
		return 0;
	PyErr_SetString(PyExc_TypeError, "a list is needed here");
	return -1;
}

double *list_copy_floats(PyObject *list, Py_ssize_t *n)
{
	Py_ssize_t i;
	double *own;

	if (list_check(list) < 0)
		return NULL;
	*n = PyList_GET_SIZE(list);
	own = PyMem_New(double, *n ? *n : 1);
	if (!own) {
		PyErr_NoMemory();
		return NULL;
	}
	for (i = 0; i < *n && i < PyList_GET_SIZE(list); i++) {
		own[i] = as_double(PyList_GET_ITEM(list, i));
		if (own[i] == -1.0 && PyErr_Occurred()) {
			PyMem_Free(own);
			return NULL;
		}
	}
	*n = i;
	return own;
}

static long long *list_copy_ints(PyObject *list, Py_ssize_t *n)
{
	Py_ssize_t i;
	long long *own;

	if (list_check(list) < 0)
		return NULL;
	*n = PyList_GET_SIZE(list);
	own = PyMem_New(long long, *n ? *n : 1);
	if (!own) {
		PyErr_NoMemory();
		return NULL;
	}
	for (i = 0; i < *n && i < PyList_GET_SIZE(list); i++) {
		own[i] = PyLong_AsLongLong(PyList_GET_ITEM(list, i));
		if (own[i] == -1 && PyErr_Occurred()) {
			PyMem_Free(own);
			return NULL;
		}
	}
	*n = i;
	return own;
}

static PyObject *list_float_by_reference(PyObject *self, PyObject *list)
{
	double value, total = 0.0;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		value = as_double(PyList_GET_ITEM(list, i));
		if (value == -1.0 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyFloat_FromDouble(total);
}

static PyObject *list_float_copied(PyObject *self, PyObject *list)
{
	Py_ssize_t n;
	double *own = list_copy_floats(list, &n);
	double total;

	(void)self;
	if (!own)
		return NULL;
	total = native_sum(own, (size_t)n);
	PyMem_Free(own);
	return PyFloat_FromDouble(total);
}

static PyObject *list_float_out(PyObject *self, PyObject *length)
{
	Py_ssize_t i, n = PyLong_AsSsize_t(length);
	PyObject *list, *item;

	(void)self;
	if (n == -1 && PyErr_Occurred())
		return NULL;
	list = PyList_New(n);
	for (i = 0; list && i < n; i++) {
		item = PyFloat_FromDouble((double)i * 0.5);
		if (!item) {
			Py_CLEAR(list);
			break;
		}
		PyList_SET_ITEM(list, i, item);
	}
	return list;
}

static PyObject *list_int_by_reference(PyObject *self, PyObject *list)
{
	long long value, total = 0;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		value = PyLong_AsLongLong(PyList_GET_ITEM(list, i));
		if (value == -1 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *list_int_copied(PyObject *self, PyObject *list)
{
	Py_ssize_t n;
	long long *own = list_copy_ints(list, &n);
	long long total;

	(void)self;
	if (!own)
		return NULL;
	total = native_sum_int(own, (size_t)n);
	PyMem_Free(own);
	return PyLong_FromLongLong(total);
}

static PyObject *list_int_out(PyObject *self, PyObject *length)
{
	Py_ssize_t i, n = PyLong_AsSsize_t(length);
	PyObject *list, *item;

	(void)self;
	if (n == -1 && PyErr_Occurred())
		return NULL;
	list = PyList_New(n);
	for (i = 0; list && i < n; i++) {
		item = PyLong_FromLongLong(i + 5000);
		if (!item) {
			Py_CLEAR(list);
			break;
		}
		PyList_SET_ITEM(list, i, item);
	}
	return list;
}

static PyObject *list_float_iterated(PyObject *self, PyObject *list)
{
	PyObject *iterator = PyObject_GetIter(list), *item;
	double value, total = 0.0;

	(void)self;
	if (!iterator)
		return NULL;
	while ((item = PyIter_Next(iterator))) {
		value = as_double(item);
		Py_DECREF(item);
		if (value == -1.0 && PyErr_Occurred())
			break;
		total += value;
	}
	Py_DECREF(iterator);
	return PyErr_Occurred() ? NULL : PyFloat_FromDouble(total);
}

static PyObject *list_int_iterated(PyObject *self, PyObject *list)
{
	PyObject *iterator = PyObject_GetIter(list), *item;
	long long value, total = 0;

	(void)self;
	if (!iterator)
		return NULL;
	while ((item = PyIter_Next(iterator))) {
		value = PyLong_AsLongLong(item);
		Py_DECREF(item);
		if (value == -1 && PyErr_Occurred())
			break;
		total += value;
	}
	Py_DECREF(iterator);
	return PyErr_Occurred() ? NULL : PyLong_FromLongLong(total);
}

static PyObject *list_untouched(PyObject *self, PyObject *list)
{
	(void)self;
	if (list_check(list) < 0)
		return NULL;
	Py_RETURN_TRUE;
}

PyMethodDef lists_methods[] = {
	{"list_float_by_reference", list_float_by_reference, METH_O, NULL},
	{"list_float_copied", list_float_copied, METH_O, NULL},
	{"list_float_out", list_float_out, METH_O, NULL},
	{"list_int_by_reference", list_int_by_reference, METH_O, NULL},
	{"list_int_copied", list_int_copied, METH_O, NULL},
	{"list_int_out", list_int_out, METH_O, NULL},
	{"list_float_iterated", list_float_iterated, METH_O, NULL},
	{"list_int_iterated", list_int_iterated, METH_O, NULL},
	{"list_untouched", list_untouched, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
