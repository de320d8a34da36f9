/*
 * figures_anew: the figures worked out from the measurements and references, as
 * figures.h describes them, without the memory of earlier answers and without
 * drawing. For figures*.c alone; everybody else asks figures.h.
 */
#ifndef FFIADVISE_ADVISE_FIGURES_ANEW_H
#define FFIADVISE_ADVISE_FIGURES_ANEW_H

#include "advise/figures.h"

/* A measurement, whose value then counts for the figure that is being worked out: every one
 * that goes into a figure is looked up by this. */
const struct measurement *anew_find(const struct figures *f, const char *probe,
	const char *binding, long n);

/* Not known; and that of a reference, with its basis. For those who work figures out. */
struct figure anew_unknown(void);
struct figure anew_from_reference(const struct reference *ref, struct est v);

struct figure anew_call(const struct figures *f, const char *binding, size_t args);
struct figure anew_in(const struct figures *f, const char *binding, const char *type,
	enum how how, int few, struct est length);
struct figure anew_out(const struct figures *f, const char *binding, const char *type,
	struct est length);
struct figure anew_acquire(const struct figures *f, const char *binding);
struct figure anew_release(const struct figures *f, const char *binding);
struct figure anew_scaling(const struct figures *f, const char *binding);
struct figure anew_contended(const struct figures *f, const char *binding);
struct figure anew_callback(const struct figures *f, const char *binding);
struct figure anew_gain(const struct figures *f, const char *binding, const char *work,
	enum form form, struct est length);
struct figure anew_array_operation(const struct figures *f, struct est length);
struct figure anew_array_from_list(const struct figures *f, const char *type, struct est length);
struct figure anew_import(const struct figures *f, const char *binding);
struct figure anew_reference_of(const struct figures *f, const char *prefix, const char *id);
struct figure anew_reference(const struct figures *f, const char *id);

#endif
