/* unpack_bits() of bytes.py, over the bytes where they lie. */
#include <string.h>

#include "ports.h"

/* Writes to out, or only counts where it is NULL; how many bytes that are. */
static Py_ssize_t unpack(const unsigned char *data, Py_ssize_t end, unsigned char *out)
{
	Py_ssize_t i = 0, done = 0, n;

	while (i < end) {
		n = data[i++];
		if (n < 128) {
			n = n + 1 < end - i ? n + 1 : end - i;
			if (out)
				memcpy(out + done, data + i, (size_t)n);
			i += n;
		} else if (n > 128 && i < end) {
			n = 257 - n;
			if (out)
				memset(out + done, data[i], (size_t)n);
			i++;
		} else {
			n = 0;
		}
		done += n;
	}
	return done;
}

PyObject *unpack_bits(PyObject *self, PyObject *arg)
{
	const unsigned char *data;
	PyObject *out;

	(void)self;
	if (!PyBytes_Check(arg)) {
		PyErr_SetString(PyExc_TypeError, "unpack_bits() takes bytes");
		return NULL;
	}
	data = (const unsigned char *)PyBytes_AS_STRING(arg);
	out = PyBytes_FromStringAndSize(NULL, unpack(data, PyBytes_GET_SIZE(arg), NULL));
	if (out)
		unpack(data, PyBytes_GET_SIZE(arg), (unsigned char *)PyBytes_AS_STRING(out));
	return out;
}
