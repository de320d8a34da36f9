/*
 * probes: the folder data/probes as structs, with the bindings they are for. A
 * probe is an operation that every binding does in the same way, at some sizes.
 * Its role says what the figure is for in the
 * cost model: the model asks by role, never by name. Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_PROBES_H
#define FFIADVISE_CATALOG_PROBES_H

#include <stddef.h>

#include "base/err.h"
#include "catalog/bindings.h"

enum role_kind {
	ROLE_NONE,     /* not part of the cost model */
	ROLE_CALL,     /* one call with args arguments that are not looked at */
	ROLE_IN,       /* one argument of type passed in the way `how` */
	ROLE_OUT,      /* one result of type made by native code */
	ROLE_ACQUIRE,  /* taking and giving back a view, whatever its length */
	ROLE_KERNEL,   /* a piece of work in one of its forms */
	ROLE_RELEASE,  /* letting the GIL go and taking it back */
	ROLE_LOOP,     /* n calls from a Python loop, or one call with the loop inside */
	ROLE_THREADS,  /* work in n threads, GIL held or released */
	ROLE_CALLBACK, /* native code calls a Python function once */
	ROLE_ARRAY_CALL, /* one operation on arrays of one item: what it costs whatever the length */
	ROLE_ARRAY_ITEM, /* one operation on arrays of n items; an item costs the slope over n */
	ROLE_ARRAY_FROM_LIST, /* an array made of a list of `type` */
	ROLE_ARRAY_TO_LIST,   /* a list of `type` made of an array */
	ROLE_CONTENDED, /* `calls` short native calls in each of n threads, the GIL released by each */
	ROLE_IMPORT,   /* importing the module once; a reading in seconds */
};

enum how { HOW_NONE, HOW_BY_REFERENCE, HOW_COPY, HOW_ZERO_COPY, HOW_NATIVE_CLASS };

/* The forms of a kernel. */
enum form { FORM_NONE, FORM_PLAIN, FORM_IDIOMATIC, FORM_OBJECTS, FORM_NATIVE, FORM_VECTORISED,
	FORM_INDEXED /* plain Python that takes the items of an array one by one */ };

struct role {
	enum role_kind kind;
	char *type;    /* IN, OUT, ACQUIRE, ARRAY_..._LIST: of answers-format.md, "list[float]" */
	enum how how;  /* IN; LOOP (NONE: the loop stays in Python) */
	int args;      /* CALL; KERNEL natively: how many it takes, 0 for one */
	int keywords;  /* CALL: by keyword */
	int method;    /* CALL: of a native object */
	char *access;  /* IN: "few" where only one item is looked at; else NULL (all) */
	char *kernel;  /* KERNEL */
	enum form form;/* KERNEL */
	int buffers;   /* KERNEL natively: how many of the arguments are taken as views */
	int released;  /* THREADS */
	int calls;     /* CONTENDED: of each thread */
};

/* What a probe gives that is a number or names and no timing: its call is
 * evaluated, in several processes, and never timed. */
enum reads { READS_NOTHING, READS_BYTES, READS_COUNT, READS_NS, READS_SECONDS, READS_NAMES };

struct why_not {
	char *binding;
	char *why;
};

struct probe {
	char *id;       /* the operation: "list_float.copied" */
	char *group;    /* call scalars list dict buffers loop gil kernels ... */
	char *what;     /* one line a person reads */
	char *function; /* of the binding's module: f in `call` */
	char *setup;    /* Python run once: may use f, m (the module), ref (the Python
	                   reference's module), n (the size); "" for none */
	char *call;     /* the statement that is timed, one expression over f and what
	                   setup made; its value is compared with the reference's */
	long *sizes;    /* n_sizes of them; none: the operation has no size */
	size_t n_sizes;
	char **only;    /* the bindings that do it; NULL: every one that has function */
	size_t n_only;
	struct why_not *absent; /* bindings that cannot, and why */
	size_t n_absent;
	char **claims;
	size_t n_claims;
	enum reads reads; /* READS_NOTHING: it is timed */
	int unpinned;   /* threads: measured alone, on all CPUs, by the wall clock */
	int always;     /* planned whatever the answers are (tests of bad probes) */
	struct role role;
};

struct probes {
	struct binding *bindings;
	size_t n_bindings;
	struct probe *items; /* in the order of the file */
	size_t n;
	const struct probe **by_id; /* sorted, for probes_find */
};

/* 0, or -1 with every mistake of bindings.yaml, or once that is right of the folder probes, in errs;
 * probes is then empty. */
int probes_load(struct probes *probes, const char *dir, struct errs *errs);
void probes_release(struct probes *probes);
/* NULL when there is no such binding, or probe. */
const struct binding *probes_binding(const struct probes *probes, const char *id);
const struct probe *probes_find(const struct probes *probes, const char *id);
/* "bytes" "count" "ns" "seconds" "names", "nothing" for a timing. Static text. */
const char *reads_word(enum reads reads);
/* The word of a data file or measurement file; READS_NOTHING when it is none. */
enum reads reads_of(const char *word);
/* Why binding does not do probe; NULL when it should. */
const char *probe_absent(const struct probe *probe, const struct binding *binding);

#endif
