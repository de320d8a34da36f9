/*
 * Containers of ints: a table from ints to ints, as a C program without Python
 * would hold a dict[int, int] or (without values) a set[int]: open addressing
 * with linear probing over a table of fixed size, hashed by multiplication.
 */
#include "capi.h"

#include <stdint.h>

struct slot {
	long long key, value;
	int used;
};

struct numbers {
	struct slot *slots;
	size_t size; /* a power of two, at least half as much again as the keys */
};

static int numbers_init(struct numbers *numbers, size_t n)
{
	numbers->size = 8;
	while (numbers->size * 2 < n * 3)
		numbers->size *= 2;
	numbers->slots = calloc(numbers->size, sizeof *numbers->slots);
	if (numbers->slots)
		return 0;
	PyErr_NoMemory();
	return -1;
}

/* The caller adds no more keys than it made room for. */
static void numbers_set(struct numbers *numbers, long long key, long long value)
{
	/* 2^64 over the golden ratio: the multiplier of Fibonacci hashing. */
	uint64_t hash = (uint64_t)key * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(hash >> 32) & (numbers->size - 1);

	while (numbers->slots[i].used && numbers->slots[i].key != key)
		i = (i + 1) & (numbers->size - 1);
	numbers->slots[i] = (struct slot){key, value, 1};
}

static long long numbers_sum(const struct numbers *numbers)
{
	long long total = 0;
	size_t i;

	for (i = 0; i < numbers->size; i++) {
		if (numbers->slots[i].used)
			total += numbers->slots[i].key + numbers->slots[i].value;
	}
	return total;
}

static int read_int(PyObject *object, long long *number)
{
	*number = PyLong_AsLongLong(object);
	return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

static int dict_check(PyObject *dict)
{
	if (PyDict_Check(dict))
		return 0;
	PyErr_SetString(PyExc_TypeError, "a dict is needed here");
	return -1;
}

static PyObject *dict_int_walk(PyObject *self, PyObject *dict)
{
	long long key_number, number, total = 0;
	Py_ssize_t position = 0;
	PyObject *key, *value;

	(void)self;
	if (dict_check(dict) < 0)
		return NULL;
	while (PyDict_Next(dict, &position, &key, &value)) {
		if (read_int(key, &key_number) < 0 || read_int(value, &number) < 0)
			return NULL;
		total += key_number + number;
	}
	return PyLong_FromLongLong(total);
}

static PyObject *dict_int_copied(PyObject *self, PyObject *dict)
{
	Py_ssize_t position = 0, left;
	PyObject *key, *value, *result;
	long long key_number, number;
	struct numbers numbers;
	int rc = 0;

	(void)self;
	if (dict_check(dict) < 0 || numbers_init(&numbers, (size_t)PyDict_GET_SIZE(dict)) < 0)
		return NULL;
	/* Reading an int of another class may run Python code that adds to the dict. */
	left = PyDict_GET_SIZE(dict);
	while (rc == 0 && left-- > 0 && PyDict_Next(dict, &position, &key, &value)) {
		rc = read_int(key, &key_number) < 0 ? -1 : read_int(value, &number);
		if (rc == 0)
			numbers_set(&numbers, key_number, number);
	}
	result = rc < 0 ? NULL : PyLong_FromLongLong(numbers_sum(&numbers));
	free(numbers.slots);
	return result;
}

static PyObject *set_int_walk(PyObject *self, PyObject *set)
{
	PyObject *iterator = PyObject_GetIter(set), *item;
	long long number, total = 0;
	int rc = 0;

	(void)self;
	if (!iterator)
		return NULL;
	while (rc == 0 && (item = PyIter_Next(iterator))) {
		rc = read_int(item, &number);
		Py_DECREF(item);
		total += number;
	}
	Py_DECREF(iterator);
	return rc < 0 || PyErr_Occurred() ? NULL : PyLong_FromLongLong(total);
}

static PyObject *set_int_copied(PyObject *self, PyObject *set)
{
	PyObject *iterator, *item, *result;
	struct numbers numbers;
	long long number;
	int rc = 0;

	(void)self;
	if (!PyAnySet_Check(set)) {
		PyErr_SetString(PyExc_TypeError, "a set is needed here");
		return NULL;
	}
	iterator = PyObject_GetIter(set);
	if (!iterator)
		return NULL;
	if (numbers_init(&numbers, (size_t)PySet_GET_SIZE(set)) < 0) {
		Py_DECREF(iterator);
		return NULL;
	}
	/* A set that grows meanwhile makes its iterator fail. */
	while (rc == 0 && (item = PyIter_Next(iterator))) {
		rc = read_int(item, &number);
		Py_DECREF(item);
		if (rc == 0)
			numbers_set(&numbers, number, 0);
	}
	Py_DECREF(iterator);
	result = rc < 0 || PyErr_Occurred() ? NULL : PyLong_FromLongLong(numbers_sum(&numbers));
	free(numbers.slots);
	return result;
}

PyMethodDef maps_methods[] = {
	{"dict_int_walk", dict_int_walk, METH_O, NULL},
	{"dict_int_copied", dict_int_copied, METH_O, NULL},
	{"set_int_walk", set_int_walk, METH_O, NULL},
	{"set_int_copied", set_int_copied, METH_O, NULL},
	{NULL, NULL, 0, NULL},
};
