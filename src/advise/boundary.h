/*
 * boundary: for each input and the result of the function: how to pass it,
 * what it is called in the native language, what each way costs at its length,
 * and the lengths at which another way gets cheaper; and the native function's
 * signature. Of the result, native-class is the way that leaves it native.
 */
#ifndef FFIADVISE_ADVISE_BOUNDARY_H
#define FFIADVISE_ADVISE_BOUNDARY_H

#include <stddef.h>

#include "advise/reckon.h"

struct turn {
	double length; /* from here on `how` is the cheaper way */
	enum how how;
};

/* One way to pass an argument, or to give the result back. */
struct way {
	enum how how;
	char *native;   /* "Vec<f64>" */
	struct est cost;/* ns a call at the length it has */
	struct est memory; /* bytes more while the call runs: of a copy, as it is laid out natively */
};

enum { WAYS_MAX = 4 };

struct crossing {
	char *argument; /* "xs"; "result" for the output */
	enum how how;   /* HOW_NONE: by value, or as a handle */
	char *native;   /* "PyBuffer<f64>" */
	char *beside;   /* what crosses with it, as native parameters: "size_t xs_len"; or NULL */
	struct est cost;/* ns a call */
	struct way ways[WAYS_MAX]; /* all that are possible here; none for what goes by value */
	size_t n_ways;
	enum how shortest;         /* with one item the cheapest of them */
	struct turn turns[4];
	size_t n_turns;
};

struct boundary {
	struct crossing *items;
	size_t n;
	char *signature; /* NULL where the verdict needs none */
};

/* Empty unless the option is FFI. */
void boundary_make(struct boundary *boundary, const struct reckoning *reckoning,
	const struct option *option);
void boundary_release(struct boundary *boundary);

#endif
