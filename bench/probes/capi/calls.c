/* The call group as a careful author writes it: the leanest convention for each. */
#include "capi.h"

static PyObject *noop(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	Py_RETURN_TRUE;
}

static PyObject *take_one(PyObject *self, PyObject *a)
{
	(void)self;
	(void)a;
	Py_RETURN_TRUE;
}

PyMethodDef calls_methods[] = {
	{"noop", noop, METH_NOARGS, NULL},
	{"take_one", take_one, METH_O, NULL},
	{"take_three", METHOD(fast_three), METH_FASTCALL, NULL},
	{"take_six", METHOD(fast_six), METH_FASTCALL, NULL},
	{"take_keywords", METHOD(fast_keywords), METH_FASTCALL | METH_KEYWORDS, NULL},
	{NULL, NULL, 0, NULL},
};
