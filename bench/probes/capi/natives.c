/*
 * A class of C structs. Its objects never change, and C has no borrows to
 * count, so that NativeItem and NativeItemFrozen are one type here;
 * NativeItemBase is the same with leave to derive from it.
 */
#include "capi.h"

#include <stddef.h>
#include <structmember.h>

struct native_item {
	PyObject_HEAD
	long long number;
	double weight;
};

static PyTypeObject *item_type, *base_type;

static struct native_item *item_new(PyTypeObject *type, long long number, double weight)
{
	struct native_item *item = (struct native_item *)type->tp_alloc(type, 0);

	if (item) {
		item->number = number;
		item->weight = weight;
	}
	return item;
}

static PyObject *item_make(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
	long long number;
	double weight;

	(void)keywords;
	if (!PyArg_ParseTuple(args, "Ld", &number, &weight))
		return NULL;
	return (PyObject *)item_new(type, number, weight);
}

static void item_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	type->tp_free(self);
	Py_DECREF(type);
}

static PyObject *wrong_type(void)
{
	PyErr_SetString(PyExc_TypeError, "a native item is needed here");
	return NULL;
}

static PyObject *native_field(PyObject *self, PyObject *object)
{
	(void)self;
	if (!PyObject_TypeCheck(object, item_type))
		return wrong_type();
	return PyLong_FromLongLong(((struct native_item *)object)->number & 127);
}

static PyObject *native_item_out(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return (PyObject *)item_new(item_type, 1234567, 0.5);
}

static PyObject *native_items_out(PyObject *self, PyObject *length)
{
	Py_ssize_t i, n = PyLong_AsSsize_t(length);
	struct native_item *item;
	PyObject *list;

	(void)self;
	if (n == -1 && PyErr_Occurred())
		return NULL;
	list = PyList_New(n);
	for (i = 0; list && i < n; i++) {
		item = item_new(item_type, i + 5000, 0.5);
		if (item)
			PyList_SET_ITEM(list, i, (PyObject *)item);
		else
			Py_CLEAR(list);
	}
	return list;
}

static PyObject *list_native(PyObject *self, PyObject *list)
{
	long long total = 0;
	PyObject *object;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		object = PyList_GET_ITEM(list, i);
		if (!PyObject_TypeCheck(object, item_type))
			return wrong_type();
		total += ((struct native_item *)object)->number;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *list_native_exact(PyObject *self, PyObject *list)
{
	long long total = 0;
	PyObject *object;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		object = PyList_GET_ITEM(list, i);
		if (!Py_IS_TYPE(object, item_type))
			return wrong_type();
		total += ((struct native_item *)object)->number;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *list_native_base(PyObject *self, PyObject *list)
{
	long long total = 0;
	PyObject *object;
	Py_ssize_t i;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		object = PyList_GET_ITEM(list, i);
		if (!PyObject_TypeCheck(object, base_type))
			return wrong_type();
		total += ((struct native_item *)object)->number;
	}
	return PyLong_FromLongLong(total);
}

PyMethodDef natives_methods[] = {
	{"native_field", native_field, METH_O, NULL},
	{"native_item_out", native_item_out, METH_NOARGS, NULL},
	{"native_items_out", native_items_out, METH_O, NULL},
	{"list_native_borrowed", list_native, METH_O, NULL},
	{"list_native_frozen", list_native, METH_O, NULL},
	{"list_native_exact", list_native_exact, METH_O, NULL},
	{"list_native_base", list_native_base, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

static PyTypeObject *type_make(const char *name, unsigned flags)
{
	static PyMemberDef members[] = {
		{"number", T_LONGLONG, offsetof(struct native_item, number), READONLY, NULL},
		{"weight", T_DOUBLE, offsetof(struct native_item, weight), READONLY, NULL},
		{NULL, 0, 0, 0, NULL},
	};
	static PyType_Slot slots[] = {
		{Py_tp_new, item_make},
		{Py_tp_dealloc, item_free},
		{Py_tp_members, members},
		{0, NULL},
	};
	PyType_Spec spec = {
		.name = name,
		.basicsize = sizeof(struct native_item),
		.flags = Py_TPFLAGS_DEFAULT | flags,
		.slots = slots,
	};

	return (PyTypeObject *)PyType_FromSpec(&spec);
}

static int type_add(PyObject *module, const char *name, PyTypeObject *type)
{
	Py_INCREF(type);
	if (PyModule_AddObject(module, name, (PyObject *)type) == 0)
		return 0;
	Py_DECREF(type);
	return -1;
}

int natives_add(PyObject *module)
{
	item_type = type_make("probes_capi.NativeItem", 0);
	base_type = type_make("probes_capi.NativeItemBase", Py_TPFLAGS_BASETYPE);
	if (!item_type || !base_type || type_add(module, "NativeItem", item_type) < 0
		|| type_add(module, "NativeItemFrozen", item_type) < 0
		|| type_add(module, "NativeItemBase", base_type) < 0)
		return -1;
	return 0;
}
