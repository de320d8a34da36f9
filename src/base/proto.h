/*
 * proto: what the front end and the worker say to each other, as bytes. Pure:
 * no descriptors, no clock; both sides and the tests use the same code.
 *
 * A frame is the length of its payload (32 bits), its type (8 bits) and the
 * payload; all numbers are little-endian, texts carry their length and a NUL.
 * The front end asks, the worker answers each question with one frame:
 *
 *     PROTO_HELLO -> PROTO_HELLO_IS      PROTO_LOAD  -> PROTO_LOADED
 *     PROTO_PIN   -> PROTO_DONE          PROTO_BLOCK -> PROTO_SAMPLES
 *     PROTO_GATE  -> PROTO_GATE_IS       PROTO_READ  -> PROTO_READING
 *     PROTO_RUN   -> PROTO_DONE          PROTO_LOOK  -> PROTO_SEEN
 *     PROTO_QUIT  (it ends)
 *
 * or with PROTO_REFUSED. Neither side trusts the other: a probe may have
 * written over anything.
 */
#ifndef FFIADVISE_BASE_PROTO_H
#define FFIADVISE_BASE_PROTO_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
	PROTO_VERSION = 4,
	PROTO_HEADER = 5,            /* bytes before the payload */
	PROTO_PAYLOAD_MAX = 1 << 20, /* bytes; more is a broken frame */
	PROTO_BLOCK_MAX = 1 << 15,   /* entries in one block */
	PROTO_UNROLL_MAX = 64,       /* statements in a turn of a timed loop */
	PROTO_NAMES_MAX = 1 << 14,   /* names in one reading */
	PROTO_VALUES_MAX = 65,       /* of a call that is looked at: arguments and the result */
	PROTO_DIMENSIONS_MAX = 8,    /* of an array that is looked at */
	PROTO_NO_PYTHON = 1,         /* index of a refusal: what was sent is no Python */
};

/* Descriptors the worker finds open, and exit statuses of its own. */
enum { PROTO_FD = 3, PROTO_FD_GUARD = 4, PROTO_FD_SHARED = 5 };
enum { PROTO_EXIT_LOST = 113 }; /* it lost the connection to the front end */

/* A page both sides map: what must be known without a message. */
struct proto_shared {
	uint32_t begun; /* samples of the present block begun so far */
};

enum proto_type {
	PROTO_HELLO = 1,
	PROTO_PIN,
	PROTO_GATE,
	PROTO_LOAD,
	PROTO_BLOCK,
	PROTO_QUIT,
	PROTO_READ,
	PROTO_RUN,
	PROTO_LOOK,
	PROTO_HELLO_IS = 65,
	PROTO_DONE,
	PROTO_GATE_IS,
	PROTO_LOADED,
	PROTO_SAMPLES,
	PROTO_REFUSED,
	PROTO_READING,
	PROTO_SEEN,
};

struct proto_frame {
	enum proto_type type;
	const unsigned char *payload; /* lent by the bytes it was found in */
	size_t n;
};

/*
 * Finds the frame at the head of n bytes. Returns how many bytes it takes, 0
 * when more are needed, -1 when it is none (length or type out of range).
 */
long proto_next(const void *bytes, size_t n, struct proto_frame *frame);

/* The messages. Texts are lent: by the caller when written, by the frame when read. */

struct worker_hello {
	int protocol;
	long pid;          /* of the process that holds the interpreter */
	const char *build; /* build id of the worker program */
	const char *python, *implementation, *executable, *soabi;
	int free_threaded;
};

struct worker_loaded {
	uint32_t loops, unroll; /* calibrated for a sample of 50 us */
	double ns;              /* rough time of one execution */
};

/* One probe in one binding at one size, as the worker needs it. */
struct worker_probe {
	uint32_t number;       /* the caller's, 0.. */
	const char *name;      /* the measurement id */
	const char *module;    /* NULL: the call is in the person's own code, see PROTO_RUN */
	const char *function, *setup, *call;
	const char *reference; /* module of the Python reference; NULL: nothing to compare with */
	long n;                /* its size; of the person's own call the ns it takes, where that is known */
	int unpinned;
	struct worker_loaded known; /* how another worker calibrated it; its loops are 0: none has */
};

struct worker_sample {
	uint32_t number;
	uint32_t full, half, gate; /* ns; half, of unroll / 2 statements a turn, 0 where unroll is 1 */
	uint8_t switched;          /* involuntary switches seen, 255 at most */
};

struct worker_entry {
	uint32_t number, loops, unroll;
};

/* What an expression gave that is evaluated once and not timed. */
struct worker_reading {
	int is_names;
	double value;	    /* finite; of names, how many */
	const char **names; /* is_names: n_names of them */
	size_t n_names;
	const char *when;   /* ISO 8601, where it was not taken now; else NULL */
};

/* What one live object is, in the words of an answers file. */
struct worker_value {
	const char *name;  /* of the argument, where it is known; else "" */
	const char *type;  /* "list[float]" */
	const char *class; /* as Python calls it: "numpy.ndarray" */
	double length;     /* items, characters, bytes; NAN: it has none */
	double item_low, item_likely, item_high; /* the lengths of its items; NAN: they have none */
	double fields;     /* attributes of the object, or of an item; NAN: none are counted */
	int ascii, contiguous, writable, own_class; /* 1, 0; -1: not known, or of no meaning */
	size_t n_shape;
	double shape[PROTO_DIMENSIONS_MAX];
};

enum worker_gives {
	GIVES_VALUE,
	GIVES_GENERATOR,
	GIVES_COROUTINE,
	GIVES_ASYNC_GENERATOR,
	GIVES_ITERATOR,
	GIVES_N,
};

/* One call of the person's own, looked at while it runs some times. */
struct worker_seen {
	int is_call;           /* the expression is a call whose arguments could be told apart */
	const char *function;  /* what is called; "" where that is not known */
	const char *now;       /* a choice of function.now; "" not known */
	const char *through;   /* of function.through; "" not known */
	enum worker_gives gives;
	const char *computed;  /* the first argument that is itself computed; "" none */
	const char *changed;   /* the first argument that the call made longer or shorter; "" none */
	double first_ns;       /* its first run, wall clock */
	double later_ns;       /* the fastest of the later ones; NAN: there was one run only */
	double wait_low, wait_likely, wait_high; /* the share of it in which nothing computed */
	double cpus;           /* how many CPUs it had at once: CPU time by wall time */
	size_t n;              /* arguments, and the result as the last */
	struct worker_value values[PROTO_VALUES_MAX];
};

/* Why a question was refused; index is that of the block's entry, else 0. */
struct proto_refusal {
	uint32_t index;
	const char *text;
};

/*
 * Writers add one whole frame to out. -1 (and nothing added) when it would be
 * too long.
 */
int proto_put_plain(struct str *out, enum proto_type type); /* HELLO, DONE, QUIT */
int proto_put_pin(struct str *out, int cpu);
int proto_put_gate(struct str *out, uint32_t times);
int proto_put_gate_is(struct str *out, double ns);
int proto_put_hello_is(struct str *out, const struct worker_hello *hello);
int proto_put_load(struct str *out, const struct worker_probe *probe);
int proto_put_loaded(struct str *out, const struct worker_loaded *loaded);
int proto_put_block(struct str *out, const struct worker_entry *entries, size_t n);
int proto_put_samples(struct str *out, const struct worker_sample *samples, size_t n);
/* The probe is evaluated once; is_names says what its call gives. */
int proto_put_read(struct str *out, const struct worker_probe *probe, int is_names);
int proto_put_reading(struct str *out, const struct worker_reading *reading);
/* The person's code, run as the program `python -c` runs; it stays for looks and loads. */
int proto_put_run(struct str *out, const char *code);
/* An expression in it. */
int proto_put_look(struct str *out, const char *call);
int proto_put_seen(struct str *out, const struct worker_seen *seen);
int proto_put_refused(struct str *out, const struct proto_refusal *refusal);

/*
 * Readers take the payload of a frame whose type the caller has looked at. -1
 * when it is not exactly one such message.
 */
int proto_get_pin(const struct proto_frame *frame, int *cpu);
int proto_get_gate(const struct proto_frame *frame, uint32_t *times);
int proto_get_gate_is(const struct proto_frame *frame, double *ns);
int proto_get_hello_is(const struct proto_frame *frame, struct worker_hello *hello);
int proto_get_load(const struct proto_frame *frame, struct worker_probe *probe);
int proto_get_loaded(const struct proto_frame *frame, struct worker_loaded *loaded);
/* At most max entries; n is how many there were. Numbers are as sent, unchecked. */
int proto_get_block(const struct proto_frame *frame, struct worker_entry *entries, size_t max,
	size_t *n);
int proto_get_samples(const struct proto_frame *frame, struct worker_sample *samples, size_t max,
	size_t *n);
int proto_get_read(const struct proto_frame *frame, struct worker_probe *probe, int *is_names);
/* reading->names is `names`, which has room for max. Values are as sent, unchecked. */
int proto_get_reading(const struct proto_frame *frame, struct worker_reading *reading,
	const char **names, size_t max);
int proto_get_run(const struct proto_frame *frame, const char **code);
int proto_get_look(const struct proto_frame *frame, const char **call);
/* Numbers are as sent, but for the lists' lengths and the flags. */
int proto_get_seen(const struct proto_frame *frame, struct worker_seen *seen);
int proto_get_refused(const struct proto_frame *frame, struct proto_refusal *refusal);

#endif
