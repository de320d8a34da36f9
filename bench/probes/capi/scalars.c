#include "capi.h"

static PyObject *int_in(PyObject *self, PyObject *x)
{
	long long value = PyLong_AsLongLong(x);

	(void)self;
	if (value == -1 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(value % 2 == 0);
}

/* The int that a C int holds, as a careful author reads one. */
static PyObject *int32_in(PyObject *self, PyObject *x)
{
	long value = PyLong_AsLong(x);

	(void)self;
	if (value == -1 && PyErr_Occurred())
		return NULL;
	if (value != (int)value) {
		PyErr_SetString(PyExc_OverflowError, "an int of 32 bits is needed here");
		return NULL;
	}
	return PyBool_FromLong(value % 2 == 0);
}

static PyObject *int_overflow(PyObject *self, PyObject *x)
{
	int overflow;
	long long value = PyLong_AsLongLongAndOverflow(x, &overflow);

	(void)self;
	if (value == -1 && !overflow && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(overflow != 0);
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

/* One of the small ints that the interpreter keeps. */
static PyObject *int_small_out(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return PyLong_FromLongLong(5);
}

static PyObject *float_out(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return PyFloat_FromDouble(1234.5);
}

PyMethodDef scalars_methods[] = {
	{"int_in", int_in, METH_O, NULL},
	{"int32_in", int32_in, METH_O, NULL},
	{"int_overflow", int_overflow, METH_O, NULL},
	{"float_in", float_in, METH_O, NULL},
	{"bool_in", bool_in, METH_O, NULL},
	{"int_out", int_out, METH_NOARGS, NULL},
	{"int_small_out", int_small_out, METH_NOARGS, NULL},
	{"float_out", float_out, METH_NOARGS, NULL},
	{NULL, NULL, 0, NULL},
};
