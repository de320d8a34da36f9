/* track() of numeric.py, over the memory of the array. */
#include "ports.h"

static double filter(const double *zs, Py_ssize_t n, double q, double r)
{
	double x = zs[0], p = 1.0, k, gap;
	double surprise = 0.0;
	Py_ssize_t i;

	for (i = 1; i < n; i++) {
		p += q;
		gap = zs[i] - x;
		if (gap * gap > 16.0 * (p + r))
			continue;
		k = p / (p + r);
		surprise += gap * gap / (p + r);
		x += k * gap;
		p *= 1.0 - k;
	}
	return x + surprise / (double)n;
}

PyObject *track(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	Py_buffer view;
	double q, r, result;

	(void)self;
	if (nargs != 3) {
		PyErr_SetString(PyExc_TypeError, "track() takes an array and two floats");
		return NULL;
	}
	q = PyFloat_AsDouble(args[1]);
	r = PyFloat_AsDouble(args[2]);
	if (PyErr_Occurred() || PyObject_GetBuffer(args[0], &view, PyBUF_FORMAT | PyBUF_ND) < 0)
		return NULL;
	if (view.itemsize != sizeof(double) || view.format[0] != 'd' || view.len == 0) {
		PyBuffer_Release(&view);
		PyErr_SetString(PyExc_TypeError, "track() takes an array of doubles");
		return NULL;
	}
	result = filter(view.buf, view.len / (Py_ssize_t)sizeof(double), q, r);
	PyBuffer_Release(&view);
	return PyFloat_FromDouble(result);
}
