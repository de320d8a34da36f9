/* Kernel "tokens" on a str and into a dict, and on bytes and into a table. */
#include "kernels.h"

#include "tokens.h"

/* Adds 1 to a word's count. */
static int count_word(PyObject *counts, PyObject *word)
{
	PyObject *old = PyDict_GetItemWithError(counts, word), *grown;
	long long count = 0;
	int rc;

	if (old)
		count = PyLong_AsLongLong(old);
	if (PyErr_Occurred())
		return -1;
	grown = PyLong_FromLongLong(count + 1);
	if (!grown)
		return -1;
	rc = PyDict_SetItem(counts, word, grown);
	Py_DECREF(grown);
	return rc;
}

static PyObject *tokens_objects(PyObject *self, PyObject *text)
{
	struct characters characters;
	PyObject *counts, *word;
	Py_ssize_t i, start = -1;
	int now, rc = 0;

	(void)self;
	if (characters_of(text, &characters) < 0)
		return NULL;
	counts = PyDict_New();
	for (i = 0; counts && rc == 0 && i <= characters.n; i++) {
		now = i < characters.n && Py_UNICODE_ISALPHA(character_at(&characters, i));
		if (now && start < 0)
			start = i;
		if (now || start < 0)
			continue;
		word = PyUnicode_Substring(text, start, i);
		rc = word ? count_word(counts, word) : -1;
		Py_XDECREF(word);
		start = -1;
	}
	if (rc < 0)
		Py_CLEAR(counts);
	return counts;
}

static PyObject *tokens_native(PyObject *self, PyObject *data)
{
	const char *text;
	size_t n;

	(void)self;
	return bytes_of(data, &text, &n) < 0 ? NULL : count_out(native_tokens(text, n));
}

PyMethodDef tokens_methods[] = {
	{"tokens_objects", tokens_objects, METH_O, NULL},
	{"tokens_native", tokens_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
