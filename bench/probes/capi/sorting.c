/* Kernel "sorting" on Python's objects and on blocks of memory. */
#include "kernels.h"

#include <string.h>

#include "sorting.h"

/* Calls key for every row; -1 with an error. */
static int keys_take(PyObject *own, PyObject *key, struct native_scored *scored)
{
	Py_ssize_t i;

	for (i = 0; i < PyTuple_GET_SIZE(own); i++) {
		PyObject *row = PyTuple_GET_ITEM(own, i);
		PyObject *score = row_check(row, 3) < 0 ? NULL : PyObject_CallOneArg(key, row);

		if (!score)
			return -1;
		scored[i].key = PyFloat_AsDouble(score);
		scored[i].place = (size_t)i;
		Py_DECREF(score);
		if (scored[i].key == -1.0 && PyErr_Occurred())
			return -1;
	}
	return 0;
}

static PyObject *ids_out(PyObject *own, const struct native_scored *scored)
{
	Py_ssize_t i, n = PyTuple_GET_SIZE(own);
	PyObject *ids = PyList_New(n);

	for (i = 0; ids && i < n; i++) {
		PyObject *row = PyTuple_GET_ITEM(own, (Py_ssize_t)scored[i].place);
		PyObject *id = PyTuple_GET_ITEM(row, 0);

		Py_INCREF(id);
		PyList_SET_ITEM(ids, i, id);
	}
	return ids;
}

static PyObject *sorting_objects(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	PyObject *own, *ids = NULL;
	struct native_scored *scored;
	Py_ssize_t n;

	(void)self;
	if (args_check(nargs, 2) < 0 || list_check(args[0]) < 0)
		return NULL;
	own = PyList_AsTuple(args[0]); /* references: key may change the list */
	if (!own)
		return NULL;
	n = PyTuple_GET_SIZE(own);
	scored = PyMem_New(struct native_scored, n ? n : 1);
	if (!scored)
		PyErr_NoMemory();
	else if (keys_take(own, args[1], scored) == 0) {
		native_scored_sort(scored, (size_t)n);
		ids = ids_out(own, scored);
	}
	PyMem_Free(scored);
	Py_DECREF(own);
	return ids;
}

/* A block of n places that can be written. */
static int places_take(PyObject *object, Py_buffer *view, Py_ssize_t n)
{
	if (PyObject_GetBuffer(object, view, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE) < 0)
		return -1;
	if (view->format && strcmp(view->format, "q") == 0
		&& view->len == n * (Py_ssize_t)sizeof(long long))
		return 0;
	PyBuffer_Release(view);
	PyErr_SetString(PyExc_TypeError, "a block of as many int64 as keys is needed here");
	return -1;
}

static PyObject *sorting_native(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	Py_buffer keys, order;
	PyObject *result = NULL;
	size_t n;

	(void)self;
	if (args_check(nargs, 2) < 0 || view_take(args[0], &keys, 0) < 0)
		return NULL;
	n = (size_t)keys.len / sizeof(double);
	if (places_take(args[1], &order, (Py_ssize_t)n) == 0) {
		result = count_out(native_sorting(keys.buf, order.buf, n));
		PyBuffer_Release(&order);
	}
	PyBuffer_Release(&keys);
	return result;
}

PyMethodDef sorting_methods[] = {
	{"sorting_objects", METHOD(sorting_objects), METH_FASTCALL, NULL},
	{"sorting_native", METHOD(sorting_native), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};
