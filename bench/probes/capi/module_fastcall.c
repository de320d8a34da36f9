/* probes_capi_fastcall: the call group with METH_FASTCALL throughout. */
#include "capi.h"

static PyMethodDef module_methods[] = {
	{"noop", METHOD(fast_noop), METH_FASTCALL, NULL},
	{"take_one", METHOD(fast_one), METH_FASTCALL, NULL},
	{"take_three", METHOD(fast_three), METH_FASTCALL, NULL},
	{"take_six", METHOD(fast_six), METH_FASTCALL, NULL},
	{"take_keywords", METHOD(fast_keywords), METH_FASTCALL | METH_KEYWORDS, NULL},
	{NULL, NULL, 0, NULL},
};

static PyMethodDef touch_methods[] = {
	{"touch", METHOD(fast_noop), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};

static int module_exec(PyObject *module)
{
	return native_add(module, "Native", "probes_capi_fastcall.Native", touch_methods);
}

static PyModuleDef_Slot module_slots[] = {
	{Py_mod_exec, module_exec},
	SLOT_NO_GIL
	{0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT,
	.m_name = "probes_capi_fastcall",
	.m_methods = module_methods,
	.m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_probes_capi_fastcall(void)
{
	return PyModuleDef_Init(&module);
}
