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
#include "catalog/libraries.h"
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
	DESIGN_ARRAY_RESULT = 128,
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
	const struct library *library; /* LIBRARY where one is known; else NULL */
	const char *tool_kind;   /* binding | library | compiler | interpreter | none */
	const char *tool_id;     /* "" for none */
	unsigned design;         /* bits; 0: as-is */
	/*
	 * How many times faster the Python part of the time now gets, and how many
	 * calls compute at once. What is left of the time now is kept apart from
	 * what a call costs whatever the time now is, since an unknown time now, or
	 * an unknown share of waiting, must not be counted twice.
	 * waits_at_once: how many calls wait at once; 0 counts as 1.
	 */
	struct est gain, at_once, waits_at_once;
	int wants_array;         /* zero-copy of what is no array yet */
	int unmanned;            /* FFI for Python, and nobody is known to write another language */
	int rework, present;     /* FFI for code that is native already; with the tool it has */
	struct est careful, program_careful; /* of a cautious option: what it is weighed by against
	                                        others, its gain being the least */
	struct est gone;         /* of the time now, 0..1: the boundary of native code that this
	                            one takes the place of */
	/*
	 * ns, paid once a process: importing, compiling at run time, starting workers.
	 * Where that counts it is spread over the calls, as a part of cost.call.
	 */
	struct est startup;
	struct cost cost;        /* per call, ns; compute and wait follow from the gain */
	struct est time_after;   /* the sum of the cost; its ends lie within the sums of the
	                            ends, which exclude each other: who waits does not compute */
	struct est speedup, program_speedup; /* against now */
	struct est memory;       /* bytes more while a call runs */
	enum basis basis;
	int kernel;              /* its gain comes from a kernel that was measured */
	int cautious;            /* nobody measured its gain, here or on work like this: it is
	                            weighed against others by the lower end of its range */
	struct est native_gain;  /* of the part that is C code already: 1 where it stays */
	int whole_modules;       /* COMPILE: it compiles all functions of a module at once */
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

/* Makes the id from use, tool and design: "ffi/pyo3/zero-copy". */
void option_name(struct option *option);

/*
 * Every option that can be priced, stay first; lists owned: options_release().
 * options is zeroed, or was filled before, which its room is kept from.
 */
void options_make(struct options *options, const struct workload *workload,
	const struct figures *figures);
void options_release(struct options *options);
/* The option of the same use and tool whose design is without take and with add; NULL: none. */
const struct option *option_sibling(const struct options *options, const struct option *option,
	unsigned take, unsigned add);
/* Makes it empty and keeps its room. */
void options_clear(struct options *options);
const struct option *options_find(const struct options *options, const char *id);
void reasons_add(struct reasons *reasons, const struct rule *rule, char *text,
	const struct evidence *evidence);
void reasons_release(struct reasons *reasons);

/*
 * Makes compute, wait, time_after, speedup and program_speedup from the rest, and
 * adds to the call what starting up costs each. With a share w of waiting and n of
 * C code, what is left of the time now is w / waits_at_once +
 * (1 - w) * (n + (1 - n) / gain) / at_once, its ends over all corners, of code that
 * is reworked less the share that its boundary takes now; starting up adds
 * startup / what the function takes of a process's life.
 */
void option_finish(struct option *option, const struct workload *workload);

#endif
