/* probes_capi: every operation by the C API. */
#include "capi.h"

static PyObject *touch(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	Py_RETURN_TRUE;
}

static PyMethodDef touch_methods[] = {
	{"touch", touch, METH_NOARGS, NULL},
	{NULL, NULL, 0, NULL},
};

static int module_exec(PyObject *module)
{
	PyMethodDef *const tables[] = {
		calls_methods, scalars_methods, lists_methods, dicts_methods, buffers_methods,
		loops_methods, threads_methods, numeric_methods, graph_methods,
		text_methods, tuples_methods, objects_methods, natives_methods, maps_methods,
		mechanism_methods,
		logs_methods, coroutines_methods,
		stencil_methods, textscan_methods, tokens_methods, groupby_methods,
		sorting_methods, editdist_methods, lines_methods,
	};
	size_t i;

	for (i = 0; i < sizeof tables / sizeof *tables; i++) {
		if (PyModule_AddFunctions(module, tables[i]) < 0)
			return -1;
	}
	if (native_add(module, "Native", "probes_capi.Native", touch_methods) < 0)
		return -1;
	if (dicts_add(module) < 0 || threads_add(module) < 0 || graph_add(module) < 0)
		return -1;
	if (coroutines_add(module) < 0 || groupby_add(module) < 0)
		return -1;
	if (text_add(module) < 0 || objects_add(module) < 0 || natives_add(module) < 0)
		return -1;
	return 0;
}

static PyModuleDef_Slot module_slots[] = {
	{Py_mod_exec, module_exec},
	SLOT_NO_GIL
	{0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT,
	.m_name = "probes_capi",
	.m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_probes_capi(void)
{
	return PyModuleDef_Init(&module);
}
