#include "capi.h"

static int arity_check(const char *name, Py_ssize_t nargs, Py_ssize_t wanted)
{
	if (nargs == wanted)
		return 0;
	PyErr_Format(PyExc_TypeError, "%s() takes %zd arguments (%zd given)", name, wanted, nargs);
	return -1;
}

PyObject *fast_noop(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	(void)self;
	(void)args;
	if (arity_check("noop", nargs, 0) < 0)
		return NULL;
	Py_RETURN_TRUE;
}

PyObject *fast_one(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	(void)self;
	(void)args;
	if (arity_check("take_one", nargs, 1) < 0)
		return NULL;
	Py_RETURN_TRUE;
}

PyObject *fast_three(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	(void)self;
	(void)args;
	if (arity_check("take_three", nargs, 3) < 0)
		return NULL;
	Py_RETURN_TRUE;
}

PyObject *fast_six(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	(void)self;
	(void)args;
	if (arity_check("take_six", nargs, 6) < 0)
		return NULL;
	Py_RETURN_TRUE;
}

/* Puts each argument into the place of its name, a, b or c. */
static int keywords_sort(PyObject *const *args, Py_ssize_t nargs, PyObject *names,
	PyObject *sorted[3])
{
	Py_ssize_t i, place, n_names = names ? PyTuple_GET_SIZE(names) : 0;
	const char *name;

	for (i = 0; i < nargs && i < 3; i++)
		sorted[i] = args[i];
	for (i = 0; i < n_names; i++) {
		name = PyUnicode_AsUTF8(PyTuple_GET_ITEM(names, i));
		if (!name)
			return -1;
		place = name[0] - 'a';
		if (place < 0 || place > 2 || name[1] != '\0' || sorted[place]) {
			PyErr_Format(PyExc_TypeError, "take_keywords() got an unexpected '%s'",
				name);
			return -1;
		}
		sorted[place] = args[nargs + i];
	}
	return arity_check("take_keywords", nargs + n_names, 3);
}

PyObject *fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *names)
{
	PyObject *sorted[3] = {NULL, NULL, NULL};

	(void)self;
	if (keywords_sort(args, nargs, names, sorted) < 0)
		return NULL;
	Py_RETURN_TRUE;
}
