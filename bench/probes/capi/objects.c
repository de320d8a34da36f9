/*
 * Attributes of objects of Python classes. Looking one up may run Python code,
 * so an item of a list is held on to meanwhile.
 */
#include "capi.h"

enum { ID, AGE, SCORE, WEIGHT, LEVEL, RANK, STOCK, PRICE, N_NAMES };

static const char *const words[N_NAMES] = {
	"id", "age", "score", "weight", "level", "rank", "stock", "price",
};
static PyObject *names[N_NAMES];

/* The int behind an owned attribute, which is given back; -1 with an error. */
static int take_int(PyObject *value, long long *number)
{
	if (!value)
		return -1;
	*number = PyLong_AsLongLong(value);
	Py_DECREF(value);
	return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

static int read_int(PyObject *object, int name, long long *number)
{
	return take_int(PyObject_GetAttr(object, names[name]), number);
}

static int read_float(PyObject *object, int name, double *number)
{
	PyObject *value = PyObject_GetAttr(object, names[name]);

	if (!value)
		return -1;
	*number = PyFloat_AsDouble(value);
	Py_DECREF(value);
	return *number == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static int read_five(PyObject *object, struct native_five *five)
{
	return read_int(object, ID, &five->id) < 0 || read_int(object, AGE, &five->age) < 0
		|| read_float(object, SCORE, &five->score) < 0
		|| read_float(object, WEIGHT, &five->weight) < 0
		|| read_int(object, LEVEL, &five->level) < 0 ? -1 : 0;
}

static PyObject *object_attribute(PyObject *self, PyObject *object)
{
	long long age;

	(void)self;
	return read_int(object, AGE, &age) < 0 ? NULL : PyLong_FromLongLong(age & 127);
}

static PyObject *object_attribute_built(PyObject *self, PyObject *object)
{
	long long age;

	(void)self;
	if (take_int(PyObject_GetAttrString(object, "age"), &age) < 0)
		return NULL;
	return PyLong_FromLongLong(age & 127);
}

static PyObject *object_five(PyObject *self, PyObject *object)
{
	struct native_five five;

	(void)self;
	if (read_five(object, &five) < 0)
		return NULL;
	return PyLong_FromLongLong(native_five_sum(&five) & 127);
}

static PyObject *object_eight(PyObject *self, PyObject *object)
{
	struct native_eight eight;

	(void)self;
	if (read_five(object, &eight.five) < 0 || read_int(object, RANK, &eight.rank) < 0
		|| read_int(object, STOCK, &eight.stock) < 0
		|| read_float(object, PRICE, &eight.price) < 0)
		return NULL;
	return PyLong_FromLongLong(native_eight_sum(&eight) & 127);
}

static PyObject *list_object_by_reference(PyObject *self, PyObject *list)
{
	long long age, total = 0;
	PyObject *item;
	Py_ssize_t i;
	int rc;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		item = PyList_GET_ITEM(list, i);
		Py_INCREF(item);
		rc = read_int(item, AGE, &age);
		Py_DECREF(item);
		if (rc < 0)
			return NULL;
		total += age;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *list_object_copied(PyObject *self, PyObject *list)
{
	struct native_five *own;
	PyObject *item, *result;
	Py_ssize_t i, n;
	int rc = 0;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	n = PyList_GET_SIZE(list);
	own = PyMem_New(struct native_five, n ? n : 1);
	if (!own)
		return PyErr_NoMemory();
	for (i = 0; rc == 0 && i < n && i < PyList_GET_SIZE(list); i++) {
		item = PyList_GET_ITEM(list, i);
		Py_INCREF(item);
		rc = read_five(item, &own[i]);
		Py_DECREF(item);
	}
	result = rc < 0 ? NULL : PyLong_FromLongLong(native_fives_sum(own, (size_t)i));
	PyMem_Free(own);
	return result;
}

static PyObject *dict_object_walk(PyObject *self, PyObject *dict)
{
	long long age, total = 0;
	Py_ssize_t position = 0;
	PyObject *value;
	int rc;

	(void)self;
	if (!PyDict_Check(dict)) {
		PyErr_SetString(PyExc_TypeError, "a dict is needed here");
		return NULL;
	}
	while (PyDict_Next(dict, &position, NULL, &value)) {
		Py_INCREF(value);
		rc = read_int(value, AGE, &age);
		Py_DECREF(value);
		if (rc < 0)
			return NULL;
		total += age;
	}
	return PyLong_FromLongLong(total);
}

PyMethodDef objects_methods[] = {
	{"object_attribute", object_attribute, METH_O, NULL},
	{"object_attribute_built", object_attribute_built, METH_O, NULL},
	{"object_five", object_five, METH_O, NULL},
	{"object_eight", object_eight, METH_O, NULL},
	{"list_object_by_reference", list_object_by_reference, METH_O, NULL},
	{"list_object_copied", list_object_copied, METH_O, NULL},
	{"dict_object_walk", dict_object_walk, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

int objects_add(PyObject *module)
{
	int i;

	(void)module;
	for (i = 0; i < N_NAMES; i++) {
		names[i] = PyUnicode_InternFromString(words[i]);
		if (!names[i])
			return -1;
	}
	return 0;
}
