/* Text and bytes, in by reference and copied, and out. */
#include "capi.h"

#include "texts.h"

static PyObject *str_by_reference(PyObject *self, PyObject *s)
{
	Py_ssize_t n;
	const char *text = PyUnicode_AsUTF8AndSize(s, &n);

	(void)self;
	return text ? PyLong_FromLong(native_ends(text, (size_t)n)) : NULL;
}

static PyObject *ends_copied(const char *text, Py_ssize_t n)
{
	int ends = native_ends_copied(text, (size_t)n);

	return ends < 0 ? PyErr_NoMemory() : PyLong_FromLong(ends);
}

static PyObject *str_copied(PyObject *self, PyObject *s)
{
	Py_ssize_t n;
	const char *text = PyUnicode_AsUTF8AndSize(s, &n);

	(void)self;
	return text ? ends_copied(text, n) : NULL;
}

static PyObject *str_untouched(PyObject *self, PyObject *s)
{
	(void)self;
	if (!PyUnicode_Check(s)) {
		PyErr_SetString(PyExc_TypeError, "a str is needed here");
		return NULL;
	}
	Py_RETURN_TRUE;
}

static int bytes_check(PyObject *b)
{
	if (PyBytes_Check(b))
		return 0;
	PyErr_SetString(PyExc_TypeError, "bytes are needed here");
	return -1;
}

static PyObject *bytes_by_reference(PyObject *self, PyObject *b)
{
	(void)self;
	if (bytes_check(b) < 0)
		return NULL;
	return PyLong_FromLong(native_ends(PyBytes_AS_STRING(b), (size_t)PyBytes_GET_SIZE(b)));
}

static PyObject *bytes_copied(PyObject *self, PyObject *b)
{
	(void)self;
	return bytes_check(b) < 0 ? NULL : ends_copied(PyBytes_AS_STRING(b), PyBytes_GET_SIZE(b));
}

static PyObject *list_str_by_reference(PyObject *self, PyObject *list)
{
	const char *text;
	Py_ssize_t i, n;
	long long total = 0;

	(void)self;
	if (list_check(list) < 0)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		text = PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(list, i), &n);
		if (!text)
			return NULL;
		total += n + (unsigned char)text[0];
	}
	return PyLong_FromLongLong(total);
}

/* Copies a list of str; -1 with an error. texts is the caller's to release either way. */
static int texts_fill(struct texts *texts, PyObject *list)
{
	const char *text;
	Py_ssize_t i, n;

	if (list_check(list) < 0)
		return -1;
	texts->items = PyMem_Calloc((size_t)PyList_GET_SIZE(list) + 1, sizeof *texts->items);
	if (!texts->items) {
		PyErr_NoMemory();
		return -1;
	}
	for (i = 0; i < PyList_GET_SIZE(list); i++) {
		text = PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(list, i), &n);
		if (!text)
			return -1;
		texts->items[i].text = malloc((size_t)n + 1);
		if (!texts->items[i].text) {
			PyErr_NoMemory();
			return -1;
		}
		memcpy(texts->items[i].text, text, (size_t)n + 1);
		texts->items[i].length = n;
		texts->n = i + 1;
	}
	return 0;
}

static void texts_release(struct texts *texts)
{
	Py_ssize_t i;

	for (i = 0; i < texts->n; i++)
		free(texts->items[i].text);
	PyMem_Free(texts->items);
}

static PyObject *list_str_copied(PyObject *self, PyObject *list)
{
	struct texts texts = {NULL, 0};
	PyObject *result = NULL;
	long long total = 0;
	Py_ssize_t i;

	(void)self;
	if (texts_fill(&texts, list) == 0) {
		for (i = 0; i < texts.n; i++)
			total += texts.items[i].length + (unsigned char)texts.items[i].text[0];
		result = PyLong_FromLongLong(total);
	}
	texts_release(&texts);
	return result;
}

/* Native texts that Python holds. */
struct native_texts {
	PyObject_HEAD
	struct texts texts;
};

static PyTypeObject *native_texts_type;

static void native_texts_free(PyObject *self)
{
	PyTypeObject *type = Py_TYPE(self);

	texts_release(&((struct native_texts *)self)->texts);
	type->tp_free(self);
	Py_DECREF(type);
}

const struct texts *texts_of(PyObject *held)
{
	if (PyObject_TypeCheck(held, native_texts_type))
		return &((struct native_texts *)held)->texts;
	PyErr_SetString(PyExc_TypeError, "native texts are needed here");
	return NULL;
}

static PyObject *native_texts(PyObject *self, PyObject *list)
{
	struct native_texts *held = PyObject_New(struct native_texts, native_texts_type);

	(void)self;
	if (!held)
		return NULL;
	held->texts = (struct texts){NULL, 0};
	if (texts_fill(&held->texts, list) < 0) {
		Py_DECREF(held);
		return NULL;
	}
	return (PyObject *)held;
}

/* A native text of n letters is native texts with one item. */
static PyObject *native_text(PyObject *self, PyObject *length)
{
	PyObject *list = NULL, *s, *held;
	Py_ssize_t n = PyLong_AsSsize_t(length);

	if (n == -1 && PyErr_Occurred())
		return NULL;
	s = PyUnicode_New(n, 'x');
	if (s && PyUnicode_Fill(s, 0, n, 'x') >= 0)
		list = Py_BuildValue("[O]", s);
	held = list ? native_texts(self, list) : NULL;
	Py_XDECREF(s);
	Py_XDECREF(list);
	return held;
}

static PyObject *str_out(PyObject *self, PyObject *held)
{
	const struct texts *texts = texts_of(held);

	(void)self;
	return texts ? PyUnicode_DecodeUTF8(texts->items[0].text, texts->items[0].length, NULL)
		     : NULL;
}

static PyObject *bytes_out(PyObject *self, PyObject *held)
{
	const struct texts *texts = texts_of(held);

	(void)self;
	return texts ? PyBytes_FromStringAndSize(texts->items[0].text, texts->items[0].length)
		     : NULL;
}

static PyObject *list_str_out(PyObject *self, PyObject *held)
{
	const struct texts *texts = texts_of(held);
	PyObject *list = texts ? PyList_New(texts->n) : NULL;
	PyObject *item;
	Py_ssize_t i;

	(void)self;
	for (i = 0; list && i < texts->n; i++) {
		item = PyUnicode_DecodeUTF8(texts->items[i].text, texts->items[i].length, NULL);
		if (item)
			PyList_SET_ITEM(list, i, item);
		else
			Py_CLEAR(list);
	}
	return list;
}

PyMethodDef text_methods[] = {
	{"str_by_reference", str_by_reference, METH_O, NULL},
	{"str_copied", str_copied, METH_O, NULL},
	{"str_wide", str_by_reference, METH_O, NULL},
	{"str_untouched", str_untouched, METH_O, NULL},
	{"native_text", native_text, METH_O, NULL},
	{"str_out", str_out, METH_O, NULL},
	{"bytes_by_reference", bytes_by_reference, METH_O, NULL},
	{"bytes_copied", bytes_copied, METH_O, NULL},
	{"bytes_out", bytes_out, METH_O, NULL},
	{"list_str_by_reference", list_str_by_reference, METH_O, NULL},
	{"list_str_copied", list_str_copied, METH_O, NULL},
	{"native_texts", native_texts, METH_O, NULL},
	{"list_str_out", list_str_out, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};

int text_add(PyObject *module)
{
	static PyType_Slot slots[] = {
		{Py_tp_dealloc, native_texts_free},
		{0, NULL},
	};
	static PyType_Spec spec = {
		.name = "probes_capi.NativeTexts",
		.basicsize = sizeof(struct native_texts),
		.flags = Py_TPFLAGS_DEFAULT,
		.slots = slots,
	};

	(void)module;
	native_texts_type = (PyTypeObject *)PyType_FromSpec(&spec);
	return native_texts_type ? 0 : -1;
}
