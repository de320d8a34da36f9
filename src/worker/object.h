/*
 * object: what a live object is, in the words of an answers file: its type down
 * to the items, lengths, fields, how its memory lies. Large containers are
 * sampled: the first items and others spread over the rest.
 */
#ifndef FFIADVISE_WORKER_OBJECT_H
#define FFIADVISE_WORKER_OBJECT_H

#include <Python.h>

#include "base/proto.h"

/*
 * Fills value, whose texts (all but name, which is set to "") are the caller's to
 * free. Runs code of the object's own as little as can be (__len__, buffer protocol); what raises
 * is taken for unknown. No exception is left set.
 */
void object_describe(PyObject *object, struct worker_value *value);
/* Its number of items, NAN where it has none. Not of what is no container or text. */
double object_length(PyObject *object);
/* True for a class made by a class statement, which instances of native ones are not. */
int object_is_of_python(PyTypeObject *type);

#endif
