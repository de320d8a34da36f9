#include "capi.h"

int native_add(PyObject *module, const char *name, const char *full_name, PyMethodDef *methods)
{
	PyType_Slot slots[] = {
		{Py_tp_methods, methods},
		{0, NULL},
	};
	PyType_Spec spec = {
		.name = full_name,
		.basicsize = sizeof(PyObject),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};
	PyObject *type = PyType_FromSpec(&spec);

	if (!type)
		return -1;
	if (PyModule_AddObject(module, name, type) < 0) {
		Py_DECREF(type);
		return -1;
	}
	return 0;
}
