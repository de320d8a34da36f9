/* Kernel "graph" on Python's objects and on a tree of C structs. */
#include "capi.h"

static PyObject *name_value, *name_weight, *name_children;

/* The float in an attribute; -1 with an error. */
static int attribute_float(PyObject *object, PyObject *name, double *number)
{
	PyObject *value = PyObject_GetAttr(object, name);

	if (!value)
		return -1;
	*number = PyFloat_AsDouble(value);
	Py_DECREF(value);
	return *number == -1.0 && PyErr_Occurred() ? -1 : 0;
}

/* The list of an object's children, a new reference. */
static PyObject *children_of(PyObject *object)
{
	PyObject *children = PyObject_GetAttr(object, name_children);

	if (children && list_check(children) < 0)
		Py_CLEAR(children);
	return children;
}

static int walk_objects(PyObject *node, double *total)
{
	double value, weight;
	PyObject *children, *child;
	Py_ssize_t i;
	int rc = 0;

	if (attribute_float(node, name_weight, &weight) < 0)
		return -1;
	if (weight > 0.25) {
		if (attribute_float(node, name_value, &value) < 0)
			return -1;
		*total += value * weight;
	}
	children = children_of(node);
	if (!children)
		return -1;
	for (i = 0; rc == 0 && i < PyList_GET_SIZE(children); i++) {
		child = PyList_GET_ITEM(children, i);
		Py_INCREF(child); /* reading its attributes may run Python code */
		rc = walk_objects(child, total);
		Py_DECREF(child);
	}
	Py_DECREF(children);
	return rc;
}

static PyObject *graph_objects(PyObject *self, PyObject *root)
{
	double total = 0.0;

	(void)self;
	return walk_objects(root, &total) < 0 ? NULL : PyFloat_FromDouble(total);
}

/* A tree that Python holds and only native code reads. */
struct native_graph {
	PyObject_HEAD
	struct native_node *root;
};

static PyTypeObject *native_graph_type;

static void native_graph_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	native_node_free(((struct native_graph *)self)->root);
	type->tp_free(self);
	Py_DECREF(type);
}

static struct native_node *build(PyObject *node)
{
	struct native_node *made, *child;
	double value, weight;
	PyObject *children;
	Py_ssize_t i;

	if (attribute_float(node, name_value, &value) < 0
		|| attribute_float(node, name_weight, &weight) < 0)
		return NULL;
	children = children_of(node);
	if (!children)
		return NULL;
	made = native_node_new(value, weight);
	if (!made)
		PyErr_NoMemory();
	for (i = 0; made && i < PyList_GET_SIZE(children); i++) {
		child = build(PyList_GET_ITEM(children, i));
		if (child && native_node_adopt(made, child) == 0)
			continue;
		if (child)
			PyErr_NoMemory();
		native_node_free(child);
		native_node_free(made);
		made = NULL;
	}
	Py_DECREF(children);
	return made;
}

static PyObject *graph_build(PyObject *self, PyObject *root)
{
	struct native_node *made = build(root);
	struct native_graph *graph;

	(void)self;
	if (!made)
		return NULL;
	graph = PyObject_New(struct native_graph, native_graph_type);
	if (!graph) {
		native_node_free(made);
		return NULL;
	}
	graph->root = made;
	return (PyObject *)graph;
}

static PyObject *graph_native(PyObject *self, PyObject *held)
{
	(void)self;
	if (!PyObject_TypeCheck(held, native_graph_type)) {
		PyErr_SetString(PyExc_TypeError, "a native graph is needed here");
		return NULL;
	}
	return PyFloat_FromDouble(native_node_sum(((struct native_graph *)held)->root));
}

PyMethodDef graph_methods[] = {
	{"graph_objects", graph_objects, METH_O, NULL},
	{"graph_build", graph_build, METH_O, NULL},
	{"graph_native", graph_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

int graph_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, native_graph_free},
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.NativeGraph",
		.basicsize = sizeof(struct native_graph),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	name_value = PyUnicode_InternFromString("value");
	name_weight = PyUnicode_InternFromString("weight");
	name_children = PyUnicode_InternFromString("children");
	native_graph_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return name_value && name_weight && name_children && native_graph_type ? 0 : -1;
}
