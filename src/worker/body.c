#include "worker/body.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "worker/pyhost.h"

/* Names no statement has; one underscore, as two would be mangled in a class. */
#define IT "_ffiadvise_it"
#define TURN "_ffiadvise_turn"
#define BODY "_ffiadvise_body"

int body_names_find(struct body_names *names, PyObject *code, PyObject *space)
{
	PyObject *used = PyObject_GetAttrString(code, "co_names"), *list = PyList_New(0), *name;
	Py_ssize_t n, i;
	int bad = !used || !list;

	memset(names, 0, sizeof *names);
	/* co_names has attributes too; one that is also a variable costs a parameter. */
	for (i = 0; !bad && i < PyTuple_GET_SIZE(used); i++) {
		name = PyTuple_GET_ITEM(used, i);
		if (PyDict_Contains(space, name) == 1)
			bad = PyList_Append(list, name) != 0;
	}
	names->names = bad ? NULL : PyList_AsTuple(list);
	Py_XDECREF(used);
	Py_XDECREF(list);
	if (!names->names)
		return -1;
	n = PyTuple_GET_SIZE(names->names);
	names->values = xcalloc((size_t)n + 1, sizeof *names->values);
	for (i = 0; i < n; i++) {
		names->values[i + 1] =
			PyDict_GetItemWithError(space, PyTuple_GET_ITEM(names->names, i));
		Py_XINCREF(names->values[i + 1]);
	}
	return 0;
}

void body_names_release(struct body_names *names)
{
	Py_ssize_t n = names->names ? PyTuple_GET_SIZE(names->names) : 0, i;

	for (i = 0; i < n; i++)
		Py_XDECREF(names->values[i + 1]);
	Py_XDECREF(names->names);
	free(names->values);
	memset(names, 0, sizeof *names);
}

/* The source. In brackets, and the bracket on a line of its own, the statement
 * may span lines and end in a comment. */
static int write_source(struct str *out, const struct body_names *names, const char *call,
	int unroll)
{
	Py_ssize_t n = PyTuple_GET_SIZE(names->names), i;
	const char *name;
	int k;

	str_add(out, "def " BODY "(" IT);
	for (i = 0; i < n; i++) {
		name = PyUnicode_AsUTF8(PyTuple_GET_ITEM(names->names, i));
		if (!name)
			return -1;
		str_addf(out, ", %s", name);
	}
	str_add(out, "):\n for " TURN " in " IT ":\n");
	for (k = 0; k < unroll; k++)
		str_addf(out, "  (%s\n  )\n", call);
	if (unroll == 0)
		str_add(out, "  pass\n");
	return 0;
}

PyObject *body_make(const struct body_names *names, const char *call, int unroll, PyObject *space)
{
	PyObject *code = NULL, *made = PyDict_New(), *done, *body = NULL;
	struct str source;

	str_init(&source);
	if (made && write_source(&source, names, call, unroll) == 0)
		code = Py_CompileString(str_text(&source), "<probe>", Py_file_input);
	/* The namespace is the function's globals; the function itself stays out of it. */
	done = code ? PyEval_EvalCode(code, space, made) : NULL;
	if (done)
		body = PyDict_GetItemString(made, BODY);
	Py_XINCREF(body);
	Py_XDECREF(done);
	Py_XDECREF(code);
	Py_XDECREF(made);
	str_release(&source);
	return body;
}

Py_ssize_t body_size(PyObject *body)
{
	PyObject *code = PyObject_GetAttrString(body, "__code__");
	PyObject *bytes = code ? PyObject_GetAttrString(code, "co_code") : NULL;
	Py_ssize_t n = bytes ? PyObject_Length(bytes) : -1;

	Py_XDECREF(bytes);
	Py_XDECREF(code);
	return n;
}

int64_t body_run(const struct body_names *names, PyObject *body, uint32_t turns)
{
	static PyObject *repeat;
	PyObject *it, *result;
	int64_t start, end;

	if (!repeat)
		repeat = pyhost_get("itertools", "repeat");
	it = repeat ? PyObject_CallFunction(repeat, "OI", Py_None, (unsigned)turns) : NULL;
	if (!it)
		return -1;
	names->values[0] = it;
	start = clock_ns();
	result = PyObject_Vectorcall(
		body, names->values, (size_t)PyTuple_GET_SIZE(names->names) + 1, NULL);
	end = clock_ns();
	names->values[0] = NULL;
	Py_DECREF(it);
	Py_XDECREF(result);
	return result ? end - start : -1;
}
