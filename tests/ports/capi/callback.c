/* integrate() of callback.py: the function stays Python and is called back. */
#include "ports.h"

/* f(x) into *y; -1 with an error. */
static int evaluate(PyObject *f, double x, double *y)
{
	PyObject *arg = PyFloat_FromDouble(x), *result;

	result = arg ? PyObject_CallOneArg(f, arg) : NULL;
	Py_XDECREF(arg);
	if (!result)
		return -1;
	*y = PyFloat_AsDouble(result);
	Py_DECREF(result);
	return *y == -1.0 && PyErr_Occurred() ? -1 : 0;
}

PyObject *integrate(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	double a, b, h, total, y;
	long i, n;

	(void)self;
	if (nargs != 4) {
		PyErr_SetString(PyExc_TypeError, "integrate() takes a function, two floats and an int");
		return NULL;
	}
	a = PyFloat_AsDouble(args[1]);
	b = PyFloat_AsDouble(args[2]);
	n = PyLong_AsLong(args[3]);
	if (PyErr_Occurred())
		return NULL;
	h = (b - a) / (double)(2 * n);
	if (evaluate(args[0], a, &total) < 0 || evaluate(args[0], b, &y) < 0)
		return NULL;
	total += y;
	for (i = 1; i < 2 * n; i++) {
		if (evaluate(args[0], a + (double)i * h, &y) < 0)
			return NULL;
		total += (i % 2 ? 4.0 : 2.0) * y;
	}
	return PyFloat_FromDouble(total * h / 3.0);
}
