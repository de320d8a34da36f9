#include "worker/space.h"

#include "base/mem.h"
#include "worker/compare.h"
#include "worker/pyhost.h"

PyObject *space_evaluate(const char *source, int kind, PyObject *space)
{
	PyObject *code = Py_CompileString(source, "<probe>", kind);
	PyObject *value = code ? PyEval_EvalCode(code, space, space) : NULL;

	Py_XDECREF(code);
	return value;
}

static PyObject *import(const char *module, struct err *err)
{
	PyObject *m = PyImport_ImportModule(module);
	char what[128];

	if (m)
		return m;
	snprintf(what, sizeof what, "importing '%.100s'", module);
	pyhost_raised(err, what);
	return NULL;
}

static int put(PyObject *space, const char *name, PyObject *value)
{
	return value ? PyDict_SetItemString(space, name, value) : -1;
}

PyObject *space_make(const struct worker_probe *probe, const char *name, PyObject *module,
	PyObject *ref, struct err *err)
{
	PyObject *space = PyDict_New(), *f = PyObject_GetAttrString(module, probe->function);
	PyObject *n = PyLong_FromLong(probe->n), *title = PyUnicode_FromString("probe"), *done;
	int bad;

	if (!f && space && PyErr_ExceptionMatches(PyExc_AttributeError)) {
		PyErr_Clear();
		err_set(err, ERR_FAILURE, "'%s' has no function '%s'", name, probe->function);
		bad = 1;
	} else {
		bad = !space || put(space, "__builtins__", PyEval_GetBuiltins()) ||
		      put(space, "__name__", title) || put(space, "f", f) ||
		      put(space, "m", module) || put(space, "n", n) ||
		      put(space, "ref", ref ? ref : Py_None);
		done = bad ? NULL : space_evaluate(probe->setup, Py_file_input, space);
		if (!done)
			pyhost_raised(err, ref == module ? "the set-up with the reference"
							 : "the set-up");
		bad = !done;
		Py_XDECREF(done);
	}
	Py_XDECREF(f);
	Py_XDECREF(n);
	Py_XDECREF(title);
	if (bad)
		Py_CLEAR(space);
	return space;
}

char *space_bracketed(const char *call)
{
	return xasprintf("(%s\n)", call);
}

int space_check(const struct worker_probe *probe, PyObject *got, PyObject *ref, struct err *err)
{
	PyObject *space = space_make(probe, probe->reference, ref, ref, err), *wanted = NULL;
	char *call = space_bracketed(probe->call);
	int result = -1;

	if (space) {
		wanted = space_evaluate(call, Py_eval_input, space);
		if (wanted)
			result = compare_results(got, wanted, err);
		else
			pyhost_raised(err, "the statement with the reference");
	}
	Py_XDECREF(wanted);
	Py_XDECREF(space);
	free(call);
	return result;
}

int space_import(const struct worker_probe *probe, PyObject **module, PyObject **ref,
	struct err *err)
{
	*ref = NULL;
	*module = NULL;
	if (!probe->module)
		return err_set(err, ERR_FAILURE, "a probe of no module");
	*module = import(probe->module, err);
	if (*module && probe->reference)
		*ref = import(probe->reference, err);
	return *module && (*ref || !probe->reference) ? 0 : -1;
}
