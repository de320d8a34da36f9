#include "worker/callee.h"

#include <string.h>

#include "base/mem.h"
#include "worker/object.h"
#include "worker/pyhost.h"

enum { LAYERS_MOST = 8, PARAMETERS_MAX = 64 };

/* Types that tell by their name what made them. Names end at the dot before or the end. */
static const struct {
	const char *type; /* of tp_name, from its last dot on */
	const char *now, *through;
} makers[] = {
	{"cython_function_or_method", "compiled", "cython"},
	{"fused_cython_function", "compiled", "cython"},
	{"CPUDispatcher", "compiled", "numba"},
	{"Dispatcher", "compiled", "numba"},
	{"DUFunc", "compiled", "numba"},
	{"nb_func", "native", "nanobind"},
	{"nb_method", "native", "nanobind"},
	{"nb_bound_method", "native", "nanobind"},
	{"CFuncPtr", "native", "ctypes"},
	{"_FuncPtr", "native", "ctypes"},
	{"CData", "native", "cffi"},
	{"ufunc", "native", "capi"},
};

static const char *last_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

/* What is below partial(), lru_cache() and other wrappers that name what they wrap,
 * and the function of a bound method; new. */
static PyObject *unwrap(PyObject *function)
{
	static const char *const names[] = {"__wrapped__", "__func__"};
	PyObject *inner = NULL;
	size_t i;
	int k;

	Py_INCREF(function);
	for (k = 0; k < LAYERS_MOST; k++) {
		/* Numba's dispatchers and Cython's functions have such attributes too. */
		for (i = 0; i < sizeof makers / sizeof *makers; i++) {
			if (strcmp(last_name(Py_TYPE(function)->tp_name), makers[i].type) == 0)
				return function;
		}
		for (i = 0; !inner && i < 2; i++)
			inner = PyObject_GetAttrString(function, names[i]);
		if (!inner && strcmp(Py_TYPE(function)->tp_name, "functools.partial") == 0)
			inner = PyObject_GetAttrString(function, "func");
		PyErr_Clear();
		if (!inner)
			break;
		Py_DECREF(function);
		function = inner;
		inner = NULL;
	}
	return function;
}

/* The file of the module a builtin function says it is from, as text; new or NULL. */
static PyObject *module_file(PyObject *function)
{
	PyObject *name = PyObject_GetAttrString(function, "__module__"), *m = NULL, *file;

	if (name && PyUnicode_Check(name))
		m = PyDict_GetItem(PyImport_GetModuleDict(), name);
	file = m ? PyObject_GetAttrString(m, "__file__") : NULL;
	PyErr_Clear();
	Py_XDECREF(name);
	return file;
}

/* A builtin function: pybind11 and cffi show in what it is bound to, the
 * interpreter's own in that its module lies in no package folder. */
static const char *through_of(PyObject *function)
{
	PyObject *self = PyObject_GetAttrString(function, "__self__"), *file;
	const char *type = self ? Py_TYPE(self)->tp_name : "", *path, *through = "";

	PyErr_Clear();
	if (strncmp(type, "pybind11", 8) == 0 ||
		(PyCapsule_CheckExact(self ? self : Py_None) && PyCapsule_GetName(self) &&
			strstr(PyCapsule_GetName(self), "pybind11")))
		through = "pybind11";
	else if (strcmp(last_name(type), "Lib") == 0)
		through = "cffi";
	Py_XDECREF(self);
	PyErr_Clear();
	if (*through)
		return through;
	file = module_file(function);
	path = file && PyUnicode_Check(file) ? PyUnicode_AsUTF8(file) : NULL;
	if (!path || strstr(path, "/lib-dynload/"))
		through = "capi";
	PyErr_Clear();
	Py_XDECREF(file);
	return through;
}

/* mypyc puts its functions into a module beside the one they seem to be in. */
static int is_mypyc(PyObject *function)
{
	PyObject *file = module_file(function), *key, *value;
	const char *path = file && PyUnicode_Check(file) ? PyUnicode_AsUTF8(file) : NULL;
	const char *name;
	Py_ssize_t at = 0;
	int found = 0;

	if (path && strstr(path, ".so")) {
		while (!found && PyDict_Next(PyImport_GetModuleDict(), &at, &key, &value)) {
			name = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : NULL;
			found = name && strlen(name) > 7 &&
				strcmp(name + strlen(name) - 7, "__mypyc") == 0;
		}
	}
	PyErr_Clear();
	Py_XDECREF(file);
	return found;
}

static int is_builtin(PyObject *function)
{
	const char *type = Py_TYPE(function)->tp_name;

	return PyCFunction_Check(function) || strcmp(type, "method_descriptor") == 0 ||
	       strcmp(type, "method-wrapper") == 0 || strcmp(type, "wrapper_descriptor") == 0 ||
	       strcmp(type, "classmethod_descriptor") == 0;
}

static void describe(PyObject *function, struct worker_seen *seen)
{
	const char *type = last_name(Py_TYPE(function)->tp_name);
	size_t i;

	for (i = 0; i < sizeof makers / sizeof *makers; i++) {
		if (strcmp(type, makers[i].type) == 0) {
			seen->now = makers[i].now;
			seen->through = makers[i].through;
			return;
		}
	}
	if (is_builtin(function)) {
		seen->now = is_mypyc(function) ? "compiled" : "native";
		seen->through = *seen->now == 'c' ? "mypyc" : through_of(function);
	} else if (PyFunction_Check(function)) {
		seen->now = "python";
	} else if (PyType_Check(function)) {
		seen->now = object_is_of_python((PyTypeObject *)function) ? "python" : "native";
	} else if (object_is_of_python(Py_TYPE(function))) {
		seen->now = "python";
	}
}

void callee_describe(PyObject *function, struct worker_seen *seen)
{
	PyObject *inner = unwrap(function);
	PyObject *module = PyObject_GetAttrString(inner, "__module__");
	PyObject *name = PyObject_GetAttrString(inner, "__qualname__");
	const char *m = module && PyUnicode_Check(module) ? PyUnicode_AsUTF8(module) : NULL;
	const char *q = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
	int is_plain = !m || strcmp(m, "__main__") == 0 || strcmp(m, "builtins") == 0;

	PyErr_Clear();
	describe(inner, seen);
	if (q)
		seen->function = is_plain ? xasprintf("%.150s", q) : xasprintf("%.100s.%.100s", m, q);
	Py_XDECREF(name);
	Py_XDECREF(module);
	Py_DECREF(inner);
}

PyObject *callee_receiver(PyObject *function)
{
	PyObject *self;

	if (PyMethod_Check(function))
		self = PyMethod_GET_SELF(function);
	else if (PyCFunction_Check(function))
		self = PyCFunction_GET_SELF(function);
	else
		return NULL;
	return self && !PyType_Check(self) && !PyModule_Check(self) && !PyCapsule_CheckExact(self) &&
			       strcmp(last_name(Py_TYPE(self)->tp_name), "Lib") != 0
		       ? self
		       : NULL;
}

PyObject *callee_names(PyObject *function)
{
	PyObject *signature = pyhost_get("inspect", "signature"), *made, *parameters, *values, *names;
	PyObject *kind, *name;
	Py_ssize_t i;

	made = signature ? PyObject_CallFunctionObjArgs(signature, function, NULL) : NULL;
	parameters = made ? PyObject_GetAttrString(made, "parameters") : NULL;
	values = parameters ? PyMapping_Values(parameters) : NULL;
	names = values ? PyList_New(0) : NULL;
	for (i = 0; names && i < PyList_GET_SIZE(values) && i < PARAMETERS_MAX; i++) {
		kind = PyObject_GetAttrString(PyList_GET_ITEM(values, i), "kind");
		name = PyObject_GetAttrString(PyList_GET_ITEM(values, i), "name");
		/* 0 and 1 are the kinds that one argument by position can go to. */
		if (kind && name && PyUnicode_Check(name) && PyLong_AsLong(kind) <= 1)
			PyList_Append(names, name);
		Py_XDECREF(kind);
		Py_XDECREF(name);
	}
	PyErr_Clear();
	Py_XDECREF(values);
	Py_XDECREF(parameters);
	Py_XDECREF(made);
	Py_XDECREF(signature);
	return names;
}
