/* Kernel "groupby" on Python's objects and on rows in C. */
#include "kernels.h"

#include "groupby.h"

/* Adds a value to a key's sum. */
static int add_value(PyObject *sums, PyObject *key, PyObject *value)
{
	PyObject *old = PyDict_GetItemWithError(sums, key), *grown;
	double sum;
	int rc;

	if (!old)
		return PyErr_Occurred() ? -1 : PyDict_SetItem(sums, key, value);
	sum = PyFloat_AsDouble(old) + PyFloat_AsDouble(value);
	if (PyErr_Occurred())
		return -1;
	grown = PyFloat_FromDouble(sum);
	if (!grown)
		return -1;
	rc = PyDict_SetItem(sums, key, grown);
	Py_DECREF(grown);
	return rc;
}

static PyObject *groupby_objects(PyObject *self, PyObject *rows)
{
	PyObject *sums, *row;
	Py_ssize_t i;
	int rc = 0;

	(void)self;
	if (list_check(rows) < 0)
		return NULL;
	sums = PyDict_New();
	for (i = 0; sums && rc == 0 && i < PyList_GET_SIZE(rows); i++) {
		row = PyList_GET_ITEM(rows, i);
		Py_INCREF(row); /* comparing keys may run Python code */
		rc = row_check(row, 2);
		if (rc == 0)
			rc = add_value(sums, PyTuple_GET_ITEM(row, 0), PyTuple_GET_ITEM(row, 1));
		Py_DECREF(row);
	}
	if (rc < 0)
		Py_CLEAR(sums);
	return sums;
}

/* Rows that Python holds and only native code reads, with their keys behind them. */
struct native_rows {
	PyObject_HEAD
	struct native_row *rows;
	size_t n;
	char *keys;
};

static PyTypeObject *native_rows_type;

static void native_rows_free(PyObject *self)
{
	struct native_rows *held = (struct native_rows *)self;
	PyTypeObject *type = Py_TYPE(self);

	PyMem_Free(held->rows);
	PyMem_Free(held->keys);
	type->tp_free(self);
	Py_DECREF(type);
}

/* The length of all keys together; -1 with an error. */
static Py_ssize_t keys_length(PyObject *rows)
{
	Py_ssize_t i, length, total = 0;

	for (i = 0; i < PyList_GET_SIZE(rows); i++) {
		PyObject *row = PyList_GET_ITEM(rows, i);

		if (row_check(row, 2) < 0
			|| !PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(row, 0), &length))
			return -1;
		total += length;
	}
	return total;
}

static int fill(struct native_rows *held, PyObject *rows)
{
	char *key = held->keys;
	size_t i;

	for (i = 0; i < held->n && (Py_ssize_t)i < PyList_GET_SIZE(rows); i++) {
		PyObject *row = PyList_GET_ITEM(rows, (Py_ssize_t)i);
		struct native_row *made = &held->rows[i];
		Py_ssize_t length;
		const char *text = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(row, 0), &length);

		if (!text || !PyFloat_CheckExact(PyTuple_GET_ITEM(row, 1)))
			return -1;
		memcpy(key, text, (size_t)length);
		made->key = key;
		made->length = (size_t)length;
		made->value = PyFloat_AS_DOUBLE(PyTuple_GET_ITEM(row, 1));
		key += length;
	}
	return 0;
}

static PyObject *groupby_build(PyObject *self, PyObject *rows)
{
	struct native_rows *held;
	Py_ssize_t length;

	(void)self;
	if (list_check(rows) < 0)
		return NULL;
	length = keys_length(rows);
	if (length < 0)
		return NULL;
	held = PyObject_New(struct native_rows, native_rows_type);
	if (!held)
		return NULL;
	held->n = (size_t)PyList_GET_SIZE(rows);
	held->rows = PyMem_New(struct native_row, held->n ? held->n : 1);
	held->keys = PyMem_Malloc(length ? (size_t)length : 1);
	if (!held->rows || !held->keys)
		PyErr_NoMemory();
	else if (fill(held, rows) == 0)
		return (PyObject *)held;
	if (!PyErr_Occurred())
		PyErr_SetString(PyExc_TypeError, "the values have to be floats");
	Py_DECREF(held);
	return NULL;
}

static PyObject *groupby_native(PyObject *self, PyObject *held)
{
	struct native_rows *rows = (struct native_rows *)held;
	double total;

	(void)self;
	if (!PyObject_TypeCheck(held, native_rows_type)) {
		PyErr_SetString(PyExc_TypeError, "native rows are needed here");
		return NULL;
	}
	total = native_groupby(rows->rows, rows->n);
	return total < 0.0 ? PyErr_NoMemory() : PyFloat_FromDouble(total);
}

PyMethodDef groupby_methods[] = {
	{"groupby_objects", groupby_objects, METH_O, NULL},
	{"groupby_build", groupby_build, METH_O, NULL},
	{"groupby_native", groupby_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

int groupby_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, native_rows_free},
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.NativeRows",
		.basicsize = sizeof(struct native_rows),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	native_rows_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return native_rows_type ? 0 : -1;
}
