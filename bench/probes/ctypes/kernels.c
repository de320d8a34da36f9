/* The kernels on plain C data, in the library that ctypes loads. */
#include "editdist.h"
#include "groupby.h"
#include "lines.h"
#include "sorting.h"
#include "stencil.h"
#include "textscan.h"
#include "tokens.h"

double stencil(const double *xs, double *ys, size_t n);
long long textscan(const char *text, size_t n);
long long tokens(const char *text, size_t n);
double groupby(const struct native_row *rows, size_t n);
long long sorting(const double *keys, long long *order, size_t n);
long long editdist(const char *a, size_t n_a, const char *b, size_t n_b);
int lines(const char *text, size_t n, double *total);

double stencil(const double *xs, double *ys, size_t n)
{
	return native_stencil(xs, ys, n);
}

long long textscan(const char *text, size_t n)
{
	return native_textscan(text, n);
}

long long tokens(const char *text, size_t n)
{
	return native_tokens(text, n);
}

double groupby(const struct native_row *rows, size_t n)
{
	return native_groupby(rows, n);
}

long long sorting(const double *keys, long long *order, size_t n)
{
	return native_sorting(keys, order, n);
}

long long editdist(const char *a, size_t n_a, const char *b, size_t n_b)
{
	return native_editdist(a, n_a, b, n_b);
}

int lines(const char *text, size_t n, double *total)
{
	return native_lines(text, n, total);
}
