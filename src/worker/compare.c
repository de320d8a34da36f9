#include "worker/compare.h"

#include <math.h>

#include "worker/pyhost.h"

enum { SHOWN = 80, DEPTH_MAX = 100 };

/* The first pair that differs, and where it is. */
struct difference {
	PyObject *got, *wanted; /* owned */
	char at[64];            /* "[3]['x']"; "" for the whole */
};

/* 1 same, 0 different (then in d), -1 exception. */
static int same(PyObject *a, PyObject *b, int depth, struct difference *d);

static int differs(PyObject *a, PyObject *b, struct difference *d)
{
	Py_INCREF(a);
	Py_INCREF(b);
	d->got = a;
	d->wanted = b;
	d->at[0] = '\0';
	return 0;
}

/* Puts the step that led to a difference before what is known of its place. */
static int came_from(PyObject *key, struct difference *d)
{
	char rest[sizeof d->at];

	memcpy(rest, d->at, sizeof rest);
	snprintf(d->at, sizeof d->at, "[%.20s]%.40s", pyhost_show(key, 20), rest);
	return 0;
}

static int is_number(PyObject *v)
{
	return PyFloat_Check(v) || PyLong_Check(v);
}

static int same_floats(PyObject *a, PyObject *b, struct difference *d)
{
	double x = PyFloat_AsDouble(a), y = PyFloat_AsDouble(b);

	if (PyErr_Occurred())
		return -1;
	if (x == y || (isnan(x) && isnan(y)))
		return 1;
	if (fabs(x - y) <= 1e-9 * fmax(fabs(x), fabs(y)) && isfinite(x - y))
		return 1;
	return differs(a, b, d);
}

static int same_sequences(PyObject *a, PyObject *b, int depth, struct difference *d)
{
	Py_ssize_t n = PySequence_Fast_GET_SIZE(a), i;
	PyObject *index;
	int result = 1;

	if (n != PySequence_Fast_GET_SIZE(b))
		return differs(a, b, d);
	for (i = 0; i < n && result == 1; i++)
		result = same(PySequence_Fast_GET_ITEM(a, i), PySequence_Fast_GET_ITEM(b, i),
			depth + 1, d);
	if (result != 0)
		return result;
	index = PyLong_FromSsize_t(i - 1);
	if (index)
		came_from(index, d);
	Py_XDECREF(index);
	return 0;
}

static int same_dicts(PyObject *a, PyObject *b, int depth, struct difference *d)
{
	PyObject *key, *value, *other;
	Py_ssize_t at = 0;
	int result;

	if (PyDict_Size(a) != PyDict_Size(b))
		return differs(a, b, d);
	while (PyDict_Next(a, &at, &key, &value)) {
		other = PyDict_GetItemWithError(b, key);
		if (!other)
			return PyErr_Occurred() ? -1 : differs(a, b, d);
		result = same(value, other, depth + 1, d);
		if (result != 1)
			return result == 0 ? came_from(key, d) : -1;
	}
	return 1;
}

/* New reference: an array's items as a list, any other value itself. */
static PyObject *plain(PyObject *v)
{
	PyObject *f, *list;

	if (PyList_Check(v) || PyTuple_Check(v) || PyDict_Check(v) || PyType_Check(v) ||
		!PyObject_HasAttrString(v, "tolist")) {
		Py_INCREF(v);
		return v;
	}
	f = PyObject_GetAttrString(v, "tolist");
	list = f ? PyObject_CallNoArgs(f) : NULL;
	Py_XDECREF(f);
	return list;
}

static int same_plain(PyObject *a, PyObject *b, int depth, struct difference *d)
{
	int result;

	if (depth > DEPTH_MAX) {
		PyErr_SetString(PyExc_RecursionError, "the results are nested too deeply");
		return -1;
	}
	if ((PyFloat_Check(a) || PyFloat_Check(b)) && is_number(a) && is_number(b))
		return same_floats(a, b, d);
	if ((PyList_Check(a) && PyList_Check(b)) || (PyTuple_Check(a) && PyTuple_Check(b)))
		return same_sequences(a, b, depth, d);
	if (PyDict_Check(a) && PyDict_Check(b))
		return same_dicts(a, b, depth, d);
	result = PyObject_RichCompareBool(a, b, Py_EQ);
	return result == 0 ? differs(a, b, d) : result;
}

static int same(PyObject *a, PyObject *b, int depth, struct difference *d)
{
	PyObject *x = plain(a), *y = x ? plain(b) : NULL;
	int result = x && y ? same_plain(x, y, depth, d) : -1;

	Py_XDECREF(x);
	Py_XDECREF(y);
	return result;
}

int compare_results(PyObject *got, PyObject *wanted, struct err *err)
{
	struct difference d = {NULL, NULL, ""};
	char shown[4 * SHOWN + 1];
	int result = same(got, wanted, 0, &d);

	if (result == 1)
		return 0;
	if (result < 0)
		return pyhost_raised(err, "comparing the result with the reference's");
	snprintf(shown, sizeof shown, "%s", pyhost_show(d.got, SHOWN));
	err_set(err, ERR_FAILURE, "the statement gives %s%s%s, the reference %s", shown,
		d.at[0] ? " at " : "", d.at, pyhost_show(d.wanted, SHOWN));
	Py_DECREF(d.got);
	Py_DECREF(d.wanted);
	return -1;
}
