/*
 * option: one way to do it: what is used, with which tool, how the boundary
 * is drawn, what a call then costs piece by piece, and whether it fits what
 * the answers say. Borrowed ids come from the catalog; reasons are owned.
 */
#ifndef FFIADVISE_ADVISE_OPTION_H
#define FFIADVISE_ADVISE_OPTION_H

#include <stddef.h>

#include "advise/figures.h"
#include "advise/workload.h"
#include "catalog/rules.h"

/* In the order of advice: what is easier comes first. */
enum use {
	USE_STAY, USE_RESTRUCTURE, USE_LIBRARY, USE_VECTORISE, USE_UPGRADE, USE_COMPILE,
	USE_PARALLELISE, USE_ASYNC, USE_FFI, USES
};

/* Bits; their order is the order in which a report names them. */
enum design {
	DESIGN_MOVE_LOOP = 1, DESIGN_BATCH = 2, DESIGN_ZERO_COPY = 4, DESIGN_BY_REFERENCE = 8,
	DESIGN_NATIVE_CLASS = 16, DESIGN_LAZY_RESULT = 32, DESIGN_RELEASE_GIL = 64,
};

struct cost {
	struct est call, inputs, compute, callbacks, output, wait;
};

struct reason {
	const struct rule *rule;
	char *text; /* owned */
	struct evidence evidence;
};

struct reasons {
	struct reason *items;
	size_t n, cap;
};

struct option {
	char id[96];             /* "ffi/pyo3/move-loop+zero-copy" */
	enum use use;
	const struct binding *binding; /* FFI */
	const char *tool_kind;   /* binding | library | compiler | interpreter | none */
	const char *tool_id;     /* "" for none */
	unsigned design;         /* bits; 0: as-is */
	/*
	 * How many times faster the Python part of the time now gets, and how many
	 * calls compute at once. What is left of the time now is kept apart from
	 * what a call costs whatever the time now is, since an unknown time now, or
	 * an unknown share of waiting, must not be counted twice.
	 */
	struct est gain, at_once;
	struct cost cost;        /* per call, ns; compute and wait follow from the gain */
	struct est time_after;   /* the sum of the cost; its ends lie within the sums of the
	                            ends, which exclude each other: who waits does not compute */
	struct est speedup, program_speedup; /* against now */
	struct est memory;       /* bytes more while a call runs */
	enum basis basis;
	int kernel;              /* its gain comes from a kernel that was measured */
	struct evidence evidence;
	int fits;
	struct reasons why_for, why_against;
	/* FFI, for as many inputs as there are; beyond them there is nothing to read. */
	enum how how[INPUTS_MAX];       /* how each input is passed */
	struct est in_cost[INPUTS_MAX]; /* what that costs a call */
};

struct options {
	struct option *items;
	size_t n, cap;
};

const char *use_word(enum use use);       /* "stay" */
int use_from_word(const char *word);      /* -1 for none */
const char *how_word(enum how how);       /* "by-reference" */
const char *basis_word(enum basis basis); /* "measured" */
/* The i-th design bit's word, NULL after the last; *bit gets the bit. */
const char *design_word(size_t i, unsigned *bit);
/* "move-loop+zero-copy", "as-is". */
void design_write(struct str *out, unsigned design);

/* Makes the id from use, tool and design: "ffi/pyo3/zero-copy". */
void option_name(struct option *option);

/*
 * Every option that can be priced, stay first; lists owned: options_release().
 * options is zeroed, or was filled before, which its room is kept from.
 */
void options_make(struct options *options, const struct workload *workload,
	const struct figures *figures);
void options_release(struct options *options);
/* Makes it empty and keeps its room. */
void options_clear(struct options *options);
const struct option *options_find(const struct options *options, const char *id);
void reasons_add(struct reasons *reasons, const struct rule *rule, char *text,
	const struct evidence *evidence);
void reasons_release(struct reasons *reasons);

/*
 * Makes compute, wait, time_after, speedup and program_speedup from the rest.
 * With a share w of waiting and n of C code, what is left of the time now is
 * w + (1 - w) * (n + (1 - n) / gain) / at_once, its ends over all corners.
 */
void option_finish(struct option *option, const struct workload *workload);

#endif
