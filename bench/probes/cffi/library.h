/*
 * library: what the module of cffi's API mode calls. It is the plain C library
 * of the ctypes probes, compiled in, and one function that takes a callback
 * with user data, which is how cffi passes a Python function to C.
 */
#ifndef FFIADVISE_PROBES_CFFI_LIBRARY_H
#define FFIADVISE_PROBES_CFFI_LIBRARY_H

#include "../ctypes/kernels.c"
#include "../ctypes/native.c"

/* The sum of g(1.0) to g(n). */
static double call_back_with(double (*g)(double, void *), void *handle, long n)
{
	double total = 0.0;
	long i;

	for (i = 0; i < n; i++)
		total += g((double)(i + 1), handle);
	return total;
}

#endif
