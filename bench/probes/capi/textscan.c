/* Kernel "textscan" on a str and on bytes. */
#include "kernels.h"

#include "textscan.h"

static PyObject *textscan_objects(PyObject *self, PyObject *text)
{
	struct characters characters;
	int before = 0, now;
	Py_ssize_t i;
	long long count = 0;

	(void)self;
	if (characters_of(text, &characters) < 0)
		return NULL;
	for (i = 0; i < characters.n; i++) {
		now = Py_UNICODE_ISALPHA(character_at(&characters, i)) != 0;
		count += now & (before ^ 1);
		before = now;
	}
	return PyLong_FromLongLong(count);
}

static PyObject *textscan_native(PyObject *self, PyObject *data)
{
	const char *text;
	size_t n;

	(void)self;
	if (bytes_of(data, &text, &n) < 0)
		return NULL;
	return PyLong_FromLongLong(native_textscan(text, n));
}

PyMethodDef textscan_methods[] = {
	{"textscan_objects", textscan_objects, METH_O, NULL},
	{"textscan_native", textscan_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
