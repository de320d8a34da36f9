/* probes_capi_vectorcall: the call group as objects of a callable type. */
#include "capi.h"

#include <stddef.h>
#ifndef Py_T_PYSSIZET /* before 3.12 the names of member types were in a header of their own */
#include <structmember.h>
#define Py_T_PYSSIZET T_PYSSIZET
#define Py_READONLY READONLY
#endif

struct callable {
	PyObject_HEAD
	vectorcallfunc call;
};

static PyObject *call_noop(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *names)
{
	if (names && PyTuple_GET_SIZE(names))
		return PyErr_Format(PyExc_TypeError, "noop() takes no keywords");
	return fast_noop(self, args, PyVectorcall_NARGS(nargsf));
}

static PyObject *call_one(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *names)
{
	if (names && PyTuple_GET_SIZE(names))
		return PyErr_Format(PyExc_TypeError, "take_one() takes no keywords");
	return fast_one(self, args, PyVectorcall_NARGS(nargsf));
}

static PyObject *call_three(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *names)
{
	if (names && PyTuple_GET_SIZE(names))
		return PyErr_Format(PyExc_TypeError, "take_three() takes no keywords");
	return fast_three(self, args, PyVectorcall_NARGS(nargsf));
}

static PyObject *call_six(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *names)
{
	if (names && PyTuple_GET_SIZE(names))
		return PyErr_Format(PyExc_TypeError, "take_six() takes no keywords");
	return fast_six(self, args, PyVectorcall_NARGS(nargsf));
}

static PyObject *call_keywords(PyObject *self, PyObject *const *args, size_t nargsf,
	PyObject *names)
{
	return fast_keywords(self, args, PyVectorcall_NARGS(nargsf), names);
}

static void callable_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	type->tp_free(self);
	Py_DECREF(type);
}

static PyMemberDef callable_members[] = {
	{"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(struct callable, call), Py_READONLY, NULL},
	{NULL, 0, 0, 0, NULL},
};

static PyType_Slot callable_slots[] = {
	{Py_tp_call, PyVectorcall_Call},
	{Py_tp_members, callable_members},
	{Py_tp_dealloc, callable_free},
	{0, NULL},
};

static PyType_Spec callable_spec = {
	.name = "probes_capi_vectorcall.Callable",
	.basicsize = sizeof(struct callable),
#ifdef Py_TPFLAGS_HAVE_VECTORCALL
	.flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
#else
	.flags = Py_TPFLAGS_DEFAULT | _Py_TPFLAGS_HAVE_VECTORCALL,
#endif
	.slots = callable_slots,
};

static int module_exec(PyObject *module)
{
	static const struct {
		const char *name;
		vectorcallfunc call;
	} calls[] = {
		{"noop", call_noop},
		{"take_one", call_one},
		{"take_three", call_three},
		{"take_six", call_six},
		{"take_keywords", call_keywords},
	};
	PyObject *type = PyType_FromSpec(&callable_spec);
	struct callable *callable;
	size_t i;
	int rc = type ? 0 : -1;

	for (i = 0; rc == 0 && i < sizeof calls / sizeof *calls; i++) {
		callable = PyObject_New(struct callable, (PyTypeObject *)type);
		if (!callable) {
			rc = -1;
			break;
		}
		callable->call = calls[i].call;
		rc = PyModule_AddObject(module, calls[i].name, (PyObject *)callable);
		if (rc < 0)
			Py_DECREF(callable);
	}
	Py_XDECREF(type);
	return rc;
}

static PyModuleDef_Slot module_slots[] = {
	{Py_mod_exec, module_exec},
	SLOT_NO_GIL
	{0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT,
	.m_name = "probes_capi_vectorcall",
	.m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_probes_capi_vectorcall(void)
{
	return PyModuleDef_Init(&module);
}
