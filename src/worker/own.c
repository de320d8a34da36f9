#include "worker/own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "worker/pyhost.h"

enum { LINE_SHOWN = 60 };

static PyObject *main_module;
static char *setup; /* the code it ran */

/*
 * What the interpreter does at its start when it is not isolated. site is told
 * of the user's folder by hand, since the isolated flags deny it; for a virtual
 * environment main() decides that itself.
 */
static const char as_command[] =
	"import os, sys\n"
	"sys.argv = ['-c']\n"
	"sys.path[:0] = [p for p in os.environ.get('PYTHONPATH', '').split(os.pathsep) if p]\n"
	"import site\n"
	"if not os.environ.get('PYTHONNOUSERSITE'):\n"
	"    site.ENABLE_USER_SITE = True\n"
	"site.main()\n"
	"if not os.environ.get('PYTHONSAFEPATH'):\n"
	"    sys.path.insert(0, '')\n";

int own_start(struct err *err)
{
	PyObject *space = PyDict_New(), *code = Py_CompileString(as_command, "<start>", Py_file_input);
	PyObject *done = NULL;

	if (space && code && PyDict_SetItemString(space, "__builtins__", PyEval_GetBuiltins()) == 0)
		done = PyEval_EvalCode(code, space, space);
	Py_XDECREF(code);
	Py_XDECREF(space);
	if (!done)
		return pyhost_raised(err, "starting as 'python -c' does");
	Py_DECREF(done);
	return 0;
}

PyObject *own_space(void)
{
	return main_module ? PyModule_GetDict(main_module) : NULL;
}

/* A new __main__: what the code's classes and pickles say they are from. */
static int make_main(struct err *err)
{
	Py_XDECREF(main_module);
	main_module = PyModule_New("__main__");
	if (!main_module ||
		PyDict_SetItemString(PyModule_GetDict(main_module), "__builtins__",
			PyEval_GetBuiltins()) ||
		PyDict_SetItemString(PyImport_GetModuleDict(), "__main__", main_module))
		return pyhost_raised(err, "making a __main__");
	return 0;
}

int own_run(const char *code, struct err *err)
{
	PyObject *compiled, *done = NULL;

	free(setup);
	setup = xstrdup(code);
	if (make_main(err) != 0)
		return -1;
	compiled = Py_CompileString(code, OWN_SETUP, Py_file_input);
	if (compiled)
		done = PyEval_EvalCode(compiled, own_space(), own_space());
	Py_XDECREF(compiled);
	if (!done)
		return own_raised(err, "the set-up", OWN_SETUP, setup);
	Py_DECREF(done);
	return 0;
}

/* An attribute that is a number; -1 when it is none. */
static long number_of(PyObject *value, const char *name)
{
	PyObject *attribute = value ? PyObject_GetAttrString(value, name) : NULL;
	long n = attribute && PyLong_Check(attribute) ? PyLong_AsLong(attribute) : -1;

	PyErr_Clear();
	Py_XDECREF(attribute);
	return n;
}

/* An attribute that is a text, as a copy; NULL when it is none. */
static char *text_of(PyObject *value, const char *name)
{
	PyObject *attribute = value ? PyObject_GetAttrString(value, name) : NULL;
	const char *s = attribute && PyUnicode_Check(attribute) ? PyUnicode_AsUTF8(attribute) : NULL;
	char *copy = s ? xstrdup(s) : NULL;

	PyErr_Clear();
	Py_XDECREF(attribute);
	return copy;
}

/* The file of a traceback's entry. */
static char *file_of(PyObject *trace)
{
	PyObject *frame = PyObject_GetAttrString(trace, "tb_frame");
	PyObject *code = frame ? PyObject_GetAttrString(frame, "f_code") : NULL;
	char *file = text_of(code, "co_filename");

	PyErr_Clear();
	Py_XDECREF(code);
	Py_XDECREF(frame);
	return file;
}

/* Where the exception came from: the last line in `file`, and the last of all. */
struct came_from {
	long line; /* 0: none in file */
	long deepest;
	char *deepest_file; /* NULL: file itself */
};

static void find_line(struct came_from *from, PyObject *trace, const char *file)
{
	PyObject *at = trace, *next;
	char *name;

	memset(from, 0, sizeof *from);
	Py_XINCREF(at);
	while (at && at != Py_None) {
		name = file_of(at);
		free(from->deepest_file);
		from->deepest_file = NULL;
		from->deepest = number_of(at, "tb_lineno");
		if (name && strcmp(name, file) == 0) {
			from->line = from->deepest;
			free(name);
		} else {
			from->deepest_file = name;
		}
		next = PyObject_GetAttrString(at, "tb_next");
		PyErr_Clear();
		Py_DECREF(at);
		at = next;
	}
	Py_XDECREF(at);
}

/* The n-th line of source without the space around it, cut. */
static void show_line(char *buf, size_t size, const char *source, long n)
{
	size_t length;

	for (; n > 1 && source; n--) {
		source = strchr(source, '\n');
		source += source != NULL;
	}
	if (!source || n < 1) {
		buf[0] = '\0';
		return;
	}
	source += strspn(source, " \t");
	length = strcspn(source, "\r\n");
	snprintf(buf, size, " ('%.*s%s')", (int)(length > LINE_SHOWN ? LINE_SHOWN : length), source,
		length > LINE_SHOWN ? " ..." : "");
}

static int no_python(struct err *err, PyObject *value, const char *what, const char *source)
{
	char *why = text_of(value, "msg"), line[128];
	long n = number_of(value, "lineno");

	show_line(line, sizeof line, source, n);
	err_set(err, ERR_USAGE, "%s is no Python: %s in line %ld%s", what,
		why ? why : "a syntax error", n < 1 ? 1 : n, line);
	free(why);
	return -1;
}

/* "the call, in line 2 of the set-up ('x = y')," */
static void write_place(char *buf, size_t size, const struct came_from *from, const char *what,
	const char *source)
{
	char line[128], at[384] = "", deeper[320] = "";

	if (from->line && strchr(source, '\n')) {
		show_line(line, sizeof line, source, from->line);
		snprintf(at, sizeof at, " in line %ld%s", from->line, line);
	} else if (from->line && source == setup) {
		show_line(line, sizeof line, source, from->line);
		snprintf(at, sizeof at, "%s", line);
	}
	if (from->deepest_file && strcmp(from->deepest_file, OWN_SETUP) == 0) {
		show_line(line, sizeof line, setup, from->deepest);
		snprintf(deeper, sizeof deeper, ", in line %ld of the set-up%s,", from->deepest, line);
	} else if (from->deepest_file && from->deepest_file[0] != '<') {
		snprintf(deeper, sizeof deeper, ", in line %ld of '%.200s',", from->deepest,
			from->deepest_file);
	}
	snprintf(buf, size, "%s%s%s", what, at, deeper);
}

static void say_exit(struct err *err, const char *place, PyObject *value)
{
	PyObject *code = value ? PyObject_GetAttrString(value, "code") : NULL;

	PyErr_Clear();
	err_set(err, ERR_FAILURE, "%s called sys.exit(%s)", place,
		code && code != Py_None ? pyhost_show(code, 60) : "");
	Py_XDECREF(code);
}

int own_raised(struct err *err, const char *what, const char *file, const char *source)
{
	PyObject *type, *value, *trace;
	struct came_from from;
	char place[512], *name;
	int is_exit;

	PyErr_Fetch(&type, &value, &trace);
	PyErr_NormalizeException(&type, &value, &trace);
	if (type && PyErr_GivenExceptionMatches(type, PyExc_SyntaxError) && !trace) {
		no_python(err, value, what, source);
		Py_XDECREF(type);
		Py_XDECREF(value);
		return -1;
	}
	name = type && PyErr_GivenExceptionMatches(type, PyExc_SyntaxError) ? text_of(value, "filename")
									     : NULL;
	is_exit = type && PyErr_GivenExceptionMatches(type, PyExc_SystemExit);
	find_line(&from, trace, file);
	if (name && strcmp(name, file) == 0) {
		/* By ast or compile(), which leave a trace of their own. */
		no_python(err, value, what, source);
		Py_XDECREF(type);
		Py_XDECREF(value);
		Py_XDECREF(trace);
	} else {
		write_place(place, sizeof place, &from, what, source);
		if (is_exit) {
			say_exit(err, place, value);
			Py_XDECREF(type);
			Py_XDECREF(value);
			Py_XDECREF(trace);
		} else {
			PyErr_Restore(type, value, trace);
			pyhost_raised(err, place);
		}
	}
	free(name);
	free(from.deepest_file);
	return -1;
}
