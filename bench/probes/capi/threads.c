/* The GIL: let go and taken back; work done while it is held or released. */
#include "capi.h"

/* Floats that Python holds and only native code reads. */
struct native_vector {
	PyObject_HEAD
	double *items;
	Py_ssize_t n;
};

static PyTypeObject *native_vector_type;

static void native_vector_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	PyMem_Free(((struct native_vector *)self)->items);
	type->tp_free(self);
	Py_DECREF(type);
}

static PyObject *native_vector(PyObject *self, PyObject *list)
{
	struct native_vector *vector;
	Py_ssize_t n;
	double *items = list_copy_floats(list, &n);

	(void)self;
	if (!items)
		return NULL;
	vector = PyObject_New(struct native_vector, native_vector_type);
	if (!vector) {
		PyMem_Free(items);
		return NULL;
	}
	vector->items = items;
	vector->n = n;
	return (PyObject *)vector;
}

static PyObject *gil_release(PyObject *self, PyObject *unused)
{
	(void)self;
	(void)unused;
	Py_BEGIN_ALLOW_THREADS
	Py_END_ALLOW_THREADS
	Py_RETURN_TRUE;
}

static int rounds_of(PyObject *const *args, Py_ssize_t nargs, long *rounds)
{
	if (nargs != 2) {
		PyErr_SetString(PyExc_TypeError, "floats and a number of rounds are needed here");
		return -1;
	}
	*rounds = PyLong_AsLong(args[1]);
	return *rounds == -1 && PyErr_Occurred() ? -1 : 0;
}

static const struct native_vector *vector_of(PyObject *object)
{
	if (PyObject_TypeCheck(object, native_vector_type))
		return (const struct native_vector *)object;
	PyErr_SetString(PyExc_TypeError, "a native vector is needed here");
	return NULL;
}

static PyObject *work_held(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	const struct native_vector *vector;
	long rounds;

	(void)self;
	if (rounds_of(args, nargs, &rounds) < 0 || !(vector = vector_of(args[0])))
		return NULL;
	return PyFloat_FromDouble(native_work(vector->items, (size_t)vector->n, rounds));
}

static PyObject *work_released(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	const struct native_vector *vector;
	double state;
	long rounds;

	(void)self;
	if (rounds_of(args, nargs, &rounds) < 0 || !(vector = vector_of(args[0])))
		return NULL;
	Py_BEGIN_ALLOW_THREADS
	state = native_work(vector->items, (size_t)vector->n, rounds);
	Py_END_ALLOW_THREADS
	return PyFloat_FromDouble(state);
}

static PyObject *work_copied(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	double state, *own;
	Py_ssize_t n;
	long rounds;

	(void)self;
	if (rounds_of(args, nargs, &rounds) < 0)
		return NULL;
	own = list_copy_floats(args[0], &n);
	if (!own)
		return NULL;
	Py_BEGIN_ALLOW_THREADS
	state = native_work(own, (size_t)n, rounds);
	Py_END_ALLOW_THREADS
	PyMem_Free(own);
	return PyFloat_FromDouble(state);
}

PyMethodDef threads_methods[] = {
	{"native_vector", native_vector, METH_O, NULL},
	{"gil_release", gil_release, METH_NOARGS, NULL},
	{"work_held", METHOD(work_held), METH_FASTCALL, NULL},
	{"work_released", METHOD(work_released), METH_FASTCALL, NULL},
	{"work_copied", METHOD(work_copied), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};

int threads_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, native_vector_free},
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.NativeVector",
		.basicsize = sizeof(struct native_vector),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	native_vector_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return native_vector_type ? 0 : -1;
}
