/*
 * reference: data/reference.yaml and data/kernels.yaml as structs: figures
 * taken on named machines or assumed with a reason, for what is not measured
 * here; and which measured kernel stands for which kind of work. A figure from
 * here is never passed off as measured: it carries its basis and its source
 * into every report. Owned by the catalog.
 */
#ifndef FFIADVISE_CATALOG_REFERENCE_H
#define FFIADVISE_CATALOG_REFERENCE_H

#include <stddef.h>

#include "base/err.h"
#include "base/est.h"
#include "catalog/probes.h"

enum reference_kind {
	REFERENCE_IN,     /* ns: fixed + per_item * length, of an argument */
	REFERENCE_OUT,    /* the same of a result */
	REFERENCE_GAIN,   /* how many times faster a form of some work is than plain Python */
	REFERENCE_FIGURE, /* a quantity the model asks for by its id */
};

struct reference {
	char *id;
	enum reference_kind kind;
	int assumed;    /* no source measured it: an assumption, with its reason in source */
	char *type;     /* IN, OUT: "list[str]", "str", "object"; "*" any */
	enum how how;   /* IN */
	char *binding;  /* IN, OUT; NULL: any */
	char *work;     /* GAIN: a choice of function.work */
	enum form form; /* GAIN */
	struct est fixed, per_item; /* IN, OUT: ns */
	struct est value;           /* GAIN: a factor; FIGURE */
	char *source;
	char *date;     /* when the source said so; NULL: it stands in the source */
};

/* A kernel's part of the time that a kind of work takes in plain Python. */
struct share {
	char *kernel;
	double part; /* above 0; those of a work sum to 1 */
};

/* Which kernels stand for a kind of work, and how far a function of that kind
 * may be from them: its gain is that of the kernels together times a spread. */
struct work {
	char *id; /* a choice of function.work */
	struct share *kernels;
	size_t n_kernels; /* 0: none is measured, the REFERENCE_GAINs serve */
	struct est spread;
	struct est objects_spread; /* of the form on Python objects */
	char *source;
};

struct references {
	struct reference *items;
	size_t n;
	struct work *works;
	size_t n_works;
	size_t *index; /* open-addressed hash over the ids of figures: place + 1, 0 for none */
	size_t index_size;
};

/* 0, or -1 with every mistake in errs; references is then empty. */
int references_load(struct references *references, const char *dir, struct errs *errs);
void references_release(struct references *references);
/* The figure of that id, and "prefix/id"; NULL when it is not there. Both in constant time. */
const struct reference *references_figure(const struct references *references, const char *id);
const struct reference *references_figure_of(const struct references *references,
	const char *prefix, const char *id);
/* The best match: its binding's own before any, its type before "*". NULL: none. */
const struct reference *references_cost(const struct references *references,
	enum reference_kind kind, const char *binding, const char *type, enum how how);
/* How much faster such work is in a form; NULL when nothing is known of it. */
const struct reference *references_gain(const struct references *references, const char *work,
	enum form form);
/* NULL when there is no such kind of work. */
const struct work *references_work(const struct references *references, const char *id);
/* A kernel's share of a work; NULL where it has none, or there is no work. */
const struct share *work_share(const struct work *work, const char *kernel);

#endif
