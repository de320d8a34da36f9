/*
 * capi: what the files of the C API's probe modules share. Each file keeps the
 * functions of one group and exports their method table; module.c adds the
 * tables and types to the module. Nothing here is used at run time by others.
 */
#ifndef FFIADVISE_PROBES_CAPI_H
#define FFIADVISE_PROBES_CAPI_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "native.h"

extern PyMethodDef calls_methods[];
extern PyMethodDef scalars_methods[];
extern PyMethodDef lists_methods[];
extern PyMethodDef dicts_methods[];
extern PyMethodDef buffers_methods[];
extern PyMethodDef loops_methods[];
extern PyMethodDef threads_methods[];
extern PyMethodDef numeric_methods[];
extern PyMethodDef graph_methods[];
extern PyMethodDef text_methods[];
extern PyMethodDef tuples_methods[];
extern PyMethodDef objects_methods[];
extern PyMethodDef natives_methods[];
extern PyMethodDef maps_methods[];
extern PyMethodDef mechanism_methods[];
extern PyMethodDef logs_methods[];
extern PyMethodDef coroutines_methods[];
extern PyMethodDef stencil_methods[];
extern PyMethodDef textscan_methods[];
extern PyMethodDef tokens_methods[];
extern PyMethodDef groupby_methods[];
extern PyMethodDef sorting_methods[];
extern PyMethodDef editdist_methods[];
extern PyMethodDef lines_methods[];

int dicts_add(PyObject *module);
int threads_add(PyObject *module);
int graph_add(PyObject *module);
int groupby_add(PyObject *module);
int text_add(PyObject *module);
int objects_add(PyObject *module);
int natives_add(PyObject *module);
int coroutines_add(PyObject *module);

/* A list of n >= 1 floats, or NULL with a TypeError. */
int list_check(PyObject *list);
/* Copies a list of floats into a new array (PyMem_Free); NULL with an error. */
double *list_copy_floats(PyObject *list, Py_ssize_t *n);
/* A view over float64 items; 0, or -1 with an error. PyBuffer_Release() it. */
int view_take(PyObject *object, Py_buffer *view, int flags);

/* The six calls in the fast convention; args are not looked at. */
PyObject *fast_noop(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *fast_one(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *fast_three(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *fast_six(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *names);

/* Adds a class of no state with one method, touch(), to the module. */
int native_add(PyObject *module, const char *name, const char *full_name, PyMethodDef *methods);

PyMODINIT_FUNC PyInit_probes_capi(void);
PyMODINIT_FUNC PyInit_probes_capi_fastcall(void);
PyMODINIT_FUNC PyInit_probes_capi_varargs(void);
PyMODINIT_FUNC PyInit_probes_capi_vectorcall(void);

/* PyMethodDef holds one function type for all conventions. */
#define METHOD(f) ((PyCFunction)(void (*)(void))(f))

/* Says that the module keeps no state that the GIL would have to protect. */
#ifdef Py_mod_gil
#define SLOT_NO_GIL {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#else
#define SLOT_NO_GIL
#endif

/* The fast way first, as whoever walks many floats writes it: a plain float is read
 * in place, anything else is converted. -1.0 with an exception set on failure. */
static inline double as_double(PyObject *x)
{
	return PyFloat_CheckExact(x) ? PyFloat_AS_DOUBLE(x) : PyFloat_AsDouble(x);
}

#endif
