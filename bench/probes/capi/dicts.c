#include "capi.h"

#include <stdio.h>

#include "table.h"

static PyObject *key_interned; /* "key0" */

static PyObject *even_of(PyObject *value)
{
	long long number;

	if (!value) {
		if (!PyErr_Occurred())
			PyErr_SetString(PyExc_KeyError, "key0");
		return NULL;
	}
	number = PyLong_AsLongLong(value);
	if (number == -1 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(number % 2 == 0);
}

static int dict_check(PyObject *dict)
{
	if (PyDict_Check(dict))
		return 0;
	PyErr_SetString(PyExc_TypeError, "a dict is needed here");
	return -1;
}

static PyObject *dict_get(PyObject *self, PyObject *dict)
{
	PyObject *key, *result;

	(void)self;
	if (dict_check(dict) < 0)
		return NULL;
	key = PyUnicode_FromString("key0");
	if (!key)
		return NULL;
	result = even_of(PyDict_GetItemWithError(dict, key));
	Py_DECREF(key);
	return result;
}

static PyObject *dict_get_interned(PyObject *self, PyObject *dict)
{
	(void)self;
	if (dict_check(dict) < 0)
		return NULL;
	return even_of(PyDict_GetItemWithError(dict, key_interned));
}

static PyObject *dict_walk(PyObject *self, PyObject *dict)
{
	long long number, total = 0;
	Py_ssize_t position = 0;
	PyObject *value;

	(void)self;
	if (dict_check(dict) < 0)
		return NULL;
	while (PyDict_Next(dict, &position, NULL, &value)) {
		number = PyLong_AsLongLong(value);
		if (number == -1 && PyErr_Occurred())
			return NULL;
		total += number;
	}
	return PyLong_FromLongLong(total);
}

/* -1 with an error; the table is the caller's to release either way. */
static int table_fill(struct table *table, PyObject *dict)
{
	Py_ssize_t length, position = 0;
	PyObject *key, *value;
	const char *text;
	long long number;

	while (PyDict_Next(dict, &position, &key, &value)) {
		text = PyUnicode_AsUTF8AndSize(key, &length);
		if (!text)
			return -1;
		number = PyLong_AsLongLong(value);
		if (number == -1 && PyErr_Occurred())
			return -1;
		if (table_set(table, text, (size_t)length, number) < 0) {
			PyErr_NoMemory();
			return -1;
		}
	}
	return 0;
}

static PyObject *dict_copied(PyObject *self, PyObject *dict)
{
	PyObject *result = NULL;
	long long total = 0;
	struct table table;
	size_t i;

	(void)self;
	if (dict_check(dict) < 0)
		return NULL;
	if (table_init(&table, (size_t)PyDict_GET_SIZE(dict)) < 0)
		return PyErr_NoMemory();
	if (table_fill(&table, dict) == 0) {
		for (i = 0; i < table.size; i++) {
			if (table.entries[i].key)
				total += table.entries[i].value;
		}
		result = PyLong_FromLongLong(total);
	}
	table_release(&table);
	return result;
}

/* A native map that Python holds. */
struct native_map {
	PyObject_HEAD
	struct table table;
};

static PyTypeObject *native_map_type;

static void native_map_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	table_release(&((struct native_map *)self)->table);
	type->tp_free(self);
	Py_DECREF(type);
}

static PyObject *native_map(PyObject *self, PyObject *length)
{
	Py_ssize_t i, n = PyLong_AsSsize_t(length);
	struct native_map *map;
	char key[32];

	(void)self;
	if (n == -1 && PyErr_Occurred())
		return NULL;
	map = PyObject_New(struct native_map, native_map_type);
	if (!map)
		return NULL;
	if (table_init(&map->table, (size_t)n) < 0) {
		Py_DECREF(map);
		return PyErr_NoMemory();
	}
	for (i = 0; i < n; i++) {
		int used = snprintf(key, sizeof key, "key%zd", i);

		if (table_set(&map->table, key, (size_t)used, i + 5000) < 0) {
			Py_DECREF(map);
			return PyErr_NoMemory();
		}
	}
	return (PyObject *)map;
}

static PyObject *dict_out(PyObject *self, PyObject *held)
{
	PyObject *dict, *key, *value;
	const struct table *table;
	size_t i;
	int rc = 0;

	(void)self;
	if (!PyObject_TypeCheck(held, native_map_type)) {
		PyErr_SetString(PyExc_TypeError, "a native map is needed here");
		return NULL;
	}
	table = &((struct native_map *)held)->table;
	dict = PyDict_New();
	for (i = 0; dict && i < table->size; i++) {
		const struct entry *entry = &table->entries[i];

		if (!entry->key)
			continue;
		key = PyUnicode_FromStringAndSize(entry->key, (Py_ssize_t)entry->length);
		value = PyLong_FromLongLong(entry->value);
		rc = key && value ? PyDict_SetItem(dict, key, value) : -1;
		Py_XDECREF(key);
		Py_XDECREF(value);
		if (rc < 0)
			Py_CLEAR(dict);
	}
	return dict;
}

PyMethodDef dicts_methods[] = {
	{"dict_get", dict_get, METH_O, NULL},
	{"dict_get_interned", dict_get_interned, METH_O, NULL},
	{"dict_walk", dict_walk, METH_O, NULL},
	{"dict_copied", dict_copied, METH_O, NULL},
	{"native_map", native_map, METH_O, NULL},
	{"dict_out", dict_out, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

int dicts_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, native_map_free},
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.NativeMap",
		.basicsize = sizeof(struct native_map),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	key_interned = PyUnicode_InternFromString("key0");
	native_map_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return key_interned && native_map_type ? 0 : -1;
}
