/*
 * figures: what the cost model asks of the measurements, by role: what does a
 * call cost in this binding, what does passing a list[float] of 1000 by
 * reference add, how much faster is this kind of work natively. A figure is
 * measured where it can be, else from a named reference, else unknown, and
 * carries its basis and the ids it rests on. Everything is borrowed from the
 * catalog and the measurements; nothing to free.
 */
#ifndef FFIADVISE_ADVISE_FIGURES_H
#define FFIADVISE_ADVISE_FIGURES_H

#include <stddef.h>

#include "advise/draw.h"
#include "base/est.h"
#include "catalog/catalog.h"
#include "measure/store.h"

enum { EVIDENCE_MAX = 32 };

/* The ids of the measurements and references that a figure rests on. Lent by
 * these, so that one id is one text; beyond n there is nothing to read. */
struct evidence {
	size_t n;
	const char *ids[EVIDENCE_MAX];
};

struct figure {
	int known;
	struct est v; /* ns, or a factor */
	enum basis basis;
	int kernel; /* a gain: of a kernel that was measured */
	struct evidence evidence;
};

/* What was asked before, so that reckoning again is cheap. */
struct figures_memo;

/* Memo and what follows may be left zero: all is worked out each time, as ranges. */
struct figures {
	const struct catalog *catalog;
	const struct measurements *measurements;
	struct figures_memo *memo; /* of these measurements and this catalog only; shared by
	                              all that reckon with them; not owned */
	const struct measurement *moved; /* the one whose value is another than when the memo was
	                              begun: what rests on it is not taken from there; or NULL */
	struct draw draw;          /* what becomes of a range */
	int bare;                  /* figures come without their evidence */
};

enum memo_for { MEMO_FOR_ONE, MEMO_FOR_MANY }; /* functions: a fifth of a megabyte, or 3 */

/* Good as long as catalog and measurements stay what they are. */
struct figures_memo *figures_memo_new(enum memo_for for_what);
void figures_memo_free(struct figures_memo *memo);

void evidence_add(struct evidence *evidence, const char *id);
void evidence_join(struct evidence *to, const struct evidence *from);
/* a + b and so on, with the weaker basis and both evidences; unknown if one is. */
struct figure figure_add(struct figure a, struct figure b);
struct figure figure_scale(struct figure a, struct est factor);
struct figure figure_zero(void);

/* One call with so many arguments that are not looked at, ns. */
struct figure figures_call(const struct figures *f, const char *binding, size_t args);
/*
 * What passing one argument of a type at a length adds to the call, ns, with
 * every item looked at once (few: only one item). The curve through the
 * measured sizes is piecewise linear, extended by its last slope.
 */
struct figure figures_in(const struct figures *f, const char *binding, const char *type,
	enum how how, int few, struct est length);
struct figure figures_out(const struct figures *f, const char *binding, const char *type,
	struct est length);
/* Taking and giving back a view, ns. */
struct figure figures_acquire(const struct figures *f, const char *binding);
/* Letting the GIL go and taking it back, ns. */
/* What letting the GIL go and taking it back costs more, a call, while other threads do the
 * same, ns; a reference for all bindings where it was not measured. */
struct figure figures_contended(const struct figures *f, const char *binding);
/* What each of two threads gets of a core that it would have alone, where the GIL is let go
 * around work on native data: 1 at best; a reference where it was not measured. */
struct figure figures_scaling(const struct figures *f, const char *binding);
struct figure figures_release(const struct figures *f, const char *binding);
/* Native code calling a Python function once, ns. */
struct figure figures_callback(const struct figures *f, const char *binding);
/*
 * How many times faster a form of this kind of work is than plain Python,
 * calls and conversions left out: the ratio of its kernels, each at the measured
 * size next to length, times the spread of the work (kernels.yaml), or the
 * reference. While the kind of work is not known it may be any: likely that of
 * mixed work, within the ranges of all.
 */
#define WORK_UNKNOWN "unknown"
struct figure figures_gain(const struct figures *f, const char *binding, const char *work,
	enum form form, struct est length);
/*
 * How many times faster this kind of work is in plain Python in another
 * interpreter, measured in the same run: the ratio of its kernels, each at the
 * measured size next to length.
 */
struct figure figures_upgrade(const struct figures *f, const struct measurements *other,
	const char *work, struct est length);
/*
 * NumPy: one operation on whole arrays of a length, and making an array of a
 * list of a type; measured where NumPy is here, else from the reference.
 */
struct figure figures_array_operation(const struct figures *f, struct est length);
struct figure figures_array_from_list(const struct figures *f, const char *type, struct est length);
/* Importing the binding's module in a fresh process, ns: read, else from the reference. */
struct figure figures_import(const struct figures *f, const char *binding);
/* "prefix/id" of reference.yaml, else "prefix/any"; of WORK_UNKNOWN what any work has. */
struct figure figures_reference_of(const struct figures *f, const char *prefix, const char *id);
/* A figure of reference.yaml. */
struct figure figures_reference(const struct figures *f, const char *id);
/* The same figures for a cautious option: what is not measured reaches to the end that speaks
 * against it, the low one of gains and the high one of costs. */
struct figures figures_careful(const struct figures *f, enum careful careful);
/* A range that the model itself assumes, as the draw has it: what names it for drawing;
 * measured is as far as it comes from measurements, with the assumption at its likeliest. */
struct est figures_assumed(const struct figures *f, const char *what, struct est measured,
	struct est range);

#endif
