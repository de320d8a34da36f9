#include "capi.h"

#include <string.h>

int view_take(PyObject *object, Py_buffer *view, int flags)
{
	if (PyObject_GetBuffer(object, view, PyBUF_FORMAT | PyBUF_C_CONTIGUOUS | flags) < 0)
		return -1;
	if (view->format && strcmp(view->format, "d") == 0 && view->len > 0)
		return 0;
	PyBuffer_Release(view);
	PyErr_SetString(PyExc_TypeError, "a block of at least one float64 is needed here");
	return -1;
}

static size_t view_items(const Py_buffer *view)
{
	return (size_t)view->len / sizeof(double);
}

static PyObject *buffer_sum(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	double total;

	(void)self;
	if (view_take(xs, &view, 0) < 0)
		return NULL;
	total = native_sum(view.buf, view_items(&view));
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(total);
}

static PyObject *buffer_copied(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	double total, *own;

	(void)self;
	if (view_take(xs, &view, 0) < 0)
		return NULL;
	own = PyMem_Malloc((size_t)view.len);
	if (!own) {
		PyBuffer_Release(&view);
		return PyErr_NoMemory();
	}
	memcpy(own, view.buf, (size_t)view.len);
	total = native_sum(own, view_items(&view));
	PyMem_Free(own);
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(total);
}

static PyObject *buffer_write(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	double ends;

	(void)self;
	if (view_take(xs, &view, PyBUF_WRITABLE) < 0)
		return NULL;
	ends = native_turn(view.buf, view_items(&view));
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(ends);
}

static PyObject *buffer_acquire(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	int any;

	(void)self;
	if (view_take(xs, &view, 0) < 0)
		return NULL;
	any = view.len > 0;
	PyBuffer_Release(&view);
	return PyBool_FromLong(any);
}

PyMethodDef buffers_methods[] = {
	{"buffer_sum", buffer_sum, METH_O, NULL},
	{"buffer_copied", buffer_copied, METH_O, NULL},
	{"buffer_write", buffer_write, METH_O, NULL},
	{"buffer_acquire", buffer_acquire, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
