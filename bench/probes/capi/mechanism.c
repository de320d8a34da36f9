/*
 * What tells how a binding works: the allocations the interpreter is asked for
 * while a function runs, and arguments that only a counter is of interest for.
 */
#include "capi.h"

/* One of the interpreter's allocators as it was. */
struct hooked {
	PyMemAllocatorDomain domain;
	PyMemAllocatorEx before;
};

static struct hooked hooks[] = {{.domain = PYMEM_DOMAIN_RAW}, {.domain = PYMEM_DOMAIN_MEM},
	{.domain = PYMEM_DOMAIN_OBJ}};

enum { HOOKS = sizeof hooks / sizeof *hooks };

static unsigned long counted;
/* Of this thread: it counts, and is in an allocator that another asked (large
 * objects come from the raw allocator in the end). */
static _Thread_local int counting, within;

static void count_one(void)
{
	if (counting && !within)
		counted++;
	within++;
}

static void *hooked_malloc(void *context, size_t size)
{
	PyMemAllocatorEx *before = context;
	void *p;

	count_one();
	p = before->malloc(before->ctx, size);
	within--;
	return p;
}

static void *hooked_calloc(void *context, size_t n, size_t size)
{
	PyMemAllocatorEx *before = context;
	void *p;

	count_one();
	p = before->calloc(before->ctx, n, size);
	within--;
	return p;
}

static void *hooked_realloc(void *context, void *old, size_t size)
{
	PyMemAllocatorEx *before = context;
	void *p;

	count_one();
	p = before->realloc(before->ctx, old, size);
	within--;
	return p;
}

static void hooked_free(void *context, void *p)
{
	PyMemAllocatorEx *before = context;

	before->free(before->ctx, p);
}

static void hooks_set(void)
{
	int i;

	for (i = 0; i < HOOKS; i++) {
		PyMemAllocatorEx hook = {&hooks[i].before, hooked_malloc, hooked_calloc,
			hooked_realloc, hooked_free};

		PyMem_GetAllocator(hooks[i].domain, &hooks[i].before);
		PyMem_SetAllocator(hooks[i].domain, &hook);
	}
}

static void hooks_unset(void)
{
	int i;

	for (i = 0; i < HOOKS; i++)
		PyMem_SetAllocator(hooks[i].domain, &hooks[i].before);
}

/* Calls f n times and keeps the results, which are n from `results` on; -1 with an error. */
static int call_often(PyObject *f, PyObject *args, PyObject **results, Py_ssize_t n)
{
	PyObject **items = &PyTuple_GET_ITEM(args, 0);
	Py_ssize_t i;

	for (i = 0; i < n; i++) {
		results[i] = PyObject_Vectorcall(f, items, (size_t)PyTuple_GET_SIZE(args), NULL);
		if (!results[i])
			return -1;
	}
	return 0;
}

/*
 * count_allocations(f, args, n): what n calls ask of the interpreter's
 * allocators. Results are kept, and as many calls before empty the lists of
 * free objects, so that an object taken from one is not missed.
 */
static PyObject *count_allocations(PyObject *self, PyObject *args)
{
	PyObject *f, *arguments, **results;
	Py_ssize_t n, i;
	int rc;

	(void)self;
	if (!PyArg_ParseTuple(args, "OO!n", &f, &PyTuple_Type, &arguments, &n))
		return NULL;
	if (n < 1 || n > 1000000) {
		PyErr_SetString(PyExc_ValueError, "the calls are 1 to 1000000");
		return NULL;
	}
	results = PyMem_Calloc((size_t)(2 * n), sizeof *results);
	if (!results)
		return PyErr_NoMemory();
	rc = call_often(f, arguments, results, n);
	if (rc == 0) {
		hooks_set();
		counted = 0;
		counting = 1;
		rc = call_often(f, arguments, results + n, n);
		counting = 0;
		hooks_unset();
	}
	for (i = 0; i < 2 * n; i++)
		Py_XDECREF(results[i]);
	PyMem_Free(results);
	return rc < 0 ? NULL : PyLong_FromUnsignedLong(counted);
}

static PyObject *pair_in(PyObject *self, PyObject *pair)
{
	long a, b;

	(void)self;
	if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
		PyErr_SetString(PyExc_TypeError, "a pair is needed here");
		return NULL;
	}
	a = PyLong_AsLong(PyTuple_GET_ITEM(pair, 0));
	if (a == -1 && PyErr_Occurred())
		return NULL;
	b = PyLong_AsLong(PyTuple_GET_ITEM(pair, 1));
	if (b == -1 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(a < b);
}

static PyObject *text_in(PyObject *self, PyObject *text)
{
	Py_ssize_t n;

	(void)self;
	if (!PyUnicode_AsUTF8AndSize(text, &n))
		return NULL;
	return PyBool_FromLong(n > 5);
}

static PyObject *text_copied(PyObject *self, PyObject *text)
{
	const char *lent;
	Py_ssize_t n;
	char *own;

	(void)self;
	lent = PyUnicode_AsUTF8AndSize(text, &n);
	own = lent ? malloc((size_t)n + 1) : NULL;
	if (!own)
		return lent ? PyErr_NoMemory() : NULL;
	memcpy(own, lent, (size_t)n + 1);
	n = (Py_ssize_t)strlen(own);
	free(own);
	return PyBool_FromLong(n > 5);
}

PyMethodDef mechanism_methods[] = {
	{"count_allocations", count_allocations, METH_VARARGS, NULL},
	{"pair_in", pair_in, METH_O, NULL},
	{"text_in", text_in, METH_O, NULL},
	{"text_copied", text_copied, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
