/*
 * A plain C library, as ctypes finds one: it knows nothing of Python. Memory it
 * hands out is freed by its own functions.
 */
#include "native.h"

#include <stdbool.h>

struct pair {
	int a, b;
};

struct item {
	long long number;
	double weight;
};

bool noop(void);
bool take_one(int a);
bool take_three(int a, int b, int c);
bool take_six(int a, int b, int c, int d, int e, int f);
bool int_in(long long x);
bool float_in(double x);
bool bool_in(bool x);
int int_out(void);
double float_out(void);
double sum(const double *xs, size_t n);
long long sum_int(const long long *xs, size_t n);
void fill(double *xs, size_t n);
void fill_int(long long *xs, size_t n);
double turn(double *xs, size_t n);
bool any(const double *xs, size_t n);
double step(double state, double x);
double steps(const double *xs, size_t n);
double work(const double *xs, size_t n, long rounds);
double call_back(double (*g)(double), long n);
double numeric(const double *xs, size_t n);
struct native_node *node_new(double value, double weight);
int node_adopt(struct native_node *node, struct native_node *child);
void node_free(struct native_node *node);
double node_sum(const struct native_node *node);
bool int32_in(int x);
int int_small_out(void);
bool untouched(void *object);
int ends(const char *text, size_t n);
int ends_copied(const char *text, size_t n);
long long texts_sum(const char *const *texts, size_t n);
void *text_new(size_t n);
void text_free(void *text);
const char *text_read(const void *text);
int sum_two(int a, int b);
int sum_four(int a, int b, int c, int d);
int sum_eight(int a, int b, int c, int d, int e, int f, int g, int h);
struct pair pair_out(void);
long long pairs_sum(const struct pair *pairs, size_t n);
long long five_sum(const struct native_five *five);
long long fives_sum(const struct native_five *fives, size_t n);
long long eight_sum(const struct native_eight *eight);
long long item_field(const struct item *item);
struct item item_out(void);
void items_fill(struct item *items, size_t n);

bool noop(void)
{
	return true;
}

bool take_one(int a)
{
	(void)a;
	return true;
}

bool take_three(int a, int b, int c)
{
	(void)a, (void)b, (void)c;
	return true;
}

bool take_six(int a, int b, int c, int d, int e, int f)
{
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
	return true;
}

bool int_in(long long x)
{
	return x % 2 == 0;
}

bool float_in(double x)
{
	return x > 0.5;
}

bool bool_in(bool x)
{
	return !x;
}

int int_out(void)
{
	return 1234567;
}

double float_out(void)
{
	return 1234.5;
}

double sum(const double *xs, size_t n)
{
	return native_sum(xs, n);
}

long long sum_int(const long long *xs, size_t n)
{
	return native_sum_int(xs, n);
}

void fill(double *xs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		xs[i] = (double)i * 0.5;
}

void fill_int(long long *xs, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		xs[i] = (long long)i + 5000;
}

double turn(double *xs, size_t n)
{
	return native_turn(xs, n);
}

bool any(const double *xs, size_t n)
{
	return xs && n > 0;
}

double step(double state, double x)
{
	return native_step(state, x);
}

double steps(const double *xs, size_t n)
{
	return native_steps(xs, n, 0.0);
}

double work(const double *xs, size_t n, long rounds)
{
	return native_work(xs, n, rounds);
}

double call_back(double (*g)(double), long n)
{
	double total = 0.0;
	long i;

	for (i = 0; i < n; i++)
		total += g((double)(i + 1));
	return total;
}

double numeric(const double *xs, size_t n)
{
	return native_numeric(xs, n);
}

struct native_node *node_new(double value, double weight)
{
	return native_node_new(value, weight);
}

int node_adopt(struct native_node *node, struct native_node *child)
{
	return native_node_adopt(node, child);
}

void node_free(struct native_node *node)
{
	native_node_free(node);
}

double node_sum(const struct native_node *node)
{
	return native_node_sum(node);
}

bool int32_in(int x)
{
	return x % 2 == 0;
}

int int_small_out(void)
{
	return 5;
}

bool untouched(void *object)
{
	return object != NULL;
}

int ends(const char *text, size_t n)
{
	return native_ends(text, n);
}

int ends_copied(const char *text, size_t n)
{
	return native_ends_copied(text, n);
}

/* Texts that end in NUL. */
long long texts_sum(const char *const *texts, size_t n)
{
	long long total = 0;
	size_t i;

	for (i = 0; i < n; i++)
		total += (long long)strlen(texts[i]) + (unsigned char)texts[i][0];
	return total;
}

void *text_new(size_t n)
{
	char *text = malloc(n + 1);

	if (text) {
		memset(text, 'x', n);
		text[n] = '\0';
	}
	return text;
}

void text_free(void *text)
{
	free(text);
}

const char *text_read(const void *text)
{
	return text;
}

int sum_two(int a, int b)
{
	return (a + b) & 127;
}

int sum_four(int a, int b, int c, int d)
{
	return (a + b + c + d) & 127;
}

int sum_eight(int a, int b, int c, int d, int e, int f, int g, int h)
{
	return (a + b + c + d + e + f + g + h) & 127;
}

struct pair pair_out(void)
{
	return (struct pair){1234567, 7654321};
}

long long pairs_sum(const struct pair *pairs, size_t n)
{
	long long total = 0;
	size_t i;

	for (i = 0; i < n; i++)
		total += (long long)pairs[i].a + pairs[i].b;
	return total;
}

long long five_sum(const struct native_five *five)
{
	return native_five_sum(five) & 127;
}

long long fives_sum(const struct native_five *fives, size_t n)
{
	return native_fives_sum(fives, n);
}

long long eight_sum(const struct native_eight *eight)
{
	return native_eight_sum(eight) & 127;
}

long long item_field(const struct item *item)
{
	return item->number & 127;
}

struct item item_out(void)
{
	return (struct item){1234567, 0.5};
}

void items_fill(struct item *items, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		items[i] = (struct item){(long long)i + 5000, 0.5};
}
