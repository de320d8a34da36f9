#include "capi.h"

#include <stdio.h>

#include "table.h"
#include "texts.h"

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
	if (n < 0) {
		PyErr_SetString(PyExc_ValueError, "a map has no fewer than 0 entries");
		return NULL;
	}
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

/* The native map that an object holds, or NULL with a TypeError. */
static const struct table *map_of(PyObject *held)
{
	if (PyObject_TypeCheck(held, native_map_type))
		return &((struct native_map *)held)->table;
	PyErr_SetString(PyExc_TypeError, "a native map is needed here");
	return NULL;
}

static PyObject *map_walk(PyObject *self, PyObject *held)
{
	const struct table *table = map_of(held);
	long long total = 0;
	size_t i;

	(void)self;
	if (!table)
		return NULL;
	for (i = 0; i < table->size; i++) {
		if (table->entries[i].key)
			total += table->entries[i].value;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *key_error(PyObject *key)
{
	if (!PyErr_Occurred())
		PyErr_SetObject(PyExc_KeyError, key);
	return NULL;
}

/* Keys that are native texts, in a native map. */
static PyObject *map_lookups(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	const struct table *table = nargs == 2 ? map_of(args[0]) : NULL;
	const struct texts *keys = table ? texts_of(args[1]) : NULL;
	const long long *value;
	long long total = 0;
	Py_ssize_t i;

	(void)self;
	if (!keys) {
		if (!PyErr_Occurred())
			PyErr_SetString(PyExc_TypeError, "a native map and keys are needed here");
		return NULL;
	}
	for (i = 0; i < keys->n; i++) {
		value = table_find(table, keys->items[i].text, (size_t)keys->items[i].length);
		if (!value)
			return key_error(Py_None);
		total += *value;
	}
	return PyLong_FromLongLong(total);
}

static int lookups_check(PyObject *const *args, Py_ssize_t nargs)
{
	if (nargs == 2 && PyDict_Check(args[0]) && PyList_Check(args[1]))
		return 0;
	PyErr_SetString(PyExc_TypeError, "a dict and a list of keys are needed here");
	return -1;
}

/* Keys that are texts of Python, in a dict. */
static PyObject *dict_lookups(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	long long number, total = 0;
	PyObject *key, *value;
	Py_ssize_t i;

	(void)self;
	if (lookups_check(args, nargs) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(args[1]); i++) {
		key = PyList_GET_ITEM(args[1], i);
		value = PyDict_GetItemWithError(args[0], key);
		if (!value)
			return key_error(key);
		number = PyLong_AsLongLong(value);
		if (number == -1 && PyErr_Occurred())
			return NULL;
		total += number;
	}
	return PyLong_FromLongLong(total);
}

/* The same keys, in a native map to which the whole dict was copied. */
static PyObject *dict_lookups_copied(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	struct table table;
	const long long *value;
	PyObject *result = NULL, *key;
	long long total = 0;
	const char *text;
	Py_ssize_t i, n;

	(void)self;
	if (lookups_check(args, nargs) < 0)
		return NULL;
	if (table_init(&table, (size_t)PyDict_GET_SIZE(args[0])) < 0)
		return PyErr_NoMemory();
	if (table_fill(&table, args[0]) < 0)
		goto out;
	for (i = 0; i < PyList_GET_SIZE(args[1]); i++) {
		key = PyList_GET_ITEM(args[1], i);
		text = PyUnicode_AsUTF8AndSize(key, &n);
		value = text ? table_find(&table, text, (size_t)n) : NULL;
		if (!value) {
			key_error(key);
			goto out;
		}
		total += *value;
	}
	result = PyLong_FromLongLong(total);
out:
	table_release(&table);
	return result;
}

static PyObject *dict_out(PyObject *self, PyObject *held)
{
	PyObject *dict, *key, *value;
	const struct table *table = map_of(held);
	size_t i;
	int rc = 0;

	(void)self;
	if (!table)
		return NULL;
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
	{"map_walk", map_walk, METH_O, NULL},
	{"map_lookups", METHOD(map_lookups), METH_FASTCALL, NULL},
	{"dict_lookups", METHOD(dict_lookups), METH_FASTCALL, NULL},
	{"dict_lookups_copied", METHOD(dict_lookups_copied), METH_FASTCALL, NULL},
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
