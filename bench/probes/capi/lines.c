/* Kernel "lines" into Python's tuples and into records in C. */
#include "kernels.h"

#include "lines.h"

static PyObject *wrong_line(void)
{
	PyErr_SetString(PyExc_ValueError, "a line has to be 'name;int;float'");
	return NULL;
}

/* A tuple of one line's fields, and where the line ends. */
static PyObject *record_of(const char *line, const char **line_end)
{
	const char *stop = line + strcspn(line, ";\n");
	PyObject *record, *field;
	char *end;

	if (*stop != ';')
		return wrong_line();
	record = PyTuple_New(3);
	if (!record)
		return NULL;
	field = PyUnicode_FromStringAndSize(line, stop - line);
	PyTuple_SET_ITEM(record, 0, field);
	if (field) {
		field = PyLong_FromLongLong(strtoll(stop + 1, &end, 10));
		PyTuple_SET_ITEM(record, 1, field);
	}
	if (field && *end == ';') {
		field = PyFloat_FromDouble(PyOS_string_to_double(end + 1, &end, NULL));
		PyTuple_SET_ITEM(record, 2, field);
		*line_end = end;
		if (field && !PyErr_Occurred() && (*end == '\n' || *end == '\0'))
			return record;
	}
	Py_DECREF(record);
	return PyErr_Occurred() ? NULL : wrong_line();
}

static PyObject *records_of(const char *text, Py_ssize_t n)
{
	const char *line = text, *end = text + n;
	PyObject *records = PyList_New(0), *record;
	int rc = 0;

	while (records) {
		record = record_of(line, &line);
		rc = record ? PyList_Append(records, record) : -1;
		Py_XDECREF(record);
		if (rc < 0)
			Py_CLEAR(records);
		if (rc < 0 || line >= end)
			break;
		line++;
	}
	return records;
}

static PyObject *lines_objects(PyObject *self, PyObject *text)
{
	Py_ssize_t i, n;
	const char *characters = PyUnicode_AsUTF8AndSize(text, &n);
	PyObject *records = characters ? records_of(characters, n) : NULL;
	double total = 0.0;

	(void)self;
	if (!records)
		return NULL;
	for (i = 0; i < PyList_GET_SIZE(records); i++)
		total += PyFloat_AS_DOUBLE(PyTuple_GET_ITEM(PyList_GET_ITEM(records, i), 2));
	Py_DECREF(records);
	return PyFloat_FromDouble(total);
}

static PyObject *lines_native(PyObject *self, PyObject *data)
{
	const char *text;
	double total;
	size_t n;
	int rc;

	(void)self;
	if (bytes_of(data, &text, &n) < 0)
		return NULL;
	rc = native_lines(text, n, &total);
	if (rc != 0)
		return rc < 0 ? PyErr_NoMemory() : wrong_line();
	return PyFloat_FromDouble(total);
}

PyMethodDef lines_methods[] = {
	{"lines_objects", lines_objects, METH_O, NULL},
	{"lines_native", lines_native, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
