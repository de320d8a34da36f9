/* Kernel "stencil" on Python's objects and on blocks of memory. */
#include "kernels.h"

#include "stencil.h"

/* The float at a place of a list, which another item's __float__ may have shortened. */
static int item_float(PyObject *list, Py_ssize_t i, double *number)
{
	if (i >= PyList_GET_SIZE(list)) {
		PyErr_SetString(PyExc_IndexError, "the list has become shorter");
		return -1;
	}
	*number = PyFloat_AsDouble(PyList_GET_ITEM(list, i));
	return *number == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *stencil_objects(PyObject *self, PyObject *xs)
{
	double left = 0.0, here, right = 0.0, y;
	Py_ssize_t i, n;
	PyObject *ys, *item;

	(void)self;
	if (list_check(xs) < 0)
		return NULL;
	n = PyList_GET_SIZE(xs);
	ys = PyList_New(n);
	if (!ys || n == 0 || item_float(xs, 0, &here) < 0)
		goto failed;
	for (i = 0; i < n; i++, left = here, here = right) {
		if (i + 1 < n && item_float(xs, i + 1, &right) < 0)
			goto failed;
		y = i == 0 || i == n - 1 ? here : native_stencil_item(left, here, right);
		item = PyFloat_FromDouble(y);
		if (!item)
			goto failed;
		PyList_SET_ITEM(ys, i, item);
	}
	return ys;
failed:
	if (ys && !PyErr_Occurred())
		PyErr_SetString(PyExc_ValueError, "a list of at least one float is needed here");
	Py_XDECREF(ys);
	return NULL;
}

static int overlap(const Py_buffer *a, const Py_buffer *b)
{
	const char *from_a = a->buf, *from_b = b->buf;

	return from_a < from_b + b->len && from_b < from_a + a->len;
}

static PyObject *stencil_native(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	Py_buffer xs, ys;
	PyObject *result = NULL;

	(void)self;
	if (args_check(nargs, 2) < 0 || view_take(args[0], &xs, 0) < 0)
		return NULL;
	if (view_take(args[1], &ys, PyBUF_WRITABLE) == 0) {
		if (xs.len != ys.len || overlap(&xs, &ys))
			PyErr_SetString(PyExc_ValueError, "two blocks of one length are needed here");
		else
			result = PyFloat_FromDouble(native_stencil(xs.buf, ys.buf,
				(size_t)xs.len / sizeof(double)));
		PyBuffer_Release(&ys);
	}
	PyBuffer_Release(&xs);
	return result;
}

PyMethodDef stencil_methods[] = {
	{"stencil_objects", stencil_objects, METH_O, NULL},
	{"stencil_native", METHOD(stencil_native), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};
