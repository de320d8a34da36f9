/* find_peaks() of peaks.py, over the list itself. */
#include "ports.h"

static int peak_add(PyObject *peaks, Py_ssize_t at)
{
	PyObject *index = PyLong_FromSsize_t(at);
	int rc = index ? PyList_Append(peaks, index) : -1;

	Py_XDECREF(index);
	return rc;
}

/* The item as a float; -1 with an error. */
static int item_read(PyObject *xs, Py_ssize_t i, double *x)
{
	*x = PyFloat_AsDouble(PyList_GET_ITEM(xs, i));
	return *x == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static int peaks_collect(PyObject *peaks, PyObject *xs, double delta)
{
	double x, low, high;
	Py_ssize_t i, high_at = 0;
	int rising = 1;

	if (item_read(xs, 0, &low) < 0)
		return -1;
	high = low;
	for (i = 0; i < PyList_GET_SIZE(xs); i++) {
		if (item_read(xs, i, &x) < 0)
			return -1;
		if (x > high) {
			high = x;
			high_at = i;
		}
		if (x < low)
			low = x;
		if (rising && x < high - delta) {
			if (peak_add(peaks, high_at) < 0)
				return -1;
			low = x;
			rising = 0;
		} else if (!rising && x > low + delta) {
			high = x;
			high_at = i;
			rising = 1;
		}
	}
	return 0;
}

PyObject *find_peaks(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	PyObject *peaks;
	double delta;

	(void)self;
	if (nargs != 2 || !PyList_Check(args[0]) || PyList_GET_SIZE(args[0]) == 0) {
		PyErr_SetString(PyExc_TypeError, "find_peaks() takes a list of floats and a float");
		return NULL;
	}
	delta = PyFloat_AsDouble(args[1]);
	if (delta == -1.0 && PyErr_Occurred())
		return NULL;
	peaks = PyList_New(0);
	if (peaks && peaks_collect(peaks, args[0], delta) < 0)
		Py_CLEAR(peaks);
	return peaks;
}
