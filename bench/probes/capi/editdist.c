/* Kernel "editdist" on two strs and on bytes. */
#include "kernels.h"

#include "editdist.h"

static uint32_t distance(const struct characters *a, const struct characters *b, uint32_t *row)
{
	uint32_t diagonal, above, best;
	Py_ssize_t i, j;
	Py_UCS4 mine;

	native_editdist_start(row, (size_t)b->n);
	for (i = 0; i < a->n; i++) {
		mine = character_at(a, i);
		diagonal = row[0];
		best = row[0] = (uint32_t)i + 1;
		for (j = 0; j < b->n; j++) {
			above = row[j + 1];
			best = native_least(best + 1, native_least(above + 1,
				diagonal + (mine != character_at(b, j))));
			row[j + 1] = best;
			diagonal = above;
		}
	}
	return row[b->n];
}

static PyObject *editdist_objects(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	struct characters a, b;
	uint32_t *row, best;

	(void)self;
	if (args_check(nargs, 2) < 0 || characters_of(args[0], &a) < 0
		|| characters_of(args[1], &b) < 0)
		return NULL;
	row = PyMem_New(uint32_t, b.n + 1);
	if (!row)
		return PyErr_NoMemory();
	best = distance(&a, &b, row);
	PyMem_Free(row);
	return PyLong_FromUnsignedLong(best);
}

static PyObject *editdist_native(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
	const char *a, *b;
	size_t n_a, n_b;

	(void)self;
	if (args_check(nargs, 2) < 0 || bytes_of(args[0], &a, &n_a) < 0
		|| bytes_of(args[1], &b, &n_b) < 0)
		return NULL;
	return count_out(native_editdist(a, n_a, b, n_b));
}

PyMethodDef editdist_methods[] = {
	{"editdist_objects", METHOD(editdist_objects), METH_FASTCALL, NULL},
	{"editdist_native", METHOD(editdist_native), METH_FASTCALL, NULL},
	{NULL, NULL, 0, NULL},
};
