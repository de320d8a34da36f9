/*
 * native: the work of the probes on plain C data, without any Python in it.
 * The bindings for C (capi, ctypes) share it, so that they differ in how they
 * reach it and in nothing else. The Rust ones say the same in Rust. Everything
 * is static inline: each binding compiles it with its own flags.
 */
#ifndef FFIADVISE_PROBES_NATIVE_H
#define FFIADVISE_PROBES_NATIVE_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static inline double native_sum(const double *xs, size_t n)
{
	double total = 0.0;
	size_t i;

	for (i = 0; i < n; i++)
		total += xs[i];
	return total;
}

static inline long long native_sum_int(const long long *xs, size_t n)
{
	long long total = 0;
	size_t i;

	for (i = 0; i < n; i++)
		total += xs[i];
	return total;
}

/* Turns every sign; n is at least 1. Twice gives the first state again. */
static inline double native_turn(double *xs, size_t n)
{
	double first, last;
	size_t i;

	for (i = 0; i < n; i++)
		xs[i] *= -1.0;
	first = xs[0] < 0.0 ? -xs[0] : xs[0];
	last = xs[n - 1] < 0.0 ? -xs[n - 1] : xs[n - 1];
	return first + last;
}

static inline double native_step(double state, double x)
{
	return state * 0.5 + (x - 0.25) * (x + 0.75);
}

static inline double native_steps(const double *xs, size_t n, double state)
{
	size_t i;

	for (i = 0; i < n; i++)
		state = native_step(state, xs[i]);
	return state;
}

static inline double native_work(const double *xs, size_t n, long rounds)
{
	double state = 0.0;
	long round;

	for (round = 0; round < rounds; round++)
		state = native_steps(xs, n, state);
	return state;
}

/* The state of kernel "numeric" between two items. */
struct native_numeric {
	double mean, variance;
};

static inline void native_numeric_add(struct native_numeric *numeric, double x)
{
	const double rate = 0.125;
	double change = x - numeric->mean;
	double step = rate * change;

	numeric->mean += step;
	numeric->variance = (1.0 - rate) * (numeric->variance + change * step);
}

static inline double native_numeric_result(const struct native_numeric *numeric)
{
	return numeric->mean + numeric->variance;
}

/* n is at least 1. */
static inline double native_numeric(const double *xs, size_t n)
{
	struct native_numeric numeric = {xs[0], 0.0};
	size_t i;

	for (i = 0; i < n; i++)
		native_numeric_add(&numeric, xs[i]);
	return native_numeric_result(&numeric);
}

/* A node of kernel "graph". It owns its children. */
struct native_node {
	double value, weight;
	struct native_node **children;
	size_t n, cap;
};

static inline struct native_node *native_node_new(double value, double weight)
{
	struct native_node *node = (struct native_node *)calloc(1, sizeof *node);

	if (node) {
		node->value = value;
		node->weight = weight;
	}
	return node;
}

static inline void native_node_free(struct native_node *node)
{
	size_t i;

	if (!node)
		return;
	for (i = 0; i < node->n; i++)
		native_node_free(node->children[i]);
	free(node->children);
	free(node);
}

/* Hands child over to node; -1 when there is no memory. */
static inline int native_node_adopt(struct native_node *node, struct native_node *child)
{
	size_t cap = node->cap ? 2 * node->cap : 4;
	struct native_node **children;

	if (node->n == node->cap) {
		children = (struct native_node **)realloc(node->children, cap * sizeof *children);
		if (!children)
			return -1;
		node->children = children;
		node->cap = cap;
	}
	node->children[node->n++] = child;
	return 0;
}

static inline double native_node_sum(const struct native_node *node)
{
	double total = 0.0;
	size_t i;

	if (node->weight > 0.25)
		total += node->value * node->weight;
	for (i = 0; i < node->n; i++)
		total += native_node_sum(node->children[i]);
	return total;
}

/* What proves that a text was read: a number under 128; n is at least 1. */
static inline int native_ends(const char *text, size_t n)
{
	return (int)((n + (unsigned char)text[0] + (unsigned char)text[n - 1]) & 127);
}

/* The same of a copy; -1 when there is no memory. */
static inline int native_ends_copied(const char *text, size_t n)
{
	char *own = (char *)malloc(n);
	int ends;

	if (!own)
		return -1;
	memcpy(own, text, n);
	ends = native_ends(own, n);
	free(own);
	return ends;
}

/* What a record of a Python class is decoded to: five of its attributes, and all eight. */
struct native_five {
	long long id, age;
	double score, weight;
	long long level;
};

struct native_eight {
	struct native_five five;
	long long rank, stock;
	double price;
};

static inline long long native_five_sum(const struct native_five *five)
{
	return five->id + five->age + five->level + (long long)(five->score + five->weight);
}

static inline long long native_fives_sum(const struct native_five *fives, size_t n)
{
	long long total = 0;
	size_t i;

	for (i = 0; i < n; i++)
		total += native_five_sum(&fives[i]);
	return total;
}

static inline long long native_eight_sum(const struct native_eight *eight)
{
	return eight->five.id + eight->five.age + eight->five.level + eight->rank + eight->stock
		+ (long long)(eight->five.score + eight->five.weight + eight->price);
}

#endif
