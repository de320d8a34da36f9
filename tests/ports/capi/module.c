/* ports_capi: the ports in C as one module. */
#include "ports.h"

#define FASTCALL(f) {#f, (PyCFunction)(void (*)(void))(f), METH_FASTCALL, NULL}

static PyMethodDef module_methods[] = {
	FASTCALL(find_peaks),
	FASTCALL(track),
	FASTCALL(shortages),
	FASTCALL(integrate),
	{"unpack_bits", unpack_bits, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {
	{0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT,
	.m_name = "ports_capi",
	.m_methods = module_methods,
	.m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_ports_capi(void)
{
	return PyModuleDef_Init(&module);
}
