/* An awaitable of a native type, which is ready when it is first asked. */
#include "capi.h"

static PyTypeObject *ready_type;

static void ready_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	type->tp_free(self);
	Py_DECREF(type);
}

/* What `await` asks: an iterator. A native awaitable is its own. */
static PyObject *ready_self(PyObject *self)
{
	Py_INCREF(self);
	return self;
}

static PyObject *ready_next(PyObject *self)
{
	(void)self;
	PyErr_SetObject(PyExc_StopIteration, Py_True);
	return NULL;
}

#if PY_VERSION_HEX >= 0x030A0000
/* The same without an exception. */
static PySendResult ready_send(PyObject *self, PyObject *value, PyObject **result)
{
	(void)self;
	(void)value;
	Py_INCREF(Py_True);
	*result = Py_True;
	return PYGEN_RETURN;
}
#endif

static PyObject *ready(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	return PyObject_New(PyObject, ready_type);
}

PyMethodDef coroutines_methods[] = {
	{"ready", ready, METH_NOARGS, NULL},
	{NULL, NULL, 0, NULL},
};

int coroutines_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, ready_free},
		{Py_am_await, ready_self},
		{Py_tp_iter, ready_self},
		{Py_tp_iternext, ready_next},
#if PY_VERSION_HEX >= 0x030A0000
		{Py_am_send, ready_send},
#endif
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.Ready",
		.basicsize = sizeof(PyObject),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	ready_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return ready_type ? 0 : -1;
}
