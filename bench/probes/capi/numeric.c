/* Kernel "numeric" on Python's objects and on a block of memory. */
#include "capi.h"

static PyObject *numeric_objects(PyObject *self, PyObject *list)
{
	struct native_numeric numeric = {0.0, 0.0};
	Py_ssize_t i;
	double x;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		x = as_double(PyList_GET_ITEM(list, i));
		if (x == -1.0 && PyErr_Occurred())
			return NULL;
		if (i == 0)
			numeric.mean = x;
		native_numeric_add(&numeric, x);
	}
	return PyFloat_FromDouble(native_numeric_result(&numeric));
}

static PyObject *numeric_native(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	double total;

	(void)self;
	if (view_take(xs, &view, 0) < 0)
		return NULL;
	total = native_numeric(view.buf, (size_t)view.len / sizeof(double));
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(total);
}

PyMethodDef numeric_methods[] = {
	{"numeric_objects", numeric_objects, METH_O, NULL},
	{"numeric_native", numeric_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
