/* Where the loop stands: one step a call, or all steps in one call. */
#include "capi.h"

static PyObject *step(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	double state, x;

	(void)self;
	if (nargs != 2) {
		PyErr_SetString(PyExc_TypeError, "step() takes a state and an item");
		return NULL;
	}
	state = PyFloat_AsDouble(args[0]);
	x = PyFloat_AsDouble(args[1]);
	if ((state == -1.0 || x == -1.0) && PyErr_Occurred())
		return NULL;
	return PyFloat_FromDouble(native_step(state, x));
}

static PyObject *steps_list(PyObject *self, PyObject *list)
{
	double x, state = 0.0;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		x = as_double(PyList_GET_ITEM(list, i));
		if (x == -1.0 && PyErr_Occurred())
			return NULL;
		state = native_step(state, x);
	}
	return PyFloat_FromDouble(state);
}

static PyObject *steps_vector(PyObject *self, PyObject *list)
{
	Py_ssize_t n;
	double *own = list_copy_floats(list, &n);
	double state;

	(void)self;
	if (!own)
		return NULL;
	state = native_steps(own, (size_t)n, 0.0);
	PyMem_Free(own);
	return PyFloat_FromDouble(state);
}

static PyObject *steps_buffer(PyObject *self, PyObject *xs)
{
	Py_buffer view;
	double state;

	(void)self;
	if (view_take(xs, &view, 0) < 0)
		return NULL;
	state = native_steps(view.buf, (size_t)view.len / sizeof(double), 0.0);
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(state);
}

static PyObject *call_back(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	double value, total = 0.0;
	PyObject *number, *result;
	Py_ssize_t i, n;

	(void)self;
	if (nargs != 2) {
		PyErr_SetString(PyExc_TypeError, "call_back() takes a function and a count");
		return NULL;
	}
	n = PyLong_AsSsize_t(args[1]);
	if (n == -1 && PyErr_Occurred())
		return NULL;
	for (i = 0; i < n; i++) {
		number = PyFloat_FromDouble((double)(i + 1));
		if (!number)
			return NULL;
		result = PyObject_CallOneArg(args[0], number);
		Py_DECREF(number);
		if (!result)
			return NULL;
		value = PyFloat_AsDouble(result);
		Py_DECREF(result);
		if (value == -1.0 && PyErr_Occurred())
			return NULL;
		total += value;
	}
	return PyFloat_FromDouble(total);
}

PyMethodDef loops_methods[] = {
	{"step", METHOD(step), METH_FASTCALL, NULL},
	{"steps_list", steps_list, METH_O, NULL},
	{"steps_vector", steps_vector, METH_O, NULL},
	{"steps_buffer", steps_buffer, METH_O, NULL},
	{"call_back", METHOD(call_back), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};
