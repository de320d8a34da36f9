/*
 * planted: an extension module whose calls cost what they are told to. Built by
 * planted.py beside this file, which also says what it is for.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <time.h>

enum { CALLS = 16, LOOKING_NS = 200000000 };

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Adds one; the empty asm keeps the compiler from reckoning sums itself. */
#define ADD        \
	x++;       \
	__asm__ volatile("" : "+r"(x));
#define TWICE(what) what what
#define ADD_4 TWICE(TWICE(ADD))
#define ADD_16 TWICE(TWICE(ADD_4))
#define ADD_64 TWICE(TWICE(ADD_16))
#define ADD_256 TWICE(TWICE(ADD_64))

/* n turns of an addition, a comparison and a jump, each waiting for the one before. */
static __attribute__((noinline)) void turns(long n)
{
	long x = 0;

	while (x < n) {
		ADD
	}
}

/*
 * n additions, each waiting for the one before. Straight on, since where a loop
 * ends the processor guesses wrong, and that would cost more than a short delay:
 * which powers of two are in n stays the same from call to call.
 */
static __attribute__((noinline)) long additions(long n)
{
	long x = 0, k;

	for (k = n >> 10; k > 0; k--) {
		TWICE(TWICE(ADD_256))
	}
	if (n & 512) {
		TWICE(ADD_256)
	}
	if (n & 256) {
		ADD_256
	}
	if (n & 128) {
		TWICE(ADD_64)
	}
	if (n & 64) {
		ADD_64
	}
	if (n & 32) {
		TWICE(ADD_16)
	}
	if (n & 16) {
		ADD_16
	}
	if (n & 8) {
		TWICE(ADD_4)
	}
	if (n & 4) {
		ADD_4
	}
	if (n & 2) {
		TWICE(ADD)
	}
	if (n & 1) {
		ADD
	}
	return x;
}

static PyObject *loop(PyObject *self, PyObject *n)
{
	long count = PyLong_AsLong(n);

	(void)self;
	if (count == -1 && PyErr_Occurred())
		return NULL;
	turns(count);
	Py_RETURN_NONE;
}

/* Whether it returns True waits for the last addition. */
static PyObject *delay(PyObject *self, PyObject *n)
{
	long count = PyLong_AsLong(n);

	(void)self;
	if (count == -1 && PyErr_Occurred())
		return NULL;
	return PyBool_FromLong(additions(count) == count);
}

static PyObject *wait_ns(PyObject *self, PyObject *n)
{
	int64_t end = now(), span = PyLong_AsLong(n);

	(void)self;
	if (span == -1 && PyErr_Occurred())
		return NULL;
	end += span;
	while (now() < end)
		;
	Py_RETURN_NONE;
}

/* ns of n turns: the fastest of many rows of CALLS such loops, timed here and not by Python. */
static PyObject *native_ns(PyObject *self, PyObject *n)
{
	int64_t best = INT64_MAX, start, t, began = now();
	long count = PyLong_AsLong(n);
	int i;

	(void)self;
	if (count == -1 && PyErr_Occurred())
		return NULL;
	while (now() < began + LOOKING_NS) {
		start = now();
		for (i = 0; i < CALLS; i++)
			turns(count);
		t = now() - start;
		if (t < best)
			best = t;
	}
	return PyFloat_FromDouble((double)best / CALLS);
}

static PyMethodDef methods[] = {
	{"loop", loop, METH_O, "loop(n): n turns of an addition, a comparison and a jump"},
	{"delay", delay, METH_O, "delay(n): n additions, one after the other"},
	{"wait_ns", wait_ns, METH_O, "wait_ns(n): returns when n ns have passed"},
	{"native_ns", native_ns, METH_O, "native_ns(n): ns of n turns at best, called by C"},
	{NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
	PyModuleDef_HEAD_INIT, .m_name = "planted_costs", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit_planted_costs(void)
{
	return PyModule_Create(&module);
}
