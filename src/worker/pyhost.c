#include "worker/pyhost.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static int failed(PyStatus status, struct err *err)
{
	return err_set(err, ERR_FAILURE, "the interpreter does not start: %s",
		PyStatus_IsExit(status) ? "it ended at once"
		: status.err_msg	? status.err_msg
					: "no reason given");
}

/* Isolated means: no environment, no command line, no user folder, no signal
 * handlers. The hash seed stays random, as in a real program. */
static PyStatus configure(PyConfig *config, const char *python)
{
	PyStatus status;

	config->site_import = 0;
	config->buffered_stdio = 0;
	/* Several workers and installed trees: nobody writes next to the probes. */
	config->write_bytecode = 0;
	config->pathconfig_warnings = 0;
	status = PyConfig_SetBytesString(config, &config->program_name, python);
	if (!PyStatus_Exception(status))
		status = PyConfig_SetBytesString(config, &config->executable, python);
	return status;
}

/* Puts a folder of n bytes at a place on sys.path; at its end: -1. */
static int add_folder(const char *folder, size_t n, Py_ssize_t at)
{
	PyObject *path = PySys_GetObject("path");
	PyObject *text = PyUnicode_DecodeFSDefaultAndSize(folder, (Py_ssize_t)n);
	int bad = !path || !text ||
		  PyList_Insert(path, at < 0 ? PyList_GET_SIZE(path) : at, text) != 0;

	Py_XDECREF(text);
	return bad ? -1 : 0;
}

/* The probes come first, and what they were built with from PyPI (the folder
 * "site" beside theirs, where there is one) last: it stands in for nothing. */
static int add_folders(const char *probes, const char *site)
{
	char *built = xasprintf("%s/../site", probes);
	int bad = add_folder(probes, strlen(probes), 0);
	size_t n;

	for (; !bad && *site; site += n + (site[n] == ':')) {
		n = strcspn(site, ":");
		if (n)
			bad = add_folder(site, n, -1);
	}
	bad = bad || add_folder(built, strlen(built), -1);
	free(built);
	return bad ? -1 : 0;
}

static int embed(struct err *err)
{
	PyPreConfig before;
	PyConfig config;
	PyStatus status;

	PyPreConfig_InitIsolatedConfig(&before);
	before.utf8_mode = 1;
	status = Py_PreInitialize(&before);
	if (PyStatus_Exception(status))
		return failed(status, err);
	PyConfig_InitIsolatedConfig(&config);
	status = configure(&config, WORKER_PYTHON);
	if (!PyStatus_Exception(status))
		status = Py_InitializeFromConfig(&config);
	PyConfig_Clear(&config);
	if (PyStatus_Exception(status))
		return failed(status, err);
	return 0;
}

int pyhost_start(const char *probes, const char *site, struct err *err)
{
	if (!Py_IsInitialized() && embed(err) != 0)
		return -1;
	if (!*probes)
		return 0;
	return add_folders(probes, site) < 0 ? pyhost_raised(err, "setting sys.path") : 0;
}

PyObject *pyhost_get(const char *module, const char *attribute)
{
	PyObject *m = PyImport_ImportModule(module), *value;

	value = m ? PyObject_GetAttrString(m, attribute) : NULL;
	Py_XDECREF(m);
	return value;
}

/* A text of the interpreter's, kept for good; NULL when it is none. */
static const char *keep_text(PyObject *value)
{
	const char *s = value && PyUnicode_Check(value) ? PyUnicode_AsUTF8(value) : NULL;

	/* The reference is not given up: s lives in it. */
	return s;
}

/* ".cpython-311-x86_64-linux-gnu.so" without its ends. */
static const char *soabi(void)
{
	static char name[128];
	PyObject *list = PyObject_CallNoArgs(pyhost_get("_imp", "extension_suffixes"));
	const char *suffix = list ? keep_text(PySequence_GetItem(list, 0)) : NULL;
	size_t n;

	if (!suffix)
		return NULL;
	n = strlen(suffix);
	if (n < 4 || n >= sizeof name || suffix[0] != '.' || strcmp(suffix + n - 3, ".so") != 0)
		return "";
	memcpy(name, suffix + 1, n - 4);
	return name;
}

int pyhost_describe(struct worker_hello *hello, struct err *err)
{
	static char version[32];
	PyObject *implementation = PySys_GetObject("implementation");

	snprintf(version, sizeof version, "%.31s", Py_GetVersion());
	version[strcspn(version, " ")] = '\0';
	hello->python = version;
	hello->implementation =
		implementation ? keep_text(PyObject_GetAttrString(implementation, "name")) : NULL;
	hello->executable = keep_text(PySys_GetObject("executable"));
	hello->soabi = soabi();
#ifdef Py_GIL_DISABLED
	hello->free_threaded = 1;
#else
	hello->free_threaded = 0;
#endif
	if (hello->implementation && hello->executable && hello->soabi)
		return 0;
	if (PyErr_Occurred())
		return pyhost_raised(err, "describing the interpreter");
	return err_set(err, ERR_FAILURE, "the interpreter does not say what it is");
}

void pyhost_gc(const char *function)
{
	PyObject *f = pyhost_get("gc", function), *result = f ? PyObject_CallNoArgs(f) : NULL;

	PyErr_Clear();
	Py_XDECREF(result);
	Py_XDECREF(f);
}

/* UTF-8 of a text object cut to max characters, "..." where it was; "" for none. */
static void copy_text(char *buf, size_t size, PyObject *text, int max)
{
	Py_ssize_t n = text && PyUnicode_Check(text) ? PyUnicode_GetLength(text) : 0;
	PyObject *head = n > max ? PyUnicode_Substring(text, 0, max - 3) : NULL, *bytes;

	/* Lone surrogates are no UTF-8 and shown as escapes. */
	bytes = n > 0 ? PyUnicode_AsEncodedString(head ? head : text, "utf-8", "backslashreplace")
		      : NULL;
	snprintf(buf, size, "%s%s", bytes ? PyBytes_AsString(bytes) : "", head ? "..." : "");
	PyErr_Clear();
	Py_XDECREF(bytes);
	Py_XDECREF(head);
}

int pyhost_raised(struct err *err, const char *what)
{
	PyObject *type, *value, *trace, *text;
	char buf[1024];

	/* Deprecated from 3.12 on, and the one way that 3.9 has too. */
	PyErr_Fetch(&type, &value, &trace);
	PyErr_NormalizeException(&type, &value, &trace);
	text = value ? PyObject_Str(value) : NULL;
	PyErr_Clear();
	copy_text(buf, sizeof buf, text, 250);
	err_set(err, ERR_FAILURE, "%s raised %s%s%s", what,
		type ? ((PyTypeObject *)type)->tp_name : "an exception without a type",
		buf[0] ? ": " : "", buf);
	Py_XDECREF(text);
	Py_XDECREF(type);
	Py_XDECREF(value);
	Py_XDECREF(trace);
	return -1;
}

const char *pyhost_text(PyObject *text, int max)
{
	static char buf[1024];

	copy_text(buf, sizeof buf, text, max);
	return buf;
}

const char *pyhost_show(PyObject *value, int max)
{
	static char buf[1024];
	PyObject *text = PyObject_Repr(value);

	PyErr_Clear();
	copy_text(buf, sizeof buf, text, max);
	Py_XDECREF(text);
	return buf[0] ? buf : "a value that cannot be shown";
}
