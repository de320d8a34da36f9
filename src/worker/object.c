#include "worker/object.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum {
	DEPTH_MAX = 5,    /* of types in types; an answers file takes 8 */
	SAMPLE_TOP = 64,  /* items looked at in the object itself, */
	SAMPLE_INNER = 8, /* and in each of its items */
	TUPLE_MAX = 8,    /* types in one tuple of an answers file */
	TYPE_MAX = 480,   /* characters of a type there: 512 */
};

static void add_type(struct str *out, PyObject *object, int depth);

static int has_key(PyTypeObject *type, const char *key)
{
	PyObject *dict = PyObject_GetAttrString((PyObject *)type, "__dict__");
	int has = dict && PyMapping_HasKeyString(dict, key);

	PyErr_Clear();
	Py_XDECREF(dict);
	return has;
}

int object_is_of_python(PyTypeObject *type)
{
	PyObject *mro = type->tp_mro;
	PyTypeObject *t;
	Py_ssize_t i;

	if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || !mro || !PyTuple_Check(mro))
		return 0;
	/* pybind11 and nanobind make their classes with metaclasses of their own. */
	if (strncmp(Py_TYPE(type)->tp_name, "pybind11", 8) == 0 ||
		strncmp(Py_TYPE(type)->tp_name, "nb_type", 7) == 0)
		return 0;
	/* A class statement leaves one or the other, in it or in what it derives from. */
	for (i = 0; i < PyTuple_GET_SIZE(mro); i++) {
		t = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);
		if (PyType_Check(t) && t->tp_flags & Py_TPFLAGS_HEAPTYPE &&
			(has_key(t, "__dict__") || has_key(t, "__slots__")))
			return 1;
	}
	return 0;
}

/* --- buffers --- */

/* By the letter of the struct module and the bytes an item takes. */
static const char *element_of(const char *format, Py_ssize_t size)
{
	static const struct {
		const char *letters;
		Py_ssize_t size;
		const char *element;
	} elements[] = {
		{"d", 8, "f64"}, {"f", 4, "f32"}, {"e", 2, "f16"},
		{"bhilqn", 8, "i64"}, {"bhilqn", 4, "i32"}, {"bhilqn", 2, "i16"}, {"bhilqn", 1, "i8"},
		{"BHILQNc", 8, "u64"}, {"BHILQNc", 4, "u32"}, {"BHILQNc", 2, "u16"},
		{"BHILQNc", 1, "u8"}, {"?", 1, "bool"},
	};
	size_t i;

	if (!format)
		return "u8";
	format += strspn(format, "@=<>!");
	if (strcmp(format, "Zd") == 0)
		return "c128";
	if (strcmp(format, "Zf") == 0)
		return "c64";
	for (i = 0; strlen(format) == 1 && i < sizeof elements / sizeof *elements; i++) {
		if (strchr(elements[i].letters, *format) && elements[i].size == size)
			return elements[i].element;
	}
	return NULL;
}

/* "buffer[f64]", or of no dimension the number it is; 0 when it has none of our elements. */
static int add_buffer(struct str *out, PyObject *object)
{
	const char *element;
	Py_buffer view;

	if (!PyObject_CheckBuffer(object) || PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) != 0) {
		PyErr_Clear();
		return 0;
	}
	element = element_of(view.format, view.itemsize);
	if (element && view.ndim == 0)
		str_add(out, *element == 'f' ? "float" : *element == 'c' ? "any" :
			strcmp(element, "bool") == 0 ? "bool" : "int");
	else if (element)
		str_addf(out, "buffer[%s]", element);
	PyBuffer_Release(&view);
	return element != NULL;
}

static void describe_buffer(PyObject *object, struct worker_value *value)
{
	Py_buffer view;
	int i;

	if (!PyObject_CheckBuffer(object) || PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) != 0) {
		PyErr_Clear();
		return;
	}
	if (view.ndim > 0) {
		value->length = view.itemsize ? (double)(view.len / view.itemsize) : NAN;
		value->contiguous = PyBuffer_IsContiguous(&view, 'A');
		/* Whether the result goes back into it cannot be seen, but whether it could. */
		value->writable = view.readonly ? 0 : -1;
	}
	for (i = 0; view.ndim > 1 && view.shape && i < view.ndim && i < PROTO_DIMENSIONS_MAX; i++)
		value->shape[value->n_shape++] = (double)view.shape[i];
	PyBuffer_Release(&view);
}

/* --- kinds of objects --- */

static const char *root_of(PyTypeObject *type)
{
	static char root[32];
	PyObject *module = PyObject_GetAttrString((PyObject *)type, "__module__");
	const char *s = module && PyUnicode_Check(module) ? PyUnicode_AsUTF8(module) : NULL;

	snprintf(root, sizeof root, "%.*s", s ? (int)strcspn(s, ".") : 0, s ? s : "");
	PyErr_Clear();
	Py_XDECREF(module);
	return root;
}

static const char *short_name(PyTypeObject *type)
{
	const char *dot = strrchr(type->tp_name, '.');

	return dot ? dot + 1 : type->tp_name;
}

static int is_dataframe(PyTypeObject *type)
{
	static const char *const names[] = {"DataFrame", "LazyFrame", "Table", "Series", "RecordBatch"};
	static const char *const packages[] = {"pandas", "polars", "pyarrow", "cudf", "modin"};
	const char *root;
	size_t i, k;

	for (i = 0; i < 5; i++) {
		if (strcmp(short_name(type), names[i]) != 0)
			continue;
		root = root_of(type);
		for (k = 0; k < 5; k++) {
			if (strcmp(root, packages[k]) == 0)
				return 1;
		}
	}
	return 0;
}

static int is_deque(PyTypeObject *type)
{
	return strcmp(type->tp_name, "collections.deque") == 0;
}

/* Scalars, text and what is looked into by nobody; NULL for containers, buffers and objects. */
static const char *plain_word(PyObject *object)
{
	return object == Py_None			 ? "none"
	       : PyBool_Check(object)			 ? "bool"
	       : PyLong_Check(object)			 ? "int"
	       : PyFloat_Check(object)			 ? "float"
	       : PyUnicode_Check(object)		 ? "str"
	       : PyBytes_Check(object) ||
			 PyByteArray_Check(object)	 ? "bytes"
	       : is_dataframe(Py_TYPE(object))		 ? "dataframe"
							 : NULL;
}

/* "list", "tuple", "dict", "set" for what has items of its own; else NULL. */
static const char *container_word(PyObject *object)
{
	return PyList_Check(object) || is_deque(Py_TYPE(object)) ? "list"
	       : PyTuple_Check(object)				 ? "tuple"
	       : PyDict_Check(object)				 ? "dict"
	       : PyAnySet_Check(object)				 ? "set"
								 : NULL;
}

static const char *object_word(PyObject *object)
{
	if (PyComplex_Check(object) || PyIter_Check(object) || PyRange_Check(object))
		return "any";
	if (object_is_of_python(Py_TYPE(object)))
		return "object";
	return PyCallable_Check(object) ? "callable" : "native";
}

/* --- items --- */

/* A sample of the items (of a dict: keys and values in turn), as a list; NULL for none. */
static PyObject *sample_of(PyObject *object, int most)
{
	PyObject *items = PyList_New(0), *it = NULL, *key, *value, *item;
	Py_ssize_t n, i, at = 0, taken = 0;
	int bad = !items;

	if (!bad && (PyList_Check(object) || PyTuple_Check(object))) {
		n = PySequence_Fast_GET_SIZE(object);
		for (i = 0; !bad && i < (n < most ? n : most); i++) {
			/* A quarter of them are the first ones, the rest is spread up to the last. */
			at = n <= most || i < most / 4 ? i :
				(Py_ssize_t)((double)i * (double)(n - 1) / (most - 1));
			bad = PyList_Append(items, PySequence_Fast_GET_ITEM(object, at)) != 0;
		}
	} else if (!bad && PyDict_Check(object)) {
		while (!bad && taken++ < most && PyDict_Next(object, &at, &key, &value))
			bad = PyList_Append(items, key) || PyList_Append(items, value);
	} else if (!bad) {
		it = PyObject_GetIter(object);
		while (it && !bad && taken++ < most && (item = PyIter_Next(it)) != NULL) {
			bad = PyList_Append(items, item) != 0;
			Py_DECREF(item);
		}
		Py_XDECREF(it);
	}
	PyErr_Clear();
	if (bad || (items && !PyList_GET_SIZE(items)))
		Py_CLEAR(items);
	return items;
}

static int are(const char *a, const char *b, const char *x, const char *y)
{
	return (strcmp(a, x) == 0 && strcmp(b, y) == 0) || (strcmp(a, y) == 0 && strcmp(b, x) == 0);
}

/* The type of what is sometimes the one, sometimes the other; it or `any`. An
 * empty list has items of any type, so a filled one tells more. */
static const char *common(const char *a, const char *b)
{
	const char *bracket = strchr(a, '[');

	if (strcmp(a, b) == 0)
		return a;
	if (are(a, b, "int", "float"))
		return "float";
	if (are(a, b, "bool", "int"))
		return "int";
	if (bracket && strncmp(a, b, (size_t)(bracket - a) + 1) == 0) {
		if (strstr(bracket, "any"))
			return b;
		if (strstr(b + (bracket - a), "any"))
			return a;
	}
	return "any";
}

/* The common type of every step-th item from `from` on. */
static void add_common(struct str *out, PyObject *items, Py_ssize_t from, Py_ssize_t step,
	int depth)
{
	char *so_far = NULL;
	struct str text;
	Py_ssize_t i;
	const char *both;

	for (i = from; items && i < PyList_GET_SIZE(items); i += step) {
		str_init(&text);
		add_type(&text, PyList_GET_ITEM(items, i), depth);
		both = so_far ? common(so_far, str_text(&text)) : str_text(&text);
		both = xstrdup(both);
		free(so_far);
		so_far = (char *)both;
		str_release(&text);
		if (strcmp(so_far, "any") == 0)
			break;
	}
	str_add(out, so_far ? so_far : "any");
	free(so_far);
}

static void add_tuple(struct str *out, PyObject *tuple, PyObject *items, int depth)
{
	Py_ssize_t n = PyTuple_GET_SIZE(tuple), i;

	str_add(out, "tuple[");
	if (n < 1 || n > TUPLE_MAX) {
		add_common(out, items, 0, 1, depth);
		str_add(out, ", ...");
	} else {
		for (i = 0; i < n; i++) {
			str_add(out, i ? ", " : "");
			add_type(out, PyTuple_GET_ITEM(tuple, i), depth);
		}
	}
	str_addc(out, ']');
}

static void add_container(struct str *out, const char *word, PyObject *object, int depth)
{
	PyObject *items = depth < DEPTH_MAX ? sample_of(object, depth ? SAMPLE_INNER : SAMPLE_TOP) : NULL;

	if (PyTuple_Check(object) && depth < DEPTH_MAX) {
		add_tuple(out, object, items, depth + 1);
	} else if (PyDict_Check(object)) {
		str_add(out, "dict[");
		add_common(out, items, 0, 2, depth + 1);
		str_add(out, ", ");
		add_common(out, items, 1, 2, depth + 1);
		str_addc(out, ']');
	} else {
		str_addf(out, "%s[", word);
		add_common(out, items, 0, 1, depth + 1);
		str_add(out, PyTuple_Check(object) ? ", ...]" : "]");
	}
	Py_XDECREF(items);
}

static void add_type(struct str *out, PyObject *object, int depth)
{
	const char *plain = plain_word(object), *container = container_word(object);

	if (plain)
		str_add(out, plain);
	else if (container)
		add_container(out, container, object, depth);
	else if (!add_buffer(out, object))
		str_add(out, object_word(object));
}

/* --- the whole --- */

double object_length(PyObject *object)
{
	Py_ssize_t n;

	if (!container_word(object) && !PyUnicode_Check(object) && !PyBytes_Check(object) &&
		!PyByteArray_Check(object) && !is_dataframe(Py_TYPE(object)) &&
		!PyObject_CheckBuffer(object) && !PyRange_Check(object))
		return NAN;
	n = PyObject_Length(object);
	PyErr_Clear();
	return n < 0 ? NAN : (double)n;
}

/* Instance attributes and slots; NAN for what is no object of a Python class. */
static double fields_of(PyObject *object)
{
	PyObject *dict, *slots, *mro = Py_TYPE(object)->tp_mro;
	Py_ssize_t n = 0, i, more;

	if (!object_is_of_python(Py_TYPE(object)) || plain_word(object) || container_word(object))
		return NAN;
	dict = PyObject_GetAttrString(object, "__dict__");
	n = dict && PyDict_Check(dict) ? PyDict_Size(dict) : 0;
	PyErr_Clear();
	Py_XDECREF(dict);
	for (i = 0; mro && i < PyTuple_GET_SIZE(mro); i++) {
		if (!has_key((PyTypeObject *)PyTuple_GET_ITEM(mro, i), "__slots__"))
			continue;
		slots = PyObject_GetAttrString(PyTuple_GET_ITEM(mro, i), "__slots__");
		more = slots && PyUnicode_Check(slots) ? 1 : slots ? PyObject_Length(slots) : 0;
		n += more > 0 ? more : 0;
		PyErr_Clear();
		Py_XDECREF(slots);
	}
	return (double)n;
}

/* Whether who runs this could change the class: 1 for what __main__ or the current
 * folder has, 0 for the interpreter's and installed packages', else -1. */
static int own_class(PyTypeObject *type)
{
	PyObject *module = PyObject_GetAttrString((PyObject *)type, "__module__"), *m, *file;
	PyObject *os = PyImport_ImportModule("os"), *here, *library;
	const char *name = module && PyUnicode_Check(module) ? PyUnicode_AsUTF8(module) : NULL;
	const char *path, *folder, *slash;
	int result = -1;

	m = name ? PyDict_GetItemString(PyImport_GetModuleDict(), name) : NULL;
	file = m ? PyObject_GetAttrString(m, "__file__") : NULL;
	library = os ? PyObject_GetAttrString(os, "__file__") : NULL;
	here = os ? PyObject_CallMethod(os, "getcwd", NULL) : NULL;
	path = file && PyUnicode_Check(file) ? PyUnicode_AsUTF8(file) : NULL;
	folder = here ? PyUnicode_AsUTF8(here) : NULL;
	if (name && strcmp(name, "__main__") == 0) {
		result = 1;
	} else if (path && (strstr(path, "/site-packages/") || strstr(path, "/dist-packages/"))) {
		result = 0;
	} else if (path && library && PyUnicode_Check(library)) {
		const char *os_file = PyUnicode_AsUTF8(library);

		slash = os_file ? strrchr(os_file, '/') : NULL;
		if (slash && strncmp(path, os_file, (size_t)(slash - os_file) + 1) == 0)
			result = 0;
		else if (folder && strncmp(path, folder, strlen(folder)) == 0)
			result = 1;
	}
	PyErr_Clear();
	Py_XDECREF(here);
	Py_XDECREF(library);
	Py_XDECREF(file);
	Py_XDECREF(os);
	Py_XDECREF(module);
	return result;
}

static void describe_object(PyObject *object, struct worker_value *value)
{
	if (!isnan(value->fields))
		return;
	value->fields = fields_of(object);
	if (!isnan(value->fields))
		value->own_class = own_class(Py_TYPE(object));
}

static int is_ascii(PyObject *text)
{
	PyObject *yes = PyObject_CallMethod(text, "isascii", NULL);
	int result = yes == Py_True;

	PyErr_Clear();
	Py_XDECREF(yes);
	return result;
}

static void note_text(PyObject *object, struct worker_value *value)
{
	if (PyUnicode_Check(object))
		value->ascii = value->ascii == 0 ? 0 : is_ascii(object);
}

/* Lengths and fields of items: of a dict those of its values, or else of its keys. */
static void describe_items(PyObject *object, struct worker_value *value)
{
	PyObject *items = container_word(object) ? sample_of(object, SAMPLE_TOP) : NULL, *item;
	Py_ssize_t n = items ? PyList_GET_SIZE(items) : 0, i, step = PyDict_Check(object) ? 2 : 1;
	double sum = 0, length;
	size_t counted = 0;
	Py_ssize_t from = step - 1;

	if (step == 2 && n > 1 && isnan(object_length(PyList_GET_ITEM(items, 1))))
		from = 0;
	for (i = from; i < n; i += step) {
		item = PyList_GET_ITEM(items, i);
		describe_object(item, value);
		length = object_length(item);
		if (isnan(length))
			continue;
		value->item_low = counted ? fmin(value->item_low, length) : length;
		value->item_high = counted ? fmax(value->item_high, length) : length;
		sum += length;
		counted++;
	}
	for (i = 0; i < n; i++)
		note_text(PyList_GET_ITEM(items, i), value);
	if (counted)
		value->item_likely = sum / (double)counted;
	Py_XDECREF(items);
}

void object_describe(PyObject *object, struct worker_value *value)
{
	PyTypeObject *type = Py_TYPE(object);
	PyObject *module = PyObject_GetAttrString((PyObject *)type, "__module__");
	PyObject *name = PyObject_GetAttrString((PyObject *)type, "__qualname__");
	const char *m = module && PyUnicode_Check(module) ? PyUnicode_AsUTF8(module) : NULL;
	const char *q = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
	struct str text;

	*value = (struct worker_value){.name = "", .length = NAN, .item_low = NAN, .item_likely = NAN,
		.item_high = NAN, .fields = NAN, .ascii = -1, .contiguous = -1, .writable = -1,
		.own_class = -1};
	str_init(&text);
	add_type(&text, object, 0);
	if (text.len > TYPE_MAX) {
		str_clear(&text);
		str_add(&text, container_word(object) ? container_word(object) : "any");
	}
	value->type = str_detach(&text);
	value->class = m && strcmp(m, "builtins") != 0
			       ? xasprintf("%.100s.%.100s", m, q ? q : short_name(type))
			       : xasprintf("%.100s", q ? q : short_name(type));
	PyErr_Clear();
	Py_XDECREF(name);
	Py_XDECREF(module);
	value->length = object_length(object);
	describe_object(object, value);
	note_text(object, value);
	describe_items(object, value);
	if (strncmp(value->type, "buffer", 6) == 0)
		describe_buffer(object, value);
}
