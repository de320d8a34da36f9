/* probes_capi_varargs: the call group with a tuple of arguments that is parsed. */
#include "capi.h"

static PyObject *noop(PyObject *self, PyObject *args)
{
	(void)self;
	if (!PyArg_ParseTuple(args, ":noop"))
		return NULL;
	Py_RETURN_TRUE;
}

static PyObject *take_one(PyObject *self, PyObject *args)
{
	PyObject *a;

	(void)self;
	if (!PyArg_ParseTuple(args, "O:take_one", &a))
		return NULL;
	Py_RETURN_TRUE;
}

static PyObject *take_three(PyObject *self, PyObject *args)
{
	PyObject *a, *b, *c;

	(void)self;
	if (!PyArg_ParseTuple(args, "OOO:take_three", &a, &b, &c))
		return NULL;
	Py_RETURN_TRUE;
}

static PyObject *take_six(PyObject *self, PyObject *args)
{
	PyObject *a, *b, *c, *d, *e, *f;

	(void)self;
	if (!PyArg_ParseTuple(args, "OOOOOO:take_six", &a, &b, &c, &d, &e, &f))
		return NULL;
	Py_RETURN_TRUE;
}

static PyObject *take_keywords(PyObject *self, PyObject *args, PyObject *keywords)
{
	static char *names[] = {(char *)"a", (char *)"b", (char *)"c", NULL};
	PyObject *a, *b, *c;

	(void)self;
	if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO:take_keywords", names, &a, &b, &c))
		return NULL;
	Py_RETURN_TRUE;
}

static PyMethodDef module_methods[] = {
	{"noop", noop, METH_VARARGS, NULL},
	{"take_one", take_one, METH_VARARGS, NULL},
	{"take_three", take_three, METH_VARARGS, NULL},
	{"take_six", take_six, METH_VARARGS, NULL},
	{"take_keywords", METHOD(take_keywords), METH_VARARGS | METH_KEYWORDS, NULL},
	{NULL, NULL, 0, NULL},
};

static PyMethodDef touch_methods[] = {
	{"touch", noop, METH_VARARGS, NULL},
	{NULL, NULL, 0, NULL},
};

static int module_exec(PyObject *module)
{
	return native_add(module, "Native", "probes_capi_varargs.Native", touch_methods);
}

static PyModuleDef_Slot module_slots[] = {
	{Py_mod_exec, module_exec},
	SLOT_NO_GIL
	{0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT,
	.m_name = "probes_capi_varargs",
	.m_methods = module_methods,
	.m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_probes_capi_varargs(void)
{
	return PyModuleDef_Init(&module);
}
