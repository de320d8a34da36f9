/*
 * ffiadvise_worker: the shell that is an extension module. An interpreter that
 * cannot be embedded, or whose environment is to be kept, imports it and calls
 *
 *     ffiadvise_worker.main(PROBES-FOLDER, SITE-FOLDERS)
 *
 * which never returns. The front end starts it isolated and without site, as the
 * embedded interpreter is configured.
 */
#include <Python.h>
#include <signal.h>
#include <unistd.h>

#include "worker/serve.h"

/* An embedded interpreter leaves signals alone; this one has set its own. */
static void reset_signals(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
}

static PyObject *run(PyObject *module, PyObject *args)
{
	PyObject *probes, *site;
	const char *why;

	(void)module;
	if (!PyArg_ParseTuple(args, "O&O&", PyUnicode_FSConverter, &probes, PyUnicode_FSConverter,
		    &site))
		return NULL;
	reset_signals();
	PyOS_BeforeFork();
	why = serve_prepare();
	if (why) {
		PyOS_AfterFork_Parent();
		PyErr_Format(PyExc_RuntimeError, "%s", why);
		return NULL;
	}
	PyOS_AfterFork_Child();
	serve_run(PyBytes_AS_STRING(probes), PyBytes_AS_STRING(site));
}

static PyMethodDef methods[] = {
	{"main", run, METH_VARARGS, "Serves the front end; never returns."},
	{NULL, NULL, 0, NULL},
};

/* Without the slot a free-threaded interpreter would take its GIL back. */
static PyModuleDef_Slot slots[] = {
#ifdef Py_GIL_DISABLED
	{Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
	{0, NULL},
};

static struct PyModuleDef definition = {
	PyModuleDef_HEAD_INIT,
	.m_name = "ffiadvise_worker",
	.m_methods = methods,
	.m_slots = slots,
};

PyMODINIT_FUNC PyInit_ffiadvise_worker(void);

PyMODINIT_FUNC PyInit_ffiadvise_worker(void)
{
	return PyModuleDef_Init(&definition);
}
