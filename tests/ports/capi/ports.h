/*
 * ports: the ports by hand in C, each as one function of the module ports_capi.
 * They stand here as somebody would write them who has the C API at hand and no
 * wish to be clever; what they do is in the Python file of the same name.
 */
#ifndef PORTS_CAPI_PORTS_H
#define PORTS_CAPI_PORTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

PyObject *find_peaks(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *track(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *shortages(PyObject *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *unpack_bits(PyObject *self, PyObject *arg);
PyObject *integrate(PyObject *self, PyObject *const *args, Py_ssize_t nargs);

#endif
