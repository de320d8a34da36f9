#include "capi.h"

static PyObject *int_in(PyObject *self, PyObject *x)
{
	long long value = PyLong_AsLongLong(x);

	(void)self;
	if (value == -1 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(value % 2 == 0);
}

static PyObject *float_in(PyObject *self, PyObject *x)
{
	double value = PyFloat_AsDouble(x);

	(void)self;
	if (value == -1.0 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(value > 0.5);
}

static PyObject *bool_in(PyObject *self, PyObject *x)
{
	int value = PyObject_IsTrue(x);

	(void)self;
	if (value < 0)
		return NULL;
	return PyBool_FromLong(!value);
}

static PyObject *int_out(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return PyLong_FromLongLong(1234567);
}

static PyObject *float_out(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return PyFloat_FromDouble(1234.5);
}

PyMethodDef scalars_methods[] = {
	{"int_in", int_in, METH_O, NULL},
	{"float_in", float_in, METH_O, NULL},
	{"bool_in", bool_in, METH_O, NULL},
	{"int_out", int_out, METH_NOARGS, NULL},
	{"float_out", float_out, METH_NOARGS, NULL},
	{NULL, NULL, 0, NULL},
};
